//! Words of people without what looks like a secret, and without the values that were withheld.

use super::made_up::{Address, is_made_up};
use super::real::looks_real;

/// What stands for something that was taken out.
const OUT: &str = "[...]";

/// Words after which a secret may follow.
const LABELS: &[&str] = &[
    "password",
    "passwd",
    "pass",
    "pwd",
    "passphrase",
    "secret",
    "token",
    "key",
    "apikey",
    "pin",
    "credentials",
    "login",
    "code",
];

/// Words that follow them and are none.
const STATES: &[&str] =
    &["optional", "required", "none", "empty", "generated", "secret", "here", "below", "above"];

/// Shorter values are taken out as whole words only.
const LONG: usize = 8;

/// A value that must not come back in words, and the parts of it that are secrets by themselves.
pub(super) fn parts(value: &str) -> Vec<String> {
    let mixed = |part: &str| {
        part.len() >= 6
            && part.bytes().any(|byte| byte.is_ascii_digit())
            && part.bytes().any(|byte| byte.is_ascii_alphabetic())
    };
    let mut parts = vec![value.trim().to_owned()];
    parts.extend(Address::of(value).iter().flat_map(Address::secrets).map(str::to_owned));
    parts.extend(
        value
            .split(|c: char| c.is_whitespace() || ":/?&=@,;".contains(c))
            .filter(|part| mixed(part))
            .map(str::to_owned),
    );
    parts.retain(|part| part.chars().count() >= 3);
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    parts
}

/// The text without these values, and without what looks like one.
pub(super) fn masked<'v>(text: &str, values: impl Iterator<Item = &'v str>) -> String {
    let mut text = text.to_owned();
    for value in values {
        text = without(&text, value);
    }
    let mut after_label = false;
    let count = text.split(' ').count();
    let mut words = Vec::with_capacity(count);
    for (index, word) in text.split(' ').enumerate() {
        let is_last = index + 1 == count;
        let bare = word.trim_end_matches([':', '=']);
        let is_joint = bare.is_empty() || word == "is";
        let out = match word.split_once([':', '=']) {
            _ if is_joint => None,
            Some((label, rest)) if !rest.is_empty() && is_label(label) && !is_made_up(rest) => {
                Some(format!("{}{OUT}", &word[..word.len() - rest.len()]))
            }
            _ if looks_real(word) || (after_label && may_be_value(word, is_last)) => Some(OUT.to_owned()),
            _ => None,
        };
        after_label = match word {
            _ if is_joint => {
                index > 0 && (after_label || is_label(text.split(' ').nth(index - 1).unwrap_or_default()))
            }
            word => bare != word && is_label(bare),
        };
        words.push(out.unwrap_or_else(|| word.to_owned()));
    }
    words.join(" ")
}

fn is_label(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    lower.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| LABELS.contains(&word))
}

/// Whether a word after a label may be a value. Plain words that more follow are a sentence.
fn may_be_value(word: &str, is_last: bool) -> bool {
    let bare = word.trim_matches(|c: char| "'\"`,.;()".contains(c));
    let mut letters = bare.chars();
    let capital = letters.next().is_some_and(char::is_alphabetic);
    let plain = capital && letters.all(|c| c.is_lowercase() || c == '-');
    let is_state = STATES.contains(&bare.to_ascii_lowercase().as_str());
    !(word == OUT || is_made_up(bare) || is_state || (plain && !is_last))
}

/// The text without a value.
fn without(text: &str, value: &str) -> String {
    if value.len() >= LONG {
        return text.replace(value, OUT);
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(value) {
        let (before, from) = rest.split_at(at);
        let after = &from[value.len()..];
        let is_whole = !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric);
        kept.push_str(before);
        kept.push_str(if is_whole { OUT } else { value });
        rest = after;
    }
    kept + rest
}
