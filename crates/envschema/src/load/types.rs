//! `type` and its parameters to a [`ValueType`].

use std::collections::HashMap;
use std::time::Duration;

use super::Loader;
use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::document::{BoundSpec, Field, VariableTable};
use crate::suggest::{all_of, meant, one_of};
use crate::text::{Span, Spanned};
use crate::types::{
    ArnType, Bounds, EncodedType, EnumType, ListType, Pattern, PemType, StringType, UrlType, ValueType,
};

/// The parameters that each type takes.
const PARAMETERS: &[(&str, &[&str])] = &[
    ("string", &["min_length", "max_length", "pattern", "prefix"]),
    ("integer", &["min", "max"]),
    ("number", &["min", "max"]),
    ("port", &["min", "max"]),
    ("duration", &["min", "max"]),
    ("bytes", &["min", "max"]),
    ("enum", &["values", "ignore_case"]),
    ("url", &["schemes", "prefix"]),
    ("list", &["items", "separator", "min_length", "max_length", "values"]),
    ("base64", &["bytes"]),
    ("hex", &["bytes"]),
    ("pem", &["label"]),
    ("arn", &["service"]),
];

fn parameters(kind: &str) -> &'static [&'static str] {
    PARAMETERS.iter().find(|(name, _)| *name == kind).map_or(&[], |(_, parameters)| parameters)
}

impl Loader<'_> {
    /// The type of a variable; reports what does not fit and goes on with what does. `None` if that would leave
    /// too little to judge values by.
    pub(super) fn value_type(&mut self, table: &VariableTable, at: Span) -> Option<ValueType> {
        let name = table.r#type.get().map_or("string", |name| name.value.as_str());
        let type_span = table.r#type.get().map_or(at, |name| name.span);
        if !ValueType::NAMES.contains(&name) {
            let near = meant(name, ValueType::NAMES.iter().copied());
            let diagnostic =
                Diagnostic::new(DiagnosticCode::UnknownType, type_span, format!("there is no type `{name}`"))
                    .label("not a type");
            self.report(match near {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => {
                    diagnostic.help(format!("the types are {}", all_of(ValueType::NAMES.iter().copied())))
                }
            });
            return None;
        }
        self.reject_parameters(name, table);
        match name {
            "list" => self.list(table, type_span),
            _ => self.scalar(name, table, type_span),
        }
    }

    fn scalar(&mut self, name: &str, table: &VariableTable, at: Span) -> Option<ValueType> {
        Some(match name {
            "integer" => ValueType::Integer(self.bounds(table, "a whole number", whole)),
            "number" => ValueType::Number(self.bounds(table, "a number", decimal)),
            "port" => ValueType::Port(self.bounds(table, "a port from 1 to 65535", port)),
            "duration" => ValueType::Duration(self.bounds(table, "a duration such as \"30s\"", duration)),
            "bytes" => ValueType::Bytes(self.bounds(table, "a size such as \"10MB\"", size)),
            "boolean" => ValueType::Boolean,
            "enum" => ValueType::Enum(self.enumeration(table, at)?),
            "url" => ValueType::Url(UrlType {
                schemes: self.schemes(table),
                prefix: table.prefix.get().map(|prefix| prefix.value.clone()),
            }),
            "email" => ValueType::Email,
            "host" => ValueType::Host,
            "ip" => ValueType::Ip,
            "cidr" => ValueType::Cidr,
            "uuid" => ValueType::Uuid,
            "json" => ValueType::Json,
            "base64" => ValueType::Base64(EncodedType { bytes: table.bytes.get().map(length) }),
            "hex" => ValueType::Hex(EncodedType { bytes: table.bytes.get().map(length) }),
            "pem" => ValueType::Pem(PemType { label: table.label.get().map(|label| label.value.clone()) }),
            "arn" => {
                ValueType::Arn(ArnType { service: table.service.get().map(|service| service.value.clone()) })
            }
            "semver" => ValueType::Semver,
            "path" => ValueType::Path,
            _ => ValueType::String(StringType {
                length: self.lengths(table),
                pattern: self.pattern(table),
                prefix: table.prefix.get().map(|prefix| prefix.value.clone()),
            }),
        })
    }

    fn list(&mut self, table: &VariableTable, at: Span) -> Option<ValueType> {
        let items = table.items.get().map_or("string", |name| name.value.as_str());
        let span = table.items.get().map_or(at, |name| name.span);
        let known = ValueType::NAMES.iter().copied().filter(|name| *name != "list");
        if !known.clone().any(|name| name == items) {
            let diagnostic =
                Diagnostic::new(DiagnosticCode::UnknownType, span, format!("a list cannot hold `{items}`"))
                    .label("not a type of item");
            self.report(match meant(items, known.clone()) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => diagnostic.help(format!("an item is {}", one_of(known))),
            });
            return None;
        }
        // Bounds of a list count its items; the items take the values of an enum only.
        let inner = VariableTable { values: table.values.clone(), ..VariableTable::default() };
        if items != "enum"
            && let Some(values) = table.values.get()
        {
            self.report(
                Diagnostic::new(
                    DiagnosticCode::BadParameter,
                    values.span,
                    "`values` needs `items = \"enum\"` in a list",
                )
                .label("not used")
                .help("add `items = \"enum\"`, or remove `values`"),
            );
        }
        let separator = match table.separator.get() {
            Some(separator) if separator.value.is_empty() => {
                self.report(
                    Diagnostic::new(
                        DiagnosticCode::BadParameter,
                        separator.span,
                        "a separator cannot be empty",
                    )
                    .label("empty")
                    .help("remove it to separate items with `,`"),
                );
                ",".to_owned()
            }
            Some(separator) => separator.value.clone(),
            None => ",".to_owned(),
        };
        let length = self.lengths(table);
        Some(ValueType::List(ListType {
            items: Box::new(self.scalar(items, &inner, span)?),
            separator,
            length,
        }))
    }

    fn reject_parameters(&mut self, kind: &str, table: &VariableTable) {
        let given = [
            ("values", table.values.get().map(|given| given.span)),
            ("ignore_case", table.ignore_case.get().map(|given| given.span)),
            ("min", table.min.get().map(|given| given.span)),
            ("max", table.max.get().map(|given| given.span)),
            ("min_length", table.min_length.get().map(|given| given.span)),
            ("max_length", table.max_length.get().map(|given| given.span)),
            ("pattern", table.pattern.get().map(|given| given.span)),
            ("prefix", table.prefix.get().map(|given| given.span)),
            ("schemes", table.schemes.get().map(|given| given.span)),
            ("separator", table.separator.get().map(|given| given.span)),
            ("items", table.items.get().map(|given| given.span)),
            ("bytes", table.bytes.get().map(|given| given.span)),
            ("label", table.label.get().map(|given| given.span)),
            ("service", table.service.get().map(|given| given.span)),
        ];
        for (parameter, span) in given {
            let Some(span) = span else { continue };
            if parameters(kind).contains(&parameter) {
                continue;
            }
            let takers = PARAMETERS.iter().filter(|(_, all)| all.contains(&parameter)).map(|(name, _)| *name);
            let message = format!("type `{kind}` takes no `{parameter}`");
            self.report(
                Diagnostic::new(DiagnosticCode::BadParameter, span, message)
                    .label("not a parameter of this type")
                    .help(format!("`{parameter}` belongs to {}", one_of(takers))),
            );
        }
    }

    fn bounds<T: PartialOrd + Copy>(
        &mut self,
        table: &VariableTable,
        expected: &str,
        read: fn(&BoundSpec) -> Option<T>,
    ) -> Bounds<T> {
        let mut one = |key: &str, bound: &Field<BoundSpec>| {
            let bound = bound.get()?;
            let value = read(&bound.value);
            if value.is_none() {
                let message = format!("`{key}` of this type is {expected}");
                self.report(
                    Diagnostic::new(DiagnosticCode::BadParameter, bound.span, message)
                        .label("something else"),
                );
            }
            value
        };
        let bounds = Bounds { min: one("min", &table.min), max: one("max", &table.max) };
        self.ordered(bounds, table.min.get().map(|min| min.span), table.max.get().map(|max| max.span));
        bounds
    }

    fn lengths(&mut self, table: &VariableTable) -> Bounds<usize> {
        let bounds =
            Bounds { min: table.min_length.get().map(length), max: table.max_length.get().map(length) };
        let span = |length: &Field<u64>| length.get().map(|length| length.span);
        self.ordered(bounds, span(&table.min_length), span(&table.max_length));
        bounds
    }

    fn ordered<T: PartialOrd>(&mut self, bounds: Bounds<T>, min_at: Option<Span>, max_at: Option<Span>) {
        if let (Bounds { min: Some(min), max: Some(max) }, Some(min_at), Some(max_at)) =
            (bounds, min_at, max_at)
            && min > max
        {
            let message = "the greatest value is below the least: nothing can be valid";
            let diagnostic =
                Diagnostic::new(DiagnosticCode::BadParameter, max_at, message).label("the greatest");
            self.report(diagnostic.related(min_at, "the least"));
        }
    }

    fn enumeration(&mut self, table: &VariableTable, at: Span) -> Option<EnumType> {
        let ignore_case = table.ignore_case.get().is_some_and(|flag| flag.value);
        let written = table.values.get().map(|values| values.value.as_slice()).unwrap_or_default();
        if written.is_empty() {
            let span = table.values.get().map_or(at, |values| values.span);
            self.report(
                Diagnostic::new(DiagnosticCode::BadParameter, span, "an enum needs its values")
                    .label("no values")
                    .help("add `values = [\"one\", \"another\"]`"),
            );
            return None;
        }
        let mut first: HashMap<String, Span> = HashMap::new();
        for value in written {
            let folded = if ignore_case { value.to_ascii_lowercase() } else { value.value.clone() };
            if let Some(first) = first.insert(folded, value.span) {
                let message = format!("the value \"{}\" is listed twice", value.value);
                let diagnostic =
                    Diagnostic::new(DiagnosticCode::Duplicate, value.span, message).label("again");
                self.report(diagnostic.related(first, "first here"));
            }
        }
        Some(EnumType { values: written.iter().map(|value| value.value.clone()).collect(), ignore_case })
    }

    fn schemes(&mut self, table: &VariableTable) -> Vec<String> {
        let is_scheme = |text: &str| {
            text.starts_with(|c: char| c.is_ascii_alphabetic())
                && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        };
        let mut schemes = Vec::new();
        for written in table.schemes.iter().flat_map(|list| list.iter()) {
            if !is_scheme(written) {
                let message = format!("`{}` is not the scheme of a URL", written.value);
                let diagnostic = Diagnostic::new(DiagnosticCode::BadParameter, written.span, message);
                self.report(
                    diagnostic
                        .label("not a scheme")
                        .help("write what stands before `://`, such as \"https\""),
                );
            }
            schemes.push(written.to_ascii_lowercase());
        }
        schemes
    }

    fn pattern(&mut self, table: &VariableTable) -> Option<Pattern> {
        let written = table.pattern.get()?;
        match Pattern::new(&written.value) {
            Ok(pattern) => Some(pattern),
            Err(error) => {
                let message = format!("the pattern is no regular expression: {error}");
                self.report(
                    Diagnostic::new(DiagnosticCode::BadParameter, written.span, message)
                        .label("cannot be read"),
                );
                None
            }
        }
    }
}

fn length(written: &Spanned<u64>) -> usize {
    usize::try_from(written.value).unwrap_or(usize::MAX)
}

fn whole(bound: &BoundSpec) -> Option<i64> {
    match bound {
        BoundSpec::Integer(number) => Some(*number),
        _ => None,
    }
}

fn decimal(bound: &BoundSpec) -> Option<f64> {
    match bound {
        #[expect(clippy::cast_precision_loss, reason = "a bound written as a whole number is small")]
        BoundSpec::Integer(number) => Some(*number as f64),
        BoundSpec::Number(number) if number.is_finite() => Some(*number),
        _ => None,
    }
}

fn port(bound: &BoundSpec) -> Option<u16> {
    whole(bound).and_then(|number| u16::try_from(number).ok()).filter(|port| *port > 0)
}

fn duration(bound: &BoundSpec) -> Option<Duration> {
    match bound {
        BoundSpec::Text(text) => crate::types::parse_duration(text),
        _ => None,
    }
}

fn size(bound: &BoundSpec) -> Option<u64> {
    match bound {
        BoundSpec::Text(text) => crate::types::parse_size(text).and_then(|bytes| u64::try_from(bytes).ok()),
        BoundSpec::Integer(number) => u64::try_from(*number).ok(),
        BoundSpec::Number(_) => None,
    }
}
