//! References in the values of Compose: `$NAME`, `${NAME}`, and `${NAME` with one of `:-`, `-`, `:+`, `+`, `:?`, `?`, a
//! text that may hold references, and `}`.
//!
//! The text of the last kind ends where braces are balanced, counted as compose-go does: the character after a `{` is
//! not looked at. Where they never are, it ends at the last `}` of the line.

/// Why a value is none.
pub(super) enum Fault {
    /// The file is refused.
    Refused(&'static str),
    /// It cannot be told.
    Unknown,
}

/// The value of a variable, if there is one.
pub(super) type Lookup<'l> = &'l dyn Fn(&str) -> Result<Option<String>, Fault>;

/// How deep defaults in defaults are followed.
const DEPTH: u32 = 40;

const INVALID: Fault = Fault::Refused("a `${` does not begin a reference that Compose knows");

/// The text with references replaced.
pub(super) fn expand(text: &str, lookup: Lookup<'_>) -> Result<String, Fault> {
    expand_at(text, lookup, DEPTH)
}

fn expand_at(text: &str, lookup: Lookup<'_>, depth: u32) -> Result<String, Fault> {
    let mut expanded = String::with_capacity(text.len());
    let mut rest = text;
    // Where the line ends that was looked at last, and its last brace.
    let mut line = (0, None);
    while let Some(at) = rest.find('$') {
        expanded.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(left) = rest.strip_prefix('$') {
            expanded.push('$');
            rest = left;
        } else if let Some(inner) = rest.strip_prefix('{') {
            let (name, after) = split_name(inner);
            if name.is_empty() {
                return Err(INVALID);
            }
            if let Some(left) = after.strip_prefix('}') {
                expanded.push_str(&lookup(name)?.unwrap_or_default());
                rest = left;
            } else {
                let here = text.len() - rest.len();
                if line.0 <= here {
                    let end = text[here..].find('\n').map_or(text.len(), |end| here + end);
                    line = (end, text[here..end].rfind('}').map(|last| here + last));
                }
                let last = line.1.and_then(|last| last.checked_sub(here));
                let operation = Operation::of(rest, name, last)?;
                expanded.push_str(&operation.apply(lookup(name)?, lookup, depth)?);
                rest = &rest[operation.length..];
            }
        } else {
            let (name, left) = split_name(rest);
            match name {
                "" => expanded.push('$'),
                name => expanded.push_str(&lookup(name)?.unwrap_or_default()),
            }
            rest = left;
        }
    }
    expanded.push_str(rest);
    Ok(expanded)
}

/// A name, which may be empty, and what follows it. Two characters are lower case forms of letters to the pattern.
fn split_name(text: &str) -> (&str, &str) {
    let begins = |c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '\u{17f}' | '\u{212a}');
    let belongs = |c: char| begins(c) || c.is_ascii_digit();
    if !text.starts_with(begins) {
        return ("", text);
    }
    text.split_at(text.find(|c| !belongs(c)).unwrap_or(text.len()))
}

/// What to do with a variable.
struct Operation<'t> {
    kind: char,
    /// Whether an empty variable is like none.
    or_empty: bool,
    operand: &'t str,
    /// The length from the `{` to the `}`.
    length: usize,
}

impl<'t> Operation<'t> {
    /// The operation that follows `{` and the name, in a line with its last `}` at `last`.
    fn of(text: &'t str, name: &str, last: Option<usize>) -> Result<Self, Fault> {
        let start = 1 + name.len();
        let or_empty = text[start..].starts_with(':');
        let start = start + usize::from(or_empty);
        let kind = text[start..].chars().next().filter(|kind| "-+?".contains(*kind)).ok_or(INVALID)?;
        let start = start + 1;
        let last = last.filter(|last| *last >= start).ok_or(INVALID)?;
        let length = balanced(&text[..=last]).unwrap_or(last + 1);
        Ok(Self { kind, or_empty, operand: &text[start..length - 1], length })
    }

    fn apply(&self, value: Option<String>, lookup: Lookup<'_>, depth: u32) -> Result<String, Fault> {
        let depth = depth.checked_sub(1).ok_or(Fault::Unknown)?;
        let is_there = value.as_ref().is_some_and(|value| !self.or_empty || !value.is_empty());
        match self.kind {
            '-' if !is_there => expand_at(self.operand, lookup, depth),
            '+' if is_there => expand_at(self.operand, lookup, depth),
            '?' if !is_there => Err(Fault::Refused("a variable is missing that a reference requires")),
            _ => Ok(value.unwrap_or_default()),
        }
    }
}

/// The length up to the `}` that balances the `{` at the beginning.
fn balanced(text: &str) -> Option<usize> {
    let mut open = 0_i64;
    let mut bytes = text.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'}' => {
                open -= 1;
                if open == 0 {
                    return Some(at + 1);
                }
            }
            b'{' => {
                open += 1;
                bytes.next();
            }
            _ => {}
        }
    }
    None
}
