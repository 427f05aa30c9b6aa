//! What is there: by batches, and singly where a batch does not tell. Nothing is called absent that was not confirmed.

use std::collections::HashMap;
use std::sync::atomic::Ordering;

use aws_sdk_secretsmanager::types::ApiErrorType;
use aws_smithy_types::date_time::Format;
use envctl_sync::{Failure, Observed, TargetError};

use super::SecretsManager;
use super::calls::{BATCH, STATE, reading};
use super::content::{observed, unusable, wrong_name};
use super::versions::Versions;
use crate::batches::Batches;
use crate::error::{CallError, DENIED, NOT_FOUND, refused};

/// How many pages a batch of [`BATCH`] has at most, before the answer is taken for broken.
pub(super) const MOST_PAGES: usize = 100;

impl SecretsManager {
    /// What is there under each name.
    pub(super) fn look_at<'n>(&self, names: &[&'n str]) -> Vec<Observed> {
        if let Err(error) = self.calls.connection().admit() {
            return vec![Observed::Unknown(error); names.len()];
        }
        let batches = Batches {
            size: BATCH,
            // One name that the service does not take would spoil the answer for its whole batch.
            wrong: |name: &str| wrong_name(name).map(|why| Observed::Unknown(misnamed(why))),
            batch: |names: &[&'n str]| self.batch(names),
            missing: |_: &str| Observed::Unknown(unclear("it was not looked at")),
        };
        batches.look(names)
    }

    /// What is there under up to [`BATCH`] names.
    fn batch<'n>(&self, names: &[&'n str]) -> Vec<(&'n str, Observed)> {
        let mut found = HashMap::new();
        let mut codes = HashMap::new();
        let mut broken = None;
        if !self.is_batch_denied.load(Ordering::Relaxed) {
            match self.pages(names, &mut found, &mut codes) {
                Ok(()) => {}
                // Reading singly is often allowed where batches are not.
                Err(error) if error.is(DENIED) => self.is_batch_denied.store(true, Ordering::Relaxed),
                Err(error) => broken = Some(error.error),
            }
        }
        let each = |name: &&'n str| {
            let now = match (found.remove(*name), codes.get(*name), &broken) {
                (Some(now), _, _) => now,
                (None, Some(code), _) => self.by_code(name, code),
                (None, None, Some(error)) => Observed::Unknown(error.clone()),
                (None, None, None) => self.single(name),
            };
            (*name, now)
        };
        names.iter().map(each).collect()
    }

    /// Reads the pages of a batch: what secrets hold, and the codes of those that the service did not read.
    fn pages(
        &self,
        names: &[&str],
        found: &mut HashMap<String, Observed>,
        codes: &mut HashMap<String, String>,
    ) -> Result<(), CallError> {
        let mut token: Option<String> = None;
        for _ in 0..MOST_PAGES {
            let page = self.calls.batch(names, token.as_deref())?;
            for entry in page.secret_values.unwrap_or_default() {
                let Some(name) = entry.name.clone() else { continue };
                let now = observed(&name, self.shape, entry.into());
                found.insert(name, now);
            }
            for ApiErrorType { secret_id, error_code, .. } in page.errors.unwrap_or_default() {
                codes.extend(secret_id.zip(error_code));
            }
            token = page.next_token;
            if token.is_none() {
                return Ok(());
            }
        }
        let error = unclear(&format!("a batch of {} secrets has no end of pages", names.len()));
        Err(CallError { error, may_be_done: false })
    }

    /// What is there, if a batch gave a code for it.
    fn by_code(&self, name: &str, code: &str) -> Observed {
        let is = |codes: &[&str]| codes.contains(&code);
        let error = refused(reading(name), code);
        match error.kind {
            _ if is(NOT_FOUND) || is(STATE) => self.confirm(name, error),
            Failure::Throttled | Failure::Outage => self.single(name),
            _ => Observed::Unknown(error),
        }
    }

    /// What is there, asked for alone.
    fn single(&self, name: &str) -> Observed {
        match self.calls.value(name, None) {
            Ok(answer) => observed(name, self.shape, answer.into()),
            Err(error) if error.is(NOT_FOUND) || error.is(STATE) => self.confirm(name, error.error),
            Err(error) => Observed::Unknown(error.error),
        }
    }

    /// What is there, if its value could not be read because of `error`: nothing, something that is going to be deleted, or a
    /// secret without a value.
    fn confirm(&self, name: &str, error: TargetError) -> Observed {
        let description = match self.calls.describe(name) {
            Ok(description) => description,
            Err(gone) if gone.is(NOT_FOUND) => return Observed::Absent,
            Err(other) => return Observed::Unknown(other.error),
        };
        if let Some(date) = description.deleted_date {
            let on = date.fmt(Format::DateTime).ok().map(|text| text.chars().take(10).collect());
            return Observed::Scheduled { on };
        }
        if Versions::of(description.version_ids_to_stages).current().is_none() {
            return unusable("it has no value".to_owned());
        }
        if !error.code.as_deref().is_some_and(|code| NOT_FOUND.contains(&code)) {
            return Observed::Unknown(error);
        }
        // It came into being meanwhile.
        match self.calls.value(name, None) {
            Ok(answer) => observed(name, self.shape, answer.into()),
            Err(error) => Observed::Unknown(error.error),
        }
    }
}

fn misnamed(message: String) -> TargetError {
    let help = Some("correct the name in envctl.toml: letters, digits and `/_+=.@-`".to_owned());
    TargetError { kind: Failure::Settings, code: None, message, help }
}

fn unclear(message: &str) -> TargetError {
    let help = Some("run it again".to_owned());
    TargetError { kind: Failure::Outage, code: None, message: message.to_owned(), help }
}
