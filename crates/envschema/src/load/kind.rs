//! `kind` and `namespace`: which key space the contract describes.

use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::document::Document;
use crate::kind::Kind;
use crate::text::Spanned;

pub(super) fn kind(document: &Document, found: &mut Vec<Diagnostic>) -> Kind {
    let Some(table) = document.schema.get() else { return Kind::Env };
    let known = [(Kind::NAMES[0], false), (Kind::NAMES[1], true)];
    let is_config =
        match table.kind.get().map(|kind| super::variable::word(kind, "a kind of contract", &known)) {
            None => false,
            Some(Ok(is_config)) => is_config,
            Some(Err(diagnostic)) => {
                found.push(diagnostic);
                // What was meant is not known: the names are not judged as if it were.
                table.namespace.is_some()
            }
        };
    match (is_config, table.namespace.get()) {
        (false, None) => Kind::Env,
        (false, Some(namespace)) => {
            let message = "environment variables have no namespace";
            let diagnostic =
                Diagnostic::new(DiagnosticCode::UnknownKey, namespace.span, message).label("not here");
            found.push(diagnostic.help("remove it, or write `kind = \"pulumi-config\"` beside it"));
            Kind::Env
        }
        (true, None) => {
            let message = "a contract of a stack's configuration needs its `namespace`";
            let at = table.kind.get().map_or(table.span, |kind| kind.span);
            let diagnostic =
                Diagnostic::new(DiagnosticCode::MissingKey, at, message).label("`namespace` is missing");
            found.push(diagnostic.help("add `namespace = \"my-project\"`, the name in Pulumi.yaml"));
            Kind::PulumiConfig { namespace: String::new() }
        }
        (true, Some(namespace)) => {
            found.extend(bad_namespace(namespace));
            Kind::PulumiConfig { namespace: namespace.value.clone() }
        }
    }
}

fn bad_namespace(name: &Spanned<String>) -> Option<Diagnostic> {
    if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte)) {
        return None;
    }
    let message = format!("`{}` cannot be the name of a Pulumi project", name.value);
    let help = "use letters, digits, `.`, `_` and `-`";
    Some(Diagnostic::new(DiagnosticCode::BadName, name.span, message).label("not a name").help(help))
}
