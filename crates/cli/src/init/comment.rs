//! What the words beside a variable say of it.

/// Lists of words with these before them are choices.
const BEFORE_CHOICES: &[&str] =
    &["one of", "options", "possible values", "allowed values", "values", "choices", "either"];

/// The choices that a comment lists: `a | b | c`, `one of: a, b, c`, `a or b`.
pub(super) fn choices(comments: &[String]) -> Option<Vec<String>> {
    comments.iter().find_map(|comment| by_bars(comment).or_else(|| by_words(comment)))
}

/// The choices that stand in the place of a value: `dev|prod`. They are words of letters only.
pub(super) fn choices_of_value(value: &str) -> Option<Vec<String>> {
    let is_word = |part: &str| {
        let letter = |c: char| c.is_ascii_lowercase() || "-_".contains(c);
        part.len() <= 20 && !part.is_empty() && part.chars().all(letter)
    };
    let parts: Vec<&str> = value.split('|').map(str::trim).collect();
    parts
        .iter()
        .all(|part| is_word(part))
        .then(|| distinct(parts.iter().map(ToString::to_string).collect()))?
}

fn by_bars(comment: &str) -> Option<Vec<String>> {
    let parts: Vec<&str> = comment.split('|').collect();
    let last = parts.len().checked_sub(1).filter(|last| *last > 0)?;
    let choices = parts.iter().enumerate().map(|(index, part)| match index {
        // Before the first choice and after the last there may be other words.
        0 => word(part.split_whitespace().next_back()?),
        index if index == last => word(part.split_whitespace().next()?),
        _ => word(part.trim()),
    });
    distinct(choices.collect::<Option<Vec<_>>>()?)
}

fn by_words(comment: &str) -> Option<Vec<String>> {
    let lower = comment.to_ascii_lowercase();
    // Lower case may be as long as the text only for ASCII.
    let list = BEFORE_CHOICES.iter().find_map(|before| {
        let at = lower.find(before).filter(|_| lower.len() == comment.len())?;
        let after = comment.get(at + before.len()..)?;
        after.trim_start().strip_prefix(':').or_else(|| before.contains("one of").then_some(after))
    })?;
    let list = list.split(['.', ';', '(', ')']).next()?.replace(" or ", ",").replace(" and ", ",");
    distinct(
        list.split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(word)
            .collect::<Option<Vec<_>>>()?,
    )
}

/// One choice, without quotes and a last mark.
fn word(text: &str) -> Option<String> {
    let bare = text.trim_matches(|c: char| "'\"`,;()[]".contains(c)).trim_end_matches('.');
    let fits = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
    (!bare.is_empty() && bare.len() <= 40 && bare.chars().all(fits)).then(|| bare.to_owned())
}

fn distinct(mut choices: Vec<String>) -> Option<Vec<String>> {
    let mut seen = std::collections::HashSet::new();
    choices.retain(|choice| seen.insert(choice.clone()));
    (choices.len() >= 2).then_some(choices)
}

/// Whether the words say that it may be left out.
pub(super) fn is_optional(comments: &[String]) -> bool {
    comments.iter().any(|comment| {
        let lower = comment.to_ascii_lowercase();
        lower.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == "optional")
            && !lower.contains("not optional")
    })
}

/// The generator that the words tell to run by hand: `openssl rand -base64 32`.
pub(super) fn generator(comments: &[String]) -> Option<String> {
    comments.iter().find_map(|comment| {
        let (_, after) = comment.split_once("openssl rand -")?;
        let mut words =
            after.split(|c: char| c.is_whitespace() || "`'\"),.".contains(c)).filter(|word| !word.is_empty());
        let form = words.next().filter(|form| ["base64", "hex"].contains(form))?;
        let bytes: u32 = words.next()?.parse().ok().filter(|bytes| (16..=64).contains(bytes))?;
        Some(format!("{form}:{bytes}"))
    })
}
