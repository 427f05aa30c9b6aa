//! Structs for Rust: they compile here, and are made of what is resolved.

use envctl_resolver::Resolver;
use envctl_resolver::sources::EnvFile;
use envctl_testkit::Canaries;
use secrecy::ExposeSecret;
use serde::de::DeserializeOwned;

use super::{CONTRACTS, assert_fresh, generated, name, schema};

/// A generated file as the module that it is made for.
macro_rules! written {
    ($($module:ident),+) => {$(
        #[allow(dead_code, unreachable_pub, clippy::doc_markdown, reason = "generated; not every field is read here")]
        mod $module {
            include!(concat!("written/", stringify!($module), ".rs"));
        }
    )+};
}

written!(proliferate, tally, dome, types);

#[test]
fn what_is_compiled_here_is_what_is_generated() {
    for contract in CONTRACTS {
        let path = format!("crates/cli/tests/generated/written/{}.rs", name(contract));
        assert_fresh(&path, &generated("rust", contract));
    }
}

/// What a contract makes of an env file.
fn extracted<T: DeserializeOwned>(contract: &str, text: &str) -> T {
    let schema = schema(contract);
    let file = EnvFile::parse(text, ".env");
    let resolution = Resolver::new(schema.base()).layer(file.layer).resolve();
    resolution.extract().unwrap_or_else(|error| panic!("{contract}: {error}"))
}

#[test]
fn an_environment_of_a_real_system_is_read() {
    let text = super::root().join("examples/proliferate/.env.prod");
    let text = std::fs::read_to_string(text).expect("the example")
        + "\nDATABASE_URL=postgres://canary-9\nNEXT_PUBLIC_API_URL=https://a.test\nNEXT_PUBLIC_APP_URL=https://a.test\nNEXT_PUBLIC_GATEWAY_URL=https://a.test\nREDIS_URL=redis://r\nUSER_SECRETS_ENCRYPTION_KEY=canary-9-key\n";
    let env: proliferate::Env = extracted("schema/proliferate.toml", &text);
    assert_eq!(env.default_sandbox_provider, proliferate::DefaultSandboxProvider::E2b);
    assert_eq!(env.deployment_profile, proliferate::DeploymentProfile::Cloud);
    assert_eq!(env.web_port, 3000);
    assert!(env.e2b_api_key.is_some());
    assert_eq!(env.database_url.expose_secret(), "postgres://canary-9");
    assert!(!format!("{env:?}").contains("canary-9"), "{env:?}");
    let env: dome::Env = extracted(
        "schema/dome.toml",
        "CLOUDFLARE_API_TOKEN=canary-9\nCLOUDFLARE_ACCOUNT_ID=a\nENVIRONMENT=prod\n",
    );
    assert_eq!((env.environment, env.log_level), (dome::Environment::Prod, dome::LogLevel::Info));
}

#[test]
fn every_type_is_read_and_no_secret_is_shown() {
    let secrets = [
        "canary-high-key",
        "canary-loud-key",
        "471147114711",
        "canary-json-key",
        "canary-list-key",
        "canary-note-8",
    ];
    let text = "\
MODE=very-loud
LEVEL=HIGH
HIGH_KEY=canary-high-key
LOUD_KEY=canary-loud-key
EITHER_KEY=canary-note-8
SECRET_COUNT=471147114711
SECRET_SWITCH=1
SECRET_RATE=0.25
SECRET_JSON='{\"a\":\"canary-json-key\"}'
SECRET_JSONS='1;\"canary-json-key\"'
SECRET_LIST=canary-list-key,b
SECRET_MODE=b
SECRET_KEY=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
NEXT_PUBLIC_SITE_NAME=types
";
    let env: types::Env = extracted(CONTRACTS[3], text);
    assert_eq!(env.mode, Some(types::Mode::VeryLoud));
    assert_eq!(env.level, types::Level::High);
    assert_eq!(env.high_key.as_ref().map(ExposeSecret::expose_secret), Some("canary-high-key"));
    assert_eq!((env.count, env.maybe_empty, env.switch, env.listen), (3, None, true, 8080));
    assert_eq!((env.rate, env.ttl, env.size), (1.5, 5400.0, 10_000_000));
    assert_eq!(env.shape, serde_json::json!({ "a": 1 }));
    assert_eq!(env.origins, ["a", "b"]);
    assert_eq!(env.modes, [types::Modes::X, types::Modes::Y]);
    assert_eq!(env.ports, [1, 2]);
    assert_eq!(*env.secret_count.expose_secret(), 471_147_114_711);
    assert!(*env.secret_switch.expose_secret());
    assert_eq!(env.secret_rate.as_ref().map(|rate| *rate.expose_secret()), Some(0.25));
    assert_eq!(env.secret_json.0["a"], "canary-json-key");
    assert_eq!(env.secret_list.expose_secret(), &["canary-list-key", "b"]);
    assert_eq!(env.secret_mode.expose_secret(), "b");
    let mut canaries = Canaries::new();
    for secret in secrets {
        canaries.plant_value(secret, secret);
    }
    canaries.scan("Debug", format!("{env:?}"));
}
