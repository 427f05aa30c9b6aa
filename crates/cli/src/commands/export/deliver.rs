//! Where an export goes: to standard output, or to a file that may exist.

use std::path::Path;

use envctl_dotenv::{Dialect, Reader, Variable};
use envctl_resolver::Resolution;
use zeroize::Zeroizing;

use crate::arguments::ExportArguments;
use crate::ask;
use crate::edge::Edge;
use crate::env_file::{Changes, Layout, NotMade, changes_text, lay_out, update};
use crate::error::CliError;
use crate::project::Project;
use crate::read;
use crate::select::Leaving;
use crate::write::{Output, Written};
use envctl_engine::format::{self, Exported, Form};

/// The file of `--output` with what it holds, if there is one.
pub(super) struct Destination<'a>(Option<(Output<'a>, Option<Zeroizing<Vec<u8>>>)>);

impl<'a> Destination<'a> {
    /// Looks at the file.
    ///
    /// # Errors
    ///
    /// As [`Output::open`] and [`Output::read`].
    pub(super) fn open(arguments: &'a ExportArguments, edge: &Edge) -> Result<Self, CliError> {
        let Some(given) = &arguments.output else { return Ok(Self(None)) };
        let output = Output::open(&edge.path(given), given)?;
        let before = output.read()?;
        Ok(Self(Some((output, before))))
    }

    /// The file's bytes, if it exists.
    fn before(&self) -> Option<&[u8]> {
        let (_, before) = self.0.as_ref()?;
        before.as_ref().map(|bytes| bytes.as_slice())
    }

    /// The file's text, if it exists and is an env file.
    fn text(&self, arguments: &ExportArguments) -> Result<Option<&str>, CliError> {
        let not_text = |_| CliError::NotText { path: arguments.output.clone().unwrap_or_default() };
        self.before().map(|bytes| std::str::from_utf8(bytes).map_err(not_text)).transpose()
    }
}

/// The whole text that the values make, with what the file has already where its form is one to be updated.
pub(super) fn made(
    arguments: &ExportArguments,
    edge: &mut Edge,
    form: &Form<'_>,
    resolution: &Resolution,
    leaving: &Leaving,
    values: &[Exported<'_>],
    destination: &Destination<'_>,
) -> Result<Zeroizing<String>, NotMade> {
    let printed = || format::print(form, resolution, values).map_err(NotMade::Refused);
    let &Form::Dotenv(dialect) = form else { return printed() };
    let before = destination.text(arguments).map_err(NotMade::File)?;
    if let Some(shown) = &arguments.template {
        let template = template(shown, edge).map_err(NotMade::File)?;
        let template = &*template;
        let laid_out = lay_out(&Layout { template, shown, before, resolution, leaving, values, dialect })?;
        if !laid_out.unknown.is_empty() {
            let names = laid_out.unknown.join(", ");
            edge.tell(&format!("not in the contract, and only a comment now: {names}"));
        }
        return Ok(laid_out.text);
    }
    match before.zip(arguments.output.as_deref()) {
        Some((before, shown)) => update(before, shown, values, dialect),
        None => printed(),
    }
}

/// Refuses to write an env file of the environment that the next run would read with other values.
pub(super) fn reads_again(
    arguments: &ExportArguments,
    edge: &Edge,
    project: &Project,
    form: &Form<'_>,
    text: &str,
) -> Result<(), CliError> {
    let (&Form::Dotenv(written), Some(output)) = (form, &arguments.output) else { return Ok(()) };
    let read = project.dialect();
    let is_own = project.env_files().iter().any(|file| project.path(file).0 == edge.path(output));
    if !is_own || written == read {
        return Ok(());
    }
    let (theirs, ours) = (Reader::new(written).read(text), Reader::new(read).read(text));
    let differs = |variable: &&Variable| theirs.outcome(variable.name()) != ours.outcome(variable.name());
    match theirs.variables().find(differs) {
        None => Ok(()),
        Some(variable) => Err(CliError::OtherDialect {
            name: variable.name().to_owned(),
            path: output.clone(),
            dialect: written.name(),
        }),
    }
}

fn template(shown: &Path, edge: &Edge) -> Result<Zeroizing<String>, CliError> {
    let unreadable = |error| CliError::Unreadable { path: shown.to_owned(), error };
    let bytes = read::file(&edge.path(shown)).map_err(unreadable)?;
    let text = std::str::from_utf8(&bytes).map_err(|_| CliError::NotText { path: shown.to_owned() })?;
    Ok(Zeroizing::new(text.to_owned()))
}

/// Prints the text, or writes it to the file. One that exists and would change is changed with consent only.
pub(super) fn deliver(
    arguments: &ExportArguments,
    edge: &mut Edge,
    form: &Form<'_>,
    text: &str,
    destination: &Destination<'_>,
) -> Result<(), CliError> {
    let (Some(given), Some((output, before))) = (&arguments.output, &destination.0) else {
        return Ok(edge.output.write_all(text.as_bytes())?);
    };
    let before = before.as_ref().map(|bytes| bytes.as_slice());
    let file = given.display();
    if before == Some(text.as_bytes()) {
        edge.tell(&format!("{file} unchanged"));
        return Ok(());
    }
    let changes = before.and_then(|before| changes(form, before, text));
    if before.is_some() && !arguments.yes {
        consent(edge, given, changes.as_ref())?;
    }
    let told = match output.write(text.as_bytes(), before)? {
        Written::Created => format!("{file} written"),
        Written::Unchanged => format!("{file} unchanged"),
        Written::Replaced { shared } => {
            let what = match &changes {
                Some(changes) => format!("{file} changed: {}", changes.summary()),
                None => format!("{file} replaced"),
            };
            if shared { format!("{what}; others can read it: `chmod 600 {file}`") } else { what }
        }
    };
    edge.tell(&told);
    Ok(())
}

/// What changes, by name, in forms that we can read.
fn changes(form: &Form<'_>, before: &[u8], text: &str) -> Option<Changes> {
    match form {
        Form::Dotenv(dialect) => of_env_file(before, text, *dialect),
        Form::Docker => of_env_file(before, text, Dialect::Docker),
        Form::Json | Form::TypedJson => Changes::of_json(before, text),
        _ => None,
    }
}

fn of_env_file(before: &[u8], text: &str, dialect: Dialect) -> Option<Changes> {
    let before = std::str::from_utf8(before).ok()?;
    Some(Changes::of_env_file(before, text, dialect))
}

/// Tells what would change, and asks whether it may.
///
/// # Errors
///
/// `WouldOverwrite` if there is nobody to be asked, `NoConsent` for a no.
fn consent(edge: &mut Edge, given: &Path, changes: Option<&Changes>) -> Result<(), CliError> {
    let path = || given.to_owned();
    if let Some(changes) = changes {
        let text = changes_text(changes, edge.messages_look);
        edge.tell(&format!("{} would change:\n{text}", given.display()));
    }
    if !edge.asks {
        return Err(CliError::WouldOverwrite { path: path() });
    }
    let question = match changes {
        Some(_) => format!("change {}?", crate::render::shown(given)),
        None => format!("replace {}?", crate::render::shown(given)),
    };
    if ask::yes(edge, &question)? { Ok(()) } else { Err(CliError::NoConsent { path: path() }) }
}
