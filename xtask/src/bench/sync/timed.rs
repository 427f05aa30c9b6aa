//! A process with the time and the memory that it took, as GNU `time` tells.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::{Failure, process};

/// The program that tells how much memory another one had at most.
const TIME: &str = "/usr/bin/time";

/// What a process took, or several one after another.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spent {
    /// From the start to the end.
    pub seconds: f64,
    /// On a processor, of the process alone.
    pub busy: f64,
    /// The most memory at any time, in kibibytes.
    pub memory: u64,
}

impl Spent {
    /// After another one too: times add up, and of the memory the larger counts.
    pub fn add(&mut self, other: Self) {
        self.seconds += other.seconds;
        self.busy += other.busy;
        self.memory = self.memory.max(other.memory);
    }

    /// Reads what `time -f '%U %S %M'` tells, behind the message about an exit code that it may begin with.
    #[must_use]
    pub fn from_report(seconds: f64, report: &str) -> Option<Self> {
        let mut figures = report.lines().next_back()?.split(' ');
        let user: f64 = figures.next()?.parse().ok()?;
        let system: f64 = figures.next()?.parse().ok()?;
        Some(Self { seconds, busy: user + system, memory: figures.next()?.parse().ok()? })
    }
}

/// What came of a process.
#[derive(Debug)]
pub struct Ended {
    /// The exit code.
    pub code: i32,
    /// What it wrote to standard output.
    pub output: String,
    /// What it wrote to standard error.
    pub messages: String,
    /// What it took.
    pub spent: Spent,
}

/// Where processes run, and with what.
pub struct Place<'a> {
    /// The folder, which is their home too.
    pub folder: &'a Path,
    /// All of their environment but `HOME`.
    pub environment: &'a [(&'static str, String)],
}

impl Place<'_> {
    /// Runs a program to its end.
    ///
    /// # Errors
    /// [`Failure::Start`] if it or `time` is missing, [`Failure::File`] if `time` does not tell.
    pub fn run(&self, program: &Path, args: &[&str], input: &str) -> Result<Ended, Failure> {
        let report = self.folder.join("time");
        let mut command = Command::new(TIME);
        command.args(["-f", "%U %S %M", "-o"]).arg(&report).arg(program).args(args);
        command.current_dir(self.folder).env_clear().env("HOME", self.folder);
        command.envs(self.environment.iter().map(|(name, value)| (*name, value)));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let start_failed =
            |source| Failure::Start { command: process::shown(&command_of(program, args)), source };
        let start = Instant::now();
        let mut child = command.spawn().map_err(start_failed)?;
        if let Some(mut stdin) = child.stdin.take() {
            // One that does not read is none the worse.
            let _ = stdin.write_all(input.as_bytes());
        }
        let ended = child.wait_with_output().map_err(start_failed)?;
        let seconds = start.elapsed().as_secs_f64();
        let told = fs::read_to_string(&report);
        let told = told.map_err(|source| Failure::File { doing: "read", path: report.clone(), source })?;
        let spent = Spent::from_report(seconds, &told)
            .ok_or_else(|| Failure::Problems(format!("{TIME} tells no figures: {told}")))?;
        Ok(Ended {
            code: ended.status.code().unwrap_or(-1),
            output: String::from_utf8_lossy(&ended.stdout).into_owned(),
            messages: String::from_utf8_lossy(&ended.stderr).into_owned(),
            spent,
        })
    }

    /// As [`Place::run`], for a program that has to end well.
    ///
    /// # Errors
    /// As [`Place::run`]; [`Failure::Problems`] with what it said.
    pub fn run_well(&self, program: &Path, args: &[&str], input: &str) -> Result<Ended, Failure> {
        let ended = self.run(program, args, input)?;
        if ended.code == 0 {
            return Ok(ended);
        }
        let shown = process::shown(&command_of(program, args));
        Err(Failure::Problems(format!("`{shown}` ended with {}:\n{}", ended.code, ended.messages)))
    }
}

fn command_of(program: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(args);
    command
}
