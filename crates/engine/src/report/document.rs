//! A report for programs; schema/json describes it for each command.

use envschema::Findings;
use serde::Serialize;
use serde_json::{Map, Value};

use super::{About, Report, Run};

/// The version of the form.
const VERSION: u32 = 1;

/// One environment or file by itself, or several in a list.
#[derive(Serialize)]
#[serde(untagged)]
pub enum Document<'a> {
    /// The only one.
    One(Judged<'a>),
    /// Environments, in the order in which they were asked for.
    Several {
        /// The version of the form.
        version: u32,
        /// Whether all of them are.
        valid: bool,
        /// Each by itself.
        environments: Vec<Judged<'a>>,
    },
    /// Files, in the order in which they were asked for.
    Files {
        /// The version of the form.
        version: u32,
        /// Whether all of them are.
        valid: bool,
        /// Each by itself.
        files: Vec<Judged<'a>>,
    },
}

#[derive(Serialize)]
/// What was found about one environment or file.
pub struct Judged<'a> {
    version: u32,
    valid: bool,
    #[serde(flatten)]
    of: Of<'a>,
    findings: &'a Findings,
    #[serde(flatten)]
    details: Map<String, Value>,
}

/// What was judged.
#[derive(Serialize)]
#[serde(untagged)]
enum Of<'a> {
    Contract { contract: &'a str, environment: Option<&'a str>, profile: Option<&'a str> },
    File { file: &'a str },
}

/// The document of a report.
#[must_use]
pub fn document<'a>(report: &Report<'a>) -> Document<'a> {
    let mut all: Vec<_> = report.runs.iter().map(|run| judged(*run)).collect();
    if all.len() == 1
        && let Some(one) = all.pop()
    {
        return Document::One(one);
    }
    let valid = all.iter().all(|one| one.valid);
    let files = matches!(all.first(), Some(Judged { of: Of::File { .. }, .. }));
    if files {
        return Document::Files { version: VERSION, valid, files: all };
    }
    Document::Several { version: VERSION, valid, environments: all }
}

fn judged(run: &dyn Run) -> Judged<'_> {
    let of = match run.about() {
        About::Contract(contract) => Of::Contract {
            contract: contract.name(),
            environment: contract.environment(),
            profile: contract.profile(),
        },
        About::File(file) => Of::File { file },
    };
    Judged {
        version: VERSION,
        valid: run.findings().is_valid(),
        of,
        findings: run.findings(),
        details: run.details(),
    }
}
