//! `validate`, `explain` and `lint`: what the command line prints for them as JSON.

use envctl_dotenv::Dialect;
use envschema::Finding;

use super::answer::Writer;
use super::input::{dialect, gather};
use super::request::{Explain, Lint, Validate};
use super::{CallError, Caller, Opened};
use crate::lint::{Linted, Looked, readers};
use crate::report::{Report, Run, document};
use crate::{Explanation, Judgement};

pub(super) fn validate(
    caller: &mut Caller<'_>,
    opened: &Opened,
    asked: &Validate,
    out: &mut Writer,
) -> Result<(), CallError> {
    let gathered = gather(caller, opened, &asked.input, asked.complete)?;
    let findings = gathered.findings(asked.complete);
    let judgement = Judgement::new(&gathered.resolution, &findings, &gathered.absent);
    one("validate", &judgement, out);
    Ok(())
}

pub(super) fn explain(
    caller: &mut Caller<'_>,
    opened: &Opened,
    asked: &Explain,
    out: &mut Writer,
) -> Result<(), CallError> {
    let gathered = gather(caller, opened, &asked.input, false)?;
    let resolution = &gathered.resolution;
    let name = asked.name.as_str();
    let Some((variable, state, resolved)) = resolution.get(name) else {
        return Err(CallError::no_variable(resolution.contract(), name));
    };
    let about = |finding: &Finding| finding.variable.as_deref() == Some(name);
    let findings = gathered.findings(false).into_iter().filter(about).collect();
    let example = gathered.examples.get(name);
    out.result(&Explanation::new(resolution, variable, state, resolved, example, findings), true);
    Ok(())
}

pub(super) fn lint(
    caller: &mut Caller<'_>,
    opened: Option<&Opened>,
    asked: &Lint,
    out: &mut Writer,
) -> Result<(), CallError> {
    let named: Vec<_> =
        asked.readers.iter().map(|name| dialect(Some(name))).collect::<Result<_, CallError>>()?;
    let (readers, text) = (readers(&named), asked.file.text(caller.folder)?.unwrap_or_default());
    let contract = opened.map(|opened| opened.schema().base());
    let path = asked.file.called();
    let looked = Looked { path, text: &text, readers: &readers, ours: Dialect::Portable, contract };
    one("lint", &Linted::new(&looked), out);
    Ok(())
}

/// The report of one run.
fn one(command: &'static str, run: &dyn Run, out: &mut Writer) {
    let report = Report { command, contract: "", runs: vec![run] };
    out.result(&document(&report), run.findings().is_valid());
}
