//! "Did you mean": the known name nearest to a mistyped one.

/// The candidate most like `given`, if one is near enough to be what was meant.
///
/// ```
/// let known = ["required", "visibility"];
/// assert_eq!(envschema::nearest("requird", known), Some("required"));
/// assert_eq!(envschema::nearest("colour", known), None);
/// ```
#[must_use]
pub fn nearest<'a>(given: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = given.to_lowercase();
    let length = given.chars().count();
    // Of names this short every other is near.
    let allowed = if length < 3 { 0 } else { (length / 3).max(1) };
    candidates
        .into_iter()
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= allowed)
        .filter_map(|candidate| {
            let distance = strsim::osa_distance(&folded, &candidate.to_lowercase());
            (distance <= allowed).then_some((distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// What other formats call a key or a type, and what contracts call it.
const SYNONYMS: &[(&str, &str)] = &[
    ("array", "list"),
    ("bool", "boolean"),
    ("choices", "values"),
    ("comment", "about"),
    ("desc", "about"),
    ("description", "about"),
    ("doc", "docs"),
    ("enum", "values"),
    ("environment", "environments"),
    ("file", "path"),
    ("float", "number"),
    ("hostname", "host"),
    ("int", "integer"),
    ("maximum", "max"),
    ("minimum", "min"),
    ("object", "json"),
    ("optional", "required"),
    ("options", "values"),
    ("public", "visibility"),
    ("regex", "pattern"),
    ("secret", "visibility"),
    ("sensitive", "visibility"),
    ("str", "string"),
    ("text", "string"),
    ("uri", "url"),
    ("variables", "vars"),
    ("version", "semver"),
];

/// The candidate that is most like `given`, or is what other formats call so.
pub(crate) fn meant<'a>(
    given: &str,
    candidates: impl IntoIterator<Item = &'a str, IntoIter: Clone>,
) -> Option<&'a str> {
    let candidates = candidates.into_iter();
    let synonyms = SYNONYMS.iter().filter(|(other, _)| other.eq_ignore_ascii_case(given));
    let known = |name: &str| candidates.clone().find(|candidate| *candidate == name);
    synonyms.filter_map(|(_, name)| known(name)).next().or_else(|| nearest(given, candidates.clone()))
}

/// Names as a list for people: `a`, `b` or `c`.
pub(crate) fn one_of<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    joined(names, "or")
}

/// Names as a list for people: `a`, `b` and `c`.
pub(crate) fn all_of<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    joined(names, "and")
}

fn joined<'a>(names: impl IntoIterator<Item = &'a str>, last_word: &str) -> String {
    let quoted: Vec<_> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => "none".to_owned(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} {last_word} {last}", most.join(", ")),
    }
}
