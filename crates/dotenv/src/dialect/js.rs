//! What the readers in JavaScript share: what counts as white space there, how texts are replaced, and the lines that the
//! `dotenv` package and its descendants find.

mod expand;
mod lines;
mod replace;

pub(super) use expand::first_reference;
pub(super) use lines::each_line;
pub(super) use replace::replace_first;

/// White space, as `\s` and `trim` have it.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, '\t'..='\r' | ' ' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{2028}' | '\u{2029}'
        | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{feff}')
}

/// What ends a line for `^`, `$` and `.`.
pub(super) fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

/// The text without white space around it.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// Spellings that these readers may take: bare and in each kind of quotes, once as it is and once with the escapes that
/// double quotes have.
pub(super) fn spellings(value: &str) -> Vec<String> {
    let escaped = value.replace('\n', "\\n").replace('\r', "\\r");
    vec![
        value.to_owned(),
        format!("'{value}'"),
        format!("\"{value}\""),
        format!("\"{escaped}\""),
        format!("`{value}`"),
    ]
}
