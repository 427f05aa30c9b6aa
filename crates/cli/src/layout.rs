//! The one way in which a contract is laid out. The order of tables, and so of variables, is the author's; the order of
//! a variable's keys is the one of [`KEYS`]. Comments stay with what they stand above or beside, and below each other.

use toml_edit::{Decor, DocumentMut, Item, KeyMut, RawString, Table, TableLike, Value};

/// The keys of a variable, in order: what it is, what it looks like, where it comes from, what to read. A key that is not
/// here comes last.
const KEYS: &[&str] = &[
    "about",
    "group",
    "type",
    "values",
    "ignore_case",
    "items",
    "separator",
    "schemes",
    "label",
    "service",
    "bytes",
    "min",
    "max",
    "min_length",
    "max_length",
    "required",
    "visibility",
    "prefix",
    "pattern",
    "default",
    "example",
    "allow_empty",
    "generate",
    "output",
    "derive",
    "config",
    "without",
    "missing",
    "deprecated",
    "docs",
    "on",
];

/// The text of a contract, laid out.
///
/// # Errors
///
/// What is wrong with it as TOML.
pub(crate) fn laid_out(text: &str) -> Result<String, toml_edit::TomlError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let mut document: DocumentMut = text.parse()?;
    let trailing = comments(document.trailing().as_str().unwrap_or_default(), Above::Nothing);
    lay_out_table(document.as_table_mut(), &mut Vec::new());
    document.set_trailing(trailing);
    let laid_out = document.to_string();
    // The first table has nothing above it.
    let mut laid_out = laid_out.trim_start_matches('\n').trim_end().to_owned();
    laid_out.push('\n');
    Ok(laid_out)
}

/// A table's own keys, and every table below it.
fn lay_out_table(table: &mut Table, path: &mut Vec<String>) {
    if !table.is_implicit() && !path.is_empty() {
        let above =
            comments(table.decor().prefix().and_then(RawString::as_str).unwrap_or_default(), Above::Table);
        let beside = beside(table.decor().suffix());
        *table.decor_mut() = Decor::new(format!("\n{above}"), beside);
    }
    let is_variable = is_variable(path);
    if is_variable {
        let rank = |name: &str| KEYS.iter().position(|key| *key == name).unwrap_or(KEYS.len());
        table.sort_values_by(|one, _, other, _| rank(one.get()).cmp(&rank(other.get())));
    }
    let widest = widest(table, 0);
    lay_out_values(table, widest, !is_variable);
    for (key, item) in table.iter_mut() {
        path.push(key.get().to_owned());
        match item {
            Item::Table(below) if !below.is_dotted() => lay_out_table(below, path),
            Item::ArrayOfTables(below) => below.iter_mut().for_each(|below| lay_out_table(below, path)),
            _ => {}
        }
        path.pop();
    }
}

/// Whether a table describes a variable: `vars.NAME`, of a profile too, and what differs in one environment.
fn is_variable(path: &[String]) -> bool {
    let path = match path {
        [profiles, _, rest @ ..] if profiles == "profiles" => rest,
        path => path,
    };
    match path {
        [vars, _] => vars == "vars",
        [vars, _, on, _] => vars == "vars" && on == "on",
        _ => false,
    }
}

/// How wide the widest key is; that of a dotted one is all of it.
fn widest(table: &dyn TableLike, before: usize) -> usize {
    let width = |(key, item): (&str, &Item)| {
        let shown = table.key(key).map_or(key.len(), |key| key.display_repr().chars().count());
        match item {
            Item::Value(_) => before + shown,
            Item::Table(below) if below.is_dotted() => widest(below, before + shown + 1),
            _ => 0,
        }
    };
    table.iter().map(width).max().unwrap_or(0)
}

/// Aligns the values of a table. `paragraphs` keeps empty lines between them.
fn lay_out_values(table: &mut Table, widest: usize, paragraphs: bool) {
    let mut first = true;
    lay_out_below(table, widest, paragraphs, &mut first);
}

fn lay_out_below(table: &mut Table, widest: usize, paragraphs: bool, first: &mut bool) {
    for (mut key, item) in table.iter_mut() {
        match item {
            Item::Value(value) => {
                let above = if paragraphs && !*first { Above::Key } else { Above::FirstKey };
                *first = false;
                lay_out_key(&mut key, widest, above);
                lay_out_value(value);
            }
            Item::Table(below) if below.is_dotted() => {
                let taken = key.display_repr().chars().count() + 1;
                let above = if paragraphs && !*first { Above::Key } else { Above::FirstKey };
                let prefix =
                    key.dotted_decor().prefix().and_then(RawString::as_str).unwrap_or_default().to_owned();
                *key.dotted_decor_mut() = Decor::new(comments(&prefix, above), "");
                lay_out_below(below, widest.saturating_sub(taken), false, first);
            }
            _ => {}
        }
    }
    align_comments(table);
}

/// Comments beside keys that follow each other stay below each other, where their author put them so: where one of them
/// stands further away than the others have to.
fn align_comments(table: &mut Table) {
    let mut runs: Vec<Vec<(String, usize)>> = vec![Vec::new()];
    for (key, item) in table.iter_mut() {
        let Item::Value(value) = item else {
            runs.push(Vec::new());
            continue;
        };
        let above = key.leaf_decor().prefix().and_then(RawString::as_str).unwrap_or_default();
        let mut bare = value.clone();
        bare.decor_mut().clear();
        let bare = bare.to_string();
        if !above.is_empty() || bare.contains('\n') {
            runs.push(Vec::new());
        }
        let has_comment =
            value.decor().suffix().and_then(RawString::as_str).is_some_and(|text| !text.is_empty());
        if let Some(run) = runs.last_mut().filter(|_| has_comment && !bare.contains('\n')) {
            run.push((key.get().to_owned(), bare.chars().count()));
        }
    }
    for run in runs {
        let far = |(key, _): &(String, usize)| gap(table.get(key)) > 1;
        let widest = run.iter().map(|(_, width)| *width).max().unwrap_or(0);
        let is_aligned = run.len() > 1 && run.iter().any(far);
        for (key, width) in run {
            if let Some(value) = table.get_mut(&key).and_then(Item::as_value_mut) {
                let space = if is_aligned { widest - width + 1 } else { 1 };
                let comment = beside(value.decor().suffix());
                value.decor_mut().set_suffix(format!("{}{}", " ".repeat(space), comment.trim_start()));
            }
        }
    }
}

/// How far from its value a comment stands.
fn gap(item: Option<&Item>) -> usize {
    let suffix = item.and_then(Item::as_value).and_then(|value| value.decor().suffix());
    let suffix = suffix.and_then(RawString::as_str).unwrap_or_default();
    suffix.chars().take_while(|c| c.is_whitespace()).count()
}

fn lay_out_key(key: &mut KeyMut<'_>, widest: usize, above: Above) {
    let prefix = key.leaf_decor().prefix().and_then(RawString::as_str).unwrap_or_default();
    let above = comments(prefix, above);
    let gap = widest.saturating_sub(key.display_repr().chars().count());
    *key.leaf_decor_mut() = Decor::new(above, " ".repeat(gap + 1));
}

fn lay_out_value(value: &mut Value) {
    // How far away it stands is looked at when its neighbours are known; over several lines it has none.
    let whole = value.decor().suffix().and_then(RawString::as_str).unwrap_or_default();
    let beside = match beside(value.decor().suffix()) {
        comment if comment.is_empty() || value.to_string().trim().contains('\n') => comment,
        _ => whole.trim_end().to_owned(),
    };
    *value.decor_mut() = Decor::new(" ", beside);
}

/// What a comment stands above.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Above {
    Table,
    /// A key after others: an empty line may part the two.
    Key,
    FirstKey,
    /// The end of the file.
    Nothing,
}

/// The comments above something, each on a line of its own; of several empty lines between them one is left.
fn comments(text: &str, above: Above) -> String {
    let mut kept = String::new();
    let mut empty = false;
    for (index, line) in text.split('\n').map(str::trim).enumerate() {
        if line.is_empty() {
            empty |= index > 0 || text.starts_with('\n');
            continue;
        }
        let parted = match above {
            Above::Key => true,
            _ => !kept.is_empty(),
        };
        if std::mem::take(&mut empty) && parted {
            kept.push('\n');
        }
        kept.push_str(line);
        kept.push('\n');
    }
    // An empty line below a comment sets it apart from what follows. The last piece is the line of that itself.
    let pieces: Vec<_> = text.split('\n').map(str::trim).collect();
    let apart = pieces.len() >= 2 && pieces[pieces.len() - 2].is_empty();
    match above {
        Above::Table if apart && !kept.is_empty() => kept.push('\n'),
        Above::Key if apart => kept.push('\n'),
        Above::FirstKey if apart && !kept.is_empty() => kept.push('\n'),
        Above::Nothing if !kept.is_empty() => kept.insert(0, '\n'),
        _ => {}
    }
    kept
}

/// The comment beside something.
fn beside(suffix: Option<&RawString>) -> String {
    match suffix.and_then(RawString::as_str).map(str::trim) {
        None | Some("") => String::new(),
        Some(comment) => format!(" {comment}"),
    }
}
