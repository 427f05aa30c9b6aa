//! [`Values`]: where the judged texts come from.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;

use crate::condition::VariableId;
use crate::place::Place;
use crate::variable::{Empty, Variable};

/// What is known of one variable's value.
#[derive(Clone, Copy, Debug, Default)]
pub struct Given<'a> {
    /// The raw text, secret or not; `None` if nothing gave one.
    pub text: Option<&'a str>,
    /// Where it stands, if that is known.
    pub place: Option<&'a Place>,
    /// The giver has found the text to be a value that the variable accepts, so that nobody has to look again.
    pub checked: bool,
    /// The place of a placeholder that was passed over for it.
    pub placeholder: Option<&'a Place>,
    /// The placeholder is a literal `${NAME}` in a stack's configuration, which nobody expands.
    pub unexpanded: bool,
    /// The place where it is set in a form that cannot be read, such as an encrypted one. Such a variable is
    /// set, whatever its text.
    pub sealed: Option<&'a Place>,
}

/// Gives the raw text of each variable of a contract. Maps from names to texts do.
///
/// The text may be secret; nothing that judges it repeats it unless the variable's visibility allows that.
pub trait Values {
    /// What is known of a variable, by its number and definition.
    fn given(&self, id: VariableId, variable: &Variable) -> Given<'_>;
}

impl<S: BuildHasher> Values for HashMap<String, String, S> {
    fn given(&self, _: VariableId, variable: &Variable) -> Given<'_> {
        Given { text: self.get(&*variable.name).map(String::as_str), ..Given::default() }
    }
}

impl Values for BTreeMap<String, String> {
    fn given(&self, _: VariableId, variable: &Variable) -> Given<'_> {
        Given { text: self.get(&*variable.name).map(String::as_str), ..Given::default() }
    }
}

impl Values for BTreeMap<&str, &str> {
    fn given(&self, _: VariableId, variable: &Variable) -> Given<'_> {
        Given { text: self.get(&*variable.name).copied(), ..Given::default() }
    }
}

/// What a raw text amounts to, before its type is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// A value.
    Value,
    /// Empty, which counts as not set.
    Unset,
    /// An example or a reminder, which counts as not set and is reported.
    Placeholder,
}

impl Variable {
    /// Words that people leave where a secret has to go, compared without case.
    pub const REMINDERS: &[&str] =
        &["changeme", "change-me", "change_me", "replace-me", "replaceme", "replace_me", "todo", "xxx"];

    /// What a raw text amounts to for this variable.
    ///
    /// Only secrets have placeholders: a secret that equals its `example`, ends in `...`, stands in `<>`, or
    /// is a reminder such as `changeme`.
    #[must_use]
    pub fn standing(&self, text: &str) -> Standing {
        if text.is_empty() {
            return if self.empty == Empty::Unset { Standing::Unset } else { Standing::Value };
        }
        if self.is_secret() && self.is_placeholder(text.trim()) {
            Standing::Placeholder
        } else {
            Standing::Value
        }
    }

    fn is_placeholder(&self, text: &str) -> bool {
        self.example.as_deref() == Some(text)
            || text.ends_with("...")
            || (text.starts_with('<') && text.ends_with('>'))
            || is_reminder(text)
    }
}

fn is_reminder(text: &str) -> bool {
    Variable::REMINDERS.iter().any(|reminder| text.eq_ignore_ascii_case(reminder))
}

/// Whether an example tells more than that a value is wanted.
pub(super) fn shows_a_form(example: &str) -> bool {
    !example.is_empty() && !is_reminder(example)
}
