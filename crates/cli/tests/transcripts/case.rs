//! The form of a transcript.
//!
//! A title and a few words, then sections, each begun by a line with `---`:
//!
//! ```text
//! --- file PATH            a file of the project; its text follows
//! --- copy PATH            a file of this repository, at the same path
//! --- link PATH -> TARGET  a symbolic link
//! --- script PATH          a program, such as a stand-in for `pulumi`
//! --- mode PATH 0640       the mode of a file
//! --- folder PATH          an empty folder
//! --- remove PATH          takes a file away again
//! --- stdin                the standard input of the next command
//! --- terminal 80 colour   the next command runs on a terminal so wide; without, everything is piped
//! --- run [NAME=value]... [FOLDER$] PROGRAM ARGUMENTS
//! --- stdout, --- stderr   what it printed, if anything
//! --- exit CODE
//! --- wrote PATH MODE      a file that it wrote
//! ```
//!
//! What has the form `canary+...@end` is a secret: it may only be printed where an export is asked to put it.
//! In what is printed and in files, `␛` is an escape, `␍` a carriage return, `␦` a byte that is not UTF-8, `␄` an
//! end without a line break, and `{folder}` the folder of the project. `{random}` is what is different in each run: a new
//! key, or what a vault has sealed. Keys and sealed texts that stand in a file of the transcript are shown as they are.

use std::fmt;

/// A transcript.
pub(super) struct Case {
    /// Everything before the first section.
    head: String,
    pub(super) steps: Vec<Step>,
    /// Whether it uses links, modes or scripts.
    pub(super) needs_unix: bool,
}

/// A section, or the sections of one command.
pub(super) enum Step {
    /// Something that is made: the section's words, and its text.
    Make {
        words: String,
        text: String,
    },
    Run(Run),
}

/// A command with what it did.
#[derive(Default)]
pub(super) struct Run {
    pub(super) line: String,
    pub(super) stdout: String,
    pub(super) stderr: String,
    pub(super) exit: i32,
    /// Path, mode and text.
    pub(super) wrote: Vec<(String, String, String)>,
}

impl Case {
    pub(super) fn parse(name: &str, text: &str) -> Self {
        let mut sections = Vec::new();
        let mut head = String::new();
        for line in text.lines() {
            if let Some(words) = line.strip_prefix("--- ") {
                sections.push((words.to_owned(), String::new()));
            } else {
                let text = sections.last_mut().map_or(&mut head, |(_, text)| text);
                text.push_str(line);
                text.push('\n');
            }
        }
        let mut steps = Vec::new();
        let mut needs_unix = false;
        for (words, text) in sections {
            let (kind, rest) = words.split_once(' ').unwrap_or((&words, ""));
            needs_unix |= ["link", "script", "mode"].contains(&kind);
            if kind == "run" {
                steps.push(Step::Run(Run { line: rest.to_owned(), ..Run::default() }));
                continue;
            }
            match (kind, steps.last_mut()) {
                ("stdout", Some(Step::Run(run))) => run.stdout = text,
                ("stderr", Some(Step::Run(run))) => run.stderr = text,
                ("exit", Some(Step::Run(run))) => run.exit = rest.parse().unwrap_or(-1),
                ("wrote", Some(Step::Run(run))) => {
                    let (path, mode) = rest.rsplit_once(' ').unwrap_or((rest, ""));
                    run.wrote.push((path.to_owned(), mode.to_owned(), text));
                }
                ("stdout" | "stderr" | "exit" | "wrote", _) => panic!("{name}: `{words}` without a command"),
                _ => steps.push(Step::Make { words, text }),
            }
        }
        Self { head, steps, needs_unix }
    }
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.head)?;
        for step in &self.steps {
            match step {
                Step::Make { words, text } => write!(f, "--- {words}\n{text}")?,
                Step::Run(run) => run.fmt(f)?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "--- run {}", self.line)?;
        for (name, text) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !text.is_empty() {
                write!(f, "--- {name}\n{text}")?;
            }
        }
        writeln!(f, "--- exit {}", self.exit)?;
        for (path, mode, text) in &self.wrote {
            write!(f, "--- wrote {path} {mode}\n{text}")?;
        }
        Ok(())
    }
}
