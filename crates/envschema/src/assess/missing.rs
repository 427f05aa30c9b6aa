//! What is told of a value that is not there, and what to do about it.

use super::reading::Reading;
use super::reason;
use super::values::shows_a_form;
use crate::finding::{Code, Finding, Severity};
use crate::kind::Kind;
use crate::types::ValueType;
use crate::variable::Variable;

pub(super) fn missing(reading: &Reading<'_>, variable: &Variable) -> Finding {
    let why = reason(reading, variable);
    let (what, is_said) = match (&variable.missing, reading.contract.kind()) {
        (Some(missing), _) => (missing.trim_end_matches('.').to_owned(), true),
        (None, Kind::Env) => (format!("{} is not set", variable.name), false),
        // The words of Pulumi itself, which people search for.
        (None, kind @ Kind::PulumiConfig { .. }) => {
            (format!("Missing required configuration variable '{}'", kind.full_key(&variable.name)), true)
        }
    };
    let message = match &why {
        Some(why) => format!("{what}; it is required because {why}"),
        None if is_said => what,
        None => format!("{what}; it is required"),
    };
    Finding::new(Code::Missing, Severity::Error, variable.name.clone(), message)
        .help(give_it(reading, variable))
        .because(why)
}

/// What to do about a value that is not there, in each place that can hold it.
pub(super) fn give_it(reading: &Reading<'_>, variable: &Variable) -> String {
    let also = match (reading.contract.kind(), &variable.config, variable.outputs.first()) {
        (Kind::Env, Some(key), _) => format!(", or `{key}` in the stack's configuration"),
        (Kind::Env, None, Some(output)) => format!(", or `{output}` as an output of the stack"),
        _ => String::new(),
    };
    help(reading, variable, &also)
}

/// What to do about a value that is not right.
pub(super) fn set_it(reading: &Reading<'_>, variable: &Variable) -> String {
    help(reading, variable, "")
}

fn help(reading: &Reading<'_>, variable: &Variable, also: &str) -> String {
    let about = variable.about.as_deref().map(|about| about.trim_end_matches('.'));
    let expected =
        Some(&variable.kind).filter(|kind| **kind != ValueType::default()).map(ValueType::expectation);
    let mut help = match (reading.contract.kind(), about, expected) {
        (Kind::Env, Some(about), _) => format!("set {} ({about})", variable.name),
        (Kind::Env, None, None) => format!("set {}", variable.name),
        (Kind::Env, None, Some(expected)) => format!("set {} to {expected}", variable.name),
        (kind, about, expected) => {
            let key = kind.full_key(&variable.name);
            let how = match (variable.is_secret(), about, expected) {
                (true, Some(about), _) => format!("--secret`, with the value on standard input ({about})"),
                (true, None, None) => "--secret`, with the value on standard input".to_owned(),
                (true, None, Some(expected)) => {
                    format!("--secret`, with the value on standard input: {expected}")
                }
                (false, Some(about), _) => format!("VALUE` ({about})"),
                (false, None, None) => "VALUE`".to_owned(),
                (false, None, Some(expected)) => format!("VALUE`, with {expected}"),
            };
            format!("run `pulumi config set {key} {how}")
        }
    };
    help.push_str(also);
    if let Some(example) = variable.example.as_deref().filter(|example| shows_a_form(example)) {
        let joined = if also.is_empty() { ", " } else { "; " };
        help.push_str(&format!("{joined}it looks like `{example}`"));
    }
    if let Some(docs) = &variable.docs {
        help.push_str(&format!("; see {docs}"));
    }
    help
}
