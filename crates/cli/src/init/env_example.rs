//! Reading a `.env.example`: variables with the comments and headings that people put around them.

use std::collections::HashMap;

use envctl_dotenv::{Entry, LineKind, Quote, entries, lines};
use zeroize::Zeroizing;

use super::{Noted, Notes};

/// The words of a heading without a frame, at most.
const HEADING_WORDS: usize = 5;

/// One paragraph: what stands between two empty lines.
#[derive(Default)]
struct Paragraph {
    /// Comments and variables, in order.
    items: Vec<Item>,
}

enum Item {
    Comment(String),
    /// A comment in a frame, as `# === Core ===`.
    Heading(String),
    /// A line that only draws a frame.
    Rule,
    Variable(Noted),
}

/// Reads the text of a `.env.example`.
pub(crate) fn read(text: &str) -> Notes {
    let mut reader = Reader::default();
    let mut paragraph = Paragraph::default();
    for line in lines(text) {
        match line.kind() {
            LineKind::Blank => reader.paragraph(std::mem::take(&mut paragraph)),
            LineKind::Comment => paragraph.items.push(comment(line.text())),
            LineKind::Entry(entry) => {
                paragraph.items.push(Item::Variable(noted(entry, line.text(), false)));
            }
            _ => reader.notes.unread.push(line.number()),
        }
    }
    reader.paragraph(paragraph);
    reader.notes
}

#[derive(Default)]
struct Reader {
    notes: Notes,
    heading: Option<usize>,
    /// The place of each name.
    known: HashMap<String, usize>,
}

impl Reader {
    fn paragraph(&mut self, paragraph: Paragraph) {
        let mut items = in_frames(paragraph.items);
        if has_plain_heading(&items)
            && let Item::Comment(text) = &items[0]
        {
            items[0] = Item::Heading(text.clone());
        }
        let mut comments = Vec::new();
        for item in items {
            match item {
                Item::Rule => {}
                Item::Comment(text) => comments.push(text),
                Item::Heading(text) => {
                    comments.clear();
                    self.heading = Some(self.notes.headings.len());
                    self.notes.headings.push(text);
                }
                Item::Variable(mut variable) => {
                    comments.append(&mut variable.comments);
                    variable.comments = std::mem::take(&mut comments);
                    variable.heading = self.heading;
                    self.variable(variable);
                }
            }
        }
    }

    /// A name that is there again counts once: what is set goes before what is suggested, and a later value before an
    /// earlier one.
    fn variable(&mut self, mut variable: Noted) {
        match self.known.get(&variable.name) {
            None => {
                self.known.insert(variable.name.clone(), self.notes.variables.len());
                self.notes.variables.push(variable);
            }
            Some(place) => {
                let known = &mut self.notes.variables[*place];
                known.comments.append(&mut variable.comments);
                if known.suggested || !variable.suggested {
                    known.value = std::mem::take(&mut variable.value);
                }
                known.suggested &= variable.suggested;
            }
        }
    }
}

/// A comment between two rules is a heading.
fn in_frames(items: Vec<Item>) -> Vec<Item> {
    let mut framed: Vec<Item> = Vec::with_capacity(items.len());
    for item in items {
        let closes = matches!(item, Item::Rule)
            && matches!(
                framed.as_slice(),
                [.., Item::Rule, Item::Comment(_)] | [.., Item::Rule, Item::Comment(_), Item::Comment(_)]
            );
        if closes {
            let at = framed.iter().rposition(|item| matches!(item, Item::Rule)).unwrap_or(0);
            if let Item::Comment(text) = &framed[at + 1] {
                let heading = Item::Heading(text.clone());
                framed.truncate(at);
                framed.push(heading);
            }
            continue;
        }
        framed.push(item);
    }
    framed
}

/// Whether the first line of a paragraph is a heading without a frame: a short one that stands alone, or above several
/// variables of which the second has no words of its own.
fn has_plain_heading(items: &[Item]) -> bool {
    let [Item::Comment(text), rest @ ..] = items else { return false };
    let short = text.split_whitespace().count() <= HEADING_WORDS
        && text.starts_with(char::is_uppercase)
        && !text.contains(['=', '|', ',', '`'])
        && !text.contains("://")
        && !text.ends_with(['.', ':', '!', '?']);
    let plain = |item: &Item| matches!(item, Item::Variable(variable) if variable.comments.is_empty());
    match rest {
        [] => short,
        [Item::Variable(_), second, ..] => short && plain(second),
        _ => false,
    }
}

fn comment(line: &str) -> Item {
    let text = line.trim().trim_start_matches('\u{feff}').trim_start_matches('#').trim();
    if let Some(variable) = suggested(text) {
        return Item::Variable(variable);
    }
    let is_frame = |c: char| "=-#*~_+─━═".contains(c);
    let bare = text.trim_matches(is_frame).trim();
    let frame = text.chars().take_while(|c| is_frame(*c)).count();
    match bare {
        "" if line.trim().trim_start_matches('#').is_empty() && line.trim().len() < 4 => {
            Item::Comment(String::new())
        }
        "" => Item::Rule,
        bare if frame >= 2 => Item::Heading(one_line(bare)),
        _ => Item::Comment(one_line(text)),
    }
}

/// `# NAME=value`: a variable that may be set.
fn suggested(text: &str) -> Option<Noted> {
    let text = text.strip_prefix("export ").unwrap_or(text).trim_start();
    let (name, value) = text.split_once('=')?;
    let upper = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) || !name.chars().all(upper) {
        return None;
    }
    // Words after the value make it a sentence, unless they are a comment or in quotes.
    let entry = entries(text).next()?;
    let quoted = value.trim_start().starts_with(['"', '\'', '`']);
    let sentence = !quoted && entry.raw_value().contains(char::is_whitespace);
    (!sentence).then(|| noted(&entry, text, true))
}

fn noted(entry: &Entry<'_>, line: &str, suggested: bool) -> Noted {
    // What follows a `#` right behind a value is, to people, the rest of the value.
    let before = line.split('#').next().unwrap_or_default();
    let is_apart = entry.quote() != Quote::None || before.ends_with(char::is_whitespace);
    let comments = entry.comment().filter(|_| is_apart).map(one_line).filter(|comment| !comment.is_empty());
    Noted {
        name: entry.name().to_owned(),
        value: Zeroizing::new(entry.value().into_owned()),
        comments: comments.into_iter().collect(),
        heading: None,
        suggested,
        ..Noted::default()
    }
}

/// The text without control characters, with single spaces.
fn one_line(text: &str) -> String {
    let kept: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}
