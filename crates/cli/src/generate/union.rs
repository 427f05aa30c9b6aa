//! Which choices decide what is there: the unions of the types for TypeScript.

use std::collections::HashSet;

use envschema::{Empty, ValueType, VariableId};

use super::{Entry, Model, Need};

/// Members that all unions together make at most. A compiler multiplies them, and a reader should not have to.
const MOST_MEMBERS: usize = 1_024;

/// A choice, and what is there for each answer.
pub(super) struct Union<'a> {
    /// The variable that is chosen by.
    pub(super) chosen: &'a Entry<'a>,
    pub(super) members: Vec<Member<'a>>,
}

/// Answers that ask for the same.
pub(super) struct Member<'a> {
    /// What the variable is; `None` for not set.
    pub(super) answers: Vec<Option<&'a str>>,
    /// What is always there then.
    pub(super) there: Vec<&'a Entry<'a>>,
}

/// The unions of a contract. For each choice and each answer a variable is there when its condition holds whatever the
/// other variables are, so that every union is true by itself.
pub(super) fn unions<'a>(model: &'a Model<'a>) -> Vec<Union<'a>> {
    let mut unions = Vec::new();
    let mut members = 1;
    let mut seen = HashSet::new();
    for chosen in &model.entries {
        // Of a variable with several names the first one is chosen by.
        if !seen.insert(chosen.id) {
            continue;
        }
        let Some(union) = union(model, chosen) else { continue };
        if members * union.members.len() <= MOST_MEMBERS {
            members *= union.members.len();
            unions.push(union);
        }
    }
    unions
}

fn union<'a>(model: &'a Model<'a>, chosen: &'a Entry<'a>) -> Option<Union<'a>> {
    let depend: Vec<&Entry<'_>> = model.entries.iter().filter(|entry| asks_about(entry, chosen.id)).collect();
    if depend.is_empty() {
        return None;
    }
    let mut answers: Vec<Option<&str>> = answers(chosen)?.into_iter().map(Some).collect();
    if !chosen.need.is_always() {
        answers.push(None);
    }
    let mut members: Vec<Member<'_>> = Vec::new();
    for answer in answers {
        let holds = |entry: &&&Entry<'_>| match &entry.need {
            Need::When(_, asks) => asks.decided(chosen.id, answer) == Some(true),
            _ => false,
        };
        let there: Vec<&Entry<'_>> = depend.iter().filter(holds).copied().collect();
        let same = |member: &&mut Member<'_>| {
            member.there.iter().map(|entry| entry.name).eq(there.iter().map(|entry| entry.name))
        };
        match members.iter_mut().find(same) {
            Some(member) => member.answers.push(answer),
            None => members.push(Member { answers: vec![answer], there }),
        }
    }
    (members.len() > 1).then_some(Union { chosen, members })
}

fn asks_about(entry: &Entry<'_>, variable: VariableId) -> bool {
    let mut found = false;
    if let Need::When(_, asks) = &entry.need {
        asks.each_variable(&mut |asked| found |= asked == variable);
    }
    found && entry.id != variable
}

/// What a variable can be, if these are few; a boolean as `true` and `false`.
fn answers<'a>(chosen: &'a Entry<'a>) -> Option<Vec<&'a str>> {
    match &*chosen.kind {
        // An empty value would be another answer.
        _ if chosen.variable.empty == Empty::Value => None,
        ValueType::Boolean => Some(vec!["true", "false"]),
        ValueType::Enum(of) => Some(of.values.iter().map(String::as_str).collect()),
        _ => None,
    }
}
