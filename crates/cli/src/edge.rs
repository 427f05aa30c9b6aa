//! [`Edge`]: everything a command takes from the process around it, taken once.
//!
//! No other module reads the environment, the standard streams or the working folder.

use std::ffi::OsString;
use std::io::{self, IsTerminal, Read, Write};
use std::path::PathBuf;

use envctl_resolver::producers::{OsRandom, RandomSource};
use envctl_resolver::runner::{Runner, SystemRunner};
use envctl_resolver::sources::ProcessSnapshot;
use zeroize::Zeroizing;

use crate::error::CliError;
use crate::render::{Look, Tone};

/// What a command gets from outside. Tests build their own.
pub struct Edge {
    /// The arguments, the program's name first.
    pub arguments: Vec<OsString>,
    /// The process environment, as it was at the start.
    pub environment: ProcessSnapshot,
    /// The folder that relative paths start from.
    pub folder: PathBuf,
    /// Standard input.
    pub input: Box<dyn Read>,
    /// Standard output: data.
    pub output: Box<dyn Write>,
    /// Standard error: everything else.
    pub messages: Box<dyn Write>,
    /// How output is to look.
    pub output_look: Look,
    /// How messages are to look.
    pub messages_look: Look,
    /// Runs outside commands.
    pub runner: Box<dyn Runner>,
    /// Draws randomness for generators.
    pub random: Box<dyn RandomSource>,
}

impl Edge {
    /// The edge of the running process.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place where the environment is read")]
    pub fn from_process() -> Self {
        let environment: ProcessSnapshot = std::env::vars_os().collect();
        let width = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        let look = |terminal: bool| Look::choose(terminal, width.filter(|_| terminal), &environment);
        Self {
            arguments: std::env::args_os().collect(),
            folder: PathBuf::new(),
            input: Box::new(io::stdin()),
            output_look: look(io::stdout().is_terminal()),
            messages_look: look(io::stderr().is_terminal()),
            output: Box::new(io::BufWriter::new(io::stdout())),
            messages: Box::new(io::stderr()),
            runner: Box::new(SystemRunner::new(environment.clone())),
            random: Box::new(OsRandom),
            environment,
        }
    }

    /// A path of the user, from the working folder on.
    pub(crate) fn path(&self, path: &std::path::Path) -> PathBuf {
        self.folder.join(path)
    }

    /// All of standard input.
    pub(crate) fn read_input(&mut self) -> io::Result<Zeroizing<Vec<u8>>> {
        let mut bytes = Zeroizing::new(Vec::new());
        self.input.read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// Saying things.
impl Edge {
    /// JSON to standard output, with a final line break.
    pub(crate) fn print_json<T: serde::Serialize>(&mut self, value: &T) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut self.output, value)?;
        self.output.write_all(b"\n")
    }

    /// A line to standard error.
    pub(crate) fn tell(&mut self, line: &str) -> io::Result<()> {
        writeln!(self.messages, "{line}")
    }

    /// Why a command could not answer, and what to do.
    pub(crate) fn tell_error(&mut self, error: &CliError) {
        let look = self.messages_look;
        // Standard error itself may be closed: then there is nobody to tell.
        let _ = match error {
            CliError::Schema { errors } => self.tell_schema_errors(errors),
            error => {
                let head = look.paint(Tone::Error, "error");
                let mut text = format!("{head}: {}", error.to_string().trim_end());
                if let Some(help) = error.help() {
                    text.push_str(&format!("\n{}: {help}", look.paint(Tone::Good, "help")));
                }
                self.tell(&text)
            }
        };
    }

    /// Every mistake of a contract, and how many there are.
    pub(crate) fn tell_schema_errors(&mut self, errors: &envschema::SchemaErrors) -> io::Result<()> {
        let count = errors.iter().len();
        let plural = if count == 1 { "" } else { "s" };
        let text = errors.render(self.messages_look.colour);
        self.tell(&format!("{text}\n\nthe contract has {count} mistake{plural}"))
    }

    /// Help and version to standard output, mistakes of the command line to standard error.
    pub(crate) fn print_clap(&mut self, error: &clap::Error) -> Result<crate::Exit, CliError> {
        let wanted = !error.use_stderr();
        let look = if wanted { self.output_look } else { self.messages_look };
        let rendered = error.render();
        let text = if look.colour { rendered.ansi().to_string() } else { rendered.to_string() };
        if wanted {
            self.output.write_all(text.as_bytes())?;
            return Ok(crate::Exit::Yes);
        }
        self.messages.write_all(text.as_bytes())?;
        Ok(crate::Exit::Usage)
    }
}
