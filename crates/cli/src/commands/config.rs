//! `envctl config`: every setting and where it came from.

use std::fmt::Write as _;

use crate::arguments::ConfigArguments;
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::project::{one_environment, settings};

pub(crate) fn config(arguments: &ConfigArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let loaded = settings(edge, &arguments.project, one_environment(&arguments.project)?)?;
    let origins = loaded.origins();
    if arguments.json {
        let entry = |(key, value, origin): &(String, String, String)| {
            (key.clone(), serde_json::json!({ "value": value, "from": origin }))
        };
        let settings: serde_json::Map<_, _> = origins.iter().map(entry).collect();
        edge.print_json(&serde_json::json!({ "version": 1, "settings": settings }))?;
        return Ok(Exit::Yes);
    }
    let widest = |part: fn(&(String, String, String)) -> usize| origins.iter().map(part).max().unwrap_or(0);
    let (keys, values) = (widest(|entry| entry.0.len()), widest(|entry| entry.1.len()));
    let mut text = String::new();
    for (key, value, origin) in &origins {
        let _ = writeln!(text, "{key:<keys$}  {value:<values$}  {origin}");
    }
    edge.output.write_all(text.as_bytes())?;
    Ok(Exit::Yes)
}
