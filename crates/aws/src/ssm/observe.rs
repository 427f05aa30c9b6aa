//! What is there: in tens, and singly where one parameter spoils the answer for others.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::thread;

use envctl_sync::{Failure, Observed, TargetError};

use super::ParameterStore;
use super::calls::{BATCH, unclear};
use super::content::Parameter;
use super::names::{self, wrong_name};

/// How many batches are read at once.
const AT_ONCE: usize = 4;

impl ParameterStore {
    /// What is there under each name.
    pub(super) fn look_at(&self, names: &[&str]) -> Vec<Observed> {
        let region = self.calls.connection().admit().and_then(|()| self.calls.connection().region());
        let region = match region {
            Ok(region) => region.unwrap_or_default(),
            Err(error) => return vec![Observed::Unknown(error); names.len()],
        };
        let mut found: HashMap<&str, Observed> = HashMap::new();
        let mut asked = Vec::new();
        for name in names {
            match wrong_name(name, &region) {
                // The service would call a name that cannot be "invalid", which is also its word for what is not there.
                Some(why) => drop(found.insert(name, Observed::Unknown(misnamed(why)))),
                None if !asked.contains(name) => asked.push(name),
                None => {}
            }
        }
        let queue: Mutex<VecDeque<&[&str]>> = Mutex::new(asked.chunks(BATCH).collect());
        let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        let work = || {
            let mut all = Vec::new();
            while let Some(batch) = next() {
                all.extend(self.batch(batch));
            }
            all
        };
        let workers = asked.len().div_ceil(BATCH).min(AT_ONCE);
        if workers <= 1 {
            found.extend(work());
        } else {
            thread::scope(|scope| {
                let threads: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
                for thread in threads {
                    found.extend(thread.join().unwrap_or_default());
                }
            });
        }
        let missing = |name| Observed::Unknown(unclear(name));
        names.iter().map(|name| found.get(name).cloned().unwrap_or_else(|| missing(name))).collect()
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
