//! `uuid`, `arn` and `semver`.

use std::borrow::Cow;

use super::{ArnType, Mismatch};

/// What `uuid` expects.
pub(super) const UUID: &str = "a UUID of 32 hexadecimal digits in groups of 8-4-4-4-12";
/// What `semver` expects.
pub(super) const SEMVER: &str = "a semantic version such as `1.4.0`";

pub(super) fn uuid(text: &str) -> Result<(), Mismatch> {
    let is_hyphen = |index: usize| matches!(index, 8 | 13 | 18 | 23);
    let valid = text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match is_hyphen(index) {
            true => byte == b'-',
            false => byte.is_ascii_hexdigit(),
        });
    if valid {
        return Ok(());
    }
    let dressed = text.starts_with('{') || text.starts_with("urn:uuid:");
    let bare = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let help = if dressed {
        Some("leave out the braces or the `urn:uuid:`")
    } else if bare {
        Some("write the hyphens")
    } else {
        None
    };
    Err(Mismatch::new(UUID, text, help))
}

pub(super) fn semver(text: &str) -> Result<(), Mismatch> {
    match semver::Version::parse(text) {
        Ok(_) => Ok(()),
        Err(_) => {
            let marked =
                text.strip_prefix(['v', 'V', '=']).is_some_and(|rest| semver::Version::parse(rest).is_ok());
            Err(Mismatch::new(
                SEMVER,
                text,
                marked.then_some("leave out what stands before the first number"),
            ))
        }
    }
}

impl ArnType {
    pub(super) fn expectation(&self) -> Cow<'static, str> {
        match &self.service {
            None => "an Amazon Resource Name, `arn:aws:…`".into(),
            Some(service) => format!("an Amazon Resource Name of `{service}`, `arn:aws:{service}:…`").into(),
        }
    }

    /// Six parts: `arn`, partition, service, region, account, resource. Region and account may be empty; the
    /// account of what Amazon itself owns is `aws`. The resource may hold more colons.
    pub(super) fn verify(&self, text: &str) -> Result<(), Mismatch> {
        let mut parts = text.splitn(6, ':');
        let mut part = || parts.next().unwrap_or_default();
        let (scheme, partition, service, region, account, resource) =
            (part(), part(), part(), part(), part(), part());
        let valid = scheme == "arn"
            && (partition == "aws" || partition.strip_prefix("aws-").is_some_and(is_word))
            && is_word(service)
            && self.service.as_ref().is_none_or(|wanted| wanted == service)
            && (region.is_empty() || is_word(region))
            && (account.is_empty() || account == "aws" || is_account(account))
            && !resource.is_empty()
            && !resource.contains(|c: char| c.is_whitespace() || c.is_control());
        if valid {
            return Ok(());
        }
        let help = (!text.starts_with("arn:")).then_some("give the whole name, from `arn:` on");
        Err(Mismatch::new(&self.expectation(), text, help))
    }
}

fn is_word(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}
