//! The Cloudflare workers.

use envctl_resolver::sources::{EnvFile, StackConfig};
use envctl_resolver::{LayerKind, Resolution, Resolver, check};
use envschema::Code;

use super::{facts, schema, text};
use crate::support::{layer, value, winner};

const ENVIRONMENTS: [&str; 3] = ["dev", "staging", "prod"];

fn resolve(environment: &str, process: &[(&str, &str)], file: &str, config: &str) -> Resolution {
    let schema = schema("dome.toml");
    let contract = schema.contract(Some(environment), None).expect("an environment");
    let config = StackConfig::from_yaml(config, "Pulumi.yaml").expect("YAML");
    Resolver::new(&contract)
        .layer(layer(LayerKind::Process, process))
        .layer(EnvFile::parse(file, "infra/.env").layer)
        .config(&config, Some("dome-infrastructure"))
        .resolve()
}

fn codes(resolution: &Resolution) -> Vec<(Code, String)> {
    let findings = check(resolution, &Default::default());
    findings.iter().map(|one| (one.code, one.variable.as_deref().unwrap_or_default().to_owned())).collect()
}

const ACCOUNT: &str = "CLOUDFLARE_ACCOUNT_ID";
const TOKEN: &str = "CLOUDFLARE_API_TOKEN=a token of Cloudflare\n";
const CONFIGURED: &str = "config:\n  cloudflare:accountId: from-the-stack\n";

#[test]
fn the_account_may_come_from_any_of_three_places() {
    let file = format!("{TOKEN}{ACCOUNT}=from-the-file\n");
    for environment in ENVIRONMENTS {
        let only_stack = resolve(environment, &[], TOKEN, CONFIGURED);
        assert_eq!(winner(&only_stack, ACCOUNT), Some((LayerKind::StackOutput, "from-the-stack")));
        let only_file = resolve(environment, &[], &file, "config: {}\n");
        assert_eq!(winner(&only_file, ACCOUNT), Some((LayerKind::Existing, "from-the-file")));
        let exported = resolve(environment, &[(ACCOUNT, "exported")], &file, CONFIGURED);
        assert_eq!(winner(&exported, ACCOUNT), Some((LayerKind::Process, "exported")));
        for resolution in [only_stack, only_file, exported] {
            assert!(check(&resolution, &Default::default()).is_valid(), "{:?}", codes(&resolution));
        }
        let nowhere = resolve(environment, &[], TOKEN, "config: {}\n");
        assert_eq!(codes(&nowhere), [(Code::Missing, ACCOUNT.to_owned())]);
        let unexpanded = "config:\n  cloudflare:accountId: ${CLOUDFLARE_ACCOUNT_ID}\n";
        let unexpanded = resolve(environment, &[], TOKEN, unexpanded);
        assert_eq!(codes(&unexpanded), [(Code::Placeholder, ACCOUNT.to_owned())]);
    }
}

#[test]
fn workers_get_the_common_values_of_their_environment() {
    let facts = facts("dome");
    for fact in facts["environments"].as_array().expect("a list") {
        let environment = text(&fact["id"]);
        let resolution = resolve(environment, &[], TOKEN, CONFIGURED);
        assert_eq!(value(&resolution, "ENVIRONMENT"), Some(environment));
        assert_eq!(value(&resolution, "LOG_LEVEL"), fact["log_level"].as_str());
        assert_eq!(value(&resolution, "VERSION"), facts["worker"]["default_version"].as_str());
        assert_eq!(value(&resolution, "OBSERVABILITY_ENABLED"), Some(&*fact["observability"].to_string()));
        assert_eq!(
            value(&resolution, "OBSERVABILITY_HEAD_SAMPLING_RATE"),
            Some(&*fact["head_sampling_rate"].to_string())
        );
        let config = format!(
            "{CONFIGURED}  dome-infrastructure:logLevel: warn\n  dome-infrastructure:version: 1.4.0\n"
        );
        let resolution = resolve(environment, &[], TOKEN, &config);
        assert_eq!(value(&resolution, "LOG_LEVEL"), Some("warn"), "{environment}");
        assert_eq!(value(&resolution, "VERSION"), Some("1.4.0"), "{environment}");
    }
}

#[test]
fn a_workers_own_settings_win_over_those_of_the_environment() {
    let (facts, schema) = (facts("dome"), schema("dome.toml"));
    for (worker, own) in facts["own"].as_object().expect("workers") {
        for environment in ENVIRONMENTS {
            let contract = schema.contract(Some(environment), Some(worker)).expect("a profile");
            let process = [("LOG_LEVEL", "warn"), ("VERSION", "9.9.9")];
            let resolution = Resolver::new(&contract).layer(layer(LayerKind::Process, &process)).resolve();
            for (name, expected) in own.as_object().expect("variables") {
                let own_name = format!("{}_{name}", worker.to_uppercase().replace('-', "_"));
                assert_eq!(value(&resolution, &own_name), expected.as_str(), "{own_name} in {environment}");
            }
        }
    }
}
