//! Text in columns, painted after it was measured.

use super::look::{Look, Tone};

/// How wide a text is on a terminal.
pub(crate) fn wide(text: &str) -> usize {
    textwrap::core::display_width(text)
}

/// A text filled up to a width, in a tone.
pub(crate) fn left(look: Look, tone: Option<Tone>, text: &str, width: usize) -> String {
    format!("{}{}", painted(look, tone, text), " ".repeat(width.saturating_sub(wide(text))))
}

/// As [`left`], against the right side.
pub(crate) fn right(look: Look, tone: Option<Tone>, text: &str, width: usize) -> String {
    format!("{}{}", " ".repeat(width.saturating_sub(wide(text))), painted(look, tone, text))
}

pub(crate) fn painted(look: Look, tone: Option<Tone>, text: &str) -> String {
    match tone {
        Some(tone) => look.paint(tone, text),
        None => text.to_owned(),
    }
}

/// A name within a width. Names that begin alike often end differently, so both ends are kept.
pub(crate) fn shortened(look: Look, name: &str, width: usize) -> String {
    if wide(name) <= width {
        return name.to_owned();
    }
    let gap = look.symbol("…", "..");
    let kept = width.saturating_sub(wide(gap));
    let (head, tail) = (kept.div_ceil(2), kept / 2);
    let characters: Vec<char> = name.chars().collect();
    let start: String = characters.iter().take(head).collect();
    let end: String = characters[characters.len().saturating_sub(tail)..].iter().collect();
    format!("{start}{gap}{end}")
}
