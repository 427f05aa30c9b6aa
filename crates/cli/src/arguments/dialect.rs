//! Readers of `.env` text on the command line.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use envctl_dotenv::Dialect;

/// Takes the name of a reader; help texts, completions and corrections know them all.
pub(crate) fn dialect() -> impl TypedValueParser<Value = Dialect> {
    let name = |dialect: &Dialect| {
        PossibleValue::new(dialect.name()).aliases(dialect.other_names()).help(dialect.title())
    };
    PossibleValuesParser::new(Dialect::ALL.iter().map(name)).try_map(|name| name.parse())
}
