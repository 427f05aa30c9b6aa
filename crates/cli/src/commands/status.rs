//! `envctl status`: environments seen as a whole.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use envschema::Contract;
use serde::Serialize;

use crate::arguments::StatusArguments;
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::gather::{Reading, gather_with};
use crate::project::Project;
use crate::status::{
    Difference, MARK, Overview, dashboard_text, difference_text, matrix_text, page, what_if,
};
use crate::write::{Written, write_file};

/// The version of the JSON form.
const VERSION: u32 = 1;

/// What is printed as JSON: the environments as they are, or what another value would change in them.
#[derive(Serialize)]
struct Document<'a, T> {
    version: u32,
    contract: &'a str,
    profile: Option<&'a str>,
    target: Option<&'a str>,
    ready: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    what_if: Option<&'a [String]>,
    environments: &'a [T],
}

pub(crate) fn status(arguments: &StatusArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let projects = Project::open_each(edge, &arguments.input)?;
    if !arguments.what_if.is_empty() {
        return what_if_status(arguments, &projects, edge);
    }
    let mut overviews = Vec::new();
    for project in &projects {
        overviews.push(overviews_of(arguments, project, edge)?.0);
    }
    let ready = overviews.iter().all(|overview| overview.ready);
    let Some(first) = projects.first() else { return Ok(Exit::Yes) };
    let contract = &first.contract;
    if let Some(given) = &arguments.html {
        let contracts = projects.iter().map(|project| &project.contract);
        write_page(given, arguments.yes, &contracts.zip(&overviews).collect::<Vec<_>>(), edge)?;
    }
    if arguments.json {
        edge.print_json(&Document {
            version: VERSION,
            contract: contract.name(),
            profile: contract.profile(),
            target: contract.part(),
            ready,
            what_if: None,
            environments: &overviews,
        })?;
    } else if arguments.html.is_none() {
        let text = match overviews.as_slice() {
            [one] => dashboard_text(contract, one, arguments.all, edge.output_look),
            several => matrix_text(contract.name(), several, arguments.all, edge.output_look),
        };
        edge.output.write_all(text.as_bytes())?;
    }
    Ok(if ready { Exit::Yes } else { Exit::No })
}

/// Writes the page. One that was written before is replaced; anything else is left alone unless `replace`.
fn write_page(
    given: &Path,
    replace: bool,
    environments: &[(&Contract, &Overview)],
    edge: &mut Edge,
) -> Result<(), CliError> {
    let path = edge.path(given);
    let replace = replace || begins_with(&path, MARK);
    let page = page(environments).map_err(io::Error::from)?;
    let told = match write_file(&path, given, page.as_bytes(), replace)? {
        Written::Created => "written",
        Written::Replaced { .. } => "replaced",
        Written::Unchanged => "unchanged",
    };
    edge.tell(&format!("{} {told}", given.display()));
    Ok(())
}

/// Whether a file can be read and begins like this.
fn begins_with(path: &Path, mark: &[u8]) -> bool {
    let mut start = vec![0; mark.len()];
    path.is_file()
        && File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok()
        && start == mark
}

/// Tells what would change.
fn what_if_status(
    arguments: &StatusArguments,
    projects: &[Project],
    edge: &mut Edge,
) -> Result<Exit, CliError> {
    let mut differences = Vec::new();
    for project in projects {
        if let (before, Some(after)) = overviews_of(arguments, project, edge)? {
            differences.push(Difference::new(&before, after));
        }
    }
    let ready = differences.iter().all(|difference| difference.ready);
    let Some(first) = projects.first() else { return Ok(Exit::Yes) };
    if arguments.json {
        edge.print_json(&Document {
            version: VERSION,
            contract: first.contract.name(),
            profile: first.contract.profile(),
            target: first.contract.part(),
            ready,
            what_if: Some(&arguments.what_if),
            environments: &differences,
        })?;
    } else {
        let texts: Vec<_> = projects
            .iter()
            .zip(&differences)
            .map(|(project, difference)| {
                difference_text(&project.contract, &arguments.what_if, difference, edge.output_look)
            })
            .collect();
        edge.output.write_all(texts.join("\n").as_bytes())?;
    }
    Ok(if ready { Exit::Yes } else { Exit::No })
}

/// An environment as it is and, if other values were given, as it would be.
fn overviews_of(
    arguments: &StatusArguments,
    project: &Project,
    edge: &mut Edge,
) -> Result<(Overview, Option<Overview>), CliError> {
    let reading = Reading { process: !arguments.no_process_env, complete: false, stored: None };
    let other = what_if(&project.contract, &arguments.what_if)?;
    let (gathered, otherwise) = gather_with(edge, project, &arguments.input, reading, other)?;
    let now = Overview::new(&gathered, &gathered.resolution);
    Ok((now, otherwise.map(|resolution| Overview::new(&gathered, &resolution))))
}
