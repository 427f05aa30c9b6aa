//! An env file, with the contract's groups as headings.

use envctl_dotenv::{Dialect, Unwritable, write_entry};
use envschema::{Code, Contract, Finding, Severity, Variable};
use zeroize::Zeroizing;

use super::Exported;
use super::refusal::Printed;

pub(super) fn print(contract: &Contract, values: &[Exported<'_>], dialect: Dialect) -> Printed {
    let mut lines = Grouped::new(contract, "\n");
    let mut refused = Vec::new();
    for exported in values {
        match entry(exported, dialect) {
            Ok(line) => lines.push(exported.variable, &line),
            Err(finding) => refused.push(*finding),
        }
    }
    if refused.is_empty() { Ok(lines.text) } else { Err(refused) }
}

/// Lines of variables, each group of them under its heading.
pub struct Grouped<'c> {
    /// What there is so far.
    pub text: Zeroizing<String>,
    contract: &'c Contract,
    line_end: &'c str,
    heading: Option<&'c str>,
}

impl<'c> Grouped<'c> {
    /// No lines yet.
    #[must_use]
    pub fn new(contract: &'c Contract, line_end: &'c str) -> Self {
        Self { text: Zeroizing::default(), contract, line_end, heading: None }
    }

    /// Adds the line of a variable, which has no end.
    pub fn push(&mut self, variable: &Variable, line: &str) {
        let group = variable.group.map(|group| self.contract.groups()[group].title.as_str());
        if group != self.heading {
            if !self.text.is_empty() {
                self.text.push_str(self.line_end);
            }
            if let Some(title) = group {
                self.text.extend(["# ", title, self.line_end]);
            }
            self.heading = group;
        }
        self.text.extend([line, self.line_end]);
    }
}

/// The line of a variable, without its end.
pub fn entry(exported: &Exported<'_>, dialect: Dialect) -> Result<Zeroizing<String>, Box<Finding>> {
    let Exported { name, variable, value, .. } = exported;
    #[expect(clippy::disallowed_methods, reason = "written to where the user asked")]
    let written = write_entry(name, value.expose(), dialect);
    written.map(Zeroizing::new).map_err(|unwritable| Box::new(refused(&unwritable, variable)))
}

/// Why a variable was not written, and for whom it could be.
pub fn refused(unwritable: &Unwritable, variable: &Variable) -> Finding {
    let Unwritable { name, dialect, reason, readers, .. } = unwritable;
    let place = match dialect {
        Dialect::Portable => "to an env file".to_owned(),
        other => format!("for {}", other.title()),
    };
    let readers: Vec<_> = readers.iter().map(|reader| reader.name()).collect();
    let help = match readers.split_last() {
        None => reason.help().to_owned(),
        Some((one, [])) => format!("{}; one reader can hold it: `--dialect {one}`", reason.help()),
        Some((last, others)) => {
            format!(
                "{}; some readers can hold it: `--dialect` {} or {last}",
                reason.help(),
                others.join(", ")
            )
        }
    };
    let message = format!("{name} cannot be written {place}: {reason}");
    Finding::new(Code::Unwritable, Severity::Error, variable.name.clone(), message).help(help)
}
