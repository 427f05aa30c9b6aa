//! The form of `tests/conformance/*.txt`: sentences about the file, then parts that begin with `--- KIND`.
//!
//! `contract` and `file NAME` are what the requests work on. `request ABOUT` is a request; `command` after it are the words
//! after `envctl` that print the same as the result; `answer` is what every language gives.

use std::fmt;

/// One file.
pub(super) struct Cases {
    pub(super) about: String,
    pub(super) contract: Option<String>,
    pub(super) files: Vec<(String, String)>,
    pub(super) cases: Vec<Case>,
}

/// One request.
pub(super) struct Case {
    pub(super) about: String,
    pub(super) request: String,
    pub(super) command: Option<String>,
    pub(super) answer: String,
}

impl Cases {
    pub(super) fn parse(text: &str) -> Self {
        let (about, rest) = text.split_once("\n--- ").expect("a file has parts");
        let mut cases =
            Self { about: about.to_owned(), contract: None, files: Vec::new(), cases: Vec::new() };
        for part in rest.split("\n--- ") {
            let (head, body) = part.split_once('\n').expect("a part has a line of its own");
            // The line end before the next part, or the last one, belongs to the part.
            let body = if body.ends_with('\n') { body.to_owned() } else { format!("{body}\n") };
            let line = || body.trim_end().to_owned();
            match head.split_once(' ').unwrap_or((head, "")) {
                ("contract", _) => cases.contract = Some(body),
                ("file", name) => cases.files.push((name.to_owned(), body)),
                ("request", about) => cases.cases.push(Case {
                    about: about.to_owned(),
                    request: line(),
                    command: None,
                    answer: String::new(),
                }),
                ("command", _) => cases.cases.last_mut().expect("a request before").command = Some(line()),
                ("answer", _) => cases.cases.last_mut().expect("a request before").answer = line(),
                _ => panic!("a part cannot be `{head}`"),
            }
        }
        cases
    }
}

impl fmt::Display for Cases {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.about)?;
        if let Some(contract) = &self.contract {
            write!(f, "--- contract\n{contract}")?;
        }
        for (name, text) in &self.files {
            write!(f, "--- file {name}\n{text}")?;
        }
        for Case { about, request, command, answer } in &self.cases {
            writeln!(f, "--- request {about}\n{request}")?;
            if let Some(command) = command {
                writeln!(f, "--- command\n{command}")?;
            }
            writeln!(f, "--- answer\n{answer}")?;
        }
        Ok(())
    }
}
