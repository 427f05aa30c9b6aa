//! [`Draft`]: a contract inferred from notes, every inference with its reason.

use std::collections::HashSet;

use envschema::{Schema, Visibility};

use super::kind::DraftKind;
use super::{Noted, Notes, comment, kind, real, visibility, write};

/// A contract to be written.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) name: String,
    pub(crate) groups: Vec<DraftGroup>,
    pub(crate) variables: Vec<DraftVariable>,
    /// Names that a contract cannot have.
    pub(crate) refused: Vec<String>,
    /// Lines that could not be read, from 1.
    pub(crate) unread: Vec<u32>,
}

/// A heading with its name in the contract.
#[derive(Debug)]
pub(crate) struct DraftGroup {
    pub(crate) id: String,
    pub(crate) title: String,
}

/// A variable to be written.
#[derive(Clone, Debug)]
pub(crate) struct DraftVariable {
    pub(crate) name: String,
    pub(crate) about: Option<String>,
    /// The place of its group.
    pub(crate) group: Option<usize>,
    pub(crate) kind: DraftKind,
    pub(crate) required: bool,
    pub(crate) visibility: Visibility,
    /// What spoke for the visibility.
    pub(crate) why: &'static str,
    pub(crate) default: Option<String>,
    pub(crate) example: Option<String>,
    pub(crate) generate: Option<String>,
    /// Whether its value looks like a secret in use, and was not taken over.
    pub(crate) withheld: bool,
}

/// Infers a contract. What it writes is a contract that loads, whatever the notes say: an inference that does not
/// hold is dropped.
pub(crate) fn draft(name: &str, notes: &Notes) -> Draft {
    let (groups, places) = groups(notes);
    let mut draft = Draft {
        name: title(name),
        groups,
        variables: Vec::new(),
        refused: Vec::new(),
        unread: notes.unread.clone(),
    };
    for noted in &notes.variables {
        let variable = variable(noted, noted.heading.and_then(|heading| places[heading]));
        let plainer = DraftVariable {
            kind: DraftKind { name: None, parameter: None, why: "nothing says more" },
            default: None,
            example: None,
            generate: None,
            ..variable.clone()
        };
        match [variable, plainer].into_iter().find(loads) {
            Some(variable) => draft.variables.push(variable),
            None => draft.refused.push(noted.name.clone()),
        }
    }
    draft
}

/// Whether a contract with this variable alone loads.
fn loads(variable: &DraftVariable) -> bool {
    let alone = DraftVariable { group: None, ..variable.clone() };
    let draft = Draft {
        name: "draft".to_owned(),
        groups: Vec::new(),
        variables: vec![alone],
        refused: Vec::new(),
        unread: Vec::new(),
    };
    Schema::parse("draft", &write::contract_text(&draft)).is_ok()
}

fn variable(noted: &Noted, group: Option<usize>) -> DraftVariable {
    let value = noted.value.trim();
    let is_real = real::looks_real(value);
    let kind = kind::infer(noted, is_real);
    let (visibility, why) = visibility::infer(&noted.name, value, &kind, is_real);
    let shown = Some(value.to_owned()).filter(|_| !value.is_empty() && !is_real);
    let is_secret = visibility == Visibility::Secret;
    // A value to be replaced is no default, nor is one that is only suggested.
    let made_up =
        noted.suggested || value.contains(['<', '>', '$']) || value.contains("...") || is_made_up(value);
    let (default, example) = if is_secret || made_up { (None, shown) } else { (shown, None) };
    // What works on this machine as it stands would be taken for a placeholder.
    let example = example.filter(|example| !(is_secret && is_local(example)));
    DraftVariable {
        name: noted.name.clone(),
        about: about(&noted.comments),
        group,
        required: !noted.suggested && !comment::is_optional(&noted.comments),
        generate: if is_secret { generator(noted) } else { None },
        kind,
        visibility,
        why,
        default,
        example,
        withheld: is_real || noted.comments.iter().any(|comment| real::without_real(comment) != *comment),
    }
}

fn is_made_up(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    ["your", "changeme", "change-me", "replace", "xxx", "todo", "example.com"]
        .iter()
        .any(|word| lower.contains(word))
}

fn is_local(value: &str) -> bool {
    ["localhost", "127.0.0.1", "[::1]", "host.docker.internal"].iter().any(|host| value.contains(host))
}

/// The words beside a variable as one text.
fn about(comments: &[String]) -> Option<String> {
    let text = real::without_real(&comments.join(" "));
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Secrets of the system's own can be made; those of a service are given by it.
fn generator(noted: &Noted) -> Option<String> {
    const OF_SERVICES: &[&str] =
        &["CLIENT", "WEBHOOK", "API", "CONSUMER", "ACCESS", "OAUTH", "AWS", "STRIPE", "GITHUB", "GOOGLE"];
    let told = comment::generator(&noted.comments);
    let own = noted.name.ends_with("_SECRET")
        || noted.name.ends_with("SECRET_KEY")
        || noted.name.ends_with("ENCRYPTION_KEY");
    let of_service = noted.name.split('_').any(|word| OF_SERVICES.contains(&word));
    told.or_else(|| (own && !of_service).then(|| "base64:32".to_owned()))
}

/// The groups that have variables, and for each heading the place of its group. A heading that comes again is the
/// same group.
fn groups(notes: &Notes) -> (Vec<DraftGroup>, Vec<Option<usize>>) {
    let mut groups: Vec<DraftGroup> = Vec::new();
    let mut ids = HashSet::new();
    let used: HashSet<usize> = notes.variables.iter().filter_map(|variable| variable.heading).collect();
    let mut places = Vec::new();
    for (index, heading) in notes.headings.iter().enumerate() {
        let heading = title(&real::without_real(heading));
        if !used.contains(&index) {
            places.push(None);
        } else if let Some(known) = groups.iter().position(|group| group.title == heading) {
            places.push(Some(known));
        } else {
            let base = slug(&heading);
            let numbered = (2..).map(|number| format!("{base}-{number}"));
            let id = std::iter::once(base.clone())
                .chain(numbered)
                .find(|id| ids.insert(id.clone()))
                .unwrap_or(base);
            places.push(Some(groups.len()));
            groups.push(DraftGroup { id, title: heading });
        }
    }
    (groups, places)
}

/// A text that fits on one line, and is not empty.
fn title(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    if text.trim().is_empty() { "app".to_owned() } else { text.trim().to_owned() }
}

/// `Sandbox + Providers` as `sandbox-providers`.
fn slug(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    let words: Vec<_> =
        lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "group".to_owned() } else { words.join("-") }
}
