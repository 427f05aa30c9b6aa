//! Decoding TOML values with their places, going on after mistakes.

use std::ops::Range;

use toml::Spanned as TomlSpanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::suggest::{all_of, meant};
use crate::text::{Span, Spanned};

/// Collects mistakes while decoding.
#[derive(Default)]
pub(crate) struct Decoder {
    /// The offset of the text's first byte among the files of the contract.
    pub(crate) base: usize,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The tables with keys that are not known: what seems to be missing may be one of these.
    pub(crate) misspelt: Vec<Span>,
}

pub(crate) type Node<'i> = TomlSpanned<DeValue<'i>>;

/// Something that a TOML value can be read as. `None` means that a mistake was recorded.
pub(crate) trait Decode: Sized {
    fn decode(node: &Node<'_>, decoder: &mut Decoder) -> Option<Self>;

    /// What to go on with after a mistake, so that the thing does not seem to be missing as well.
    fn stand_in() -> Option<Self> {
        None
    }
}

impl Decoder {
    /// A place in the text among the files of the contract.
    pub(crate) fn at(&self, range: Range<usize>) -> Span {
        Span { start: self.base + range.start, end: self.base + range.end }
    }

    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Records that `node` is of the wrong kind; always `None`.
    pub(crate) fn wrong_type<T>(&mut self, node: &Node<'_>, expected: &str) -> Option<T> {
        let found = match node.get_ref() {
            DeValue::Table(_) => "a table",
            DeValue::Array(_) => "an array",
            DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
                Ok(0..) => "an integer",
                Ok(_) => "a negative integer",
                Err(_) => "an integer beyond 64 bits",
            },
            DeValue::Float(_) => "a decimal number",
            DeValue::Boolean(_) => "a boolean",
            DeValue::Datetime(_) => "a date",
            _ => "a string",
        };
        let message = format!("expected {expected}, found {found}");
        let diagnostic =
            Diagnostic::new(DiagnosticCode::WrongType, self.at(node.span()), message).label(found);
        let is_scalar = !matches!(node.get_ref(), DeValue::Table(_) | DeValue::Array(_));
        self.report(match expected {
            _ if is_scalar && expected.starts_with("a string") => diagnostic.help("write it in quotes"),
            "an array" if is_scalar => diagnostic.help("write it in brackets, as in `[\"a\", \"b\"]`"),
            _ => diagnostic,
        });
        None
    }

    /// Records that `key` is not one of `known`.
    pub(crate) fn unknown_key(&mut self, key: &str, span: Span, table: &str, known: &[&str]) {
        let diagnostic =
            Diagnostic::new(DiagnosticCode::UnknownKey, span, format!("unknown key `{key}` in {table}"))
                .label("not a key of the format");
        let help = match meant(key, known.iter().copied()) {
            Some(name) => format!("did you mean `{name}`?"),
            None => format!("the keys are {}", all_of(known.iter().copied())),
        };
        self.report(diagnostic.help(help));
    }
}

impl Decode for String {
    fn decode(node: &Node<'_>, decoder: &mut Decoder) -> Option<Self> {
        match node.get_ref() {
            DeValue::String(text) => Some(text.clone().into_owned()),
            _ => decoder.wrong_type(node, "a string"),
        }
    }

    fn stand_in() -> Option<Self> {
        Some(Self::new())
    }
}

impl Decode for bool {
    fn decode(node: &Node<'_>, decoder: &mut Decoder) -> Option<Self> {
        match node.get_ref() {
            DeValue::Boolean(truth) => Some(*truth),
            _ => decoder.wrong_type(node, "`true` or `false`"),
        }
    }
}

impl Decode for u64 {
    fn decode(node: &Node<'_>, decoder: &mut Decoder) -> Option<Self> {
        let number = match node.get_ref() {
            DeValue::Integer(number) => Self::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        number.or_else(|| decoder.wrong_type(node, "a whole number of at least 0"))
    }
}

impl<T: Decode> Decode for Spanned<T> {
    fn decode(node: &Node<'_>, decoder: &mut Decoder) -> Option<Self> {
        let value = T::decode(node, decoder).or_else(T::stand_in);
        value.map(|value| Self::new(value, decoder.at(node.span())))
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(node: &Node<'_>, decoder: &mut Decoder) -> Option<Self> {
        match node.get_ref() {
            DeValue::Array(items) => Some(items.iter().filter_map(|item| T::decode(item, decoder)).collect()),
            _ => decoder.wrong_type(node, "an array"),
        }
    }

    fn stand_in() -> Option<Self> {
        Some(Self::new())
    }
}

/// A table whose keys are names, in the order of the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Table<T>(pub Vec<(Spanned<String>, T)>);

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Table<T> {
    /// The entry called `name`. Looks at one after the other: to ask often, make a map.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0.iter().find(|(key, _)| key.value == name).map(|(_, entry)| entry)
    }

    /// Name and entry, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, (Spanned<String>, T)> {
        self.0.iter()
    }
}

impl<T: Decode> Decode for Table<T> {
    fn decode(node: &Node<'_>, decoder: &mut Decoder) -> Option<Self> {
        let DeValue::Table(table) = node.get_ref() else {
            return decoder.wrong_type(node, "a table");
        };
        // Tables of variables are large: the room for all of them is made once.
        let mut entries = Vec::with_capacity(table.len());
        for (key, value) in in_text_order(table) {
            if let Some(entry) = T::decode(value, decoder).or_else(T::stand_in) {
                let name = key.get_ref().clone().into_owned();
                entries.push((Spanned::new(name, decoder.at(key.span())), entry));
            }
        }
        Some(Self(entries))
    }
}

type Entry<'t, 'i> = (&'t TomlSpanned<std::borrow::Cow<'i, str>>, &'t Node<'i>);

/// The entries of a table as they stand in the text: a table may be opened again further down.
pub(crate) fn in_text_order<'t, 'i>(table: &'t DeTable<'i>) -> Vec<Entry<'t, 'i>> {
    let mut entries: Vec<_> = table.iter().collect();
    if !entries.is_sorted_by_key(|(key, _)| key.span().start) {
        entries.sort_by_key(|(key, _)| key.span().start);
    }
    entries
}

/// Defines a table of the format: the struct, its decoder, its keys and its JSON Schema.
macro_rules! document {
    ($(
        $(#[$meta:meta])*
        pub struct $name:ident in $title:literal {
            $($(#[$field_meta:meta])* $field:ident : $kind:ty,)+
        }
    )+) => { $(
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq)]
        #[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
        #[cfg_attr(feature = "json-schema", schemars(deny_unknown_fields))]
        pub struct $name {
            $(
                $(#[$field_meta])*
                #[cfg_attr(feature = "json-schema", schemars(default))]
                pub $field: Field<$kind>,
            )+
            /// Where the table's keys stand.
            #[cfg_attr(feature = "json-schema", schemars(skip))]
            pub span: Span,
        }

        impl $name {
            pub(crate) const KEYS: &'static [&'static str] = &[$(key_of(stringify!($field)),)+];

            pub(crate) fn decode_table(table: &toml::de::DeTable<'_>, span: Span, decoder: &mut Decoder) -> Self {
                let mut made = Self { span, ..Self::default() };
                for (key, node) in in_text_order(table) {
                    let name: &str = key.get_ref();
                    $(if name == key_of(stringify!($field)) {
                        made.$field = Field::from(Spanned::decode(node, decoder));
                        continue;
                    })+
                    decoder.unknown_key(name, decoder.at(key.span()), $title, Self::KEYS);
                    decoder.misspelt.push(span);
                }
                made
            }

            /// This table with what `over` says in place of what it says.
            #[must_use]
            pub fn overlay(&self, over: &Self) -> Self {
                Self {
                    $($field: over.$field.clone().or(self.$field.clone()),)+
                    span: self.span,
                }
            }
        }

        impl Decode for $name {
            fn decode(node: &Node<'_>, decoder: &mut Decoder) -> Option<Self> {
                match node.get_ref() {
                    toml::de::DeValue::Table(table) => {
                        let span = decoder.at(node.span());
                        Some(Self::decode_table(table, span, decoder))
                    }
                    _ => decoder.wrong_type(node, "a table"),
                }
            }

            fn stand_in() -> Option<Self> {
                Some(Self::default())
            }
        }
    )+ };
}

/// The key that a field stands for: raw identifiers lose their `r#`.
pub(crate) const fn key_of(field: &'static str) -> &'static str {
    match field.as_bytes() {
        [b'r', b'#', ..] => field.split_at(2).1,
        _ => field,
    }
}

pub(crate) use document;
