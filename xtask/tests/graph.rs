//! Layering, judged on workspaces written down here.

use xtask::layering::in_manifests;

use crate::scripted::metadata;

/// The messages of every breach in a workspace.
fn breaches(workspace: &str) -> Vec<String> {
    in_manifests(&metadata(workspace)).iter().map(ToString::to_string).collect()
}

#[test]
fn the_designed_workspace_is_right() {
    let workspace = "
        envschema: toml proptest(dev)
        envctl-dotenv: memchr
        envctl-resolver: envschema envctl-dotenv envctl-testkit(dev)
        envctl-sync: envctl-resolver envschema
        envctl-vault: envctl-sync age
        envctl-setup: envctl-resolver
        envctl-aws: envctl-sync tokio aws-sdk-ssm
        envctl: envctl-engine envctl-resolver envschema envctl-vault envctl-setup clap
        envctl-cloud: envctl envctl-aws
        envctl-engine: envctl-resolver envctl-dotenv envschema
        envctl-ffi: envctl-engine
        envctl-testkit: envctl-resolver
        xtask: envschema envctl-dotenv
        aws-sdk-ssm: hyper rustls
    ";
    assert_eq!(breaches(workspace), Vec::<String>::new());
}

#[test]
fn an_arrow_that_is_not_in_the_table() {
    assert_eq!(
        breaches("envschema: envctl-dotenv"),
        ["envschema/Cargo.toml:1: `envschema` must not depend on `envctl-dotenv`; \
          it may use no other crate of the workspace"]
    );
    assert_eq!(
        breaches("envctl-resolver: envctl-sync(build)"),
        ["envctl-resolver/Cargo.toml:1: `envctl-resolver` must not depend on `envctl-sync`; \
          it may use `envschema`, `envctl-dotenv`"]
    );
    assert_eq!(breaches("envctl: envctl-aws").len(), 1);
    assert_eq!(breaches("envctl-ffi: envctl-aws").len(), 1);
}

#[test]
fn the_test_kit_is_for_tests() {
    assert_eq!(breaches("envctl-sync: envctl-testkit(dev)"), Vec::<String>::new());
    assert_eq!(breaches("envctl-sync: envctl-testkit").len(), 1);
}

#[test]
fn a_crate_without_a_row() {
    assert_eq!(
        breaches("envctl-new: serde"),
        ["envctl-new/Cargo.toml:1: `envctl-new` is not in the table of layers; \
          add a row to xtask/src/layering/table.rs"]
    );
}

#[test]
fn the_shortest_chain_to_a_heavy_crate() {
    let workspace = "
        envctl-resolver: figment reader
        figment: reader
        reader: client
        client: tokio
    ";
    assert_eq!(
        breaches(workspace),
        ["envctl-resolver/Cargo.toml:1: `envctl-resolver` stays small and must not reach `tokio`: \
          envctl-resolver -> reader -> client -> tokio"]
    );
}

#[test]
fn every_heavy_crate_is_named_once_and_what_is_behind_it_is_not() {
    let workspace = "
        envctl-vault: hyper keeper
        keeper: aws-config rustls(build)
        hyper: tokio
        aws-config: tokio hyper
    ";
    let found = breaches(workspace);
    let chains: Vec<_> = found.iter().filter_map(|text| text.split("reach ").nth(1)).collect();
    assert_eq!(
        chains,
        [
            "`hyper`: envctl-vault -> hyper",
            "`aws-config`: envctl-vault -> keeper -> aws-config",
            "`rustls`: envctl-vault -> keeper -> rustls",
        ]
    );
}

#[test]
fn what_only_tests_build_is_free() {
    assert_eq!(breaches("envctl-resolver: tokio(dev) clap(dev)"), Vec::<String>::new());
}

#[test]
fn a_library_knows_no_command_line() {
    assert_eq!(
        breaches("envctl-sync: pretty\npretty: clap"),
        ["envctl-sync/Cargo.toml:1: `envctl-sync` is a library and must not reach `clap`: \
          envctl-sync -> pretty -> clap"]
    );
    assert_eq!(breaches("envctl-aws: tokio clap").len(), 1);
    assert_eq!(breaches("envctl: clap"), Vec::<String>::new());
}

#[test]
fn a_cycle_through_tests_ends() {
    let workspace = "
        envctl-resolver: serde envctl-testkit(dev)
        envctl-testkit: envctl-resolver
        serde: serde_derive
        serde_derive: serde
    ";
    assert_eq!(breaches(workspace), Vec::<String>::new());
}
