//! `$NAME`, `${NAME}` and `${NAME:-default}`, from the first one on; what was put in is not looked at again.

use crate::dialect::references::Room;

/// How deep defaults may stand in defaults.
const MOST_DEPTH: u32 = 64;

/// What is known of a name: nothing, or a value, which may be one that cannot be told.
type Of<'o> = &'o dyn Fn(&str) -> Option<Option<String>>;

/// The value with its references replaced by what `of` knows; none if that cannot be told, or for defaults that go deeper
/// than anyone writes them.
pub(super) fn expanded(value: &str, of: Of<'_>, room: &Room) -> Option<String> {
    let mut out = String::with_capacity(value.len());
    push(&mut out, value, of, room, 0)?;
    room.told(out)
}

fn push(out: &mut String, value: &str, of: Of<'_>, room: &Room, depth: u32) -> Option<()> {
    let put = |out: &mut String, value: Option<Option<String>>| {
        if let Some(value) = value {
            out.push_str(room.take(value.as_deref()).unwrap_or_default());
        }
    };
    if depth > MOST_DEPTH {
        return None;
    }
    let mut rest = value;
    while let Some(at) = rest.find('$') {
        if rest[..at].ends_with('\\') {
            out.push_str(&rest[..at - 1]);
            out.push('$');
            rest = &rest[at + 1..];
            continue;
        }
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        if let Some(braced) = after.strip_prefix('{') {
            let Some(end) = closing(braced) else {
                out.push_str(&rest[at..]);
                return Some(());
            };
            let name = name_at(braced);
            match (braced[name.len()..end].strip_prefix(":-"), of(name)) {
                (_, value) if name.len() == end => put(out, value),
                (Some(_), Some(value)) => put(out, Some(value)),
                (Some(default), None) => push(out, default, of, room, depth + 1)?,
                (None, _) => out.push_str(&rest[at..at + end + 3]),
            }
            rest = &braced[end + 1..];
            continue;
        }
        let name = name_at(after);
        if name.is_empty() {
            out.push('$');
        } else {
            put(out, of(name));
        }
        rest = &after[name.len()..];
    }
    out.push_str(rest);
    Some(())
}

/// Letters, digits and `_` at the beginning of a text.
fn name_at(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
    &text[..end]
}

/// The brace that closes a reference; those of references within it, and what a backslash stands before, do not.
fn closing(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut at, mut open) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'$' if bytes.get(at + 1) == Some(&b'{') => {
                open += 1;
                at += 1;
            }
            b'}' if open == 0 => return Some(at),
            b'}' => open -= 1,
            _ => {}
        }
        at += 1;
    }
    None
}
