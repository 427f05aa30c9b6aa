//! `string` and `path`.

use std::borrow::Cow;

use super::words::counted;
use super::{Mismatch, StringType};

/// What `path` expects.
pub(super) const PATH: &str = "a path";

impl StringType {
    /// All that is asked of the text.
    pub(super) fn expectation(&self) -> Cow<'static, str> {
        let mut phrase = self.length_phrase().unwrap_or_else(|| "text".to_owned());
        let asked: Vec<_> = self.prefix_phrase().into_iter().chain(self.pattern_phrase()).collect();
        if !asked.is_empty() {
            phrase = format!("{phrase} that {}", asked.join(" and "));
        }
        phrase.into()
    }

    /// Refuses with the one thing that is wrong, not with all that is asked.
    pub(super) fn verify(&self, text: &str) -> Result<(), Mismatch> {
        if self.prefix.as_ref().is_some_and(|prefix| !text.starts_with(prefix)) {
            return Err(unmet(self.prefix_phrase(), text));
        }
        let bounded = self.length.min.is_some() || self.length.max.is_some();
        if bounded && !self.length.contains(&text.chars().count()) {
            let phrase = self.length_phrase().unwrap_or_default();
            return Err(Mismatch { expected: format!("expected {phrase}").into(), help: None });
        }
        if self.pattern.as_ref().is_some_and(|pattern| !pattern.matches(text)) {
            return Err(unmet(self.pattern_phrase(), text));
        }
        Ok(())
    }

    fn length_phrase(&self) -> Option<String> {
        counted(&self.length, "character").map(|count| format!("text of {count}"))
    }

    fn prefix_phrase(&self) -> Option<String> {
        self.prefix.as_ref().map(|prefix| format!("begins with `{prefix}`"))
    }

    fn pattern_phrase(&self) -> Option<String> {
        self.pattern.as_ref().map(|pattern| format!("matches `{}`", pattern.as_str()))
    }
}

fn unmet(asked: Option<String>, text: &str) -> Mismatch {
    Mismatch::new(&format!("text that {}", asked.unwrap_or_default()), text, None)
}

/// Whether the text can be a path.
pub(super) fn path(text: &str) -> Result<(), Mismatch> {
    if text.is_empty() || text.contains('\0') { Err(Mismatch::new(PATH, text, None)) } else { Ok(()) }
}
