//! The contract as written: [`Document`], before anything in it was checked against anything else.
//!
//! Each table of the format is one struct in `model`; the `document!` macro makes its decoder and its JSON
//! Schema from the same fields, so the two cannot differ. Decoding goes on after a mistake and reports all.

mod decode;
mod field;
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
use crate::text::Span;

/// Reads a contract's text into a [`Document`]. What could be read is returned beside the mistakes, which the
/// decoder gathered.
pub(crate) fn read(text: &str) -> (Document, Decoder) {
    let mut decoder = Decoder::default();
    let (table, errors) = toml::de::DeTable::parse_recoverable(text);
    decoder.diagnostics.extend(errors.iter().map(|error| {
        let span = error.span().map_or_else(Span::default, Span::from);
        match (error.message().trim_end(), text.get(span.start..span.end)) {
            ("duplicate key", Some(key)) => Diagnostic::new(
                DiagnosticCode::Syntax,
                span,
                format!("`{key}` is written twice in its table"),
            )
            .label("again")
            .help("keep one of the two"),
            (message, _) => Diagnostic::new(DiagnosticCode::Syntax, span, message),
        }
    }));
    let document = Document::decode_table(table.get_ref(), table.span().into(), &mut decoder);
    (document, decoder)
}
