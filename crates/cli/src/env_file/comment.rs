//! The comment that stands in an env file for a variable without a value: `# NAME=   why`.

use std::collections::{HashMap, HashSet};

use envctl_resolver::Resolution;
use envschema::{State, Variable, Why};

use crate::render::in_one_line;
use crate::select::Leaving;
use envctl_engine::format::Exported;

/// Between the `=` and the reason. It is also how the comments of ours are told from others.
const GAP: &str = "=   ";

/// The comment, without a line end.
pub(super) fn comment(name: &str, reason: &str) -> String {
    format!("# {name}{GAP}{}", in_one_line(reason))
}

/// Whether a line looks like a comment of ours.
pub(super) fn is_ours(line: &str) -> bool {
    named(line).is_some_and(|name| line.trim_start().starts_with(&format!("# {name}{GAP}")))
}

/// The name that a comment would give a value if it were none: `# NAME=value`, `#export NAME=`.
pub(super) fn named(comment: &str) -> Option<&str> {
    let text = comment.trim().trim_start_matches('\u{feff}').strip_prefix('#')?.trim_start();
    let text = text.strip_prefix("export ").unwrap_or(text);
    let (name, _) = text.split_once('=')?;
    let name = name.trim_end();
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte == b'_' || byte.is_ascii_alphanumeric());
    is_name.then_some(name)
}

/// Every name of the contract that has no value to be written, with the reason. It tells no place: lines move, and the
/// next run is to write the same.
pub(super) fn absent<'a>(
    resolution: &'a Resolution,
    leaving: &'a Leaving,
    values: &[Exported<'_>],
) -> HashMap<&'a str, String> {
    let written: HashSet<&str> = values.iter().map(|exported| exported.name).collect();
    let leave = resolution.iter().filter(|(variable, ..)| leaving.takes(variable));
    let states: HashMap<&str, State> = leave.map(|(variable, state, _)| (&*variable.name, state)).collect();
    let mut reasons = HashMap::new();
    for variable in resolution.contract().variables() {
        for name in leaving.names(variable).filter(|name| !written.contains(name)) {
            reasons.insert(name, reason(resolution, variable, states.get(&*variable.name)));
        }
    }
    reasons
}

/// Why a variable has no value, by its state; none if it does not leave.
fn reason(resolution: &Resolution, variable: &Variable, state: Option<&State>) -> String {
    let text = match state {
        None => "not a part of this export",
        Some(State::NotNeeded) => match resolution.why(&variable.name) {
            Some(why) => return format!("not needed: {}", terms(&why)),
            None => "not needed",
        },
        Some(State::Sealed) => "set, and only its encrypted form is known",
        Some(State::Missing) => "required, and not set",
        Some(State::Invalid) => "its value is not valid",
        Some(_) => "optional",
    };
    text.to_owned()
}

/// What decided, in the contract's words.
fn terms(why: &Why) -> String {
    let term = |why: &Why| match why {
        Why::Term { asked, opposite, holds, .. } => Some(if *holds { asked } else { opposite }.clone()),
        _ => None,
    };
    why.decisive().into_iter().filter_map(term).collect::<Vec<_>>().join(" and ")
}
