//! The contract as written: [`Document`], before anything in it was checked against anything else.
//!
//! Each table of the format is one struct in `model`; the `document!` macro makes its decoder and its JSON
//! Schema from the same fields, so the two cannot differ. Decoding goes on after a mistake and reports all.

mod decode;
mod field;
mod merge;
mod model;
#[cfg(feature = "json-schema")]
mod schema;

pub use decode::Table;
pub use field::Field;
pub use model::{
    BoundSpec, DefaultSpec, DeprecatedSpec, DeprecatedTable, Document, EnvironmentTable, GenerateSpec,
    GenerateTable, GroupTable, OneOrMany, ProfileTable, RequiredSpec, RequiresTable, RuleTable, SchemaTable,
    VariableTable,
};
#[cfg(feature = "json-schema")]
pub use schema::json_schema;

pub(crate) use decode::Decoder;

use crate::diagnostic::{Diagnostic, DiagnosticCode};

/// Reads a file of a contract into a [`Document`]; `base` is the offset of its first byte. What could be read is
/// returned, and the decoder gathers the mistakes.
pub(crate) fn read(text: &str, base: usize, decoder: &mut Decoder) -> Document {
    decoder.base = base;
    let (table, errors) = toml::de::DeTable::parse_recoverable(text);
    for error in &errors {
        let range = error.span().unwrap_or_default();
        let span = decoder.at(range.clone());
        decoder.report(match (error.message().trim_end(), text.get(range)) {
            ("duplicate key", Some(key)) => Diagnostic::new(
                DiagnosticCode::Syntax,
                span,
                format!("`{key}` is written twice in its table"),
            )
            .label("again")
            .help("keep one of the two"),
            (message, _) => Diagnostic::new(DiagnosticCode::Syntax, span, message),
        });
    }
    let span = decoder.at(table.span());
    Document::decode_table(table.get_ref(), span, decoder)
}
