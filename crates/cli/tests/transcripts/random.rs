//! What is different in each run, taken out of what is compared.

use super::case::{Case, Step};

const MASK: &str = "{random}";

/// How keys of age begin, with their lengths.
const KEYS: [(&str, usize); 2] = [("AGE-SECRET-KEY-1", 74), ("age1", 62)];

/// Shorter texts of a vault are not sealed.
const SHORTEST_SEALED: usize = 20;

/// Knows what a transcript gives, and takes everything else that looks random for that.
pub(super) struct Random {
    given: String,
}

impl Random {
    pub(super) fn of(case: &Case) -> Self {
        let texts = case.steps.iter().filter_map(|step| match step {
            Step::Make { text, .. } => Some(text.as_str()),
            Step::Run(_) => None,
        });
        Self { given: texts.collect() }
    }

    /// A text without keys that were made in this run.
    pub(super) fn masked(&self, text: &str) -> String {
        let is_of_key = |c: char| c.is_ascii_alphanumeric() || c == '-';
        self.replaced(text, &is_of_key, &|token| {
            KEYS.iter().any(|(begin, length)| token.starts_with(begin) && token.len() == *length)
        })
    }

    /// The text of a file without what was sealed or drawn in this run.
    pub(super) fn masked_file(&self, path: &str, text: &str) -> String {
        let masked = self.masked(text);
        if path.ends_with("state/key") {
            return format!("{MASK}␄\n");
        }
        if !path.ends_with("vault.toml") {
            return masked;
        }
        let is_sealed = |c: char| c.is_ascii_alphanumeric() || "+/=".contains(c);
        self.replaced(&masked, &is_sealed, &|token| token.len() >= SHORTEST_SEALED)
    }

    /// Replaces tokens that look random and were not given.
    fn replaced(&self, text: &str, is_part: &dyn Fn(char) -> bool, looks: &dyn Fn(&str) -> bool) -> String {
        let mut replaced = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len()).max(c.len_utf8());
            let (token, after) = rest.split_at(length);
            let is_random = looks(token) && !self.given.contains(token);
            replaced.push_str(if is_random { MASK } else { token });
            rest = after;
        }
        replaced
    }
}
