//! What is asked about a secret that is to be changed: whose it is, whether it may be, and what we wrote last.

use std::collections::BTreeMap;

use aws_sdk_secretsmanager::operation::describe_secret::DescribeSecretOutput;
use aws_sdk_secretsmanager::types::{SecretVersionsListEntry, Tag};
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use envctl_sync::{Details, Failure, Held, HeldEntry, Owner, Refused, TargetError, token};
use envschema::SecretValue;

use super::content::entries;
use super::observe::MOST_PAGES;
use super::versions::{Last, Versions};
use super::{MOST_LABELS, SecretsManager};
use crate::error::{CallError, DENIED, NOT_FOUND};
use crate::tags;

impl SecretsManager {
    pub(super) fn ask_details(&self, name: &str, held: &Held) -> Result<Details, TargetError> {
        let description = self.calls.describe(name)?;
        if description.deleted_date.is_some() {
            return Err(TargetError {
                kind: Failure::Rejected,
                code: None,
                message: format!("`{name}` has just been scheduled for deletion"),
                help: Some("run it again to look at it anew".to_owned()),
            });
        }
        let region = self.calls.connection().region()?;
        let owner = tags::owner(&self.mark, &to_map(description.tags.as_deref()));
        let since = description.last_changed_date.as_ref().and_then(to_text);
        let refused = refusal(&description, region.as_deref());
        let versions = Versions::of(description.version_ids_to_stages);
        let refused = refused.or_else(|| too_many_labels(&versions));
        let mut details = Details { owner, base: None, since, refused };
        let last = match versions.last(&held.version) {
            Last::Current => return Ok(details),
            Last::Version(version) => Some(version.to_owned()),
            Last::Unseen => None,
        };
        if details.owner != Owner::Ours {
            // Nobody's or somebody else's: whoever adopts it takes it as it is, unless a version tells what we wrote.
            if let Some(version) = last {
                details.base = self.entries_of(name, &version)?;
            }
            return Ok(details);
        }
        let all = self.all_versions(name)?;
        let dated = all.iter().find(|version| version.version_id.as_deref() == Some(&held.version));
        if let Some(date) = dated.and_then(|version| version.created_date.as_ref()) {
            details.since = to_text(date);
        }
        let last = last.or_else(|| newest_of_ours(&all, None));
        let base = match last {
            Some(version) => self.entries_of(name, &version)?,
            None => None,
        };
        // It is ours and somebody wrote it, but what we wrote is gone: each key that is not as wanted counts as theirs,
        // because overwriting it would be a guess.
        details.base = Some(base.unwrap_or_default());
        Ok(details)
    }

    /// What a version holds; none if it is gone or cannot be read as ours.
    fn entries_of(&self, name: &str, version: &str) -> Result<Option<Vec<HeldEntry>>, TargetError> {
        match self.calls.value(name, Some(version)) {
            Ok(answer) => {
                let content = answer.secret_string.map(SecretValue::from);
                Ok(content.and_then(|content| entries(self.shape, &content).ok()))
            }
            Err(error) if error.is(NOT_FOUND) => Ok(None),
            Err(error) => Err(error.error),
        }
    }

    /// Every version there is; none if who asks may not list them.
    pub(super) fn all_versions(&self, name: &str) -> Result<Vec<SecretVersionsListEntry>, CallError> {
        let mut all = Vec::new();
        let mut token: Option<String> = None;
        for _ in 0..MOST_PAGES {
            let page = match self.calls.versions(name, token.as_deref()) {
                Ok(page) => page,
                Err(error) if error.is(DENIED) => return Ok(Vec::new()),
                Err(error) => return Err(error),
            };
            all.extend(page.versions.unwrap_or_default());
            if page.next_token.is_none() || page.next_token == token {
                return Ok(all);
            }
            token = page.next_token;
        }
        Ok(all)
    }
}

/// The version of ours that was written last, `but` left aside.
pub(super) fn newest_of_ours(all: &[SecretVersionsListEntry], but: Option<&str>) -> Option<String> {
    all.iter()
        .filter_map(|version| Some((version.version_id.as_deref()?, version.created_date.as_ref())))
        .filter(|(version, _)| token::is_token(version) && Some(*version) != but)
        .max_by_key(|(_, date)| date.map(|date| (date.secs(), date.subsec_nanos())))
        .map(|(version, _)| version.to_owned())
}

pub(super) fn to_map(tags: Option<&[Tag]>) -> BTreeMap<String, String> {
    tags.unwrap_or_default().iter().filter_map(|tag| Some((tag.key.clone()?, tag.value.clone()?))).collect()
}

/// Why it must not be changed by us, whoever's it is.
fn refusal(description: &DescribeSecretOutput, region: Option<&str>) -> Option<Refused> {
    let refused = |why: String, help: &str| Some(Refused { why, help: help.to_owned() });
    if let Some(service) = description.owning_service.as_deref().filter(|service| !service.is_empty()) {
        return refused(format!("the AWS service `{service}` manages it"), "change it through that service");
    }
    if description.rotation_enabled == Some(true) {
        return refused(
            "its rotation is on, which would replace what is written".to_owned(),
            "take its keys out of this target, or turn the rotation off",
        );
    }
    match (description.primary_region.as_deref(), region) {
        (Some(primary), Some(here)) if primary != here => refused(
            format!("it is a copy of the secret in {primary}"),
            "write to the one there: its copies follow",
        ),
        _ => None,
    }
}

fn too_many_labels(versions: &Versions) -> Option<Refused> {
    let labels = versions.labels_after_write().len();
    (labels > MOST_LABELS && !versions.has_label()).then(|| Refused {
        why: format!(
            "its versions would have {labels} staging labels with the ones that a write gives, and Secrets Manager takes {MOST_LABELS}"
        ),
        help: "remove labels that nobody uses with `aws secretsmanager update-secret-version-stage`".to_owned(),
    })
}

fn to_text(date: &DateTime) -> Option<String> {
    DateTime::from_secs(date.secs()).fmt(Format::DateTime).ok()
}
