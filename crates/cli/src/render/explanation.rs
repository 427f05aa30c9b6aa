//! All about one variable, for people or as JSON.

use std::fmt::Write as _;

use envctl_resolver::{Candidate, Lost, Resolution, Resolved};
use envschema::{Code, Findings, Place, Presence, Shown, State, Variable, Why};
use serde::Serialize;

use super::finding::push_finding;
use super::look::{Look, Tone};

/// The version of the JSON form.
const VERSION: u32 = 1;

/// All about one variable. It never holds a secret.
#[derive(Serialize)]
pub(crate) struct Explanation<'a> {
    version: u32,
    variable: &'a str,
    about: Option<&'a str>,
    group: Option<&'a str>,
    environment: Option<&'a str>,
    r#type: &'static str,
    expects: String,
    visibility: String,
    state: State,
    /// The rule in the contract's words: `always`, `never` or the condition.
    required: String,
    /// Why the condition holds or not.
    because: Option<Why>,
    /// The value of a variable that is not secret.
    value: Option<String>,
    example: Option<Example<'a>>,
    layers: Vec<LayerLine>,
    without: Option<&'a str>,
    docs: Option<&'a str>,
    /// Where it is set in a form that cannot be read, such as an encrypted one.
    sealed: Option<&'a Place>,
    findings: Findings,
}

/// What a value looks like.
#[derive(Serialize)]
struct Example<'a> {
    /// The text; absent for a secret that only the project's `.env.example` shows.
    text: Option<String>,
    /// Where the project's `.env.example` has it; absent if only the contract does.
    place: Option<&'a Place>,
}

/// One layer that has something to say of the variable.
#[derive(Serialize)]
struct LayerLine {
    layer: envctl_resolver::LayerKind,
    source: String,
    place: Place,
    outcome: &'static str,
    /// Why it is not the value, in words; absent for the winner.
    reason: Option<String>,
}

impl<'a> Explanation<'a> {
    pub(crate) fn new(
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

/// A place beside the kind of its layer, which is not said twice.
pub(crate) fn place_text(place: &Place) -> String {
    match place {
        Place::Default => "of the contract".to_owned(),
        Place::Process { name } => name.to_string(),
        place => place.to_string(),
    }
}

/// For people.
pub(crate) fn explanation_text(explanation: &Explanation<'_>, look: Look) -> String {
    let mut text = String::new();
    let state = match explanation.state {
        State::Resolved => look.paint(Tone::Good, "resolved"),
        State::Sealed => look.paint(Tone::Good, "set, encrypted"),
        State::Missing => look.paint(Tone::Error, "missing"),
        State::Invalid => look.paint(Tone::Error, "invalid"),
        State::NotNeeded => "not needed".to_owned(),
        _ => "optional, not set".to_owned(),
    };
    let _ = writeln!(text, "{}  {state}", look.paint(Tone::Heading, explanation.variable));
    if let Some(about) = explanation.about {
        let _ = writeln!(text, "{}", look.wrap("  ", 2, about));
    }
    // That a value is missing is told by the state and the rule below.
    for finding in explanation.findings.iter().filter(|finding| finding.code != Code::Missing) {
        push_finding(&mut text, finding, look);
    }
    text.push('\n');
    let kind = format!("{} ({})", explanation.expects, explanation.visibility);
    line(&mut text, look, "expects", &kind);
    if let Some(group) = explanation.group {
        line(&mut text, look, "group", group);
    }
    line(&mut text, look, "required", &required_text(explanation));
    if let Some(why) = &explanation.because {
        push_why(&mut text, why, 2, look);
    }
    if let Some(value) = &explanation.value {
        line(&mut text, look, "value", &format!("{value:?}"));
    } else if explanation.state == State::Resolved {
        line(&mut text, look, "value", "[secret]");
    }
    if let Some(Example { text: example, place }) = &explanation.example {
        let shown = example.as_ref().map(|example| format!("{example:?}"));
        let place = place.map(|place| format!("({place})"));
        line(&mut text, look, "example", &[shown, place].into_iter().flatten().collect::<Vec<_>>().join(" "));
    }
    if let Some(without) = explanation.without {
        line(&mut text, look, "without", without);
    }
    if let Some(docs) = explanation.docs {
        line(&mut text, look, "docs", docs);
    }
    push_layers(&mut text, explanation, look);
    text
}

fn required_text(explanation: &Explanation<'_>) -> String {
    match &explanation.because {
        None => explanation.required.clone(),
        Some(why) if why.holds() => format!("yes, because {why}"),
        Some(why) => format!("no, because {why}"),
    }
}

fn line(text: &mut String, look: Look, name: &str, value: &str) {
    let first = format!("  {name:<9} ");
    let _ = writeln!(text, "{}", look.wrap(&first, first.len(), value));
}

/// The tree of a condition: each part with whether it holds.
fn push_why(text: &mut String, why: &Why, depth: usize, look: Look) {
    let mark = if why.holds() { look.symbol("✓", "+") } else { look.symbol("✗", "-") };
    let indent = "  ".repeat(depth + 4);
    let (label, parts): (String, &[Why]) = match why {
        Why::Term { asked, found, place, .. } => {
            let place = place.as_ref().map(|place| format!(" ({place})")).unwrap_or_default();
            (format!("{asked}: {}{place}", found_text(found)), &[])
        }
        Why::Named { name, of, .. } => (name.clone(), std::slice::from_ref(of)),
        Why::Not { of, .. } => ("not".to_owned(), std::slice::from_ref(of)),
        Why::All { of, .. } => ("all of".to_owned(), of),
        Why::Any { of, .. } => ("any of".to_owned(), of),
        _ => return,
    };
    let _ = writeln!(text, "{indent}{mark} {label}");
    for part in parts {
        push_why(text, part, depth + 1, look);
    }
}

fn found_text(found: &Shown) -> String {
    match found {
        Shown::Plain(value) => format!("{value:?}"),
        Shown::Secret => "[secret]".to_owned(),
        _ => "not set".to_owned(),
    }
}

fn push_layers(text: &mut String, explanation: &Explanation<'_>, look: Look) {
    let _ = writeln!(text, "\n  layers, the first usable one wins");
    if let Some(place) = explanation.sealed {
        let _ = writeln!(text, "    {} {:<19}  {place}: encrypted", look.symbol("→", ">"), "stack output");
    }
    if explanation.layers.is_empty() && explanation.sealed.is_none() {
        let _ = writeln!(text, "      none has a value");
    }
    for layer in &explanation.layers {
        let mark = if layer.outcome == "wins" { look.symbol("→", ">") } else { " " };
        let kind = layer.layer.to_string();
        let place = place_text(&layer.place);
        let reason = layer.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
        let _ = writeln!(text, "    {mark} {kind:<19}  {place}{reason}");
        if let Place::Derived { inputs, .. } = &layer.place {
            for input in inputs.iter() {
                let _ = writeln!(text, "{:<29}with {input}", "");
            }
        }
    }
}
