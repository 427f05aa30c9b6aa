//! A program that takes its configuration from a contract: `cargo run -p envctl-resolver --example embed`.

use envctl_resolver::sources::EnvFile;
use envctl_resolver::{CheckOptions, Resolver, check};
use envschema::Schema;
use serde::Deserialize;

const CONTRACT: &str = r#"
[schema]
name = "shop"

[vars.PORT]
type       = "port"
visibility = "plain"
default    = 3000

[vars.ORIGINS]
type       = "list"
items      = "url"
visibility = "plain"

[vars.API_KEY]
about = "Key of the payment service"
"#;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
struct Config {
    port: u16,
    origins: Vec<String>,
}

/// What a typo in a program looks like: the contract says text, the program wants a number.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
struct Wrong {
    #[expect(dead_code, reason = "never read: extracting it fails")]
    api_key: u16,
}

#[expect(clippy::print_stdout, reason = "an example shows what it does")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let schema = Schema::parse("envschema.toml", CONTRACT)?;
    let file = EnvFile::parse("ORIGINS=https://a.example,https://b.example\nAPI_KEY=made-up\n", ".env");
    let resolution = Resolver::new(schema.base()).layer(file.layer).resolve();

    let findings = check(&resolution, &CheckOptions::default());
    assert!(findings.is_valid(), "every problem would be here at once");

    let config: Config = resolution.extract()?;
    println!("port {} for {} origins", config.port, config.origins.len());

    // The error says where the value stands, and not what it is.
    if let Err(error) = resolution.extract::<Wrong>() {
        println!("{error}");
    }
    Ok(())
}
