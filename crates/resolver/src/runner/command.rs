//! [`Command`]: what to run, and what the child may see.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use envschema::SecretValue;

/// A program with its arguments and limits.
///
/// The arguments are public: every user of the machine can list them. Secrets go through standard input
/// ([`Command::stdin`]) or the child's environment ([`Command::secret_env`]).
#[derive(Clone, Debug)]
pub struct Command {
    program: String,
    args: Vec<String>,
    folder: Option<PathBuf>,
    passes: Vec<String>,
    env: Vec<(String, SecretValue)>,
    secrets: Vec<SecretValue>,
    stdin: Option<SecretValue>,
    deadline: Duration,
    output_limit: usize,
    install: Option<String>,
}

impl Command {
    /// How long a command may run unless it says otherwise: two minutes.
    pub const DEADLINE: Duration = Duration::from_secs(120);

    /// How many bytes a command may print unless it says otherwise: 16 MiB.
    pub const OUTPUT_LIMIT: usize = 16 << 20;

    /// A command without arguments. The program is looked up on the `PATH` that the child gets.
    #[must_use]
    pub fn new(program: impl Into<String>) -> Self {
        Self {
            program: program.into(),
            args: Vec::new(),
            folder: None,
            passes: Vec::new(),
            env: Vec::new(),
            secrets: Vec::new(),
            stdin: None,
            deadline: Self::DEADLINE,
            output_limit: Self::OUTPUT_LIMIT,
            install: None,
        }
    }

    /// Adds arguments. They are public, see [`Command`].
    #[must_use]
    pub fn args<S: Into<String>>(mut self, args: impl IntoIterator<Item = S>) -> Self {
        self.args.extend(args.into_iter().map(Into::into));
        self
    }

    /// Runs in this folder instead of the current one.
    #[must_use]
    pub fn folder(mut self, folder: impl Into<PathBuf>) -> Self {
        self.folder = Some(folder.into());
        self
    }

    /// Lets the child see these variables of the snapshot; a name that ends in `*` stands for all names with
    /// that beginning. `PATH` and `HOME` are always passed.
    #[must_use]
    pub fn pass<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.passes.extend(names.into_iter().map(Into::into));
        self
    }

    /// Sets a variable of the child that is not secret.
    #[must_use]
    pub fn env(mut self, name: impl Into<String>, value: &str) -> Self {
        self.env.push((name.into(), SecretValue::from(value)));
        self
    }

    /// Sets a secret variable of the child; its value is removed from what is shown of standard error.
    #[must_use]
    pub fn secret_env(mut self, name: impl Into<String>, value: SecretValue) -> Self {
        self.secrets.push(value.clone());
        self.env.push((name.into(), value));
        self
    }

    /// Marks a value that the child may know by other ways, so that it is removed from what is shown of
    /// standard error.
    #[must_use]
    pub fn secret(mut self, value: SecretValue) -> Self {
        self.secrets.push(value);
        self
    }

    /// Writes this text to standard input, which is empty otherwise. The whole text and each of its longer
    /// lines count as secret.
    #[must_use]
    pub fn stdin(mut self, text: SecretValue) -> Self {
        self.secrets.push(text.clone());
        self.stdin = Some(text);
        self
    }

    /// Ends the program when it runs longer.
    #[must_use]
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Ends the program when it prints more bytes than this on standard output.
    #[must_use]
    pub fn output_limit(mut self, bytes: usize) -> Self {
        self.output_limit = bytes;
        self
    }

    /// How to get the program, shown when it is not there.
    #[must_use]
    pub fn install(mut self, help: impl Into<String>) -> Self {
        self.install = Some(help.into());
        self
    }

    /// The program's name or path.
    #[must_use]
    pub fn program(&self) -> &str {
        &self.program
    }

    /// The arguments, in order, without the program.
    #[must_use]
    pub fn arguments(&self) -> &[String] {
        &self.args
    }

    /// The folder to run in.
    #[must_use]
    pub fn working_folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// The names of the snapshot that the child sees, as given to [`Command::pass`].
    #[must_use]
    pub fn passed_names(&self) -> &[String] {
        &self.passes
    }

    /// The variables that are set for the child.
    #[must_use]
    pub fn variables(&self) -> &[(String, SecretValue)] {
        &self.env
    }

    /// The text for standard input.
    #[must_use]
    pub fn input(&self) -> Option<&SecretValue> {
        self.stdin.as_ref()
    }

    pub(super) fn secrets(&self) -> &[SecretValue] {
        &self.secrets
    }

    pub(super) fn time(&self) -> Duration {
        self.deadline
    }

    pub(super) fn limit(&self) -> usize {
        self.output_limit
    }

    pub(super) fn install_help(&self) -> Option<&str> {
        self.install.as_deref()
    }
}

/// The command line as a person would type it.
impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_word(f, &self.program)?;
        for arg in &self.args {
            f.write_str(" ")?;
            write_word(f, arg)?;
        }
        Ok(())
    }
}

/// One word for a POSIX shell, quoted only where it must be. Control characters are shown escaped, since
/// they would act on a terminal.
fn write_word(f: &mut fmt::Formatter<'_>, word: &str) -> fmt::Result {
    let plain = |c: char| c.is_alphanumeric() || "_-./:=@%+,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return f.write_str(word);
    }
    f.write_str("'")?;
    for c in word.chars() {
        match c {
            '\'' => f.write_str(r"'\''")?,
            c if c.is_control() => write!(f, "{}", c.escape_default())?,
            c => write!(f, "{c}")?,
        }
    }
    f.write_str("'")
}
