//! `generate`, and whether it fits the type.

use super::Loader;
use super::variable::text;
use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::document::{GenerateSpec, GenerateTable, VariableTable};
use crate::generator::{GeneratorError, GeneratorForm};
use crate::suggest::{nearest, one_of};
use crate::text::Span;
use crate::types::{StringType, ValueType};
use crate::variable::Generate;

impl Loader<'_> {
    fn report_formless(&mut self, at: Span) {
        self.report(
            Diagnostic::new(DiagnosticCode::MissingKey, at, "a generator needs its `form`")
                .label("`form` is missing")
                .help("write it as in `{ form = \"base64:32\" }`"),
        );
    }

    pub(super) fn generate(&mut self, kind: &ValueType, table: &VariableTable) -> Option<Generate> {
        let written = table.generate.get()?;
        let (form, at, prefix, ask) = match &written.value {
            GenerateSpec::Form(form) => (form.as_str(), written.span, None, false),
            GenerateSpec::Table(GenerateTable { form, prefix, ask, .. }) => {
                let Some(form) = form.get() else {
                    self.report_formless(written.span);
                    return None;
                };
                (form.as_str(), form.span, text(prefix.get()), ask.get().is_some_and(|ask| ask.value))
            }
        };
        let form = match form.parse() {
            Ok(form) => form,
            Err(error) => {
                let help = generator_help(form, &error);
                let diagnostic = Diagnostic::new(DiagnosticCode::BadGenerator, at, error.to_string());
                self.report(diagnostic.label("not a generator").help(help));
                return None;
            }
        };
        let made = Generate { form, prefix: prefix.or_else(|| type_prefix(kind)).unwrap_or_default(), ask };
        if let Err((message, label, help)) = fits(&made, kind) {
            let diagnostic = Diagnostic::new(DiagnosticCode::BadGenerator, written.span, message);
            self.report(diagnostic.label(label).help(help));
        }
        Some(made)
    }
}

fn generator_help(written: &str, error: &GeneratorError) -> String {
    let mut spellings = GeneratorForm::SPELLINGS.iter().copied();
    match error {
        GeneratorError::Unknown(_) => match nearest(written, spellings.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write one like {}", one_of(spellings)),
        },
        GeneratorError::Size { form, .. } | GeneratorError::Sizeless(form) => {
            let spelling = spellings.find(|spelling| spelling.starts_with(form)).unwrap_or(form);
            format!("write it as in `{spelling}`")
        }
    }
}

fn type_prefix(kind: &ValueType) -> Option<String> {
    match kind {
        ValueType::String(string) => string.prefix.clone(),
        _ => None,
    }
}

/// What is wrong with a generator for a type: a message, a label and help.
type Misfit = (String, &'static str, String);

/// Whether a generator makes valid values of a type.
fn fits(made: &Generate, kind: &ValueType) -> Result<(), Misfit> {
    let fitting = match (made.form, kind) {
        (_, ValueType::String(string)) => return fits_string(made, string, kind),
        (GeneratorForm::Base64(made), ValueType::Base64(wanted))
        | (GeneratorForm::Hex(made), ValueType::Hex(wanted)) => {
            wanted.bytes.is_none_or(|bytes| bytes == made)
        }
        (GeneratorForm::Uuid, ValueType::Uuid) => true,
        (GeneratorForm::Rsa(_) | GeneratorForm::Ed25519, ValueType::Pem(wanted)) => {
            wanted.label.as_ref().is_none_or(|label| label == "PRIVATE KEY")
        }
        _ => false,
    };
    if !fitting {
        let help = match kind {
            ValueType::Base64(wanted) => format!("write `base64:{}`", wanted.bytes.unwrap_or(32)),
            ValueType::Hex(wanted) => format!("write `hex:{}`", wanted.bytes.unwrap_or(32)),
            ValueType::Uuid => "write `uuid`".to_owned(),
            ValueType::Pem(wanted) if wanted.label.as_ref().is_none_or(|label| label == "PRIVATE KEY") => {
                "write `rsa:2048` or `ed25519`".to_owned()
            }
            _ => "no generator makes one: remove `generate`".to_owned(),
        };
        let message = format!("`{}` does not make {}", made.form, kind.expectation());
        return Err((message, "makes something else", help));
    }
    if made.prefix.is_empty() {
        Ok(())
    } else {
        let message = format!("a value of type `{}` takes no prefix", kind.name());
        Err((message, "has a prefix", "remove the prefix, or the `type`".to_owned()))
    }
}

fn fits_string(made: &Generate, string: &StringType, kind: &ValueType) -> Result<(), Misfit> {
    if let Some(prefix) = string.prefix.as_ref().filter(|prefix| !made.prefix.starts_with(*prefix)) {
        let help = "leave the generator's `prefix` out: the type's own is put in front".to_owned();
        return Err((format!("what is generated does not begin with `{prefix}`"), "another prefix", help));
    }
    let length = made.form.length().map(|length| length + made.prefix.chars().count());
    match length.filter(|length| !string.length.contains(length)) {
        Some(length) => {
            let message =
                format!("`{}` makes {length} characters, which is not {}", made.form, kind.expectation());
            Err((message, "of another length", "choose another number, or other bounds".to_owned()))
        }
        None => Ok(()),
    }
}
