//! `enum`.

use std::borrow::Cow;

use super::{EnumType, Mismatch};
use crate::suggest::one_of;

impl EnumType {
    pub(super) fn expectation(&self) -> Cow<'static, str> {
        let values = one_of(self.values.iter().map(String::as_str));
        if self.ignore_case { format!("{values}, in upper or lower case").into() } else { values.into() }
    }

    /// The value that the text names, as the contract spells it.
    pub(super) fn choose(&self, text: &str) -> Result<&str, Mismatch> {
        let named = |value: &&String| {
            if self.ignore_case { value.eq_ignore_ascii_case(text) } else { value.as_str() == text }
        };
        self.values.iter().find(named).map(String::as_str).ok_or_else(|| {
            let case_differs = self.values.iter().any(|value| value.eq_ignore_ascii_case(text));
            let help = case_differs.then_some("upper and lower case have to match");
            Mismatch::new(&self.expectation(), text, help)
        })
    }
}
