//! A resolution as a program's configuration, with provenance in errors and never a value.

use envctl_resolver::sources::EnvFile;
use envctl_resolver::{Resolution, Resolver};
use envctl_testkit::Canaries;
use figment::providers::Serialized;
use figment::{Figment, Provider};
use serde::Deserialize;

use crate::support::schema;

const CONTRACT: &str = r#"
    [vars.PORT]
    type = "port"
    visibility = "plain"
    [vars.DEBUG]
    type = "boolean"
    visibility = "plain"
    default = false
    [vars.HOSTS]
    type = "list"
    visibility = "plain"
    required = false
    [vars.TIMEOUT]
    type = "duration"
    visibility = "plain"
    default = "1m30s"
    [vars.RATE]
    type = "number"
    visibility = "plain"
    default = "0.5"
    [vars.EXTRA]
    type = "json"
    visibility = "plain"
    required = false
    [vars.API_KEY]
    [vars.UNSET]
    required = false
"#;

fn resolve(text: &str) -> Resolution {
    Resolver::new(schema(CONTRACT).base()).layer(EnvFile::parse(text, ".env.prod").layer).resolve()
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
struct Config {
    port: u16,
    debug: bool,
    hosts: Vec<String>,
    timeout: u64,
    rate: f64,
    extra: Extra,
    api_key: String,
    unset: Option<String>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Extra {
    level: i8,
}

#[test]
fn values_arrive_with_their_types() {
    let resolution = resolve("PORT=8080\nDEBUG=1\nHOSTS=a,b\nEXTRA='{\"level\": -1}'\nAPI_KEY=key\n");
    let expected = Config {
        port: 8080,
        debug: true,
        hosts: vec!["a".to_owned(), "b".to_owned()],
        timeout: 90,
        rate: 0.5,
        extra: Extra { level: -1 },
        api_key: "key".to_owned(),
        unset: None,
    };
    assert_eq!(resolution.extract::<Config>().expect("it fits"), expected);
    assert_eq!(Figment::from(&resolution).extract::<Config>().expect("it fits"), expected);
}

#[test]
fn figment_merges_it_with_other_providers() {
    let resolution = resolve("PORT=8080\nAPI_KEY=key\n");
    let merged = Figment::from(Serialized::default("PORT", 1)).merge(&resolution);
    assert_eq!(merged.extract_inner::<u16>("PORT").expect("a port"), 8080);
    let merged = Figment::from(&resolution).merge(Serialized::default("PORT", 1));
    assert_eq!(merged.extract_inner::<u16>("PORT").expect("a port"), 1);
    assert_eq!(resolution.metadata().name, "the environment of shop");
    let wrong = Figment::from(&resolution).extract_inner::<bool>("PORT").expect_err("no boolean");
    assert!(wrong.to_string().contains("PORT (.env.prod:1)"), "{wrong}");
}

#[test]
fn a_value_that_is_not_valid_is_not_there() {
    let resolution = resolve("PORT=http\nAPI_KEY=key\n");
    assert!(!resolution.data().expect("data")[&figment::Profile::Default].contains_key("PORT"));
}

#[test]
fn errors_name_the_variable_and_its_place_and_never_the_value() {
    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only whether it fits is asked")]
    struct Number {
        #[serde(rename = "API_KEY")]
        api_key: u32,
    }
    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Kind {
        One,
        Two,
    }
    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only whether it fits is asked")]
    struct Choice {
        #[serde(rename = "API_KEY")]
        api_key: Kind,
    }
    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only whether it fits is asked")]
    struct Address {
        #[serde(rename = "API_KEY")]
        api_key: std::net::IpAddr,
    }
    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only whether it fits is asked")]
    struct Character {
        #[serde(rename = "API_KEY")]
        api_key: char,
    }
    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only whether it fits is asked")]
    struct Missing {
        #[serde(rename = "UNSET")]
        unset: String,
    }
    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Strict {}

    let mut canaries = Canaries::new();
    let key = canaries.plant("key");
    let resolution = resolve(&format!("# first\nPORT=80\nAPI_KEY={key}\n"));
    let error = |error: envctl_resolver::ExtractError| {
        canaries.scan("the error", format!("{error} {error:?}"));
        error.to_string()
    };
    let number = error(resolution.extract::<Number>().expect_err("no number"));
    assert_eq!(number, "API_KEY (.env.prod:3): expected u32");
    let choice = error(resolution.extract::<Choice>().expect_err("no choice"));
    assert_eq!(choice, "API_KEY (.env.prod:3): expected one of one, two");
    let character = error(resolution.extract::<Character>().expect_err("no character"));
    assert_eq!(character, "API_KEY (.env.prod:3): expected a character");
    let missing = error(resolution.extract::<Missing>().expect_err("not set"));
    assert_eq!(missing, "UNSET: not set");
    let address = error(resolution.extract::<Address>().expect_err("no address"));
    assert!(address.starts_with("API_KEY (.env.prod:3): "), "{address}");
    error(resolution.extract::<Strict>().expect_err("more than the type has"));
    assert!(matches!(Kind::One, Kind::One) && matches!(Kind::Two, Kind::Two));
}
