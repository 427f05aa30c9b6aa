//! `.env.schema`: variables with decorators in the comments above them, `# @required @type=port`.

use envctl_dotenv::{LineKind, Quote, lines};
use zeroize::Zeroizing;

use super::super::kind::DraftKind;
use super::super::visibility::speaks_of_secrets;
use super::super::{Limit, Noted, Notes, Said};

/// What a contract says in another way, or not at all, with the reason.
const NOT_HELD: &str = "a contract has no such decorator";

pub(super) fn read(text: &str) -> Notes {
    let mut reader = Reader { required: None, sensitive: true, ..Reader::default() };
    for line in lines(text) {
        let number = line.number();
        if reader.inside(line.text()) {
            continue;
        }
        match line.kind() {
            LineKind::Blank => reader.blank(),
            LineKind::Comment => reader.comment(line.text(), number),
            LineKind::Entry(entry) => {
                let raw = entry.raw_value();
                let bare = entry.quote() == Quote::None;
                let open = raw.matches('(').count().saturating_sub(raw.matches(')').count());
                let is_call = bare && raw.split_once('(').is_some_and(|(name, _)| is_name(name));
                let is_computed = is_call || (entry.quote() != Quote::Single && raw.contains('$'));
                reader.open = if is_call { open } else { 0 };
                let value = entry.value();
                reader.variable(entry.name(), &value, is_computed, number);
            }
            _ => reader.notes.unread.push(number),
        }
    }
    reader.notes
}

#[derive(Default)]
struct Reader {
    notes: Notes,
    /// Whether variables are required that do not say it; by whether they have a value, if absent.
    required: Option<bool>,
    sensitive: bool,
    /// Names with this beginning are not sensitive, all others are.
    public_prefix: Option<String>,
    comments: Vec<String>,
    decorators: Vec<(u32, Decorator)>,
    /// How many brackets of a call over several lines are open.
    open: usize,
}

impl Reader {
    /// Whether a line belongs to the call that began before it.
    fn inside(&mut self, line: &str) -> bool {
        let was_open = self.open > 0;
        if was_open {
            self.open = (self.open + line.matches('(').count()).saturating_sub(line.matches(')').count());
        }
        was_open
    }

    /// What stands alone is about the whole file.
    fn blank(&mut self) {
        self.comments.clear();
        for (line, decorator) in std::mem::take(&mut self.decorators) {
            self.root(line, &decorator);
        }
    }

    fn comment(&mut self, line: &str, number: u32) {
        let text = line.trim().trim_start_matches('\u{feff}').trim_start_matches('#').trim();
        if text.starts_with('@') {
            self.decorators.extend(decorators(text).into_iter().map(|decorator| (number, decorator)));
        } else if text.len() >= 3 && text.chars().all(|c| "-=#*".contains(c)) {
            self.blank();
        } else if !text.is_empty() {
            self.comments.push(text.chars().filter(|c| !c.is_control()).collect());
        }
    }

    fn root(&mut self, line: u32, decorator: &Decorator) {
        match (decorator.name.as_str(), decorator.value.as_str()) {
            ("defaultRequired", "true" | "") => self.required = Some(true),
            ("defaultRequired", "false") => self.required = Some(false),
            ("defaultRequired", "infer") => self.required = None,
            ("defaultSensitive", "true" | "") => self.sensitive = true,
            ("defaultSensitive", "false") => self.sensitive = false,
            ("defaultSensitive", value) if value.starts_with("inferFromPrefix(") => {
                let prefix = value.trim_start_matches("inferFromPrefix(").trim_end_matches(')');
                self.public_prefix = Some(unquoted(prefix).to_owned());
            }
            (name, _) => self.notes.left(line, format!("`@{name}`"), NOT_HELD),
        }
    }

    fn variable(&mut self, name: &str, value: &str, is_computed: bool, line: u32) {
        let given = !value.trim().is_empty();
        let sensitive =
            self.public_prefix.as_ref().map_or(self.sensitive, |prefix| !name.starts_with(prefix));
        let mut said = Said {
            required: Some(self.required.unwrap_or(given)),
            // A rule for the whole file does not make a harmless thing of what a name calls a secret.
            sensitive: (sensitive || !speaks_of_secrets(name)).then_some(sensitive),
            line,
            ..Said::default()
        };
        let mut comments = std::mem::take(&mut self.comments);
        for (line, decorator) in std::mem::take(&mut self.decorators) {
            let switch = match decorator.value.as_str() {
                "" | "true" => Some(true),
                "false" => Some(false),
                _ => None,
            };
            match (decorator.name.as_str(), switch) {
                ("required", Some(on)) => said.required = Some(on),
                ("optional", Some(on)) => said.required = Some(!on),
                ("sensitive", Some(on)) => said.sensitive = Some(on),
                ("public", Some(on)) => said.sensitive = Some(!on),
                ("type", None) => {
                    if let Some(what) = kind(&decorator.value, &mut said) {
                        self.notes.left(
                            line,
                            format!("{what} of {name}"),
                            "a contract has no such type or limit",
                        );
                    }
                }
                ("example", _) => said.example = Some(Zeroizing::new(unquoted(&decorator.value).to_owned())),
                ("docs" | "docsUrl", None) if !decorator.value.contains(',') => {
                    comments.push(unquoted(decorator.value.trim_matches(['(', ')'])).to_owned());
                }
                (other, _) => self.notes.left(line, format!("`@{other}` of {name}"), NOT_HELD),
            }
        }
        if is_computed {
            self.notes.left(line, format!("the value of {name}"), "it is put together when it is read");
        }
        let value = Zeroizing::new(if is_computed { String::new() } else { value.to_owned() });
        self.notes.first(Noted { name: name.to_owned(), value, comments, said, ..Noted::default() }, line);
    }
}

/// `@name`, `@name=value` or `@name(arguments)`; brackets are part of the value.
#[derive(Debug)]
struct Decorator {
    name: String,
    value: String,
}

fn decorators(text: &str) -> Vec<Decorator> {
    let mut decorators = Vec::new();
    let mut rest = text;
    while let Some(after) = rest.trim_start().strip_prefix('@') {
        let end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(after.len());
        let (name, tail) = after.split_at(end);
        let tail = tail.strip_prefix('=').unwrap_or(tail);
        let end = value_end(tail);
        decorators.push(Decorator { name: name.to_owned(), value: tail[..end].to_owned() });
        rest = &tail[end..];
    }
    decorators
}

/// Where a value ends: at white space outside of quotes and brackets.
fn value_end(text: &str) -> usize {
    let (mut depth, mut quote) = (0_usize, None);
    for (place, c) in text.char_indices() {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            (_, Some(_)) => {}
            ('"' | '\'' | '`', None) => quote = Some(c),
            ('(' | '[', None) => depth += 1,
            (')' | ']', None) => depth = depth.saturating_sub(1),
            (c, None) if c.is_whitespace() && depth == 0 => return place,
            _ => {}
        }
    }
    text.len()
}

/// Takes a type over; what of it cannot be is given back.
fn kind(value: &str, said: &mut Said) -> Option<String> {
    let (name, arguments) = value.split_once('(').unwrap_or((value, ""));
    let arguments = arguments.strip_suffix(')').unwrap_or(arguments);
    let items: Vec<&str> = arguments.split(',').map(str::trim).filter(|item| !item.is_empty()).collect();
    let whole = items.iter().any(|item| item.replace(' ', "") == "isInt=true");
    let known = match name {
        "string" => None,
        "enum" => {
            let values = items.iter().map(|item| unquoted(item).to_owned()).collect();
            said.kind = Some(DraftKind { parameter: Some(("values", values)), ..DraftKind::said("enum") });
            return None;
        }
        "number" if whole => Some("integer"),
        "number" => Some("number"),
        "boolean" => Some("boolean"),
        "port" => Some("port"),
        "url" => Some("url"),
        "email" => Some("email"),
        "ip" => Some("ip"),
        "uuid" => Some("uuid"),
        "semver" => Some("semver"),
        _ => return Some(format!("`@type={}`", if is_name(name) { name } else { "\u{2026}" })),
    };
    said.kind = Some(known.map_or_else(DraftKind::default, DraftKind::said));
    let mut left = Vec::new();
    for item in items {
        let (key, value) = item.split_once('=').unwrap_or((item, ""));
        let (key, value) = (key.trim(), unquoted(value.trim()));
        let limit = match key {
            "min" => ("min", Limit::Number(value.to_owned())),
            "max" => ("max", Limit::Number(value.to_owned())),
            "minLength" => ("min_length", Limit::Number(value.to_owned())),
            "maxLength" => ("max_length", Limit::Number(value.to_owned())),
            "startsWith" => ("prefix", Limit::Text(value.to_owned())),
            "isInt" => continue,
            key => {
                left.push(if is_name(key) {
                    format!("`{key}`")
                } else {
                    "an argument of `@type`".to_owned()
                });
                continue;
            }
        };
        said.limits.push(limit);
    }
    (!left.is_empty()).then(|| left.join(", "))
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}

fn unquoted(text: &str) -> &str {
    let text = text.trim();
    let inside = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    inside('"').or_else(|| inside('\'')).or_else(|| inside('`')).unwrap_or(text)
}
