//! [`Explanation`]: all about one variable, which never holds a secret.

use envctl_resolver::{Candidate, LayerKind, Lost, Resolution, Resolved};
use envschema::{Findings, Place, Presence, State, Variable, Why};
use serde::Serialize;

/// The version of the JSON form.
const VERSION: u32 = 1;

/// All about one variable. It never holds a secret.
#[derive(Serialize)]
pub struct Explanation<'a> {
    version: u32,
    /// Its name.
    pub variable: &'a str,
    /// One sentence about it.
    pub about: Option<&'a str>,
    /// The heading of its group.
    pub group: Option<&'a str>,
    environment: Option<&'a str>,
    r#type: &'static str,
    /// What a value has to look like, in words.
    pub expects: String,
    /// Who may see the value.
    pub visibility: String,
    /// What became of it.
    pub state: State,
    /// The rule in the contract's words: `always`, `never` or the condition.
    pub required: String,
    /// Why the condition holds or not.
    pub because: Option<Why>,
    /// The value of a variable that is not secret.
    pub value: Option<String>,
    /// What a value looks like.
    pub example: Option<Example<'a>>,
    /// Every layer that has something to say, in order of precedence.
    pub layers: Vec<LayerLine>,
    /// What happens when it is absent.
    pub without: Option<&'a str>,
    /// A page to read.
    pub docs: Option<&'a str>,
    /// Where it is set in a form that cannot be read, such as an encrypted one.
    pub sealed: Option<&'a Place>,
    /// What there is to tell of it.
    pub findings: Findings,
}

/// What a value looks like.
#[derive(Serialize)]
pub struct Example<'a> {
    /// The text; absent for a secret that only the project's `.env.example` shows.
    pub text: Option<String>,
    /// Where the project's `.env.example` has it; absent if only the contract does.
    pub place: Option<&'a Place>,
}

/// One layer that has something to say of the variable.
#[derive(Serialize)]
pub struct LayerLine {
    /// Its kind.
    pub layer: LayerKind,
    source: String,
    /// Where the value stands.
    pub place: Place,
    /// What became of the value: `wins`, `same`, `differs`, ...
    pub outcome: &'static str,
    /// Why it is not the value, in words; absent for the winner.
    pub reason: Option<String>,
}

impl<'a> Explanation<'a> {
    /// `example` is what the project's `.env.example` has for it; `findings` are those about it.
    #[must_use]
    pub fn new(
        resolution: &'a Resolution,
        variable: &'a Variable,
        state: State,
        resolved: &'a Resolved,
        example: Option<&'a Candidate>,
        findings: Findings,
    ) -> Self {
        let contract = resolution.contract();
        #[expect(clippy::disallowed_methods, reason = "shown only if the variable's visibility allows it")]
        let value = resolved
            .chosen
            .as_ref()
            .filter(|chosen| !variable.is_secret() && !resolution.is_a_secret(&chosen.value))
            .map(|chosen| chosen.value.expose().to_owned());
        Self {
            version: VERSION,
            variable: &variable.name,
            about: variable.about.as_deref(),
            group: variable.group.map(|group| contract.groups()[group].title.as_str()),
            environment: contract.environment(),
            r#type: variable.kind.name(),
            expects: variable.kind.expectation().into_owned(),
            visibility: variable.visibility.to_string(),
            state,
            required: match &variable.presence {
                Presence::Required => "always".to_owned(),
                Presence::Optional => "never".to_owned(),
                Presence::When(condition) => condition.text.clone(),
            },
            because: resolution.why(&variable.name),
            value,
            example: example_of(variable, example),
            layers: layers(resolved),
            without: variable.without.as_deref(),
            docs: variable.docs.as_deref(),
            sealed: resolved.sealed.as_deref(),
            findings,
        }
    }
}

fn example_of<'a>(variable: &Variable, example: Option<&'a Candidate>) -> Option<Example<'a>> {
    let own = variable.example.clone().filter(|text| !text.is_empty());
    match example {
        // A secret in a `.env.example` should be made up, but nobody has checked.
        Some(example) if variable.is_secret() => Some(Example { text: own, place: Some(&example.place) }),
        Some(example) => {
            #[expect(clippy::disallowed_methods, reason = "the variable is not secret")]
            let text = example.value.expose().to_owned();
            Some(Example { text: Some(text), place: Some(&example.place) })
        }
        None => own.map(|text| Example { text: Some(text), place: None }),
    }
}

/// The winner and the losers, in order of precedence.
fn layers(resolved: &Resolved) -> Vec<LayerLine> {
    let winner = resolved.chosen.iter().map(|chosen| LayerLine {
        layer: chosen.kind,
        source: chosen.source.to_string(),
        place: chosen.place.clone(),
        outcome: "wins",
        reason: None,
    });
    let losers = resolved.shadowed.iter().map(|lost| LayerLine {
        layer: lost.kind,
        source: lost.source.to_string(),
        place: lost.place.clone(),
        outcome: match lost.reason {
            Lost::Same => "same",
            Lost::Empty => "empty",
            Lost::Placeholder | Lost::Unexpanded => "placeholder",
            Lost::Lacks(_) | Lost::TooLong => "incomplete",
            Lost::HoldsSeparator => "unusable",
            _ => "differs",
        },
        reason: Some(lost.reason.to_string()),
    });
    let mut lines: Vec<_> = winner.chain(losers).collect();
    lines.sort_by_key(|line| line.layer);
    lines
}
