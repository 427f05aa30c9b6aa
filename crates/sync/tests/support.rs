//! What is wanted, in a few words.

use envctl_sync::token::Key;
use envctl_sync::{Action, Choices, Plan, Prepared, RecordPlan, Target, Wanted, WantedEntry, prepare};
use envschema::{Place, SecretValue};

/// The key of this machine.
pub(crate) fn key() -> Key {
    Key::new([7; Key::LENGTH])
}

/// A record that is to have these keys, each from a variable of the same name.
pub(crate) fn wanted(name: &str, entries: &[(&str, &str)]) -> Wanted {
    let entry = |(key, value): &(&str, &str)| WantedEntry {
        key: (*key).to_owned(),
        variable: format!("{key}_VARIABLE").into(),
        value: SecretValue::from(*value),
        place: Place::File { path: ".env.prod".into(), line: 3, column: 1 },
    };
    Wanted {
        name: name.to_owned(),
        entries: entries.iter().map(entry).collect(),
        unset: Vec::new(),
        aside: Vec::new(),
        remove: Vec::new(),
        open: false,
    }
}

/// What leads to `wanted`, nothing decided beforehand.
pub(crate) fn prepared(target: &dyn Target, wanted: &[Wanted]) -> Prepared {
    prepared_with(target, wanted, &Choices::default())
}

pub(crate) fn prepared_with(target: &dyn Target, wanted: &[Wanted], choices: &Choices) -> Prepared {
    prepare(target, "production", Some("prod"), wanted, choices, &key()).unwrap()
}

/// A plan in one line for each record.
pub(crate) fn told(plan: &Plan) -> String {
    plan.records.iter().map(told_record).collect::<Vec<_>>().join("\n")
}

fn told_record(record: &RecordPlan) -> String {
    let action = match &record.action {
        Action::Refuse(refused) => format!("refuse ({})", refused.why),
        Action::Unknown { why, .. } => format!("unknown ({why})"),
        action => format!("{action:?}").to_lowercase(),
    };
    let keys = record.keys.iter().map(|key| format!(" {}:{:?}", key.key, key.change));
    let adopt = if record.adopt { " adopt" } else { "" };
    action + adopt + &keys.collect::<String>()
}
