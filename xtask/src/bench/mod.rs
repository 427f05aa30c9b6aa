//! `bench`: speed, as ratios within one run.
//!
//! A time in milliseconds says more about the machine than about the program. So a figure with a
//! budget is, where it can be, a ratio of two things measured in turns. The parts:
//! - `start`: the whole process, `envctl validate` against a program that only reads and parses ([`start`]);
//! - `resolve`: in process, the example `speed` of `envctl-resolver`;
//! - `dotenv`: in process, the bench of `envctl-dotenv`;
//! - `scan`: the whole process, `envctl scan` against `grep` ([`scan`]);
//! - `node`: the npm package against dotenv with zod, and against spawning varlock;
//! - `sync`: the whole process, `envctl sync` against what else carries values to Secrets Manager ([`mod@sync`]). It takes
//!   minutes, and is measured only if it is named.
//!
//! A program that measures puts a figure into the table by printing a line of the form
//! `measure: NAME = NUMBER (budget NUMBER)`. Whatever else it prints is shown as it is.

pub mod sample;
pub mod scan;
pub mod start;
pub mod stats;
pub mod sync;

use std::process::Command;

use crate::{Args, Failure, Task, node, process};

/// The task.
pub const TASK: Task = Task {
    name: "bench",
    usage: "[start] [resolve] [dotenv] [scan] [node] [sync] [--runs N] [--check]",
    about: "measures speed; all parts but sync, which takes minutes, unless some are named; with --check fails above a budget",
    run: task,
};

/// Runs of each program, unless told otherwise.
const RUNS: usize = 401;

/// The parts, in order.
const PARTS: &[&str] = &["start", "resolve", "dotenv", "scan", "node", LONG];

/// The part that takes minutes.
const LONG: &str = "sync";

/// A figure and the most it may be.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// What was measured.
    pub name: String,
    /// What came out: a ratio, or whatever unit the name says.
    pub figure: f64,
    /// The most it may be.
    pub budget: f64,
}

impl Measure {
    /// Reads `measure: NAME = NUMBER (budget NUMBER)`; `None` for any other line.
    #[must_use]
    pub fn from_line(line: &str) -> Option<Self> {
        let (name, figures) = line.trim().strip_prefix("measure: ")?.rsplit_once(" = ")?;
        let (figure, budget) = figures.strip_suffix(')')?.split_once(" (budget ")?;
        Some(Self { name: name.to_owned(), figure: figure.parse().ok()?, budget: budget.parse().ok()? })
    }

    /// Whether the budget is kept. What is not a number keeps none.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.figure <= self.budget
    }
}

fn task(mut args: Args) -> Result<(), Failure> {
    let check = args.flag("--check");
    let runs = args.number("--runs")?.unwrap_or(RUNS);
    let mut parts = args.words(PARTS);
    args.end()?;
    if parts.is_empty() {
        parts = PARTS.iter().copied().filter(|part| *part != LONG).collect();
    }
    let mut measures = Vec::new();
    let mut failures = Vec::new();
    for part in parts {
        println!("\n=== {part} ===");
        let measured = match part {
            "start" => start::measure(runs),
            "scan" => scan::measure(runs),
            LONG => sync::measure(),
            "resolve" => cargo(&["run", "--release", "--package", "envctl-resolver", "--example", "speed"]),
            "node" => program(node::npm(&["run", "--silent", "bench"])),
            _ => cargo(&["bench", "--package", "envctl-dotenv", "--bench", "scan_speed"]),
        };
        match measured {
            Ok(found) => measures.extend(found),
            Err(failure) => failures.push(format!("{part}: {failure}")),
        }
    }
    print!("\n{}", table(&measures));
    if check {
        let above = measures.iter().filter(|measure| !measure.is_kept());
        failures.extend(above.map(|measure| format!("{} is above its budget", measure.name)));
    }
    if failures.is_empty() { Ok(()) } else { Err(Failure::Problems(failures.join("\n"))) }
}

fn cargo(args: &[&str]) -> Result<Vec<Measure>, Failure> {
    program(process::cargo(args))
}

/// Runs a program that measures, shows what it prints, and takes its figures.
fn program(mut command: Command) -> Result<Vec<Measure>, Failure> {
    let printed = process::output(&mut command)?;
    print!("{printed}");
    Ok(printed.lines().filter_map(Measure::from_line).collect())
}

/// The figures with their budgets beside them.
#[must_use]
pub fn table(measures: &[Measure]) -> String {
    let width = measures.iter().map(|measure| measure.name.len()).max().unwrap_or(0).max("measure".len());
    let mut text = format!("{:width$}  {:>8} {:>8}\n", "measure", "figure", "budget");
    for measure in measures {
        let verdict = if measure.is_kept() { "ok" } else { "ABOVE" };
        let Measure { name, figure, budget } = measure;
        text.push_str(&format!("{name:width$}  {figure:>8.2} {budget:>8.2}  {verdict}\n"));
    }
    text
}
