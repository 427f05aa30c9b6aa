//! What the page knows. Texts that repeat stand once and are referred to by number.

use std::collections::HashMap;

use envschema::{Code, Contract, Finding, Presence, State, Visibility};
use serde::Serialize;

use crate::status::concern::concern;
use crate::status::dashboard::{origins_text, verdict};
use crate::status::overview::{Overview, VariableLine};

#[derive(Serialize)]
pub(super) struct Data<'a> {
    contract: &'a str,
    profile: Option<&'a str>,
    target: Option<&'a str>,
    groups: Vec<Group<'a>>,
    conditions: Vec<&'a str>,
    variables: Vec<Variable<'a>>,
    environments: Vec<Environment>,
    texts: Vec<String>,
}

#[derive(Serialize)]
struct Group<'a> {
    id: &'a str,
    title: &'a str,
}

#[derive(Serialize)]
struct Variable<'a> {
    name: &'a str,
    called: Option<&'a str>,
    group: usize,
    visibility: Visibility,
    about: Option<&'a str>,
    expects: String,
    /// The rule in the contract's words; none for a variable of the project that the contract view lacks.
    required: Option<String>,
    without: Option<&'a str>,
    docs: Option<&'a str>,
}

#[derive(Serialize)]
struct Environment {
    name: String,
    ready: bool,
    verdict: String,
    warnings: usize,
    needed: usize,
    /// By the order of states in `page.js`.
    counts: [usize; 6],
    from: String,
    absent: String,
    /// Whether each condition holds, and the number of the reason.
    conditions: Vec<(bool, usize)>,
    /// For each variable: state, place, reason, whether it is needed, then notes; texts by number, -1 for none.
    cells: Vec<Vec<i64>>,
    /// Findings of no variable that is listed.
    others: Vec<String>,
}

/// The order of states in `page.js`.
const ORDER: [State; 6] =
    [State::Missing, State::Invalid, State::Sealed, State::Resolved, State::NotNeeded, State::Unset];

impl<'a> Data<'a> {
    pub(super) fn new(environments: &[(&'a Contract, &'a Overview)]) -> Self {
        let mut texts = Texts::default();
        let first = environments.first();
        let lines = first.map_or(&[][..], |(_, overview)| &overview.groups);
        let groups: Vec<_> = lines
            .iter()
            .map(|line| Group { id: line.id.as_deref().unwrap_or("-"), title: &line.title })
            .collect();
        let variables = match first {
            Some((contract, overview)) => {
                overview.variables.iter().map(|line| variable(contract, line, &groups)).collect()
            }
            None => Vec::new(),
        };
        Self {
            contract: first.map_or("", |(contract, _)| contract.name()),
            profile: first.and_then(|(contract, _)| contract.profile()),
            target: first.and_then(|(contract, _)| contract.part()),
            groups,
            conditions: first.map_or(Vec::new(), |(_, overview)| {
                overview.conditions.iter().map(|condition| condition.name.as_str()).collect()
            }),
            variables,
            environments: environments
                .iter()
                .map(|(contract, overview)| environment(contract, overview, &mut texts))
                .collect(),
            texts: texts.all,
        }
    }
}

fn variable<'a>(contract: &'a Contract, line: &'a VariableLine, groups: &[Group<'a>]) -> Variable<'a> {
    let group = line.group.as_deref().unwrap_or("-");
    let declared = contract.variable(&line.name).map(|(_, variable)| variable);
    Variable {
        name: &line.name,
        called: line.called.as_deref(),
        group: groups.iter().position(|one| one.id == group).unwrap_or(0),
        visibility: line.visibility,
        about: declared.and_then(|one| one.about.as_deref()),
        expects: declared.map(|one| one.kind.expectation().into_owned()).unwrap_or_default(),
        required: declared.map(|one| match &one.presence {
            Presence::Required => "always".to_owned(),
            Presence::Optional => "never".to_owned(),
            Presence::When(condition) => condition.text.clone(),
        }),
        without: declared.and_then(|one| one.without.as_deref()),
        docs: declared.and_then(|one| one.docs.as_deref()),
    }
}

fn environment(contract: &Contract, overview: &Overview, texts: &mut Texts) -> Environment {
    let listed: HashMap<&str, usize> =
        overview.variables.iter().enumerate().map(|(row, line)| (&*line.name, row)).collect();
    let mut notes: Vec<Vec<i64>> = vec![Vec::new(); overview.variables.len()];
    let mut others = Vec::new();
    for finding in overview.findings.iter().filter(|finding| finding.code != Code::Missing) {
        let told = note(contract, finding);
        match finding.variable.as_deref().and_then(|name| listed.get(name)) {
            Some(&row) => notes[row].push(texts.number(&told)),
            None => others.push(match &finding.variable {
                Some(name) => format!("{name}: {told}"),
                None => told,
            }),
        }
    }
    let cell = |(line, notes): (&VariableLine, Vec<i64>)| {
        let place = line.place.as_ref().map_or(-1, |place| texts.number(&place.to_string()));
        let why = line.because.as_ref().map_or(-1, |why| texts.number(why));
        let mut cell = vec![state(line.state), place, why, i64::from(line.needed)];
        cell.extend(notes);
        cell
    };
    let cells = overview.variables.iter().zip(notes).map(cell).collect();
    Environment {
        name: overview.environment.clone().unwrap_or_else(|| "no environment".to_owned()),
        ready: overview.ready,
        verdict: verdict(overview),
        warnings: overview.warnings(),
        needed: overview.counts.needed,
        counts: ORDER.map(|state| overview.counts.get(state)),
        from: origins_text(overview),
        absent: overview.absent.join(", "),
        conditions: overview
            .conditions
            .iter()
            .map(|condition| (condition.holds, texts.index(&condition.because)))
            .collect(),
        cells,
        others,
    }
}

fn state(state: State) -> i64 {
    let place = ORDER.iter().position(|one| *one == state).unwrap_or(ORDER.len() - 1);
    i64::try_from(place).unwrap_or_default()
}

/// A finding without the value that its message may show.
fn note(contract: &Contract, finding: &Finding) -> String {
    let variable = finding.variable.as_deref().and_then(|name| contract.variable(name));
    match (finding.code, variable) {
        (Code::Invalid, Some((_, variable))) => format!("invalid: expected {}", variable.kind.expectation()),
        _ => {
            let concern = concern(finding);
            format!("{}: {}", concern.what, concern.detail)
        }
    }
}

/// Texts, each once.
#[derive(Default)]
struct Texts {
    numbers: HashMap<String, usize>,
    all: Vec<String>,
}

impl Texts {
    fn index(&mut self, text: &str) -> usize {
        if let Some(&number) = self.numbers.get(text) {
            return number;
        }
        self.all.push(text.to_owned());
        self.numbers.insert(text.to_owned(), self.all.len() - 1);
        self.all.len() - 1
    }

    fn number(&mut self, text: &str) -> i64 {
        i64::try_from(self.index(text)).unwrap_or(-1)
    }
}
