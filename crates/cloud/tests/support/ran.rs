//! What a run printed, and how it ended.

use std::process::{Child, Command, ExitStatus};

use serde_json::Value;

/// What a run printed, and how it ended.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// A run that is going on.
pub(crate) struct Running(pub(super) Child);

impl Ran {
    /// Checks the exit code.
    #[track_caller]
    pub(crate) fn ended(self, code: i32) -> Self {
        assert_eq!(
            self.code,
            Some(code),
            "\n--- standard output\n{}--- standard error\n{}",
            self.out,
            self.err
        );
        self
    }

    /// Checks that these texts stand in what was printed, in this order.
    #[track_caller]
    pub(crate) fn told(self, texts: &[&str]) -> Self {
        let all = format!("{}{}", self.out, self.err);
        let mut rest = &*all;
        for text in texts {
            let Some(at) = rest.find(text) else {
                panic!("`{text}` does not stand in (or not behind the others)\n{all}")
            };
            rest = &rest[at + text.len()..];
        }
        self
    }

    /// Checks that a text does not stand in what was printed.
    #[track_caller]
    pub(crate) fn without(self, text: &str) -> Self {
        assert!(
            !self.out.contains(text) && !self.err.contains(text),
            "`{text}` stands in\n{}{}",
            self.out,
            self.err
        );
        self
    }

    /// Standard output as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error} in\n{}", self.out))
    }
}

impl Running {
    /// Ends it at once, as SIGKILL does.
    pub(crate) fn kill(mut self) {
        self.0.kill().expect("a run that is going on");
        self.0.wait().expect("a run that has ended");
    }

    /// Ends it as Ctrl-C does.
    pub(crate) fn interrupt(mut self) -> ExitStatus {
        let id = self.0.id().to_string();
        let sent = Command::new("kill").args(["-INT", &id]).status().expect("`kill` is there");
        assert!(sent.success(), "a run that is going on");
        self.0.wait().expect("a run that has ended")
    }
}
