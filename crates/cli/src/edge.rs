//! [`Edge`]: everything a command takes from the process around it, taken once.
//!
//! No other module reads the environment, the standard streams or the working folder.

use std::ffi::OsString;
use std::io::{self, IsTerminal, Read, Write};
use std::path::PathBuf;

use envctl_resolver::producers::{OsRandom, RandomSource};
use envctl_resolver::runner::{Runner, SystemRunner};
use envctl_resolver::sources::ProcessSnapshot;
use envctl_sync::Cloud;
use envschema::Schema;
use zeroize::Zeroizing;

use crate::error::CliError;
use crate::render::{Look, Tone, counted, printable};

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
    /// Whether somebody can be asked: standard input and the messages are a terminal's.
    pub asks: bool,
    /// How output is to look.
    pub output_look: Look,
    /// How messages are to look.
    pub messages_look: Look,
    /// Runs outside commands.
    pub runner: Box<dyn Runner>,
    /// Draws randomness for generators.
    pub random: Box<dyn RandomSource>,
    /// Opens targets that need a cloud, if this program has one linked in.
    pub cloud: Option<Box<dyn Cloud>>,
    /// The contract that the command has read, kept to its end.
    pub contract: Option<Schema>,
}

impl Edge {
    /// Ends the use of the edge by a process that ends too. The contract, which holds no secret, is left to the
    /// system: giving its memory back piece by piece takes longer than resolving.
    pub(crate) fn leave(mut self) {
        std::mem::forget(self.contract.take());
    }

    /// The edge of the running process.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place where the environment is read")]
    pub fn from_process() -> Self {
        // How this program was started is nobody else's business: its children start others.
        let others = std::env::vars_os().filter(|(name, _)| name != HANDED_OVER);
        let environment: ProcessSnapshot = others.collect();
        let width = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        let look = |terminal: bool| Look::choose(terminal, width.filter(|_| terminal), &environment);
        Self {
            arguments: std::env::args_os().collect(),
            folder: PathBuf::new(),
            input: Box::new(io::stdin()),
            asks: io::stdin().is_terminal() && io::stderr().is_terminal(),
            output_look: look(io::stdout().is_terminal()),
            messages_look: look(io::stderr().is_terminal()),
            output: Box::new(io::BufWriter::new(UntilClosed::new(io::stdout()))),
            messages: Box::new(io::stderr()),
            runner: Box::new(SystemRunner::new(environment.clone())),
            random: Box::new(OsRandom),
            cloud: None,
            contract: None,
            environment,
        }
    }

    /// A path of the user, from the working folder on.
    pub(crate) fn path(&self, path: &std::path::Path) -> PathBuf {
        self.folder.join(path)
    }

    /// The working folder from the root of the file system on; as it is if the system does not tell.
    pub(crate) fn absolute_folder(&self) -> PathBuf {
        std::path::absolute(self.folder.join(".")).unwrap_or_else(|_| self.folder.clone())
    }

    /// All of standard input, each time it is asked for: what is planned twice is planned from the same.
    pub(crate) fn read_input(&mut self) -> io::Result<Zeroizing<Vec<u8>>> {
        let bytes = crate::read::to_end(&mut self.input)?;
        self.input = Box::new(Again { bytes: bytes.clone(), at: 0 });
        Ok(bytes)
    }
}

/// Tells a program that it was handed the command line, so that it hands it to nobody else.
pub(crate) const HANDED_OVER: &str = "_ENVCTL_HANDED_OVER";

/// Whether this program was handed the command line by another one.
#[expect(clippy::disallowed_methods, reason = "the edge of the process, which keeps it from its children")]
pub(crate) fn was_handed_over() -> bool {
    std::env::var_os(HANDED_OVER).is_some()
}

/// The file of this program, if the system tells.
pub(crate) fn program() -> Option<PathBuf> {
    std::env::current_exe().ok()
}

/// Standard output and standard error themselves, for what a child writes. Here a reader that goes away is an error:
/// the child should know.
pub(crate) fn outlets() -> (io::Stdout, io::Stderr) {
    (io::stdout(), io::stderr())
}

/// What was read, to be read again.
struct Again {
    bytes: Zeroizing<Vec<u8>>,
    at: usize,
}

impl Read for Again {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = (&self.bytes[self.at..]).read(buffer)?;
        self.at += read;
        Ok(read)
    }
}

/// Saying things.
impl Edge {
    /// JSON to standard output, with a final line break.
    pub(crate) fn print_json<T: serde::Serialize>(&mut self, value: &T) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut self.output, value)?;
        self.output.write_all(b"\n")
    }

    /// Lines to standard error. If it is closed there is nobody to tell, and the answer stays the same.
    pub(crate) fn tell(&mut self, text: &str) {
        let text = printable(text.trim_end(), self.messages_look.colour);
        let _ = writeln!(self.messages, "{text}");
    }

    /// Why a command could not answer, and what to do.
    pub(crate) fn tell_error(&mut self, error: &CliError) {
        if let CliError::Schema { errors } = error {
            return self.tell_schema_errors(errors);
        }
        let look = self.messages_look;
        let mut text = format!("{}: {error}", look.paint(Tone::Error, "error"));
        if let Some(help) = error.help() {
            text.push_str(&format!("\n{}: {help}", look.paint(Tone::Good, "help")));
        }
        self.tell(&text);
    }

    /// Every mistake of a contract, and how many there are.
    pub(crate) fn tell_schema_errors(&mut self, errors: &envschema::SchemaErrors) {
        let mistakes = counted(errors.iter().len(), "mistake");
        let text = errors.render(self.messages_look.colour);
        self.tell(&format!("{text}\n\n{} has {mistakes}", errors.name()));
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
        self.tell(&text);
        Ok(crate::Exit::Usage)
    }
}

/// Writes until the reader closes the pipe, and drops what comes after that. A reader that has enough is no
/// failure, and it changes nothing about the answer that the exit code gives.
struct UntilClosed<W> {
    inner: W,
    closed: bool,
}

impl<W: Write> UntilClosed<W> {
    fn new(inner: W) -> Self {
        Self { inner, closed: false }
    }

    fn closed<T>(&mut self, done: io::Result<T>, instead: T) -> io::Result<T> {
        match done {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(instead)
            }
            done => done,
        }
    }
}

impl<W: Write> Write for UntilClosed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.closed {
            return Ok(bytes.len());
        }
        let done = self.inner.write(bytes);
        self.closed(done, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.closed {
            return Ok(());
        }
        let done = self.inner.flush();
        self.closed(done, ())
    }
}
