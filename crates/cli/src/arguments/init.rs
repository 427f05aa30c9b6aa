//! `envctl init`.

use std::path::PathBuf;

use clap::Args;

pub(crate) const ABOUT: &str = "Write a first contract from a .env.example or a manifest";

#[derive(Args, Debug)]
#[command(about = ABOUT, long_about = "\
Write a first contract from a .env.example, a .env.schema, a secretspec.toml, a fnox.toml, an env.ts with zod, a compose \
file or a workflow of GitHub Actions

Order, groups, types, visibilities, defaults and examples are inferred from names, values and comments, and shown in a \
table, with the reasons for type and visibility. A variable is secret unless it is clearly harmless. The value of a \
secret is copied only if it is clearly made up, as `sk_...`, `<the key>` or `changeme`; the others are named. What a manifest says and no contract can hold is listed with its line.")]
#[command(after_help = "\
Examples:
  envctl init
  envctl init --from services/api/.env.sample --name api --output services/api/envschema.toml
  envctl init --from .github/workflows/deploy.yml
  envctl init --output -                                  look at it first")]
pub(crate) struct InitArguments {
    /// The file to read, `-` for standard input; the best that is here if absent
    #[arg(long, value_name = "FILE")]
    pub(crate) from: Option<PathBuf>,
    /// The system's name; the folder's if absent
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// The contract to write, `-` for standard output
    #[arg(short, long, value_name = "FILE", default_value = "envschema.toml")]
    pub(crate) output: PathBuf,
    /// Replace an existing file
    #[arg(long)]
    pub(crate) yes: bool,
}
