//! Whose a record is, as its tags tell.

use std::collections::BTreeMap;

use envctl_sync::{Failure, Mark, Owner, TargetError};

/// The tag that names the contract.
pub(crate) const PROJECT: &str = "envctl:project";
/// The tag that names the environment.
pub(crate) const ENVIRONMENT: &str = "envctl:environment";
/// The tag that every record of ours has.
pub(crate) const MANAGED: &str = "envctl:managed";

/// How many tags a record has at most, how long a key and a value are, in characters.
const MOST: usize = 50;
const LONGEST_KEY: usize = 128;
const LONGEST_VALUE: usize = 256;

/// Our own tags.
pub(crate) fn own(mark: &Mark) -> Vec<(String, String)> {
    let environment = mark.environment.iter().map(|name| (ENVIRONMENT.to_owned(), name.clone()));
    [(PROJECT.to_owned(), mark.project.clone())]
        .into_iter()
        .chain(environment)
        .chain([(MANAGED.to_owned(), "true".to_owned())])
        .collect()
}

/// Whose a record with these tags is.
pub(crate) fn owner(mark: &Mark, tags: &BTreeMap<String, String>) -> Owner {
    let project = tags.get(PROJECT);
    let environment = tags.get(ENVIRONMENT);
    match (project, environment) {
        (None, _) => Owner::Nobody,
        (Some(project), environment)
            if *project == mark.project && environment == mark.environment.as_ref() =>
        {
            Owner::Ours
        }
        (Some(project), None) => Owner::Other(format!("project {project}")),
        (Some(project), Some(environment)) => {
            Owner::Other(format!("project {project}, environment {environment}"))
        }
    }
}

/// Refuses tags that AWS would not take.
pub(crate) fn check(mark: &Mark, tags: &BTreeMap<String, String>) -> Result<(), TargetError> {
    let wrong = |message: String, help: &str| {
        Err(TargetError { kind: Failure::Settings, code: None, message, help: Some(help.to_owned()) })
    };
    let own = own(mark);
    for key in tags.keys() {
        let lower = key.to_lowercase();
        if lower.starts_with("aws:") || lower.starts_with("envctl:") {
            return wrong(
                format!("the tag `{key}` is reserved"),
                "choose a name that begins neither with `aws:` nor with `envctl:`",
            );
        }
    }
    let all = || own.iter().map(|(key, value)| (key, value)).chain(tags);
    if let Some((key, _)) = all().find(|(key, _)| key.is_empty() || key.chars().count() > LONGEST_KEY) {
        return wrong(format!("the tag `{key}` is not of 1 to {LONGEST_KEY} characters"), "shorten its name");
    }
    if let Some((key, _)) = all().find(|(_, value)| value.chars().count() > LONGEST_VALUE) {
        return wrong(
            format!("the value of the tag `{key}` has more than {LONGEST_VALUE} characters"),
            "shorten it",
        );
    }
    let count = all().count();
    if count > MOST {
        return wrong(format!("{count} tags, and AWS takes {MOST}"), "remove some");
    }
    Ok(())
}
