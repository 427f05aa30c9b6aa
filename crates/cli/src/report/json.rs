//! A report for programs; schema/json describes it for each command.

use envschema::Findings;
use serde::Serialize;
use serde_json::{Map, Value};

use super::{Report, Run};

/// The version of the form.
const VERSION: u32 = 1;

/// One environment by itself, or several in a list.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Document<'a> {
    One(Judged<'a>),
    Several { version: u32, valid: bool, environments: Vec<Judged<'a>> },
}

#[derive(Serialize)]
pub(super) struct Judged<'a> {
    version: u32,
    valid: bool,
    contract: &'a str,
    environment: Option<&'a str>,
    profile: Option<&'a str>,
    findings: &'a Findings,
    #[serde(flatten)]
    details: Map<String, Value>,
}

pub(super) fn document<'a>(report: &Report<'a>) -> Document<'a> {
    if let [run] = report.runs.as_slice() {
        return Document::One(judged(*run));
    }
    let environments: Vec<_> = report.runs.iter().map(|run| judged(*run)).collect();
    Document::Several { version: VERSION, valid: environments.iter().all(|one| one.valid), environments }
}

fn judged(run: &dyn Run) -> Judged<'_> {
    let contract = run.contract();
    Judged {
        version: VERSION,
        valid: run.findings().is_valid(),
        contract: contract.name(),
        environment: contract.environment(),
        profile: contract.profile(),
        findings: run.findings(),
        details: run.details(),
    }
}
