//! What envctl and a program say to each other: one JSON object each way, described in `docs/command-target.md`.

use std::collections::HashMap;

use envschema::SecretValue;
use serde::Deserialize;
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use crate::target::Failure;

/// The version of the protocol.
const PROTOCOL: u32 = 1;
/// How long a version's name may be, in characters.
const LONGEST_VERSION: usize = 200;

/// What a program is asked to do.
pub(super) enum Request<'a> {
    /// To tell what it holds.
    Observe(&'a [&'a str]),
    /// To make a record hold this in place of that version, or in place of nothing.
    Write { name: &'a str, values: &'a SecretValue, version: Option<&'a str> },
    /// To remove a record of that version.
    Remove { name: &'a str, version: &'a str },
}

impl Request<'_> {
    /// The text for the program's standard input.
    pub(super) fn to_text(&self) -> SecretValue {
        let (op, records) = match self {
            Self::Observe(names) => {
                let record = |name: &&str| format!(r#"{{"name":{}}}"#, quoted(name));
                ("observe", Zeroizing::new(names.iter().map(record).collect::<Vec<_>>().join(",")))
            }
            Self::Write { name, values, version } => {
                let version = version.map_or("null".to_owned(), quoted);
                ("write", write(&quoted(name), &version, values))
            }
            Self::Remove { name, version } => {
                let record = format!(r#"{{"name":{},"version":{}}}"#, quoted(name), quoted(version));
                ("remove", Zeroizing::new(record))
            }
        };
        let head = format!(r#"{{"envctl":{PROTOCOL},"op":"{op}","records":["#);
        joined(&[&head, &records, "]}\n"]).into()
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "goes to the standard input of the program that the user chose"
)]
fn write(name: &str, version: &str, values: &SecretValue) -> Zeroizing<String> {
    joined(&[r#"{"name":"#, name, r#","version":"#, version, r#","values":"#, values.expose(), "}"])
}

/// The parts in one text, whose room is made before: no copy is left behind.
fn joined(parts: &[&str]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(parts.iter().map(|part| part.len()).sum()));
    parts.iter().for_each(|part| text.push_str(part));
    text
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a text can be written as JSON")
}

/// What a program says of a record that it was asked about.
pub(super) enum Seen<'a> {
    /// It is not there.
    Absent,
    /// It is there: its version, and its values as they are written.
    Held { version: String, values: &'a str },
    /// The program cannot tell.
    Failed(Failure),
}

/// What a program says of a record that it was to change.
pub(super) enum Changed {
    /// It is written, and has this version now; or it is removed, and had this version.
    Done(String),
    /// It has another version than the one that was told.
    Conflict,
    /// The program could not do it, and changed nothing.
    Failed(Failure),
}

/// Why an answer is none. It holds nothing of the answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum BadAnswer {
    /// It is something else.
    #[error("its answer is not text in UTF-8")]
    NotText,
    /// It is no JSON, or has members that the protocol does not know.
    #[error("its answer is not as the protocol has it, at line {line}, column {column}")]
    Shape { line: usize, column: usize },
    /// It speaks another version.
    #[error("its answer is not for version {PROTOCOL} of the protocol")]
    Version,
    /// It does not tell of exactly the records that were asked about, each once.
    #[error("its answer does not tell of each record once, and of no other")]
    Records,
    /// What it tells of a record does not fit the request, or lacks something.
    #[error("its answer about `{0}` is not one to this request")]
    Record(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer<'a> {
    envctl: u32,
    #[serde(borrow)]
    records: Vec<RecordAnswer<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RecordAnswer<'a> {
    name: String,
    is: Is,
    version: Option<String>,
    #[serde(borrow)]
    values: Option<&'a RawValue>,
    why: Option<Failure>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Is {
    Absent,
    Held,
    Written,
    Removed,
    Conflict,
    Failed,
}

/// What an answer tells of each of these records, in their order.
pub(super) fn seen<'a>(names: &[&str], answer: &'a [u8]) -> Result<Vec<Seen<'a>>, BadAnswer> {
    let one = |record: RecordAnswer<'a>| {
        let RecordAnswer { name, is, version, values, why } = record;
        Ok(match (is, version, values, why) {
            (Is::Absent, None, None, None) => Seen::Absent,
            (Is::Held, Some(version), Some(values), None) if is_version(&version) => {
                Seen::Held { version, values: values.get() }
            }
            (Is::Failed, None, None, why) => Seen::Failed(why.unwrap_or(Failure::Rejected)),
            _ => return Err(BadAnswer::Record(name)),
        })
    };
    read(names, answer)?.into_iter().map(one).collect()
}

/// What an answer tells of a record that was to be written, or to be removed, which then had the version `removed`.
pub(super) fn changed(name: &str, removed: Option<&str>, answer: &[u8]) -> Result<Changed, BadAnswer> {
    let RecordAnswer { name, is, version, values, why } = read(&[name], answer)?.remove(0);
    Ok(match (is, version, removed, values, why) {
        (Is::Written, Some(version), None, None, None) if is_version(&version) => Changed::Done(version),
        (Is::Removed, None, Some(version), None, None) => Changed::Done(version.to_owned()),
        (Is::Conflict, None, _, None, None) => Changed::Conflict,
        (Is::Failed, None, _, None, why) => Changed::Failed(why.unwrap_or(Failure::Rejected)),
        _ => return Err(BadAnswer::Record(name)),
    })
}

/// The answer for each of these records, in their order.
fn read<'a>(names: &[&str], answer: &'a [u8]) -> Result<Vec<RecordAnswer<'a>>, BadAnswer> {
    let text = std::str::from_utf8(answer).map_err(|_| BadAnswer::NotText)?;
    let answer: Answer<'_> = serde_json::from_str(text)
        .map_err(|error| BadAnswer::Shape { line: error.line(), column: error.column() })?;
    if answer.envctl != PROTOCOL {
        return Err(BadAnswer::Version);
    }
    let told = answer.records.len();
    let mut by_name: HashMap<String, RecordAnswer<'a>> =
        answer.records.into_iter().map(|record| (record.name.clone(), record)).collect();
    if told != names.len() || by_name.len() != told {
        return Err(BadAnswer::Records);
    }
    names.iter().map(|name| by_name.remove(*name).ok_or(BadAnswer::Records)).collect()
}

/// Versions are shown: one line of a bounded length.
fn is_version(version: &str) -> bool {
    !version.is_empty()
        && version.chars().count() <= LONGEST_VERSION
        && !version.chars().any(char::is_control)
}
