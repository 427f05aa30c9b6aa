//! The parts that findings are told in: the contract's groups, variables without one, and everything else.

use envschema::{Contract, Finding, Variable};

use super::Run;

/// A part, in their order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Section {
    Group(usize),
    Others,
    Files,
}

impl Section {
    /// Where a variable belongs.
    pub(super) fn of(variable: &Variable) -> Self {
        variable.group.map_or(Self::Others, Self::Group)
    }

    fn of_finding(contract: &Contract, finding: &Finding) -> Self {
        let variable = finding.variable.as_deref().and_then(|name| contract.variable(name));
        variable.map_or(Self::Files, |(_, variable)| Self::of(variable))
    }

    /// The heading for people.
    pub(super) fn title(self, contract: &Contract) -> &str {
        match self {
            Self::Group(group) => &contract.groups()[group].title,
            Self::Others if contract.groups().is_empty() => "Variables",
            Self::Others => "Other variables",
            Self::Files => "Files and names",
        }
    }

    /// The name for programs.
    pub(super) fn id(self, contract: &Contract) -> &str {
        match self {
            Self::Group(group) => &contract.groups()[group].id,
            Self::Others => "variables",
            Self::Files => "files",
        }
    }
}

/// The findings of a run with the part that each belongs to, part after part. Variables of a group need not stand
/// together in the contract; under their heading they do.
pub(super) fn by_section(run: &dyn Run) -> Vec<(Section, &Finding)> {
    let contract = run.contract();
    let mut findings: Vec<_> =
        run.findings().iter().map(|finding| (Section::of_finding(contract, finding), finding)).collect();
    findings.sort_by_key(|(section, _)| *section);
    findings
}
