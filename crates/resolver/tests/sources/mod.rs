//! Tests of the sources and of the runner below them.

mod aws;
mod env_file;
mod errors;
mod live_terraform;
mod outputs;
mod process;
mod stack_config;
mod stack_tools;
mod system_runner;

use envschema::SecretValue;

#[expect(clippy::disallowed_methods, reason = "a test compares the values that it planted")]
pub(crate) fn text(value: &SecretValue) -> &str {
    value.expose()
}
