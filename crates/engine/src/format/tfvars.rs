//! A `.tfvars` file: HCL texts in double quotes, in which `${` and `%{` stand for themselves when doubled.

use std::fmt::Write as _;

use unicode_normalization::is_nfc;

use super::Exported;
use super::refusal::{Printed, Refusal, each};

/// What Terraform keeps for itself in a module, so that no variable can have the name.
const RESERVED: &[&str] =
    &["count", "depends_on", "for_each", "lifecycle", "locals", "providers", "source", "version"];

const NOT_COMPOSED: Refusal = Refusal {
    reason: "it holds characters that Terraform composes when it reads them (Unicode's form NFC)",
    help: "encode it, for example in base64, and decode it in the module",
};

const NO_NAME: Refusal = Refusal { reason: "Terraform has no variable of this name", help: "rename it" };

pub(super) fn print(values: &[Exported<'_>]) -> Printed {
    each(values, "given to Terraform", |text, exported, value| {
        let name = exported.name;
        if !is_name(name) {
            return Err(NO_NAME);
        }
        if !is_nfc(value) {
            return Err(NOT_COMPOSED);
        }
        text.push_str(name);
        text.push_str(" = ");
        quoted(text, value);
        text.push('\n');
        Ok(())
    })
}

fn is_name(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
    name.starts_with(|first: char| first == '_' || first.is_ascii_alphabetic())
        && name.bytes().all(allowed)
        && !RESERVED.contains(&name)
}

fn quoted(text: &mut String, value: &str) {
    text.push('"');
    let mut rest = value.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '$' | '%' if rest.peek() == Some(&'{') => {
                text.push(c);
                text.push(c);
            }
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                let _ = write!(text, "\\u{:04X}", u32::from(c));
            }
            c => text.push(c),
        }
    }
    text.push('"');
}
