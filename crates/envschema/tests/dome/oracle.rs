//! Every environment that can be made of a few texts, judged by the contract and by the facts.

use std::collections::BTreeSet;

use super::{ENVIRONMENTS, Environment, schema, view};

const TEXTS: [(&str, &[Option<&str>]); 7] = [
    ("CLOUDFLARE_API_TOKEN", &[None, Some(""), Some("a token of Cloudflare"), Some("changeme")]),
    ("CLOUDFLARE_ACCOUNT_ID", &[None, Some(""), Some("0123456789abcdef")]),
    ("ENVIRONMENT", &[None, Some("dev"), Some("staging"), Some("prod"), Some("Dev")]),
    ("LOG_LEVEL", &[None, Some(""), Some("debug"), Some("info"), Some("loud")]),
    ("VERSION", &[None, Some("1.4.0"), Some("1.4")]),
    ("OBSERVABILITY_ENABLED", &[None, Some("false"), Some("on")]),
    ("OBSERVABILITY_HEAD_SAMPLING_RATE", &[None, Some("0.25"), Some("1"), Some("2")]),
];

fn has_issue(environment: &str, name: &str, value: Option<&str>) -> bool {
    match (name, value.unwrap_or_default()) {
        // A template gives it where nothing else does; here nothing completes it.
        ("CLOUDFLARE_API_TOKEN" | "CLOUDFLARE_ACCOUNT_ID" | "ENVIRONMENT", "") => true,
        (_, "") => false,
        ("CLOUDFLARE_API_TOKEN", value) => value == "changeme",
        ("ENVIRONMENT", value) => value != environment,
        ("LOG_LEVEL", value) => !["debug", "info", "warn", "error"].contains(&value),
        ("VERSION", value) => value.split('.').count() != 3,
        ("OBSERVABILITY_ENABLED", value) => !["true", "false", "1", "0"].contains(&value),
        ("OBSERVABILITY_HEAD_SAMPLING_RATE", value) => {
            value.parse::<f64>().map_or(true, |rate| !(0.0..=1.0).contains(&rate))
        }
        _ => false,
    }
}

#[test]
fn the_contract_agrees_in_every_case() {
    let schema = schema();
    let listed: BTreeSet<&str> = schema.variables().iter().map(|variable| &*variable.name).collect();
    assert_eq!(listed, TEXTS.iter().map(|(name, _)| *name).collect());
    let all: usize = TEXTS.iter().map(|(_, texts)| texts.len()).product();
    for environment in ENVIRONMENTS {
        let contract = view(&schema, environment, None);
        for case in 0..all {
            let mut rest = case;
            let mut values = Environment::new();
            let mut wrong = BTreeSet::new();
            for (name, texts) in TEXTS {
                let value = texts[rest % texts.len()];
                rest /= texts.len();
                values.extend(value.map(|value| (name.to_owned(), value.to_owned())));
                wrong.extend(has_issue(environment, name, value).then_some(name));
            }
            let findings = contract.validate(&values);
            let found: BTreeSet<&str> = findings.iter().filter_map(|one| one.variable.as_deref()).collect();
            assert_eq!(found, wrong, "{environment}: {values:?}");
        }
    }
}
