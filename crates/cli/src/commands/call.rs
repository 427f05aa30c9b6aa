//! `envctl call`: one request, one answer.

use std::path::Path;

use envctl_engine::call::{Answer, CallError, Caller, Opened, Verdict};
use envctl_resolver::producers::RandomSource;

use crate::arguments::CallArguments;
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::read;

pub(crate) fn call(arguments: &CallArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let bytes = match arguments.request.as_deref().filter(|path| *path != Path::new("-")) {
        Some(path) => {
            let unreadable = |error| CliError::Unreadable { path: path.to_owned(), error };
            read::file(&edge.path(path)).map_err(unreadable)?
        }
        None => edge.read_input().map_err(|error| CliError::Input { option: "call", error })?,
    };
    let not_text = |_| CliError::NotText { path: arguments.request.clone().unwrap_or("-".into()) };
    let request = std::str::from_utf8(&bytes).map_err(not_text)?;
    let schema = arguments.schema.as_deref();
    let answer = match schema.map(|shown| Opened::read(&edge.path(shown), shown)).transpose() {
        Ok(opened) => {
            let random: &mut dyn RandomSource = &mut *edge.random;
            Caller { folder: &edge.folder, random }.answer(opened.as_ref(), request)
        }
        Err(error) => Answer::refusal(&CallError::from(error)),
    };
    edge.output.write_all(answer.text().as_bytes())?;
    edge.output.write_all(b"\n")?;
    Ok(match answer.verdict {
        Verdict::Yes => Exit::Yes,
        Verdict::No => Exit::No,
        Verdict::Refused => Exit::Usage,
    })
}
