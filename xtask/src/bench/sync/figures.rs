//! What was measured, as a table and as figures with budgets.

use super::programs::Program;
use super::timed::Spent;
use crate::bench::Measure;

/// How many bundles a batch reads.
const BATCH: usize = 20;

/// What there is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// No bundle is there yet.
    New,
    /// Every bundle is there as it should be.
    Unchanged,
    /// One key of some of the bundles has another value.
    Changed,
}

impl Work {
    /// Every one, in the order in which they are done.
    pub const ALL: [Self; 3] = [Self::New, Self::Unchanged, Self::Changed];

    /// Its name in the table.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "all new",
            Self::Unchanged => "unchanged",
            Self::Changed => "one key in 10 %",
        }
    }

    /// The calls that envctl promises for so many bundles of which so many are changed: one that tells who asks; a read for
    /// twenty, and the same again of what was written; a description of each that is to be written, which confirms that it is
    /// not there or is ours; one write that creates, or two that put and swap.
    #[must_use]
    pub fn promised(self, bundles: usize, changed: usize) -> usize {
        let reads = |count: usize| count.div_ceil(BATCH);
        1 + reads(bundles)
            + match self {
                Self::New => 2 * bundles + reads(bundles),
                Self::Unchanged => 0,
                Self::Changed => 3 * changed + reads(changed),
            }
    }
}

/// One program doing one work.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// How many bundles the figures are for.
    pub bundles: usize,
    /// What was done.
    pub work: Work,
    /// By what.
    pub program: Program,
    /// Calls of AWS.
    pub calls: usize,
    /// Time and memory.
    pub spent: Spent,
    /// The part of it that is spent once, however many bundles there are.
    pub once: Spent,
    /// How many bundles were measured; where that is fewer, calls and times were multiplied.
    pub sample: usize,
}

impl Row {
    /// What a sample comes to for more bundles. What is not spent once grows with the calls; memory stays, since none of the
    /// programs that are sampled keeps one bundle while it does the next.
    #[must_use]
    pub fn reckoned(self, bundles: usize) -> Self {
        let factor = bundles as f64 / self.sample as f64;
        let grown = |all: f64, once: f64| once + (all - once).max(0.0) * factor;
        Self {
            bundles,
            calls: (self.calls as f64 * factor).round() as usize,
            spent: Spent {
                seconds: grown(self.spent.seconds, self.once.seconds),
                busy: grown(self.spent.busy, self.once.busy),
                ..self.spent
            },
            ..self
        }
    }
}

/// The rows as a table, each with what it is of envctl's row for the same work. `~` is before what was reckoned from a sample.
#[must_use]
pub fn table(rows: &[Row]) -> String {
    let mut text = format!(
        "{:>7}  {:<15} {:<12} {:>8} {:>10} {:>9} {:>8}  {:>7} {:>7}\n",
        "bundles", "work", "program", "calls", "wall", "CPU", "memory", "calls", "wall"
    );
    for row in rows {
        let Row { bundles, work, program, calls, spent, sample, .. } = row;
        let ours = |other: &&Row| {
            (other.bundles, other.work) == (*bundles, *work) && other.program == Program::Envctl
        };
        let ours = rows.iter().find(ours).unwrap_or(row);
        let sign = if sample < bundles { "~" } else { "" };
        text.push_str(&format!(
            "{bundles:>7}  {:<15} {:<12} {:>8} {:>10} {:>9} {:>8}  {:>7} {:>7}\n",
            work.name(),
            program.name(),
            format!("{sign}{calls}"),
            format!("{sign}{:.2} s", spent.seconds),
            format!("{sign}{:.2} s", spent.busy),
            format!("{:.0} MB", spent.memory as f64 * 1024.0 / 1e6),
            format!("{:.1}x", *calls as f64 / ours.calls as f64),
            format!("{:.1}x", spent.seconds / ours.spent.seconds),
        ));
    }
    text
}

/// The figures with budgets, of rows for several numbers of bundles; `changed` tells how many of so many are changed.
#[must_use]
pub fn measures(rows: &[Row], changed: impl Fn(usize) -> usize) -> Vec<Measure> {
    let ours = rows.iter().filter(|row| row.program == Program::Envctl);
    let mut measures: Vec<Measure> = ours
        .clone()
        .map(|row| Measure {
            name: format!("calls of envctl sync, {} bundles, {}", row.bundles, row.work.name()),
            figure: row.calls as f64,
            budget: row.work.promised(row.bundles, changed(row.bundles)) as f64,
        })
        .collect();
    for (work, budget) in MEMORY {
        let memory = |bundles| {
            let mut rows = ours.clone().filter(|row| row.bundles == bundles && row.work == work);
            rows.next().map_or(f64::NAN, |row| row.spent.memory as f64)
        };
        measures.push(Measure {
            name: format!("memory of envctl sync, 1000 bundles over 100, {}", work.name()),
            figure: memory(1000) / memory(100),
            budget,
        });
    }
    measures
}

/// How many times as much memory a run may need for ten times as many bundles. A plan of what is new has every key in it.
const MEMORY: [(Work, f64); 2] = [(Work::New, 10.0), (Work::Unchanged, 4.0)];
