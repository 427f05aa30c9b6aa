//! What `cargo metadata` would say of a workspace written down in a few lines.

use std::collections::BTreeSet;

use cargo_metadata::Metadata;
use serde_json::{Value, json};

/// Reads lines of the form `name: used used(build) used(dev)`. A crate with a line of its own is in the
/// workspace if its name is one of ours; a crate that is only used comes from a registry.
pub(crate) fn metadata(text: &str) -> Metadata {
    let lines: Vec<(&str, Vec<(&str, &str)>)> =
        text.lines().map(str::trim).filter(|l| !l.is_empty()).map(line).collect();
    let mut names: BTreeSet<&str> = lines.iter().map(|(name, _)| *name).collect();
    names.extend(lines.iter().flat_map(|(_, uses)| uses.iter().map(|(name, _)| *name)));
    let uses = |name: &str| lines.iter().find(|(n, _)| *n == name).map_or(&[][..], |(_, uses)| uses);
    let ours = |name: &&str| name.starts_with("env") || name.starts_with("xtask");

    let packages: Vec<Value> = names.iter().map(|name| package(name, uses(name))).collect();
    let nodes: Vec<Value> = names.iter().map(|name| node(name, uses(name))).collect();
    let members: Vec<&str> = names.iter().copied().filter(ours).collect();
    let answer = json!({
        "packages": packages,
        "workspace_members": members,
        "resolve": { "nodes": nodes, "root": null },
        "workspace_root": "/workspace",
        "target_directory": "/workspace/target",
        "version": 1,
    });
    serde_json::from_value(answer).unwrap()
}

fn line(text: &str) -> (&str, Vec<(&str, &str)>) {
    let (name, uses) = text.split_once(':').unwrap();
    let uses = uses.split_whitespace().map(|used| match used.split_once('(') {
        Some((name, kind)) => (name, kind.trim_end_matches(')')),
        None => (used, "normal"),
    });
    (name, uses.collect())
}

fn kind(kind: &str) -> Value {
    if kind == "normal" { Value::Null } else { kind.into() }
}

fn package(name: &str, uses: &[(&str, &str)]) -> Value {
    let dependencies: Vec<Value> = uses
        .iter()
        .map(|(name, of)| {
            json!({
                "name": name, "source": null, "req": "*", "kind": kind(of), "optional": false,
                "uses_default_features": true, "features": [], "target": null, "rename": null, "registry": null,
            })
        })
        .collect();
    json!({
        "name": name, "version": "1.0.0", "id": name, "source": null, "dependencies": dependencies,
        "targets": [], "features": {}, "manifest_path": format!("/workspace/{name}/Cargo.toml"),
    })
}

fn node(name: &str, uses: &[(&str, &str)]) -> Value {
    let deps: Vec<Value> = uses
        .iter()
        .map(|(name, of)| json!({ "name": name, "pkg": name, "dep_kinds": [{ "kind": kind(of), "target": null }] }))
        .collect();
    let dependencies: Vec<&str> = uses.iter().map(|(name, _)| *name).collect();
    json!({ "id": name, "deps": deps, "dependencies": dependencies, "features": [] })
}
