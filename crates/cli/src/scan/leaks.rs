//! [`Leaks`]: what was found of one environment's secrets.

use std::collections::BTreeMap;

use envctl_resolver::Resolution;
use envschema::{Code, Finding, Findings, Place, Severity, VariableId};
use serde_json::{Map, Value, json};

use crate::render::counted;
use crate::report::{About, Case, Run};

use super::needles::{Asked, Needles, Owner};
use super::stream::Hit;
use super::{Find, Found, Whence};

/// So many finds of one variable in one file are told by themselves.
const MOST: usize = 10;

/// What was found of one environment's secrets.
pub(crate) struct Leaks<'a> {
    resolution: &'a Resolution,
    asked: &'a Asked,
    found: &'a Found,
    findings: Findings,
}

impl<'a> Leaks<'a> {
    /// The part of what was found that concerns an environment, by its number.
    pub(crate) fn new(
        needles: &'a Needles,
        found: &'a Found,
        run: usize,
        resolution: &'a Resolution,
    ) -> Self {
        let contract = resolution.contract();
        let mut findings = Findings::default();
        for find in &found.finds {
            let mut of_variable: BTreeMap<VariableId, Vec<(&Hit, &Owner)>> = BTreeMap::new();
            for hit in &find.hits {
                for owner in needles.owners[hit.pattern].iter().filter(|owner| owner.run == run) {
                    of_variable.entry(owner.variable).or_default().push((hit, owner));
                }
            }
            if let Whence::Own { tracked } = find.whence {
                let names = of_variable.keys().map(|id| &*contract.variables()[*id].name);
                let names: Vec<_> = names.collect();
                if !names.is_empty() {
                    findings.push(own_file(&find.path, tracked, &names));
                }
                continue;
            }
            for (variable, hits) in of_variable {
                let name = &contract.variables()[variable].name;
                let more = hits.len().saturating_sub(MOST);
                for (index, (hit, owner)) in hits.into_iter().take(MOST).enumerate() {
                    let more = if index + 1 == MOST { more } else { 0 };
                    findings.push(leaked(find, name, hit, owner, more));
                }
            }
        }
        if needles.asked[run].searched.is_empty() {
            let message = "no secret has a value that can be looked for";
            let help = "choose an environment that has values, or name their file: `--env-file FILE`";
            findings.push(Finding::general(Code::Missing, Severity::Warning, message).help(help));
        }
        if found.is_shallow {
            let message = "the older commits were not searched: this is a shallow clone, which lacks them";
            let help = "fetch them first: `git fetch --unshallow`, or `fetch-depth: 0` for actions/checkout";
            findings.push(Finding::general(Code::Unreadable, Severity::Warning, message).help(help));
        }
        for (path, reason) in &found.unread {
            let message = format!("it was not searched: {reason}");
            let finding = Finding::general(Code::Unreadable, Severity::Warning, message);
            findings
                .push(finding.help("let the user who scans read it").at(Some(Place::file(&**path, 1, 1))));
        }
        findings.sort_by_rank(|name| contract.variable(name).map(|(id, _)| id));
        Self { resolution, asked: &needles.asked[run], found, findings }
    }

    fn names(&self, ids: &[VariableId]) -> Vec<&str> {
        ids.iter().map(|id| &*self.resolution.contract().variables()[*id].name).collect()
    }
}

fn leaked(find: &Find, name: &std::sync::Arc<str>, hit: &Hit, owner: &Owner, more: usize) -> Finding {
    let told = owner.form.told();
    let value = if owner.is_shadowed { "another value" } else { "the value" };
    let column = hit.column;
    let mut message = match &find.whence {
        Whence::Name => format!("{value} of {name} is in this name, {told}"),
        Whence::Index => format!("{value} of {name} is staged here, {told}, at column {column}"),
        Whence::Commit(commit) => {
            format!("{value} of {name} is here in commit {commit}, {told}, at column {column}")
        }
        Whence::Message(object) => {
            format!("{value} of {name} is in the text of commit or tag {object}, {told}")
        }
        Whence::File | Whence::Own { .. } => {
            format!("{value} of {name} is here, {told}, at column {column}")
        }
    };
    if more > 0 {
        message.push_str(&format!("; and {} of it in this file", counted(more, "more place")));
    }
    let help = match find.whence {
        Whence::Name => "rename it, and change the secret if others have seen the name",
        Whence::Index => "take it out and stage the file again; nobody else has seen it yet",
        Whence::Commit(_) | Whence::Message(_) => "change the secret: everyone with the repository has it",
        Whence::File | Whence::Own { .. } => {
            "take it out, and change the secret if others have seen the file"
        }
    };
    let place = match find.whence {
        Whence::Message(_) => None,
        _ => Some(Place::file(&*find.path, hit.line, hit.column)),
    };
    Finding::new(Code::Leaked, Severity::Error, name.clone(), message).help(help).at(place)
}

/// A file that the values come from and that git has, or could come to have.
fn own_file(path: &str, tracked: bool, names: &[&str]) -> Finding {
    let names = names.join(", ");
    let (severity, message, help) = if tracked {
        (
            Severity::Error,
            format!("git has this file, and it holds {names}"),
            format!("`git rm --cached {path}`, name it in .gitignore, and change the secrets"),
        )
    } else {
        (
            Severity::Warning,
            format!("git does not ignore this file, and it holds {names}"),
            "name it in .gitignore".to_owned(),
        )
    };
    Finding::general(Code::Tracked, severity, message).help(help).at(Some(Place::file(path, 1, 1)))
}

impl Run for Leaks<'_> {
    fn about(&self) -> About<'_> {
        About::Contract(self.resolution.contract())
    }

    fn findings(&self) -> &Findings {
        &self.findings
    }

    fn verdict(&self) -> &'static str {
        if self.findings.is_valid() { "has no leaks" } else { "has leaks" }
    }

    fn notes(&self) -> Vec<String> {
        let Asked { values, common, sealed, .. } = self.asked;
        let (values, texts) = (counted(*values, "secret value"), counted_texts(self.found));
        let mut notes = vec![format!("searched for {values} in {texts}")];
        if !common.is_empty() {
            let names = self.names(common).join(", ");
            notes.push(format!("not searched for, too short or too common: {names}"));
        }
        if !sealed.is_empty() {
            let names = self.names(sealed).join(", ");
            notes.push(format!("not searched for, only the encrypted form is known: {names}"));
        }
        notes
    }

    fn cases(&self) -> Vec<Case<'_>> {
        let Asked { searched, common, sealed, .. } = self.asked;
        let skipped =
            [(searched, None), (common, Some("too short or too common")), (sealed, Some("encrypted"))];
        let mut cases: Vec<_> = skipped
            .into_iter()
            .flat_map(|(ids, skipped)| ids.iter().map(move |id| (*id, skipped.map(str::to_owned))))
            .collect();
        cases.sort_by_key(|(id, _)| *id);
        // What is looked for is no less a case for having another value that is not.
        cases.dedup_by_key(|(id, _)| *id);
        let case = |(id, skipped): (VariableId, _)| Case {
            name: &self.resolution.contract().variables()[id].name,
            skipped,
        };
        cases.into_iter().map(case).collect()
    }

    fn details(&self) -> Map<String, Value> {
        let Asked { searched, common, sealed, .. } = self.asked;
        let Found { texts, bytes, .. } = self.found;
        let searched = json!({ "variables": self.names(searched), "texts": texts, "bytes": bytes });
        let not_searched = json!({ "common": self.names(common), "encrypted": self.names(sealed) });
        Map::from_iter([("searched".to_owned(), searched), ("not_searched".to_owned(), not_searched)])
    }
}

/// `12 files, 3 MB`
fn counted_texts(found: &Found) -> String {
    let one = if found.is_history { "git object" } else { "file" };
    let texts = counted(usize::try_from(found.texts).unwrap_or(usize::MAX), one);
    match found.bytes {
        bytes @ ..1_000 => format!("{texts}, {bytes} bytes"),
        bytes @ 1_000..1_000_000 => format!("{texts}, {} kB", bytes / 1_000),
        bytes => format!("{texts}, {} MB", bytes / 1_000_000),
    }
}

impl Found {
    /// In an order that does not depend on how they were found.
    pub(crate) fn sort(&mut self) {
        self.finds.sort_by(|one, other| (&one.path, &one.whence).cmp(&(&other.path, &other.whence)));
        self.finds.dedup_by(|one, other| (&one.path, &one.whence) == (&other.path, &other.whence));
        self.unread.sort();
        self.unread.dedup();
    }

    /// Keeps what was found in a text, and in its name.
    pub(super) fn keep(&mut self, needles: &Needles, path: &str, whence: Whence, hits: Vec<Hit>) {
        let (path, in_name) = needles.masked(path);
        if !in_name.is_empty() {
            let hits = in_name.into_iter().map(|pattern| Hit { pattern, line: 1, column: 1 }).collect();
            self.finds.push(Find { path: path.clone(), whence: Whence::Name, hits });
        }
        if !hits.is_empty() {
            self.finds.push(Find { path, whence, hits });
        }
    }
}
