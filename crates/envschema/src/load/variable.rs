//! One `[vars.NAME]` table to a [`Variable`].

use std::sync::Arc;

use super::Loader;
use super::effective::Effective;
use super::loader::Subject;
use crate::condition::VariableId;
use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::document::{DefaultSpec, DeprecatedSpec, DeprecatedTable, RequiredSpec, VariableTable};
use crate::kind::Kind;
use crate::suggest::{nearest, one_of};
use crate::text::Spanned;
use crate::types::ValueType;
use crate::variable::{Deprecation, Empty, Presence, Variable, Visibility};

/// How the names begin that build tools ship to the browser.
pub const BROWSER_PREFIXES: [&str; 9] = [
    "NEXT_PUBLIC_",
    "VITE_",
    "REACT_APP_",
    "NUXT_PUBLIC_",
    "EXPO_PUBLIC_",
    "GATSBY_",
    "VUE_APP_",
    "STORYBOOK_",
    "PUBLIC_",
];

/// The meaning of a word out of a closed list, or what is wrong with it.
pub(super) fn word<T: Copy>(
    written: &Spanned<String>,
    what: &str,
    known: &[(&str, T)],
) -> Result<T, Diagnostic> {
    let value = known.iter().find(|(name, _)| *name == written.value).map(|(_, value)| *value);
    value.ok_or_else(|| {
        let names = known.iter().map(|(name, _)| *name);
        let message = format!("`{}` is not {what}", written.value);
        let help = match nearest(written, names.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write {}", one_of(names)),
        };
        Diagnostic::new(DiagnosticCode::BadValue, written.span, message).label("not known").help(help)
    })
}

pub(super) fn text(written: Option<&Spanned<String>>) -> Option<String> {
    written.map(|text| text.value.clone())
}

impl<'d> Loader<'d> {
    pub(super) fn build_variable(&mut self, id: VariableId, effective: &Effective<'d>) -> Variable {
        let table = &*effective.table;
        let name = effective.name;
        self.subject = Subject::Named(&name.value);
        let kind = self.kinds[id].clone().unwrap_or_default();
        let visibility = self.visibility(name, table);
        let presence = self.presence(id, name, table);
        let presence = if effective.freed { Presence::Optional } else { presence };
        self.check_keys_of_kind(table);
        if !effective.inherits_example {
            self.check_example(name, &kind, visibility, table);
        }
        Variable {
            name: Arc::from(name.value.as_str()),
            about: text(table.about.get()),
            group: self.group(table),
            presence,
            visibility,
            default: self.default(name, &kind, visibility, table),
            example: table.example.get().map(|example| example.to_text()),
            without: text(table.without.get()),
            missing: text(table.missing.get()),
            docs: text(table.docs.get()),
            deprecated: self.deprecated(table).map(Box::new),
            generate: self.generate(&kind, table).map(Box::new),
            outputs: table
                .output
                .iter()
                .flat_map(|output| output.as_slice())
                .map(|name| name.value.clone())
                .collect(),
            derive: self.derive(&kind, table),
            config: text(table.config.get()),
            empty: match table.allow_empty.get().map(|flag| flag.value) {
                None => Empty::Unset,
                Some(true) => Empty::Value,
                Some(false) => Empty::Error,
            },
            kind,
            span: name.span,
        }
    }

    /// A variable of a stack's configuration is a key of it, and is there before any output is.
    fn check_keys_of_kind(&mut self, table: &VariableTable) {
        if self.shared.kind == Kind::Env {
            return;
        }
        let config = table.config.get().map(|config| ("config", config.span));
        let output = table.output.get().map(|output| ("output", output.span));
        for (key, span) in config.into_iter().chain(output) {
            let message = format!(
                "`{key}` is for environment variables, and this contract is of a stack's configuration"
            );
            let help = "remove it: the variable's own name is its key in the configuration";
            let diagnostic = Diagnostic::new(DiagnosticCode::UnknownKey, span, message);
            self.report(diagnostic.label("not here").help(help));
        }
    }

    fn group(&mut self, table: &VariableTable) -> Option<usize> {
        let written = table.group.get()?;
        let found = self.groups.get(written.value.as_str()).copied();
        if found.is_none() {
            let near = self.near(written, self.shared.groups.iter().map(|group| group.id.as_str()));
            let diagnostic = Diagnostic::new(
                DiagnosticCode::UnknownName,
                written.span,
                format!("there is no group `{}`", written.value),
            )
            .label("not defined");
            self.report(match near {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                None => diagnostic.help(format!("define it: `[[groups]]` with `id = \"{}\"`", written.value)),
            });
        }
        found
    }

    fn visibility(&mut self, name: &Spanned<String>, table: &VariableTable) -> Visibility {
        let known =
            [("secret", Visibility::Secret), ("plain", Visibility::Plain), ("public", Visibility::Public)];
        let visibility = match table.visibility.get() {
            Some(written) => word(written, "a visibility", &known).unwrap_or_else(|diagnostic| {
                self.report(diagnostic);
                Visibility::Plain
            }),
            None => Visibility::Secret,
        };
        let label = match table.visibility.get() {
            Some(_) => "this name is for the browser",
            None => "secret, as no `visibility` says otherwise",
        };
        // What a stack is configured with is not built into pages.
        let is_env = self.shared.kind == Kind::Env;
        let browser = BROWSER_PREFIXES.iter().find(|prefix| is_env && name.starts_with(**prefix));
        if let (Visibility::Secret, Some(prefix)) = (visibility, browser) {
            self.report(
                Diagnostic::new(
                    DiagnosticCode::Exposed,
                    name.span,
                    format!(
                        "`{}` is secret, but `{prefix}` variables are shipped to the browser",
                        name.value
                    ),
                )
                .label(label)
                .help("write `visibility = \"public\"`, or give the secret another name"),
            );
        }
        visibility
    }

    fn presence(&mut self, id: VariableId, name: &Spanned<String>, table: &VariableTable) -> Presence {
        let Some(written) = table.required.get() else { return Presence::Required };
        match &written.value {
            RequiredSpec::Flag(true) => Presence::Required,
            RequiredSpec::Flag(false) => Presence::Optional,
            RequiredSpec::When(condition) => {
                let condition = Spanned { value: condition.clone(), span: written.span };
                let Some(condition) = self.condition_of(&condition) else { return Presence::Required };
                if condition.mentions(id) {
                    let message = format!("`{}` is required depending on itself", name.value);
                    self.report(
                        Diagnostic::new(DiagnosticCode::Cycle, written.span, message)
                            .label("mentions the variable itself")
                            .help("a condition of `required` stands on other variables"),
                    );
                }
                Presence::When(Box::new(condition))
            }
        }
    }

    fn default(
        &mut self,
        name: &str,
        kind: &ValueType,
        visibility: Visibility,
        table: &VariableTable,
    ) -> Option<Arc<str>> {
        let written = table.default.get()?;
        let text = written.to_text();
        let allow_empty = table.allow_empty.get().map(|flag| flag.value);
        if !text.is_empty() {
            self.check_value("default", name, kind, visibility, written, &text);
        } else if allow_empty != Some(true) {
            let (message, help) = match allow_empty {
                None => ("counts as not set", "remove it, or write `allow_empty = true` beside it"),
                Some(_) => ("is what `allow_empty = false` forbids", "remove one of the two"),
            };
            let message = format!("the empty default of `{name}` {message}");
            self.report(
                Diagnostic::new(DiagnosticCode::BadDefault, written.span, message).label("empty").help(help),
            );
        }
        Some(Arc::from(text))
    }

    /// An example of a secret may leave parts out, as `sk-...` does; any other shows a real value.
    fn check_example(&mut self, name: &str, kind: &ValueType, visibility: Visibility, table: &VariableTable) {
        if let (Some(written), false) = (table.example.get(), visibility == Visibility::Secret) {
            let text = written.to_text();
            if !text.is_empty() {
                self.check_value("example", name, kind, visibility, written, &text);
            }
        }
    }

    fn check_value(
        &mut self,
        what: &str,
        name: &str,
        kind: &ValueType,
        visibility: Visibility,
        at: &Spanned<DefaultSpec>,
        text: &str,
    ) {
        let Err(mismatch) = kind.accepts(text) else { return };
        let message = format!("the {what} of `{name}` is not valid: {}", mismatch.expected);
        let diagnostic =
            Diagnostic::new(DiagnosticCode::BadDefault, at.span, message).label("not of its type");
        let near = kind.suggestion(text).filter(|_| visibility != Visibility::Secret);
        self.report(match (near, mismatch.help) {
            (Some(near), _) => diagnostic.help(format!("did you mean `{near}`?")),
            (None, Some(help)) => diagnostic.help(help),
            (None, None) => diagnostic,
        });
    }

    fn deprecated(&mut self, table: &VariableTable) -> Option<Deprecation> {
        match &table.deprecated.get()?.value {
            DeprecatedSpec::Flag(false) => None,
            DeprecatedSpec::Flag(true) => Some(Deprecation::default()),
            DeprecatedSpec::Reason(reason) => {
                Some(Deprecation { replacement: None, message: Some(reason.clone()) })
            }
            DeprecatedSpec::Table(DeprecatedTable { replacement, message, .. }) => {
                if let Some(replacement) = replacement.get() {
                    self.variable_id(replacement);
                }
                Some(Deprecation { replacement: text(replacement.get()), message: text(message.get()) })
            }
        }
    }
}
