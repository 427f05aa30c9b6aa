//! `list`.

use std::borrow::Cow;

use super::mismatch::around;
use super::words::counted;
use super::{ListType, Mismatch, StringType, TypedValue, ValueType};

impl ListType {
    pub(super) fn expectation(&self) -> Cow<'static, str> {
        let count = counted(&self.length, "item").map(|count| format!(" of {count}")).unwrap_or_default();
        let separator = match self.separator.as_str() {
            " " => "spaces".to_owned(),
            "\n" => "line breaks".to_owned(),
            "\t" => "tabs".to_owned(),
            other => format!("`{other}`"),
        };
        let each = if *self.items == ValueType::String(StringType::default()) {
            String::new()
        } else {
            format!(", each item {}", self.items.expectation())
        };
        format!("a list{count} separated by {separator}{each}").into()
    }

    pub(super) fn read(&self, text: &str) -> Result<Vec<TypedValue>, Mismatch> {
        let mut values = Vec::new();
        self.each(text, |item| {
            values.push(self.items.check(item)?);
            Ok(())
        })?;
        Ok(values)
    }

    pub(super) fn verify(&self, text: &str) -> Result<(), Mismatch> {
        self.each(text, |item| self.items.accepts(item))
    }

    /// The first item that its type refuses.
    pub(super) fn first_wrong<'a>(&'a self, text: &'a str) -> Option<&'a str> {
        self.items_of(text).find(|item| self.items.accepts(item).is_err())
    }

    /// Judges items until one is wrong, then their number.
    fn each(&self, text: &str, mut judge: impl FnMut(&str) -> Result<(), Mismatch>) -> Result<(), Mismatch> {
        let mut count = 0;
        for item in self.items_of(text) {
            count += 1;
            if item.is_empty() {
                let help = "remove the separator at the start or the end, or the second of two in a row";
                return Err(Mismatch::new(&format!("item {count} not to be empty"), text, Some(help)));
            }
            judge(item).map_err(|mismatch| item_mismatch(text, count, mismatch))?;
        }
        if self.length.contains(&count) {
            Ok(())
        } else {
            Err(Mismatch::new(&self.expectation(), text, None))
        }
    }

    fn items_of<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a str> {
        let blank = text.trim().is_empty();
        let spaced = self.separator.trim().is_empty();
        text.split(self.separator.as_str())
            .map(str::trim)
            .filter(move |item| !blank && (!spaced || !item.is_empty()))
    }
}

/// Words the mismatch of an item as one of the list.
fn item_mismatch(text: &str, number: usize, of_item: Mismatch) -> Mismatch {
    let phrase = of_item.expected.strip_prefix("expected ").unwrap_or(&of_item.expected);
    let expected = format!("expected item {number} to be {phrase}").into();
    let bracketed = text.trim_start().starts_with('[') && text.trim_end().ends_with(']');
    let around_list =
        bracketed.then_some("write the items alone, without brackets and quotes").or(around(text));
    Mismatch { expected, help: around_list.map(Cow::Borrowed).or(of_item.help) }
}
