//! `envctl dotenv`: text as one reader sees it, for scripts.

use std::path::Path;

use envctl_dotenv::{Effect, Reader, Reading, write_entries};
use serde_json::{Map, Value, json};
use zeroize::Zeroizing;

use crate::arguments::{DotenvCommand, DotenvReadArguments, DotenvWriteArguments};
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::read;
use crate::render::Tone;

pub(crate) fn dotenv(command: &DotenvCommand, edge: &mut Edge) -> Result<Exit, CliError> {
    match command {
        DotenvCommand::Read(arguments) => read_text(arguments, edge),
        DotenvCommand::Write(arguments) => write_text(arguments, edge),
    }
}

fn read_text(arguments: &DotenvReadArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let bytes = if arguments.file == Path::new("-") {
        edge.read_input().map_err(|error| CliError::Input { option: "-", error })?
    } else {
        let unreadable = |error| CliError::Unreadable { path: arguments.file.clone(), error };
        read::file(&edge.path(&arguments.file)).map_err(unreadable)?
    };
    let text = std::str::from_utf8(&bytes).map_err(|_| CliError::NotText { path: arguments.file.clone() })?;
    let reading = Reader::new(arguments.dialect).read(text);
    edge.print_json(&seen(&reading))?;
    Ok(if reading.is_refused() { Exit::No } else { Exit::Yes })
}

/// The values, and what the reader does with the lines that give none.
fn seen(reading: &Reading) -> Value {
    let value = |variable: &envctl_dotenv::Variable| {
        Some((variable.name().to_owned(), Value::from(variable.value()?)))
    };
    let values: Map<_, _> = reading.variables().filter_map(value).collect();
    let errors: Vec<_> = reading
        .remarks()
        .iter()
        .map(
            |remark| json!({ "line": remark.line, "effect": effect(remark.effect), "reason": remark.reason }),
        )
        .collect();
    json!({ "values": values, "errors": errors })
}

fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Skips => "skips",
        Effect::Refuses => "refuses",
        Effect::Runs => "runs",
        Effect::Unknown => "unknown",
    }
}

fn write_text(arguments: &DotenvWriteArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let bytes = edge.read_input().map_err(|error| CliError::Input { option: "write", error })?;
    let variables = variables(&bytes)?;
    let pairs = variables.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    match write_entries(pairs, arguments.dialect) {
        Ok(text) => {
            edge.output.write_all(Zeroizing::new(text).as_bytes())?;
            Ok(Exit::Yes)
        }
        Err(refused) => {
            let error = edge.messages_look.paint(Tone::Error, "error").to_string();
            for unwritable in refused.as_slice() {
                edge.tell(&format!("{error}: {unwritable}"));
            }
            Ok(Exit::No)
        }
    }
}

/// The texts of a JSON object. What is wrong is told without what it holds.
fn variables(bytes: &[u8]) -> Result<Vec<(String, Zeroizing<String>)>, CliError> {
    let wrong = |what: String| CliError::NoObject { what };
    let object: Map<String, Value> = serde_json::from_slice(bytes).map_err(|error| {
        wrong(match error.classify() {
            serde_json::error::Category::Data => "it is another JSON value".to_owned(),
            _ => format!("it is no JSON from line {}, column {} on", error.line(), error.column()),
        })
    })?;
    let text = |(name, value): (String, Value)| match value {
        Value::String(value) => Ok((name, Zeroizing::new(value))),
        _ => Err(wrong(format!("the value of {} is no text", crate::render::in_one_line(&name)))),
    };
    object.into_iter().map(text).collect()
}
