//! Each requirement on its own: removed alone, switched on and off.

use super::{Environment, facts, issues, issues_of, sample, schema};
use envschema::{Code, Contract, Schema, State};

/// A whole environment for E2B or Modal, with these changes. An empty text removes.
fn with(file: &str, changes: &[(&str, &str)]) -> Environment {
    let mut environment = sample(file);
    for (name, text) in changes {
        if text.is_empty() {
            environment.remove(*name);
        } else {
            environment.insert((*name).to_owned(), (*text).to_owned());
        }
    }
    environment
}

/// Without it, exactly one thing is found: that it is missing.
fn is_missed(contract: &Contract, environment: &Environment, name: &str) {
    assert!(contract.validate(environment).is_valid(), "{name}: the environment is not valid before");
    let mut without = environment.clone();
    assert!(without.remove(name).is_some(), "{name} is not in the sample");
    let findings = contract.validate(&without);
    let found: Vec<_> = findings.iter().map(|finding| (finding.code, finding.variable.as_deref())).collect();
    assert_eq!(found, [(Code::Missing, Some(name))]);
}

fn is_not_missed(contract: &Contract, environment: &Environment, name: &str) {
    let mut without = environment.clone();
    without.remove(name);
    assert!(!issues_of(contract, &without).contains(name), "{name} is asked for");
}

const SELF_HOST: &[(&str, &str)] = &[
    ("DEPLOYMENT_PROFILE", "self_host"),
    ("NEXT_PUBLIC_BILLING_ENABLED", "false"),
    ("NEXT_PUBLIC_INTEGRATIONS_ENABLED", "false"),
    ("NEXT_PUBLIC_ENFORCE_EMAIL_VERIFICATION", "false"),
    ("EMAIL_ENABLED", "false"),
];

/// A self-hosted environment with one switch on.
fn switched(name: &str, text: &str) -> Environment {
    let changes: Vec<_> = SELF_HOST.iter().copied().chain([(name, text)]).collect();
    with("cloud-modal.json", &changes)
}

fn contract() -> Schema {
    schema("proliferate.toml")
}

#[test]
fn required_secrets() {
    let schema = contract();
    for name in [
        "SERVICE_TO_SERVICE_AUTH_TOKEN",
        "USER_SECRETS_ENCRYPTION_KEY",
        "ANTHROPIC_API_KEY",
        "BETTER_AUTH_SECRET",
        "GITHUB_APP_PRIVATE_KEY",
        "GITHUB_APP_WEBHOOK_SECRET",
        "BILLING_JWT_SECRET",
        "AUTUMN_API_KEY",
        "RESEND_API_KEY",
    ] {
        is_missed(schema.base(), &sample("cloud-e2b.json"), name);
    }
}

#[test]
fn required_plain() {
    let schema = contract();
    for name in ["GITHUB_APP_ID", "NEXT_PUBLIC_GITHUB_APP_SLUG", "AUTUMN_API_URL", "EMAIL_FROM"] {
        is_missed(schema.base(), &sample("cloud-e2b.json"), name);
    }
    // Without a provider nothing of either provider is asked for.
    is_missed(schema.base(), &sample("cloud-e2b.json"), "DEFAULT_SANDBOX_PROVIDER");
}

#[test]
fn only_the_chosen_provider_is_asked_for() {
    let schema = contract();
    let e2b = ["E2B_API_KEY", "E2B_DOMAIN", "E2B_TEMPLATE", "E2B_TEMPLATE_ALIAS"];
    let modal = ["MODAL_TOKEN_ID", "MODAL_TOKEN_SECRET", "MODAL_APP_NAME"];
    for name in e2b {
        is_missed(schema.base(), &sample("cloud-e2b.json"), name);
        is_not_missed(schema.base(), &sample("cloud-modal.json"), name);
    }
    for name in modal {
        is_missed(schema.base(), &sample("cloud-modal.json"), name);
        is_not_missed(schema.base(), &sample("cloud-e2b.json"), name);
    }
}

#[test]
fn another_provider_is_refused() {
    let schema = contract();
    for text in ["docker", "E2B", "modal "] {
        let findings = schema.validate(&with("cloud-modal.json", &[("DEFAULT_SANDBOX_PROVIDER", text)]));
        let found: Vec<_> = findings.iter().map(|one| (one.code, one.variable.as_deref())).collect();
        assert_eq!(found, [(Code::Invalid, Some("DEFAULT_SANDBOX_PROVIDER"))], "{text}");
        assert!(findings.iter().all(|one| one.message.contains("expected `e2b` or `modal`")));
    }
}

#[test]
fn switches() {
    let schema = contract();
    let rows: &[(&str, &[&str])] = &[
        ("NEXT_PUBLIC_BILLING_ENABLED", &["AUTUMN_API_URL", "AUTUMN_API_KEY", "BILLING_JWT_SECRET"]),
        (
            "NEXT_PUBLIC_INTEGRATIONS_ENABLED",
            &[
                "NANGO_SECRET_KEY",
                "NEXT_PUBLIC_NANGO_GITHUB_INTEGRATION_ID",
                "NEXT_PUBLIC_NANGO_LINEAR_INTEGRATION_ID",
                "NEXT_PUBLIC_NANGO_SENTRY_INTEGRATION_ID",
            ],
        ),
        ("EMAIL_ENABLED", &["RESEND_API_KEY", "EMAIL_FROM"]),
        ("NEXT_PUBLIC_ENFORCE_EMAIL_VERIFICATION", &["RESEND_API_KEY", "EMAIL_FROM"]),
    ];
    for (switch, names) in rows {
        for name in *names {
            is_missed(schema.base(), &switched(switch, "true"), name);
            is_missed(schema.base(), &switched(switch, "1"), name);
            is_not_missed(schema.base(), &switched(switch, "false"), name);
            is_not_missed(schema.base(), &switched(switch, ""), name);
        }
    }
    for name in [
        "GITHUB_APP_ID",
        "GITHUB_APP_PRIVATE_KEY",
        "GITHUB_APP_WEBHOOK_SECRET",
        "NEXT_PUBLIC_GITHUB_APP_SLUG",
    ] {
        is_missed(schema.base(), &switched("NEXT_PUBLIC_USE_NANGO_GITHUB", "false"), name);
        is_not_missed(schema.base(), &switched("NEXT_PUBLIC_USE_NANGO_GITHUB", "true"), name);
    }
}

#[test]
fn the_cloud_profile_alone_switches_everything_on() {
    let schema = contract();
    let cloud = switched("DEPLOYMENT_PROFILE", "cloud");
    for name in
        ["AUTUMN_API_KEY", "RESEND_API_KEY", "EMAIL_FROM", "NANGO_SECRET_KEY", "S3_BUCKET", "S3_REGION"]
    {
        is_missed(schema.base(), &cloud, name);
        is_not_missed(schema.base(), &switched("DEPLOYMENT_PROFILE", "self_host"), name);
        is_not_missed(schema.base(), &switched("DEPLOYMENT_PROFILE", ""), name);
    }
    let mut without = cloud;
    without.remove("AUTUMN_API_KEY");
    let findings = schema.validate(&without);
    let messages: Vec<_> = findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(
        messages,
        [r#"AUTUMN_API_KEY is not set; it is required because DEPLOYMENT_PROFILE == "cloud""#]
    );
}

#[test]
fn the_llm_proxy_key_is_asked_for_in_the_set_up() {
    let schema = contract();
    let setup = schema.contract(None, Some("setup")).expect("a profile");
    for (switch, text, asked) in [
        ("LLM_PROXY_REQUIRED", "true", true),
        ("LLM_PROXY_URL", "https://llm.example.test", true),
        ("LLM_PROXY_REQUIRED", "false", false),
    ] {
        let environment = with("cloud-modal.json", &[("LLM_PROXY_MASTER_KEY", ""), (switch, text)]);
        assert_eq!(
            issues_of(&setup, &environment).contains("LLM_PROXY_MASTER_KEY"),
            asked,
            "{switch}={text}"
        );
        is_not_missed(schema.base(), &environment, "LLM_PROXY_MASTER_KEY");
    }
}

#[test]
fn optional_ones_are_not_asked_for() {
    let schema = contract();
    let setup = schema.contract(None, Some("setup")).expect("a profile");
    let environment = sample("cloud-e2b.json");
    for name in ["ACM_CERTIFICATE_ARN", "DOMAIN_NAME"] {
        is_not_missed(&setup, &environment, name);
    }
    for name in [
        "S3_ENDPOINT_URL",
        "S3_ACCESS_KEY",
        "S3_SECRET_KEY",
        "LLM_PROXY_PUBLIC_URL",
        "GITHUB_OAUTH_APP_ID",
        "GITHUB_OAUTH_APP_SECRET",
    ] {
        is_not_missed(schema.base(), &environment, name);
    }
    // Signing in with GitHub is asked for by the set-up, although the services read it as optional.
    for name in ["GITHUB_OAUTH_APP_ID", "GITHUB_OAUTH_APP_SECRET"] {
        assert!(issues(&setup.validate(&environment)).contains(name), "{name}");
    }
}

#[test]
fn the_minimum_is_enough_and_each_part_of_it_is_needed() {
    let schema = contract();
    let minimum = schema.contract(None, Some("minimum")).expect("a profile");
    for file in ["minimum-e2b.json", "minimum-modal.json"] {
        let environment = sample(file);
        assert!(minimum.validate(&environment).is_empty(), "{file}: {:?}", minimum.validate(&environment));
        for name in environment.keys() {
            let mut without = environment.clone();
            without.remove(name);
            let expected: Vec<&str> = match name.as_str() {
                // Without its key, E2B is not chosen, and Modal is asked for.
                "E2B_API_KEY" => vec!["MODAL_TOKEN_ID", "MODAL_TOKEN_SECRET"],
                other => vec![other],
            };
            let found = issues_of(&minimum, &without);
            assert_eq!(
                found.iter().map(String::as_str).collect::<Vec<_>>(),
                expected,
                "{file} without {name}"
            );
        }
    }
    let nothing = minimum.assess(&Environment::new());
    let missing = nothing.states.iter().filter(|state| **state == State::Missing).count();
    assert_eq!(missing, 10);
    let facts = facts();
    let listed =
        facts["minimum"].as_array().expect("the minimum").iter().filter_map(serde_json::Value::as_str);
    let found = issues(&nothing.findings);
    for name in listed {
        assert!(found.contains(name), "{name}");
    }
}

#[test]
fn each_optional_one_says_what_happens_without_it() {
    let schema = contract();
    let setup = schema.contract(None, Some("setup")).expect("a profile");
    let facts = facts();
    for optional in facts["optional"].as_array().expect("the optional ones") {
        let name = optional["key"].as_str().expect("a name");
        let (_, variable) = setup.variable(name).expect(name);
        assert!(variable.without.as_deref().is_some_and(|text| !text.is_empty()), "{name}");
    }
}
