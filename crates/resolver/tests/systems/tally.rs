//! The site on Vercel.

use envctl_resolver::sources::{Outputs, StackConfig};
use envctl_resolver::{LayerKind, Resolution, Resolver};
use envschema::State;
use serde_json::Value;

use super::{facts, schema, text};
use crate::support::{layer, state, value, winner};

const ENVIRONMENTS: [&str; 3] = ["development", "preview", "production"];

fn entries<'f>(facts: &'f Value, list: &str) -> impl Iterator<Item = &'f Value> {
    facts[list].as_array().expect("a list").iter()
}

/// What the configuration holds under a key: no two are alike.
fn configured(facts: &Value, key: &str) -> String {
    let prefix = entries(facts, "prefixes").find(|one| one["key"] == key);
    format!("{}value-of-{}", prefix.map_or("", |one| text(&one["must_start_with"])), key.to_lowercase())
}

fn configuration(facts: &Value, skip: &[&str]) -> StackConfig {
    let keys = entries(facts, "config").map(|one| text(&one["key"])).filter(|key| !skip.contains(key));
    let line = |key: &str| {
        let full = if key.contains(':') { key.to_owned() } else { format!("tally-infra:{key}") };
        format!("  {full}: {}\n", configured(facts, key))
    };
    let yaml: String = keys.map(line).collect();
    StackConfig::from_yaml(&format!("config:\n{yaml}"), "Pulumi.prod.yaml").expect("YAML")
}

fn outputs() -> Outputs {
    let json = r#"{"sentryConfig": {"authToken": "value of sentryConfig.authToken", "dsns": {
        "javascript-nextjs": "https://site@sentry.example.test/1", "ios": "https://ios@sentry.example.test/3",
        "android": "https://android@sentry.example.test/4"}}}"#;
    Outputs::from_json(json, "outputs.prod.json").expect("JSON")
}

fn resolve(environment: &str, profile: Option<&str>, config: &StackConfig) -> Resolution {
    let schema = schema("tally.toml");
    let contract = schema.contract(Some(environment), profile).expect("an environment");
    Resolver::new(&contract).config(config, Some("tally-infra")).outputs(&outputs()).resolve()
}

const OWN_IDS: [&str; 3] =
    ["launchDarklyClientSideIdDev", "launchDarklyClientSideIdPreview", "launchDarklyClientSideIdProd"];

/// What Vercel gets, computed from the facts alone.
fn expected(facts: &Value, environment: &str, variable: &Value, own_id: bool) -> String {
    let from = &variable["from"];
    if let Some(keys) = from.get("config") {
        let fallback = from.get("else_config").filter(|_| !own_id);
        return configured(facts, text(fallback.unwrap_or(&keys[environment])));
    }
    if let Some(constant) = from.get("constant") {
        return text(constant).to_owned();
    }
    let convex = if environment == "production" {
        configured(facts, "convexDeployment")
    } else {
        text(&facts["services"]["convex"][environment]).to_owned()
    };
    match (from.get("service").map(text), from.get("output").map(text)) {
        (Some("convex"), _) => convex,
        (Some(service), _) => text(&facts["services"][service][environment]).to_owned(),
        (_, Some("sentryConfig.authToken")) => "value of sentryConfig.authToken".to_owned(),
        (_, Some(_)) => "https://site@sentry.example.test/1".to_owned(),
        _ => format!("https://{}.convex.cloud", convex.split_once(':').expect("a deployment").1),
    }
}

#[test]
fn each_environment_gets_the_eleven_variables_of_the_facts() {
    let facts = facts("tally");
    for environment in ENVIRONMENTS {
        for skip in [&[][..], &OWN_IDS] {
            let resolution = resolve(environment, None, &configuration(&facts, skip));
            for variable in entries(&facts, "web") {
                let name = text(&variable["key"]);
                let expected = expected(&facts, environment, variable, skip.is_empty());
                assert_eq!(value(&resolution, name), Some(&*expected), "{name} in {environment}");
            }
            let findings = envctl_resolver::check(&resolution, &Default::default());
            assert!(findings.is_empty(), "{environment}: {findings:?}");
        }
    }
}

#[test]
fn what_the_stack_keeps_encrypted_counts_as_set() {
    let facts = facts("tally");
    let keys = entries(&facts, "config").filter(|one| one["secret"] == true && one["rule"] == "required");
    let lines = keys.map(|one| text(&one["key"])).map(|key| match key.contains(':') {
        true => format!("  {key}: {{ secure: v1:abc }}\n"),
        false => format!("  tally-infra:{key}: {{ secure: v1:abc }}\n"),
    });
    let yaml = format!("config:\n{}", lines.collect::<String>());
    let config = StackConfig::from_yaml(&yaml, "Pulumi.prod.yaml").expect("YAML");
    for environment in ENVIRONMENTS {
        let resolution = resolve(environment, None, &config);
        for name in [
            "CLERK_SECRET_KEY",
            "NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY",
            "NEXT_PUBLIC_LAUNCHDARKLY_CLIENT_SIDE_ID",
        ] {
            assert_eq!(state(&resolution, name), State::Sealed, "{name} in {environment}");
        }
        assert!(envctl_resolver::check(&resolution, &Default::default()).is_valid(), "{environment}");
    }
}

#[test]
fn a_ci_build_gets_the_dev_instance_from_the_names_that_github_has() {
    let schema = schema("tally.toml");
    for environment in ENVIRONMENTS {
        let contract = schema.contract(Some(environment), Some("ci")).expect("a profile");
        let process = [
            ("NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY_DEV", "pk_test_dev"),
            ("NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY_PROD", "pk_live_prod"),
            ("CLERK_SECRET_KEY_DEV", "sk_test_dev"),
            ("CLERK_SECRET_KEY_PROD", "sk_live_prod"),
            ("TEST_USER_EMAIL", "test@example.test"),
            ("TEST_USER_PASSWORD", "a password"),
        ];
        let resolution = Resolver::new(&contract).layer(layer(LayerKind::Process, &process)).resolve();
        assert_eq!(
            winner(&resolution, "NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY"),
            Some((LayerKind::Derived, "pk_test_dev"))
        );
        assert_eq!(winner(&resolution, "CLERK_SECRET_KEY"), Some((LayerKind::Derived, "sk_test_dev")));
    }
    // The stack, where it is asked, has the same pair.
    let facts = facts("tally");
    let resolution = resolve("production", Some("ci"), &configuration(&facts, &[]));
    assert_eq!(value(&resolution, "CLERK_SECRET_KEY"), Some(&*configured(&facts, "clerkSecretKeyDev")));
}

#[test]
fn github_gets_from_the_stack_what_the_stack_knows() {
    let facts = facts("tally");
    let resolution = resolve("production", Some("github"), &configuration(&facts, &[]));
    for (name, expected) in [
        ("SENTRY_DSN_IOS", "https://ios@sentry.example.test/3".to_owned()),
        ("SENTRY_DSN_ANDROID", "https://android@sentry.example.test/4".to_owned()),
        ("CLERK_SECRET_KEY_DEV", configured(&facts, "clerkSecretKeyDev")),
        ("CLERK_SECRET_KEY_PROD", configured(&facts, "clerkSecretKey")),
        ("NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY_DEV", configured(&facts, "clerkPublishableKeyDev")),
        ("NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY_PROD", configured(&facts, "clerkPublishableKey")),
        ("PULUMI_STACK_NAME", "prod".to_owned()),
    ] {
        assert_eq!(value(&resolution, name), Some(&*expected), "{name}");
    }
}
