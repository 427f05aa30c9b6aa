//! Drift as Markdown: it says the same as long as nothing changes at the targets or in the sources.

use std::fmt::Write as _;

use envctl_sync::{Action, KeyChange, RecordPlan};
use envschema::Contract;

use super::Stage;
use super::text::why;
use crate::render::in_one_line;

/// The report of one environment; without stages of one that is not valid.
pub(crate) fn drift_report(contract: &Contract, stages: Option<&[Stage]>) -> String {
    let mut text = format!("# Drift of {}\n", subject(contract));
    let Some(stages) = stages else {
        let validate = format!("`envctl validate{}`", option(contract));
        let _ = writeln!(
            text,
            "\nNot known: what the sources give is not valid. {validate} tells what is wrong."
        );
        return text;
    };
    let is_quiet = |record: &&RecordPlan| record.action == Action::Keep && record.keys.is_empty();
    let records = || {
        stages.iter().flat_map(|stage| stage.prepared.plan.records.iter().map(move |record| (stage, record)))
    };
    let waiting = |(_, record): &(&Stage, &RecordPlan)| !is_quiet(record) && record.action != Action::Keep;
    if records().all(|pair| !waiting(&pair)) {
        text.push_str("\nNone: every target holds what it should.\n");
        return text;
    }
    for (stage, record) in records().filter(waiting) {
        push_record(&mut text, contract, stage, record);
    }
    text
}

fn subject(contract: &Contract) -> String {
    match contract.environment() {
        Some(environment) => format!("{} {environment}", contract.name()),
        None => contract.name().to_owned(),
    }
}

/// The option that chooses the environment.
fn option(contract: &Contract) -> String {
    contract.environment().map(|name| format!(" -e {name}")).unwrap_or_default()
}

fn push_record(text: &mut String, contract: &Contract, stage: &Stage, record: &RecordPlan) {
    let place = &stage.prepared.plan.place;
    let parts = [Some(&place.kind), place.account.as_ref(), place.region.as_ref()];
    let place: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    let _ = write!(text, "\n## {} ({})\n\n", code(&record.name), place.join(", "));
    let target = stage.target_of(&record.name);
    let environment = option(contract);
    let sync = |option: &str, keys: &str| format!("`envctl sync --to {target}{environment}{option}{keys}`");
    match &record.action {
        Action::Drifted => {
            let since = record.since.as_ref().map(|since| format!(", at {since}")).unwrap_or_default();
            let _ = writeln!(text, "Somebody else changed these keys since envctl wrote them{since}:\n");
            push_keys(text, record, &|change| change == KeyChange::Drift);
            let drifted: Vec<&str> = record
                .drifted()
                .filter_map(|key| {
                    Some(key.key.as_str()).filter(|key| !key.is_empty()).or(key.variable.as_deref())
                })
                .collect();
            let keys = drifted.join(",");
            let _ = writeln!(text, "\n- Accept: {}", sync(" --accept-remote ", &keys));
            let _ = writeln!(text, "- Revert: {}", sync(" --overwrite ", &keys));
        }
        Action::Create => {
            let _ = writeln!(text, "It is not there yet.\n\n- Make it: {}", sync("", ""));
        }
        Action::Update => {
            let _ = writeln!(text, "These keys have newer values in the sources:\n");
            push_keys(text, record, &KeyChange::writes);
            let _ = writeln!(text, "\n- Carry them there: {}", sync("", ""));
        }
        Action::Remove => {
            let _ = writeln!(text, "No target has it any more.\n\n- Delete it: {}", sync(" --prune", ""));
        }
        action => {
            if let Some((why, help)) = why(action) {
                let help = help.map(|help| format!("; {help}")).unwrap_or_default();
                let _ = writeln!(text, "{}{}", in_one_line(&why), in_one_line(&help));
            }
        }
    }
}

fn push_keys(text: &mut String, record: &RecordPlan, takes: &dyn Fn(KeyChange) -> bool) {
    for key in record.keys.iter().filter(|key| takes(key.change)) {
        let name = Some(key.key.as_str()).filter(|key| !key.is_empty()).or(key.variable.as_deref());
        let from =
            key.from.as_ref().map(|from| format!(" (ours: {})", in_one_line(from))).unwrap_or_default();
        let _ = writeln!(text, "- {}{from}", code(name.unwrap_or_default()));
    }
}

/// A name as code.
fn code(name: &str) -> String {
    format!("`{}`", in_one_line(name).replace('`', "'"))
}
