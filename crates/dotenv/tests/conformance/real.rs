//! [`Real`]: a program that reads `.env` text, and how it is asked.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use envctl_dotenv::Dialect;
use serde_json::Value;

/// A program, and the rules that it is held against.
pub(crate) struct Real {
    /// The program and its version, as failures and counts name it.
    pub(crate) name: &'static str,
    /// The rules.
    pub(crate) dialect: Dialect,
    /// How many texts one start of the program is given.
    pub(crate) batch: usize,
    /// How it is asked.
    pub(crate) driver: Driver,
}

/// How a program is asked what it sees in texts; nothing when it is not there.
pub(crate) enum Driver {
    /// It takes a JSON array of texts on its standard input, and prints an array with `{"values": {…}}` or
    /// `{"error": "…"}` for each.
    Program(fn() -> Option<Command>),
    /// A function that does it.
    Function(fn(&[String]) -> Option<Vec<Sight>>),
}

/// What a program sees in a text.
#[derive(Debug)]
pub(crate) enum Sight {
    /// These variables.
    Values(BTreeMap<String, String>),
    /// It refuses the text, with this error.
    Refused(String),
}

impl Real {
    /// How many rounds this run has; nothing when the program is not there.
    #[expect(clippy::disallowed_methods, reason = "a test program is the edge")]
    pub(crate) fn rounds(&self) -> Option<usize> {
        let rounds = std::env::var("ENVCTL_CONFORMANCE").ok().and_then(|rounds| rounds.parse().ok());
        self.read(&["A=b\n".to_owned()]).map(|_| rounds.unwrap_or(2))
    }

    /// What the program sees in each text.
    #[expect(clippy::disallowed_methods, reason = "a test program is the edge")]
    pub(crate) fn read(&self, texts: &[String]) -> Option<Vec<Sight>> {
        let sights = match &self.driver {
            Driver::Program(command) => command().map(|command| ask(self.name, command, texts)),
            Driver::Function(function) => function(texts),
        };
        if sights.is_none() {
            assert!(std::env::var_os("CI").is_none(), "{} is missing; run `cargo xtask readers`", self.name);
            self.tell("not installed, nothing shown; `cargo xtask readers` installs it");
        }
        if let Some(sights) = &sights {
            assert_eq!(sights.len(), texts.len(), "an answer of {} for each text", self.name);
        }
        sights
    }

    /// Tells a count, where a person sees it.
    #[expect(clippy::print_stdout, reason = "the counts are what a long run is for")]
    pub(crate) fn tell(&self, what: &str) {
        println!("conformance: {} as {}: {what}", self.name, self.dialect);
    }
}

fn ask(name: &str, mut command: Command, texts: &[String]) -> Vec<Sight> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{name} does not start: {error}"));
    let mut input = child.stdin.take().expect("a pipe");
    let texts = serde_json::to_vec(texts).expect("texts are JSON");
    let writer = std::thread::spawn(move || input.write_all(&texts));
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("no panic").expect("it reads its input");
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name} ends with {}: {messages}", output.status);
    let answers: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!("{name} prints no JSON: {error}: {}", String::from_utf8_lossy(&output.stdout))
    });
    answers.into_iter().map(sight).collect()
}

fn sight(answer: Value) -> Sight {
    match answer {
        Value::Object(mut answer) => match (answer.remove("values"), answer.remove("error")) {
            (Some(values), None) => Sight::Values(serde_json::from_value(values).expect("texts by name")),
            (None, Some(Value::String(error))) => Sight::Refused(error),
            other => panic!("an answer that is none: {other:?}"),
        },
        other => panic!("an answer that is none: {other}"),
    }
}

/// The folder of this file's programs.
pub(crate) fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/readers"))
}

/// A file under the folder that `cargo xtask readers` installs into; nothing when it is not there.
pub(crate) fn tool(path: &str) -> Option<PathBuf> {
    let tool = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/readers")).join(path);
    tool.exists().then_some(tool)
}
