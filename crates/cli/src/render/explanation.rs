//! All about one variable, for people.

use std::fmt::Write as _;

use envctl_engine::{Example, Explanation};
use envschema::{Code, Place, Shown, State, Why};

use super::finding::push_finding;
use super::look::{Look, Tone};

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
