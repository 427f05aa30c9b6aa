//! Names of types and fields that follow from names of variables.

use std::collections::HashSet;

/// Gives each name once.
#[derive(Default)]
pub(super) struct Taken(HashSet<String>);

impl Taken {
    /// With names that are nobody's to give.
    pub(super) fn with(reserved: &[&str]) -> Self {
        Self(reserved.iter().map(ToString::to_string).collect())
    }

    /// The name, with a number behind it if it is taken.
    pub(super) fn give(&mut self, wanted: String) -> String {
        if self.0.insert(wanted.clone()) {
            return wanted;
        }
        let is_of_words = wanted.starts_with(|c: char| c.is_ascii_lowercase()) && !wanted.ends_with('_');
        let joint = if is_of_words { "_" } else { "" };
        let numbered = (2_usize..).map(|number| format!("{wanted}{joint}{number}"));
        let free = numbered.into_iter().find(|name| !self.0.contains(name)).unwrap_or(wanted);
        self.0.insert(free.clone());
        free
    }
}

/// `DEFAULT_PROVIDER` and `default-provider` as `DefaultProvider`. It begins with a letter.
pub(super) fn pascal(text: &str) -> String {
    let mut name = String::new();
    for word in text.split(|c: char| !c.is_ascii_alphanumeric()) {
        let is_mixed = word.contains(|c: char| c.is_ascii_lowercase())
            && word.contains(|c: char| c.is_ascii_uppercase());
        for (index, c) in word.chars().enumerate() {
            name.push(match index {
                0 => c.to_ascii_uppercase(),
                _ if is_mixed => c,
                _ => c.to_ascii_lowercase(),
            });
        }
    }
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) { name } else { format!("V{name}") }
}

/// `DEFAULT_PROVIDER` and `defaultProvider` as `default_provider`. It begins with a letter.
pub(super) fn snake(text: &str) -> String {
    let mut name = String::new();
    let mut before_is_lower = false;
    for c in text.chars() {
        if c.is_ascii_uppercase() && before_is_lower {
            name.push('_');
        }
        before_is_lower = c.is_ascii_lowercase() || c.is_ascii_digit() && before_is_lower;
        name.push(if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' });
    }
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) { name } else { format!("v_{name}") }
}
