//! Running the command line, as a program and in this process.

#[cfg(target_os = "linux")]
pub(crate) mod terminal;

use std::cell::RefCell;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::rc::Rc;

use envctl::{Edge, Exit, Look};
use envctl_resolver::producers::{RandomError, RandomSource};
use envctl_resolver::runner::Runner;
use envctl_testkit::ScriptedRunner;

/// One of our programs, with an empty environment.
pub(crate) fn program(name: &str) -> Command {
    let path = match name {
        "envctl" => env!("CARGO_BIN_EXE_envctl"),
        "envctl-validate" => env!("CARGO_BIN_EXE_envctl-validate"),
        "envctl-export" => env!("CARGO_BIN_EXE_envctl-export"),
        other => panic!("`{other}` is not one of our programs"),
    };
    let mut command = Command::new(path);
    command.env_clear();
    // A program with the cloud linked in may lie beside it or not; these tests are not about that one.
    command.env("_ENVCTL_HANDED_OVER", "1");
    command
}

/// Runs a command with this standard input.
pub(crate) fn with_input(mut command: Command, input: &[u8]) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A program that does not read its input may be gone already.
    let _ = child.stdin.take().expect("a pipe").write_all(input);
    child.wait_with_output().expect("the program ends")
}

/// The words of a command line, with quotes as in a shell and nothing else.
pub(crate) fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for c in line.chars() {
        match (quote, c) {
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (Some(open), c) if open == c => quote = None,
            (None, ' ') => words.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// A command line to carry out in this process.
pub(crate) struct Inside {
    pub(crate) folder: PathBuf,
    pub(crate) arguments: Vec<String>,
    pub(crate) environment: Vec<(String, String)>,
    pub(crate) input: Box<dyn Read>,
    pub(crate) look: Look,
    pub(crate) runner: Box<dyn Runner>,
    pub(crate) random: Box<dyn RandomSource>,
}

impl Default for Inside {
    fn default() -> Self {
        Self {
            folder: PathBuf::new(),
            arguments: Vec::new(),
            environment: Vec::new(),
            input: Box::new(io::empty()),
            look: Look::PLAIN,
            runner: Box::new(ScriptedRunner::new()),
            random: Box::new(Counting(0)),
        }
    }
}

impl Inside {
    /// Runs `envctl`: its exit code, output and messages.
    pub(crate) fn run(self) -> (Exit, Vec<u8>, Vec<u8>) {
        let (output, messages) = (Kept::default(), Kept::default());
        let mut edge = Edge {
            arguments: self.arguments.into_iter().map(Into::into).collect(),
            environment: self.environment.into_iter().collect(),
            folder: self.folder,
            input: self.input,
            asks: false,
            output: Box::new(output.clone()),
            messages: Box::new(messages.clone()),
            output_look: self.look,
            messages_look: self.look,
            runner: self.runner,
            random: self.random,
            cloud: None,
            contract: None,
        };
        let exit = envctl::execute(&mut edge);
        (exit, output.0.take(), messages.0.take())
    }
}

/// What was written, to be read afterwards.
#[derive(Clone, Default)]
struct Kept(Rc<RefCell<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// No randomness: 0, 1, 2, ...
pub(crate) struct Counting(u8);

impl RandomSource for Counting {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), RandomError> {
        for byte in bytes {
            *byte = self.0;
            self.0 = self.0.wrapping_add(1);
        }
        Ok(())
    }
}
