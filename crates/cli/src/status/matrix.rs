//! Several environments beside each other: a line for each variable, a column for each environment.

use std::fmt::Write as _;

use envschema::State;

use super::dashboard::{on_off, verdict};
use super::overview::{GroupLine, Overview};
use crate::render::columns::{left, painted, shortened, wide};
use crate::render::mark::{self, STATES};
use crate::render::{Look, Tone, counted};

/// What is left of a long name at least.
const SHORTEST_NAME: usize = 24;
/// What is left of an environment's name at least.
const SHORTEST_ENVIRONMENT: usize = 8;

/// The matrix; without `all`, only the lines that differ and those that deserve attention.
pub(crate) fn matrix_text(contract: &str, overviews: &[Overview], all: bool, look: Look) -> String {
    let rows = Rows::choose(overviews, all);
    let grid = Grid::fit(overviews, &rows, look);
    let mut text = String::new();
    push_verdicts(&mut text, contract, overviews, look);
    for block in overviews.chunks(grid.columns) {
        text.push('\n');
        push_block(&mut text, block, &rows, &grid);
    }
    push_rest(&mut text, overviews, &rows, &grid);
    text
}

/// The lines that are shown, by number.
struct Rows {
    conditions: Vec<usize>,
    variables: Vec<usize>,
    /// How many variables are not shown, being the same everywhere.
    same: usize,
}

impl Rows {
    fn choose(overviews: &[Overview], all: bool) -> Self {
        let Some(first) = overviews.first() else {
            return Self { conditions: Vec::new(), variables: Vec::new(), same: 0 };
        };
        let states =
            |row: usize| overviews.iter().filter_map(move |one| one.variables.get(row)).map(|one| one.state);
        let shown = |row: &usize| {
            let differ = states(*row).any(|state| state != first.variables[*row].state);
            all || differ || states(*row).any(|state| matches!(state, State::Missing | State::Invalid))
        };
        let on =
            |row: usize| overviews.iter().filter_map(move |one| one.conditions.get(row)).map(|one| one.holds);
        let turns = |row: &usize| all || on(*row).any(|holds| holds != first.conditions[*row].holds);
        let variables: Vec<_> = (0..first.variables.len()).filter(shown).collect();
        Self {
            conditions: (0..first.conditions.len()).filter(turns).collect(),
            same: first.variables.len() - variables.len(),
            variables,
        }
    }
}

/// How wide everything is, so that it fits.
struct Grid {
    look: Look,
    names: usize,
    cell: usize,
    /// How many environments stand beside each other.
    columns: usize,
    /// Whether cells hold symbols only.
    compact: bool,
}

impl Grid {
    fn fit(overviews: &[Overview], rows: &Rows, look: Look) -> Self {
        let first = overviews.first();
        let names = first.map_or(0, |one| {
            let variables = rows.variables.iter().map(|&row| wide(&one.variables[row].name));
            let conditions = rows.conditions.iter().map(|&row| wide(&one.conditions[row].name));
            variables.chain(conditions).chain([wide("not needed")]).max().unwrap_or(0)
        });
        let environments = overviews.iter().map(|one| wide(environment(one))).max().unwrap_or(0);
        let words = STATES
            .into_iter()
            .filter(|state| overviews.iter().any(|one| one.counts.get(*state) > 0))
            .map(|state| wide(&cell(state, false, look)))
            .max()
            .unwrap_or(0);
        let mut grid = Self {
            look,
            names,
            cell: environments.max(words),
            columns: overviews.len().max(1),
            compact: false,
        };
        let Some(width) = look.width else { return grid };
        let fits = |grid: &Self| 2 + grid.names + grid.columns * (grid.cell + 2) <= width;
        if !fits(&grid) {
            grid.names =
                names.min(SHORTEST_NAME.max(width.saturating_sub(2 + grid.columns * (grid.cell + 2))));
        }
        if !fits(&grid) {
            grid.compact = true;
            grid.cell = environments.clamp(3, SHORTEST_ENVIRONMENT);
            grid.names =
                names.min(SHORTEST_NAME.max(width.saturating_sub(2 + grid.columns * (grid.cell + 2))));
        }
        if !fits(&grid) {
            grid.columns = (width.saturating_sub(2 + grid.names) / (grid.cell + 2)).max(1);
        }
        grid
    }

    fn name(&self, name: &str) -> String {
        left(self.look, None, &shortened(self.look, name, self.names), self.names)
    }

    fn line(&self, name: &str, cells: impl Iterator<Item = (Option<Tone>, String)>) -> String {
        let mut line = format!("  {}", self.name(name));
        for (tone, text) in cells {
            line.push_str("  ");
            line.push_str(&left(self.look, tone, &text, self.cell));
        }
        line.trim_end().to_owned()
    }
}

fn environment(overview: &Overview) -> &str {
    overview.environment.as_deref().unwrap_or("no environment")
}

/// What stands in a cell.
fn cell(state: State, compact: bool, look: Look) -> String {
    match (compact, look.symbols) {
        (true, _) => mark::symbol(state, look).to_owned(),
        (false, true) => format!("{} {}", mark::symbol(state, look), mark::word(state)),
        (false, false) => mark::word(state).to_owned(),
    }
}

fn push_verdicts(text: &mut String, contract: &str, overviews: &[Overview], look: Look) {
    for overview in overviews {
        let (tone, mark) = if overview.ready {
            (Tone::Good, look.symbol("✓", "ok:"))
        } else {
            (Tone::Error, look.symbol("✗", "failed:"))
        };
        let told = format!("{mark} {contract} {} is {}", environment(overview), verdict(overview));
        let warnings = match overview.warnings() {
            0 => String::new(),
            count => format!(", {}", counted(count, "warning")),
        };
        let _ = writeln!(text, "{}{warnings}", look.paint(tone, &told));
    }
}

fn push_block(text: &mut String, block: &[Overview], rows: &Rows, grid: &Grid) {
    let Some(first) = block.first() else { return };
    let look = grid.look;
    let names = block.iter().map(|one| (Some(Tone::Heading), shortened(look, environment(one), grid.cell)));
    let _ = writeln!(text, "{}", grid.line("", names));
    if !rows.conditions.is_empty() {
        let _ = writeln!(text, "{}", look.paint(Tone::Heading, "Conditions"));
        for &row in &rows.conditions {
            let cells = block.iter().map(|one| {
                let holds = one.conditions[row].holds;
                let (tone, symbol) = on_off(holds, look);
                let word = if holds { "on" } else { "off" };
                let text = if look.symbols && !grid.compact {
                    format!("{symbol} {word}")
                } else {
                    symbol.to_owned()
                };
                (Some(tone), text)
            });
            let _ = writeln!(text, "{}", grid.line(&first.conditions[row].name, cells));
        }
    }
    for group in &first.groups {
        push_group(text, block, group, rows, grid);
    }
    let _ = writeln!(text, "{}", look.paint(Tone::Heading, "Totals"));
    let needed = block.iter().map(|one| (None, one.counts.needed.to_string()));
    let _ = writeln!(text, "{}", grid.line("needed", needed));
    for state in STATES {
        if block.iter().all(|one| one.counts.get(state) == 0) {
            continue;
        }
        let cells = block.iter().map(|one| match one.counts.get(state) {
            0 => (Some(Tone::Faint), look.symbol("·", "-").to_owned()),
            count => (Some(mark::tone(state)).filter(|tone| *tone == Tone::Error), count.to_string()),
        });
        let _ = writeln!(text, "{}", grid.line(mark::word(state), cells));
    }
}

fn push_group(text: &mut String, block: &[Overview], group: &GroupLine, rows: &Rows, grid: &Grid) {
    let mut shown =
        rows.variables.iter().filter(|&&row| block[0].variables[row].group == group.id).peekable();
    if shown.peek().is_none() {
        return;
    }
    let _ = writeln!(text, "{}", grid.look.paint(Tone::Heading, &group.title));
    for &row in shown {
        let cells = block.iter().map(|one| {
            let state = one.variables[row].state;
            (Some(mark::tone(state)), cell(state, grid.compact, grid.look))
        });
        let _ = writeln!(text, "{}", grid.line(&block[0].variables[row].name, cells));
    }
}

fn push_rest(text: &mut String, overviews: &[Overview], rows: &Rows, grid: &Grid) {
    let look = grid.look;
    if grid.compact {
        let used = STATES.into_iter().filter(|state| overviews.iter().any(|one| one.counts.get(*state) > 0));
        let entries = used.map(|state| {
            let symbol = painted(look, Some(mark::tone(state)), mark::symbol(state, look));
            format!("{symbol} {}", mark::word(state))
        });
        text.push('\n');
        push_legend(text, entries, look);
    }
    if rows.same > 0 {
        let are = if rows.same == 1 { "variable is" } else { "variables are" };
        let told = format!("{} {are} the same in every environment; `--all` lists every one", rows.same);
        let _ = writeln!(text, "\n{}", look.paint(Tone::Faint, &look.wrap("", 0, &told)));
    }
}

/// Symbols with their words, as many on a line as fit.
fn push_legend(text: &mut String, entries: impl Iterator<Item = String>, look: Look) {
    let mut line = String::new();
    for entry in entries {
        if !line.is_empty() && look.width.is_some_and(|width| wide(&line) + wide(&entry) + 5 > width) {
            let _ = writeln!(text, "{line}");
            line.clear();
        }
        line.push_str(if line.is_empty() { "  " } else { "   " });
        line.push_str(&entry);
    }
    let _ = writeln!(text, "{line}");
}
