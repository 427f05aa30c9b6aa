//! The comment that stands in an env file for a variable without a value: `# NAME=   why`.

use std::collections::HashMap;

use envctl_resolver::Resolution;
use envschema::{State, Variable, Why};

use crate::format::Exported;
use crate::render::in_one_line;
use crate::select::Leaving;

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
    let mut reasons = HashMap::new();
    let declared = resolution.contract().variables().iter();
    for variable in declared {
        for name in leaving.names(variable) {
            if !values.iter().any(|exported| exported.name == name) {
                reasons.insert(name, reason(resolution, leaving, variable));
            }
        }
    }
    reasons
}

fn reason(resolution: &Resolution, leaving: &Leaving, variable: &Variable) -> String {
    let selected = resolution.iter().find(|(selected, ..)| selected.name == variable.name);
    let Some((_, state, _)) = selected.filter(|_| leaving.takes(variable)) else {
        return "not a part of this export".to_owned();
    };
    match state {
        State::NotNeeded => match resolution.why(&variable.name) {
            Some(why) => format!("not needed: {}", terms(&why)),
            None => "not needed".to_owned(),
        },
        State::Sealed => "set, and only its encrypted form is known".to_owned(),
        State::Missing => "required, and not set".to_owned(),
        State::Invalid => "its value is not valid".to_owned(),
        _ => "optional".to_owned(),
    }
}

/// What decided, in the contract's words.
fn terms(why: &Why) -> String {
    let term = |why: &Why| match why {
        Why::Term { asked, opposite, holds, .. } => Some(if *holds { asked } else { opposite }.clone()),
        _ => None,
    };
    why.decisive().into_iter().filter_map(term).collect::<Vec<_>>().join(" and ")
}
