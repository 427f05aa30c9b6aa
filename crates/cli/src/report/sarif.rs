//! SARIF 2.1.0, which code scanning reads: a run for each environment, a rule for each code.

use std::collections::HashMap;

use envschema::{Code, Finding, Severity};
use serde_json::{Value, json};

use super::root::Root;
use super::section::by_section;
use super::{Report, Run, file_of, message_beside_file};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

const HOME: &str = env!("CARGO_PKG_REPOSITORY");

pub(super) fn document(report: &Report<'_>, root: &Root) -> Value {
    let runs: Vec<_> = report.runs.iter().map(|run| one_run(report, *run, root)).collect();
    json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": runs })
}

fn one_run(report: &Report<'_>, run: &dyn Run, root: &Root) -> Value {
    let findings = by_section(run);
    let used = |code: &&Code| findings.iter().any(|(_, finding)| finding.code == **code);
    let codes: Vec<Code> = Code::ALL.iter().filter(used).copied().collect();
    let name = run.about().subject().join("/");
    let mut seen = HashMap::new();
    let results: Vec<_> = findings
        .iter()
        .map(|(_, finding)| result(finding, &codes, &location(report, finding, root), &name, &mut seen))
        .collect();
    json!({
        "tool": { "driver": {
            "name": "envctl",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "informationUri": HOME,
            "rules": codes.iter().map(|code| rule(*code)).collect::<Vec<_>>(),
        }},
        // Up to the last slash it names the category: results of one environment do not replace another's.
        "automationDetails": { "id": format!("envctl {}/{name}/", report.command) },
        "columnKind": "unicodeCodePoints",
        "results": results,
    })
}

fn rule(code: Code) -> Value {
    json!({
        "id": code.as_str(),
        "shortDescription": { "text": code.about() },
        "helpUri": format!("{HOME}/blob/main/docs/codes.md"),
    })
}

/// Where a finding is shown.
struct Location {
    uri: String,
    in_repository: bool,
    region: Option<(u32, u32)>,
}

/// The file of a finding. What stands in no file is shown at the contract, which asks for it: code scanning
/// refuses a document with a result that is nowhere.
fn location(report: &Report<'_>, finding: &Finding, root: &Root) -> Location {
    let file = file_of(finding);
    let (uri, in_repository) = match root.name(file.map_or(report.contract, |(path, ..)| path)) {
        Ok(path) => (percent_encoded(&path), true),
        Err(path) => (format!("file:///{}", percent_encoded(path.trim_start_matches('/'))), false),
    };
    Location { uri, in_repository, region: file.map(|(_, line, column)| (line, column)) }
}

fn result(
    finding: &Finding,
    codes: &[Code],
    location: &Location,
    name: &str,
    seen: &mut HashMap<String, u32>,
) -> Value {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut text = message_beside_file(finding);
    if let Some(help) = &finding.help {
        text.push_str(&format!("\n{help}"));
    }
    let mut artifact = json!({ "uri": location.uri });
    if location.in_repository {
        artifact["uriBaseId"] = "%SRCROOT%".into();
    }
    let mut place = json!({ "physicalLocation": { "artifactLocation": artifact } });
    if let Some((line, column)) = location.region {
        place["physicalLocation"]["region"] = json!({ "startLine": line, "startColumn": column });
    }
    if let Some(variable) = finding.variable.as_deref() {
        let qualified = format!("{name}/{variable}");
        place["logicalLocations"] =
            json!([{ "name": variable, "fullyQualifiedName": qualified, "kind": "variable" }]);
    }
    json!({
        "ruleId": finding.code.as_str(),
        "ruleIndex": codes.iter().position(|code| *code == finding.code),
        "level": level,
        "message": { "text": text },
        "locations": [place],
        "partialFingerprints": { "envctl/v1": fingerprint(finding, &location.uri, name, seen) },
    })
}

/// What stays the same when lines move: no message, which may tell a value, and no line. The second of two that are
/// alike is numbered.
fn fingerprint(finding: &Finding, uri: &str, name: &str, seen: &mut HashMap<String, u32>) -> String {
    let variable = finding.variable.as_deref().unwrap_or("");
    let print = format!("{name}:{}:{variable}:{uri}", finding.code);
    let count = seen.entry(print.clone()).or_default();
    *count += 1;
    if *count == 1 { print } else { format!("{print}:{count}") }
}

/// A path as a relative reference, or the part of a URI after its host.
fn percent_encoded(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                text.push(byte.into());
            }
            byte => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}
