//! What is there: in tens, and singly where one parameter spoils the answer for others.

use std::collections::HashMap;

use envctl_sync::{Failure, Observed, TargetError};

use super::ParameterStore;
use super::calls::{BATCH, unclear};
use super::content::Parameter;
use super::names::{self, wrong_name};
use crate::batches::Batches;

impl ParameterStore {
    /// What is there under each name.
    pub(super) fn look_at<'n>(&self, names: &[&'n str]) -> Vec<Observed> {
        let region = self.calls.connection().admit().and_then(|()| self.calls.connection().region());
        let region = match region {
            Ok(region) => region.unwrap_or_default(),
            Err(error) => return vec![Observed::Unknown(error); names.len()],
        };
        let batches = Batches {
            size: BATCH,
            // The service would call a name that cannot be "invalid", which is also its word for what is not there.
            wrong: |name: &str| wrong_name(name, &region).map(|why| Observed::Unknown(misnamed(why))),
            batch: |names: &[&'n str]| self.batch(names),
            missing: |name: &str| Observed::Unknown(unclear(name)),
        };
        batches.look(names)
    }

    /// What is there under up to [`BATCH`] names. A parameter that may not be read, or whose key may not be used, fails the
    /// whole request: then each is asked for alone, so that it does not hide the others.
    fn batch<'n>(&self, names: &[&'n str]) -> Vec<(&'n str, Observed)> {
        let answer = match self.calls.batch(names) {
            Ok(answer) => answer,
            Err(error) if names.len() > 1 && is_about_one(&error.error) => {
                return names.iter().flat_map(|name| self.batch(&[name])).collect();
            }
            Err(error) => {
                return names.iter().map(|name| (*name, Observed::Unknown(error.error.clone()))).collect();
            }
        };
        let mut found: HashMap<String, _> = HashMap::new();
        for parameter in answer.parameters.unwrap_or_default() {
            if let Some(name) = parameter.name.clone() {
                found.insert(name, Parameter::of(parameter));
            }
        }
        let missing = answer.invalid_parameters.unwrap_or_default();
        let each = |name: &&'n str| {
            let now = match found.remove(*name) {
                Some(Some(parameter)) => self.observed(name, parameter),
                // It was asked for by a name that can be, so it is not there: what may not be read fails the request.
                None if missing.iter().any(|one| one == name) => Observed::Absent,
                Some(None) | None => Observed::Unknown(unclear(name)),
            };
            (*name, now)
        };
        names.iter().map(each).collect()
    }
}

/// Whether a request for several may have failed because of one of them.
fn is_about_one(error: &TargetError) -> bool {
    matches!(error.kind, Failure::Denied | Failure::Rejected)
}

fn misnamed(message: String) -> TargetError {
    TargetError { kind: Failure::Settings, code: None, message, help: Some(names::help()) }
}
