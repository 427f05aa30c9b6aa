//! What the pattern of the gem matches at a line.
//!
//! It is a name, maybe with `export` before it, and maybe with `=` or `: ` and a value after it. A comment or the end
//! of a line has to follow. Where it does not after a closing quote, the pattern takes an escaped quote before that one
//! for the closing one, the last one first; and where that does not help, the rest of the line is a value without
//! quotes. [`Closers`] finds the quote without trying them all.

/// A match.
pub(super) struct Statement<'t> {
    /// Where the name is, or the `export` before it.
    pub(super) start: usize,
    /// The name.
    pub(super) name: &'t str,
    /// The value with its quotes.
    pub(super) value: Option<&'t str>,
    /// Whether `export` is before the name.
    pub(super) is_export: bool,
    /// Where to look for the next one.
    pub(super) end: usize,
}

/// The first line that begins at `at` or after it.
pub(super) fn line_start(text: &str, at: usize) -> Option<usize> {
    let start =
        if at == 0 || text.as_bytes()[at - 1] == b'\n' { at } else { at + text[at..].find('\n')? + 1 };
    (start < text.len()).then_some(start)
}

/// What is matched from a line on, or the place up to which nothing is.
pub(super) fn statement<'t>(text: &'t str, line: usize, closers: &Closers) -> Result<Statement<'t>, usize> {
    let start = after_space(text, line);
    let after_export = text[start..].strip_prefix("export").filter(|rest| rest.starts_with(is_space));
    let exported = after_export.and_then(|rest| {
        let name = after_space(text, text.len() - rest.len());
        Some(Statement { start, is_export: true, ..assignment(text, name, closers)? })
    });
    exported.or_else(|| assignment(text, start, closers)).ok_or(start)
}

/// A name with its value.
fn assignment<'t>(text: &'t str, start: usize, closers: &Closers) -> Option<Statement<'t>> {
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
    let length = text[start..].find(|c| !is_of_name(c)).unwrap_or(text.len() - start);
    let name = Some(&text[start..start + length]).filter(|name| !name.is_empty())?;
    let (value, end) = match after_separator(text, start + length) {
        Some(value) => {
            let end = value_end(text, value, closers);
            (Some(&text[value..end]).filter(|value| !value.is_empty()), end)
        }
        None => (None, start + length),
    };
    Some(Statement { start, name, value, is_export: false, end: tail(text, end)? })
}

/// Where a value begins; nothing without a separator.
fn after_separator(text: &str, at: usize) -> Option<usize> {
    let equals = after_space(text, at);
    if text[equals..].starts_with('=') {
        return Some(equals + 1);
    }
    let after_colon = text[at..].strip_prefix(':')?;
    // One white space belongs to the separator.
    after_colon.starts_with(is_space).then_some(at + 2)
}

fn value_end(text: &str, start: usize, closers: &Closers) -> usize {
    let open = after_space(text, start);
    let in_quotes = text[open..].chars().next().and_then(|quote| closers.closer(quote, open));
    let bare = || start + text[start..].find(['#', '\n']).unwrap_or(text.len() - start);
    in_quotes.map_or_else(bare, |close| close + 1)
}

/// Where the match ends after a name or a value: at a comment, or at the last line end before something else.
fn tail(text: &str, at: usize) -> Option<usize> {
    let end = after_space(text, at);
    let is_end = end == text.len() || text[end..].starts_with('#');
    if is_end { Some(end) } else { text[at..end].rfind('\n').map(|feed| at + feed) }
}

fn after_space(text: &str, at: usize) -> usize {
    at + text[at..].find(|c| !is_space(c)).unwrap_or(text.len() - at)
}

/// White space of the pattern.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, '\t'..='\r' | ' ')
}

/// Which quotes of a text can close a value.
pub(super) struct Closers {
    single: Vec<Closer>,
    double: Vec<Closer>,
}

struct Closer {
    at: usize,
    /// Whether the match can end after it.
    is_good: bool,
    /// The first quote that has no backslash before it, from this one on.
    plain: Option<usize>,
    /// The last good one that has a backslash before it, up to this one.
    escaped: Option<usize>,
}

impl Closers {
    /// Those of a text.
    pub(super) fn of(text: &str) -> Self {
        Self { single: closers(text, '\''), double: closers(text, '"') }
    }

    /// The quote that closes a value that one opens.
    fn closer(&self, quote: char, open: usize) -> Option<usize> {
        let closers = match quote {
            '\'' => &self.single,
            '"' => &self.double,
            _ => return None,
        };
        let first = closers.partition_point(|closer| closer.at <= open);
        let plain = closers.get(first)?.plain.map_or(closers.len(), |plain| plain);
        if let Some(closer) = closers.get(plain).filter(|closer| closer.is_good) {
            return Some(closer.at);
        }
        let escaped = closers[..plain].last()?.escaped.filter(|escaped| *escaped >= first)?;
        Some(closers[escaped].at)
    }
}

fn closers(text: &str, quote: char) -> Vec<Closer> {
    let mut closers: Vec<Closer> = Vec::new();
    let mut escaped = None;
    for (index, (at, _)) in text.match_indices(quote).enumerate() {
        let is_escaped = text[..at].ends_with('\\');
        let is_good = tail(text, at + 1).is_some();
        if is_escaped && is_good {
            escaped = Some(index);
        }
        closers.push(Closer { at, is_good, plain: (!is_escaped).then_some(index), escaped });
    }
    let mut plain = None;
    for closer in closers.iter_mut().rev() {
        plain = closer.plain.or(plain);
        closer.plain = plain;
    }
    closers
}
