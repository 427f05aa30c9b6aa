//! The parts that findings are told in: the contract's groups, variables without one, and everything else.

use envschema::{Finding, Variable};

use super::{About, Run};

/// A part, in their order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Section {
    Group(usize),
    Others,
    Files,
}

impl Section {
    /// Where a variable belongs.
    pub(super) fn of(about: About<'_>, name: &str) -> Self {
        let variable = about.variable(name);
        match about {
            About::Contract(_) => variable.map_or(Self::Files, Self::of_variable),
            About::File(_) => Self::Others,
        }
    }

    fn of_variable(variable: &Variable) -> Self {
        variable.group.map_or(Self::Others, Self::Group)
    }

    fn of_finding(about: About<'_>, finding: &Finding) -> Self {
        finding.variable.as_deref().map_or(Self::Files, |name| Self::of(about, name))
    }

    /// The heading for people.
    pub(super) fn title(self, about: About<'_>) -> &str {
        match (self, about) {
            (Self::Group(group), About::Contract(contract)) => &contract.groups()[group].title,
            (Self::Others, About::Contract(contract)) if !contract.groups().is_empty() => "Other variables",
            (Self::Group(_) | Self::Others, _) => "Variables",
            (Self::Files, About::Contract(_)) => "Files and names",
            (Self::Files, About::File(_)) => "The file",
        }
    }

    /// The name for programs.
    pub(super) fn id(self, about: About<'_>) -> &str {
        match (self, about) {
            (Self::Group(group), About::Contract(contract)) => &contract.groups()[group].id,
            (Self::Group(_) | Self::Others, _) => "variables",
            (Self::Files, _) => "files",
        }
    }
}

/// The findings of a run with the part that each belongs to, part after part. Variables of a group need not stand
/// together in the contract; under their heading they do.
pub(super) fn by_section(run: &dyn Run) -> Vec<(Section, &Finding)> {
    let about = run.about();
    let mut findings: Vec<_> =
        run.findings().iter().map(|finding| (Section::of_finding(about, finding), finding)).collect();
    findings.sort_by_key(|(section, _)| *section);
    findings
}
