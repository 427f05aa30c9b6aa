//! `envctl diff A B`: two environments or files, by key and state, never by showing a value.

use std::path::Path;

use envctl_dotenv::Severity;
use envctl_resolver::sources::{EnvFile, FileRef, SourceError};
use envschema::{Schema, nearest};

use crate::arguments::{DiffArguments, InputArguments};
use crate::comparison::{Comparison, Side, comparison_text};
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::gather::{Reading, gather};
use crate::project::{Project, own_schema, settings};
use crate::render::counted;
use crate::settings::Loaded;

pub(crate) fn diff(arguments: &DiffArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let loaded = settings(edge, &arguments.project, None)?;
    let (_, schema) = own_schema(edge, &loaded, &arguments.project)?;
    let contract = schema.contract(None, arguments.profile.as_deref());
    let contract = contract.map_err(|error| CliError::Selection { error, given_by: None })?;
    let mut sides = Vec::new();
    for name in [&arguments.a, &arguments.b] {
        let side = if is_environment(&schema, &loaded, name) {
            environment(arguments, name, edge)?
        } else {
            let file = read_file(&schema, name, edge)?;
            let unread = file.problems.iter().filter(|problem| problem.severity == Severity::Error).count();
            let side = Side::file(name, &file, &contract);
            tell_unread(edge, name, unread + side.doubtful);
            side
        };
        sides.push(side);
    }
    let [a, b] = sides.as_slice() else { return Ok(Exit::Yes) };
    let comparison = Comparison::new(&contract, a, b);
    if arguments.json {
        edge.print_json(&comparison)?;
    } else {
        let text = comparison_text(&comparison, arguments.all, edge.output_look);
        edge.output.write_all(text.as_bytes())?;
    }
    let same = comparison.same;
    edge.contract = Some(schema);
    Ok(if same { Exit::Yes } else { Exit::No })
}

/// Whether a name is that of an environment. A contract that names none leaves it to the settings.
fn is_environment(schema: &Schema, loaded: &Loaded, name: &str) -> bool {
    let named = schema.base().environments();
    named.iter().any(|one| one.name == name)
        || (named.is_empty() && loaded.settings.environments.contains_key(name))
}

fn environment(arguments: &DiffArguments, name: &str, edge: &mut Edge) -> Result<Side, CliError> {
    let mut input = InputArguments {
        project: arguments.project.clone(),
        profile: arguments.profile.clone(),
        ..InputArguments::default()
    };
    input.project.environment = vec![name.to_owned()];
    let project = Project::open(edge, &input)?;
    // The process environment would give both sides the same.
    let gathered = gather(edge, &project, &input, Reading { process: false, complete: false, stored: None })?;
    Ok(Side::environment(name, &gathered.resolution))
}

fn read_file(schema: &Schema, name: &str, edge: &Edge) -> Result<EnvFile, CliError> {
    if name == "-" {
        return Err(CliError::InputSide);
    }
    match EnvFile::read(FileRef::new(&edge.path(Path::new(name)), name)) {
        Err(SourceError::NotFound { .. }) => {
            let known: Vec<&str> = schema.base().environments().iter().map(|one| one.name.as_str()).collect();
            Err(CliError::NoSide {
                name: name.to_owned(),
                near: nearest(name, known.iter().copied()).map(str::to_owned),
                known: known.join(", "),
            })
        }
        read => Ok(read?),
    }
}

/// Lines that were not compared: nobody should take two files for equal that are not.
fn tell_unread(edge: &mut Edge, name: &str, lines: usize) {
    if lines > 0 {
        let are = if lines == 1 { "is" } else { "are" };
        edge.tell(&format!(
            "{} of {name} {are} not compared; `envctl validate --env-file {name}` tells why",
            counted(lines, "line")
        ));
    }
}
