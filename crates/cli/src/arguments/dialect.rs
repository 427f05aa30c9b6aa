//! Readers of `.env` text as values of options.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use envctl_dotenv::Dialect;

/// Takes the name of a reader; a wrong one is told with those that there are.
pub(crate) fn dialect() -> impl TypedValueParser<Value = Dialect> {
    let names = Dialect::ALL.iter().map(|dialect| PossibleValue::new(dialect.name()).help(dialect.title()));
    PossibleValuesParser::new(names).try_map(|name| name.parse::<Dialect>())
}
