//! [`CommandTarget`]: a program of the user's own.

use std::sync::Arc;

use envctl_resolver::runner::{Command, Output, RunError, Runner};
use envschema::SecretValue;

use super::protocol::{self, BadAnswer, Changed, Request, Seen};
use crate::bundle::{Bundle, BundleError, new_bundle};
use crate::change::{Applied, ApplyError, Change, ChangeKind};
use crate::target::{Details, Edits, Failure, Held, Identity, Observed, Refused, Shape, Target, TargetError};

/// A program that keeps records, for every place that envctl does not know itself. It is fed JSON on standard input and
/// answers with JSON; `docs/command-target.md` describes both.
///
/// Values are in its standard input only, never in its arguments or its environment. What it prints beside an answer
/// is not shown: it could hold values. Programs write JSON each in their own way, so what they hold is compared in one
/// spelling.
pub struct CommandTarget {
    command: Command,
    runner: Arc<dyn Runner + Send + Sync>,
}

/// Why a program gave no answer that counts.
enum Unanswered {
    /// It did not run at all.
    NotRun(TargetError),
    /// It ran, and may have done what it was asked.
    Ran(TargetError),
}

impl Unanswered {
    fn into_error(self) -> TargetError {
        let (Self::NotRun(error) | Self::Ran(error)) = self;
        error
    }
}

impl CommandTarget {
    /// The target that this command is. It must have no standard input yet.
    #[must_use]
    pub fn new(command: Command, runner: Arc<dyn Runner + Send + Sync>) -> Self {
        Self { command, runner }
    }

    /// Runs the program once.
    fn ask(&self, request: &Request<'_>) -> Result<Output, Unanswered> {
        let output = self.runner.run(&self.command.clone().stdin(request.to_text()));
        output.map_err(|error| self.unanswered(&error))
    }

    /// Changes one record, and gives its version.
    fn change(&self, name: &str, request: &Request<'_>) -> Result<String, ApplyError> {
        let removed = match request {
            Request::Remove { version, .. } => Some(*version),
            Request::Observe(_) | Request::Write { .. } => None,
        };
        let output = self.ask(request).map_err(|unanswered| match unanswered {
            Unanswered::NotRun(error) => ApplyError::Unchanged(error),
            Unanswered::Ran(error) => ApplyError::Unclear(error),
        })?;
        match protocol::changed(name, removed, &output.stdout) {
            Ok(Changed::Done(version)) => Ok(version),
            Ok(Changed::Conflict) => Err(ApplyError::Conflict),
            Ok(Changed::Failed(kind)) => Err(ApplyError::Unchanged(self.failed(kind))),
            Err(bad) => Err(ApplyError::Unclear(self.bad(&bad))),
        }
    }

    fn bad(&self, answer: &BadAnswer) -> TargetError {
        self.error(Failure::Rejected, &answer.to_string())
    }

    fn failed(&self, kind: Failure) -> TargetError {
        self.error(kind, "it says that it could not do it")
    }

    /// What happened to the program.
    fn error(&self, kind: Failure, what: &str) -> TargetError {
        TargetError {
            kind,
            code: None,
            message: format!("`{}`: {what}", self.command),
            help: Some("run it by hand to see what it prints".to_owned()),
        }
    }

    fn unanswered(&self, error: &RunError) -> Unanswered {
        let not_run = |error: &RunError, help: &str| {
            let help = Some(help.to_owned());
            let (kind, code, message) = (Failure::Settings, None, error.to_string());
            Unanswered::NotRun(TargetError { kind, code, message, help })
        };
        let ran = |kind, what: &str| Unanswered::Ran(self.error(kind, what));
        match error {
            RunError::NotFound { .. } => not_run(error, error.help()),
            RunError::NoFolder { .. } => not_run(error, "check the target's folder in envctl.toml"),
            RunError::Failed { status: Some(status), .. } => {
                ran(Failure::Rejected, &format!("it ended with status {status}"))
            }
            RunError::Failed { status: None, .. } => ran(Failure::Rejected, "a signal ended it"),
            RunError::TimedOut { deadline, .. } => {
                ran(Failure::Deadline, &format!("it did not end within {} s", deadline.as_secs()))
            }
            RunError::TooMuchOutput { limit, .. } => {
                ran(Failure::Rejected, &format!("it printed more than {limit} bytes"))
            }
            RunError::Io { source, .. } => {
                ran(Failure::Rejected, &format!("it could not be run: {}", source.kind()))
            }
            _ => ran(Failure::Rejected, "it could not be run"),
        }
    }

    fn look(&self, names: &[&str]) -> Result<Vec<Observed>, TargetError> {
        let output = self.ask(&Request::Observe(names)).map_err(Unanswered::into_error)?;
        let seen = protocol::seen(names, &output.stdout).map_err(|bad| self.bad(&bad))?;
        Ok(seen.into_iter().map(|seen| self.observed(seen)).collect())
    }

    fn observed(&self, seen: Seen<'_>) -> Observed {
        match seen {
            Seen::Absent => Observed::Absent,
            Seen::Failed(kind) => Observed::Unknown(self.failed(kind)),
            Seen::Held { version, values } => match Bundle::parse(values) {
                Ok(bundle) => Observed::Held(Held {
                    version,
                    reference: None,
                    entries: bundle.entries(),
                    content: bundle.respelt(),
                    is_own_version: false,
                }),
                Err(error) => {
                    let Refused { why, help } = no_object(&error);
                    Observed::Unusable { what: why, help }
                }
            },
        }
    }
}

fn no_object(error: &BundleError) -> Refused {
    Refused { why: error.to_string(), help: "have the program give an object of texts".to_owned() }
}

impl Target for CommandTarget {
    fn identity(&self) -> Result<Identity, TargetError> {
        Ok(Identity {
            kind: "command".to_owned(),
            address: self.command.to_string(),
            account: None,
            region: None,
            principal: None,
        })
    }

    fn shape(&self) -> Shape {
        Shape::Keys
    }

    fn observe(&self, names: &[&str]) -> Vec<Observed> {
        if names.is_empty() {
            return Vec::new();
        }
        let unknown = |error: TargetError| names.iter().map(|_| Observed::Unknown(error.clone())).collect();
        self.look(names).unwrap_or_else(unknown)
    }

    fn details(&self, _: &str, _: &Held) -> Result<Details, TargetError> {
        Ok(Details::default())
    }

    #[expect(clippy::disallowed_methods, reason = "becomes the content that the user's program is given")]
    fn render(&self, _: &str, held: Option<&Held>, edits: &Edits<'_>) -> Result<SecretValue, Refused> {
        let Some(held) = held else { return Ok(new_bundle(&edits.set)) };
        let read = |text: &SecretValue, make: &dyn Fn(Bundle<'_>) -> SecretValue| {
            Bundle::parse(text.expose()).map(make).map_err(|error| no_object(&error))
        };
        let edited = read(&held.content, &|bundle| bundle.edited(edits))?;
        read(&edited, &|bundle| bundle.respelt())
    }

    fn apply(&self, change: &Change<'_>) -> Result<Applied, ApplyError> {
        let name = change.name;
        let request = match &change.kind {
            ChangeKind::Create(new) => Request::Write { name, values: new.content, version: None },
            ChangeKind::Replace { held, new, adopt: _ } => {
                Request::Write { name, values: new.content, version: Some(&held.version) }
            }
            ChangeKind::Remove { held } => Request::Remove { name, version: &held.version },
            ChangeKind::Restore => {
                let what = "it does not bring records back";
                return Err(ApplyError::Unchanged(self.error(Failure::Rejected, what)));
            }
        };
        let version = self.change(name, &request)?;
        Ok(Applied { version, already: false, notes: Vec::new() })
    }

    fn marked(&self) -> Result<Vec<String>, TargetError> {
        Ok(Vec::new())
    }
}
