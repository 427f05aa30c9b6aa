//! When a variable is needed, what it expects and what it is by default, in words.

use envschema::{Asks, Variable, VariableId};

use super::{Entry, Model, Need};
use crate::render::in_one_line;

impl Model<'_> {
    /// When a variable is needed: `required`, `optional`, `required if ...`. `quote` marks what stands in the contract.
    pub(super) fn need(&self, entry: &Entry<'_>, quote: &dyn Fn(&str) -> String) -> String {
        match &entry.need {
            Need::Always => "required".to_owned(),
            Need::Default | Need::Optional => "optional".to_owned(),
            Need::When(condition, asks) => match self.asks(asks, quote, true) {
                Some(words) => format!("required if {words}"),
                None => format!("required if {}", quote(&in_one_line(self.written(&condition.text)))),
            },
        }
    }

    /// A condition in the contract's words: what a named one asks, if it is nothing but its name.
    fn written<'m>(&'m self, text: &'m str) -> &'m str {
        let named = self.contract.conditions().iter().find(|named| named.name == text.trim());
        named.map_or(text, |named| &named.condition.text)
    }

    /// What a condition asks; `None` if that cannot be said without the contract's own words.
    fn asks(&self, asks: &Asks, quote: &dyn Fn(&str) -> String, outermost: bool) -> Option<String> {
        let joined = |of: &[Asks], word: &str| {
            let parts: Option<Vec<_>> = of.iter().map(|part| self.asks(part, quote, false)).collect();
            let joined = parts?.join(word);
            Some(if outermost || of.len() < 2 { joined } else { format!("({joined})") })
        };
        match asks {
            Asks::OneOf { variable, texts, .. } => self.is(*variable, texts, quote, "is"),
            Asks::Set(variable) => Some(format!("{} is set", quote(self.called(*variable)))),
            Asks::Not(of) => match &**of {
                Asks::OneOf { variable, texts, .. } => self.is(*variable, texts, quote, "is not"),
                Asks::Set(variable) => Some(format!("{} is not set", quote(self.called(*variable)))),
                of => Some(format!("not ({})", self.asks(of, quote, true)?)),
            },
            Asks::All(of) => joined(of, " and "),
            Asks::Any(of) => joined(of, " or "),
            _ => None,
        }
    }

    fn is(
        &self,
        variable: VariableId,
        texts: &[String],
        quote: &dyn Fn(&str) -> String,
        verb: &str,
    ) -> Option<String> {
        let name = quote(self.called(variable));
        // What always has a value is false when it is not true.
        let has_value = self.entry(variable).is_some_and(|entry| entry.need.is_always());
        if has_value && verb == "is not" && texts == ["true", "1"] {
            return Some(format!("{name} is false"));
        }
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let values = match texts.as_slice() {
            [] => return None,
            ["true", "1"] => "true".to_owned(),
            ["false", "0"] => "false".to_owned(),
            texts => texts.iter().map(|text| quote(&in_one_line(text))).collect::<Vec<_>>().join(" or "),
        };
        Some(format!("{name} {verb} {values}"))
    }

    /// What the reader calls a variable; its own name if the reader does not get it.
    fn called(&self, id: VariableId) -> &str {
        self.entry(id).map_or(&*self.contract.variables()[id].name, |entry| entry.name)
    }
}

/// The default, if it may be shown.
pub(super) fn shown_default(variable: &Variable) -> Option<&str> {
    variable.default.as_deref().filter(|_| !variable.is_secret())
}

/// The sentences about a variable for those who write programs: about, need, what it expects, what happens without.
pub(super) fn sentences(model: &Model<'_>, entry: &Entry<'_>) -> Vec<String> {
    let variable = entry.variable;
    let quote = |text: &str| format!("`{text}`");
    let mut sentences: Vec<String> = variable.about.iter().map(|about| ended(about)).collect();
    let mut need = ended(&capital(&model.need(entry, &quote)));
    if variable.is_secret() {
        need.push_str(" Secret.");
    }
    let kind = entry.kind.expectation();
    need.push_str(&format!(" Expects {}.", in_one_line(&kind)));
    sentences.push(need);
    if let Some(default) = shown_default(variable) {
        sentences.push(format!("By default {}.", quoted(default)));
    }
    sentences.extend(entry.differences.iter().map(|difference| format!("{}.", capital(difference))));
    if let Some(without) = &variable.without {
        sentences.push(format!("Without it, {}", ended(without)));
    }
    sentences
}

/// That a variable should no longer be used, and what to do.
pub(super) fn deprecation(variable: &Variable) -> Option<String> {
    let deprecation = variable.deprecated.as_deref()?;
    let instead = deprecation.replacement.as_ref().map(|name| format!("use {name} instead"));
    let words: Vec<String> = deprecation.message.clone().into_iter().chain(instead).collect();
    Some(match words.is_empty() {
        true => "it should no longer be used".to_owned(),
        false => in_one_line(&words.join("; ")),
    })
}

/// A text between marks that do not stand in it, in one line.
pub(super) fn quoted(text: &str) -> String {
    let text = in_one_line(text);
    if text.is_empty() || text.contains('`') { format!("{text:?}") } else { format!("`{text}`") }
}

/// A sentence in one line, with its end.
pub(super) fn ended(text: &str) -> String {
    let text = in_one_line(text.trim());
    if text.ends_with(['.', '!', '?']) { text } else { format!("{text}.") }
}

/// With a capital at the beginning.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
