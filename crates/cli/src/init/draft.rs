//! [`Draft`]: a contract inferred from notes, every inference with its reason.

use std::collections::HashSet;

use envschema::{Schema, Visibility};

use super::kind::DraftKind;
use super::made_up::{Address, is_made_up};
use super::masked::{masked, parts};
use super::{Left, Limit, Noted, Notes, comment, kind, real, visibility, write};

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
    /// What no contract can hold.
    pub(crate) left: Vec<Left>,
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
    /// Further parameters of the type.
    pub(crate) limits: Vec<(&'static str, Limit)>,
    pub(crate) required: bool,
    pub(crate) visibility: Visibility,
    /// What spoke for the visibility.
    pub(crate) why: &'static str,
    pub(crate) default: Option<String>,
    pub(crate) example: Option<String>,
    pub(crate) generate: Option<String>,
    /// Why its value, or words beside it, were not taken over.
    pub(crate) withheld: Option<Withheld>,
    /// Whether its prefix gives it to every browser although it seems to be a secret.
    pub(crate) exposed: bool,
}

/// Why something was not taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Withheld {
    /// It may be a secret in use.
    MayBeReal,
    /// Nothing says that it is harmless.
    NotKnown,
}

/// Infers a contract. What it writes is a contract that loads, whatever the notes say: an inference that does not
/// hold is dropped.
pub(crate) fn draft(name: &str, notes: &Notes) -> Draft {
    // What is withheld must not come back in words, wherever they stand.
    let hidden: Vec<String> = notes
        .variables
        .iter()
        .filter(|noted| Judged::of(noted).withheld == Some(Withheld::MayBeReal))
        .flat_map(|noted| parts(&noted.value))
        .collect();
    let (groups, places) = groups(notes, &hidden);
    let mut draft = Draft {
        name: title(name),
        groups,
        variables: Vec::new(),
        refused: Vec::new(),
        unread: notes.unread.clone(),
        left: notes.left.clone(),
    };
    for noted in &notes.variables {
        let variable = variable(noted, noted.heading.and_then(|heading| places[heading]), &hidden);
        let plainer = DraftVariable {
            kind: DraftKind { name: None, parameter: None, why: "nothing says more" },
            limits: Vec::new(),
            default: None,
            example: None,
            generate: None,
            ..variable.clone()
        };
        draft.left.extend(not_held(noted, &variable));
        let as_said = loads(&variable);
        if !as_said && noted.said.line > 0 {
            let what = format!("type, limits and value of {}", noted.name);
            draft.left.push(Left {
                line: noted.said.line,
                what,
                why: "they do not hold together in a contract",
            });
        }
        match [variable, plainer].into_iter().find(loads) {
            Some(variable) => draft.variables.push(variable),
            None => draft.refused.push(noted.name.clone()),
        }
    }
    draft.left.sort_by_key(|left| left.line);
    draft
}

/// What an input says of a variable and the draft has not.
fn not_held(noted: &Noted, variable: &DraftVariable) -> Vec<Left> {
    let said = &noted.said;
    let left = |what: &str, why| Left { line: said.line, what: format!("{what} of {}", noted.name), why };
    let choices = said.kind.as_ref().is_some_and(|kind| kind.name != variable.kind.name);
    let example = said.example.is_some() && variable.example.is_none();
    let limits = said.limits.len() != variable.limits.len();
    let is_left_out = variable.default.is_none() && variable.example.is_none() && variable.withheld.is_none();
    let local = said.line > 0 && is_left_out && is_local(noted.value.trim());
    [
        choices.then(|| left("the choices", "they are or may be secrets")),
        example.then(|| left("the example", "nothing says that it is made up")),
        limits.then(|| left("a limit", "it looks like a secret in use")),
        local.then(|| left("the value", "it works on one machine only, and may hold a secret elsewhere")),
    ]
    .into_iter()
    .flatten()
    .collect()
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
        left: Vec::new(),
    };
    Schema::parse("draft", &write::contract_text(&draft)).is_ok()
}

/// What is decided of a variable before its words are looked at.
struct Judged {
    kind: DraftKind,
    visibility: Visibility,
    why: &'static str,
    is_real: bool,
    withheld: Option<Withheld>,
}

impl Judged {
    fn of(noted: &Noted) -> Self {
        let value = noted.value.trim();
        let is_real = real::looks_real(value);
        let kind = kind::infer(noted, is_real);
        let (visibility, why) = match noted.said.sensitive {
            Some(sensitive) => visibility::said(&noted.name, sensitive),
            None => visibility::infer(&noted.name, value, &kind, is_real),
        };
        let speaks = visibility::speaks_of_secrets(&noted.name);
        let is_guarded = match visibility {
            Visibility::Secret => true,
            Visibility::Public => speaks || noted.said.sensitive == Some(true),
            // An input may call harmless what is none.
            Visibility::Plain => speaks && noted.said.sensitive == Some(false),
        };
        let withheld = if is_real || (is_guarded && !is_made_up(value)) {
            let may_be_real = is_real || speaks || value.contains('@') || value.contains(':');
            Some(if may_be_real { Withheld::MayBeReal } else { Withheld::NotKnown })
        } else {
            None
        };
        // The choices of a secret are secrets.
        let is_choice = visibility == Visibility::Secret && kind.name == Some("enum");
        let kind = if is_choice { DraftKind { name: None, parameter: None, ..kind } } else { kind };
        Self { kind, visibility, why, is_real, withheld }
    }
}

fn variable(noted: &Noted, group: Option<usize>, hidden: &[String]) -> DraftVariable {
    let value = noted.value.trim();
    let Judged { kind, visibility, why, is_real, withheld } = Judged::of(noted);
    let is_secret = visibility == Visibility::Secret;
    // Choices in the place of a value are none.
    let is_list_of_choices = kind.name == Some("enum") && value.contains('|');
    let shown = !value.is_empty() && withheld.is_none() && !is_list_of_choices;
    let shown = shown.then(|| value.to_owned());
    // A value to be replaced is no default, nor is one that is only suggested.
    let is_address = Address::of(value).is_some();
    let is_no_default = noted.suggested
        || value.contains(['<', '>', '$'])
        || value.contains("...")
        || has_example_host(value)
        || (!is_address && is_made_up(value));
    let (default, example) = if is_secret || is_no_default { (None, shown) } else { (shown, None) };
    // What works on this machine as it stands would be taken for a placeholder.
    let example = example.filter(|_| !(is_secret && is_local(value)));
    let harmless = |text: &str| !real::looks_real(text) && (!is_secret || is_made_up(text));
    let said = noted.said.example.as_deref().filter(|example| harmless(example)).map(String::from);
    let example = said.or(example);
    let is_limit = |limit: &Limit| !matches!(limit, Limit::Text(text) if real::looks_real(text));
    let limits = noted.said.limits.iter().filter(|(_, limit)| is_limit(limit)).cloned().collect();
    let own = if withheld.is_some() { parts(value) } else { Vec::new() };
    let comments = noted.comments.join(" ");
    let about = masked(&comments, own.iter().chain(hidden).map(String::as_str));
    let words_withheld = (about != comments).then_some(Withheld::MayBeReal);
    DraftVariable {
        name: noted.name.clone(),
        about: Some(about.trim().to_owned()).filter(|about| !about.is_empty()),
        group,
        required: match noted.said.required {
            Some(required) => required,
            None => !noted.suggested && !comment::is_optional(&noted.comments),
        },
        limits,
        generate: if is_secret { generator(noted) } else { None },
        kind,
        visibility,
        why,
        default,
        example,
        withheld: words_withheld.or(withheld),
        exposed: visibility::is_exposed(&noted.name, value, is_real)
            || (visibility == Visibility::Public && noted.said.sensitive == Some(true)),
    }
}

/// Whether a value is the address of something on this machine.
fn is_local(value: &str) -> bool {
    Address::of(value).is_some_and(|address| address.is_local())
}

fn has_example_host(value: &str) -> bool {
    value.to_ascii_lowercase().contains("example.com")
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
fn groups(notes: &Notes, hidden: &[String]) -> (Vec<DraftGroup>, Vec<Option<usize>>) {
    let mut groups: Vec<DraftGroup> = Vec::new();
    let mut ids = HashSet::new();
    let used: HashSet<usize> = notes.variables.iter().filter_map(|variable| variable.heading).collect();
    let mut places = Vec::new();
    for (index, heading) in notes.headings.iter().enumerate() {
        let heading = title(&masked(heading, hidden.iter().map(String::as_str)));
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
