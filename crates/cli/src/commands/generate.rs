//! `envctl generate`: files that follow from the contract alone.

use std::io::ErrorKind;
use std::path::Path;

use super::init::is_example;
use crate::arguments::{GenerateArguments, GeneratedForm};
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::generate::{
    Everywhere, Model, env_example, is_generated, json_schema, markdown, rust, typescript,
};
use crate::project::Project;
use crate::read;
use crate::write::{Written, write_shared};

pub(crate) fn generate(arguments: &GenerateArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let project = Project::open_for_every_environment(edge, &arguments.input())?;
    let choice = choice(arguments);
    let Some(schema) = edge.contract.as_ref() else { return Ok(Exit::Yes) };
    let everywhere = Everywhere::new(schema, &project.contract);
    let model = Model::new(&project.contract, &everywhere, project.target.as_deref(), &choice);
    let text = match arguments.form {
        GeneratedForm::EnvExample if project.is_of_stack() => {
            return Err(CliError::NoEnvFile { contract: project.contract_file });
        }
        GeneratedForm::EnvExample => env_example(&model),
        GeneratedForm::TypeScript => typescript(&model),
        GeneratedForm::Rust => rust(&model),
        GeneratedForm::JsonSchema => json_schema(&model),
        GeneratedForm::Markdown => markdown(&model),
    };
    let Some(given) = &arguments.output else {
        edge.output.write_all(text.as_bytes())?;
        return Ok(Exit::Yes);
    };
    if arguments.check {
        let command = command(arguments, &choice, given);
        return check(given, &text, &command, edge);
    }
    write(arguments, given, &text, edge)?;
    Ok(Exit::Yes)
}

/// Writes the file. One that was generated before is replaced; anything else is left alone unless `--yes`. So is an env
/// file that is no example by its name: somebody may have copied one and filled it in.
fn write(arguments: &GenerateArguments, given: &Path, text: &str, edge: &mut Edge) -> Result<(), CliError> {
    let path = edge.path(given);
    let now = path.is_file().then(|| read::file(&path).ok()).flatten();
    let may_be_filled_in = arguments.form == GeneratedForm::EnvExample && !is_example(given);
    let replace = arguments.yes || (!may_be_filled_in && now.as_ref().is_some_and(|now| is_generated(now)));
    // A file that a checkout gave other line ends is not written anew for them.
    let is_same = now.as_ref().is_some_and(|now| same(now, text));
    let told = match is_same {
        true => "unchanged",
        false => match write_shared(&path, given, text.as_bytes(), replace)? {
            Written::Created => "written",
            Written::Replaced { .. } => "replaced",
            Written::Unchanged => "unchanged",
        },
    };
    edge.tell(&format!("{} {told}", given.display()));
    Ok(())
}

/// Whether the file is what would be written, and if not, what makes it so.
fn check(given: &Path, text: &str, command: &str, edge: &mut Edge) -> Result<Exit, CliError> {
    let file = given.display();
    let stale = match read::file(&edge.path(given)) {
        Ok(now) if same(&now, text) => return Ok(Exit::Yes),
        Ok(_) => "is stale: the contract says something else",
        Err(error) if error.kind() == ErrorKind::NotFound => "is not there",
        Err(error) => return Err(CliError::Unreadable { path: given.to_owned(), error }),
    };
    edge.tell(&format!("{file} {stale}\nhelp: `{command}` writes it"));
    Ok(Exit::No)
}

/// Whether two texts are the same but for their line ends.
fn same(now: &[u8], text: &str) -> bool {
    std::str::from_utf8(now).is_ok_and(|now| now.lines().eq(text.lines()))
}

/// What is generated of what, which the file tells: `typescript --target web`.
fn choice(arguments: &GenerateArguments) -> String {
    let environment = arguments.project.environment.first();
    let options = [
        ("environment", environment),
        ("profile", arguments.profile.as_ref()),
        ("target", arguments.target.as_ref()),
    ];
    let mut words = arguments.form.word().to_owned();
    for (name, value) in options {
        push(&mut words, name, value.map(String::as_str));
    }
    if arguments.stack {
        words.push_str(" --stack");
    }
    words
}

/// The command that writes the file, here.
fn command(arguments: &GenerateArguments, choice: &str, file: &Path) -> String {
    let mut line = format!("envctl generate {choice}");
    let given = &arguments.project;
    for (name, path) in
        [("project", given.project.as_deref()), ("schema", given.schema.as_deref()), ("output", Some(file))]
    {
        push(&mut line, name, path.map(Path::to_string_lossy).as_deref());
    }
    line
}

/// An option, its value as a shell reads it.
fn push(line: &mut String, name: &str, value: Option<&str>) {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:@+=,".contains(c);
    match value {
        None => {}
        Some(value) if !value.is_empty() && value.chars().all(plain) => {
            line.push_str(&format!(" --{name} {value}"));
        }
        Some(value) => line.push_str(&format!(" --{name} '{}'", value.replace('\'', r"'\''"))),
    }
}
