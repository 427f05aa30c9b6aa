//! `envctl call`.

use std::path::PathBuf;

use clap::Args;

pub(crate) const ABOUT: &str = "Answer one request as JSON, as the C library and the Node package do";

#[derive(Args, Debug)]
#[command(about = ABOUT, long_about = "\
Answer one request as JSON, as the C library and the Node package do

The request names an operation and all that it works on: no project file, no env file that is not named and no variable \
of the process counts. The answer is one line, the same byte for byte in every language; schema/json/ffi.schema.json \
describes both. It may hold secrets.

Exit code 0 if what was asked for is valid, 1 if not, 2 if the answer is an error.")]
#[command(after_help = "\
Examples:
  echo '{\"version\":1,\"call\":{\"describe\":{}}}' | envctl call --schema envschema.toml
  envctl call --schema envschema.toml request.json")]
pub(crate) struct CallArguments {
    /// The request; standard input if left out or `-`
    #[arg(value_name = "FILE")]
    pub(crate) request: Option<PathBuf>,
    /// The contract, for every operation but `generate` and `lint`
    #[arg(long, value_name = "FILE")]
    pub(crate) schema: Option<PathBuf>,
}
