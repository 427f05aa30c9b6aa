//! `pem`.

use std::borrow::Cow;

use super::encoded::Base64Scan;
use super::{Mismatch, PemType};
use crate::suggest::one_of;

/// The label of keys in PKCS#8, and those of the two older forms that are taken for it.
const PRIVATE_KEYS: [&str; 3] = ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"];

impl PemType {
    pub(super) fn expectation(&self) -> Cow<'static, str> {
        match self.label.as_deref() {
            None => "a PEM block, from its `BEGIN` line to its `END` line".into(),
            Some(label) if label == PRIVATE_KEYS[0] => {
                format!("a PEM block labelled {}", one_of(PRIVATE_KEYS)).into()
            }
            Some(label) => format!("a PEM block labelled `{label}`").into(),
        }
    }

    pub(super) fn verify(&self, text: &str) -> Result<(), Mismatch> {
        if first_label(text).is_some_and(|label| self.takes(label)) {
            Ok(())
        } else {
            Err(Mismatch::new(&self.expectation(), text.trim(), help(text.trim())))
        }
    }

    fn takes(&self, label: &str) -> bool {
        self.label.as_deref().is_none_or(|wanted| {
            wanted == label || (wanted == PRIVATE_KEYS[0] && PRIVATE_KEYS.contains(&label))
        })
    }
}

/// The label of the first block when there is one and every block is well formed. Text outside blocks is a
/// comment.
fn first_label(text: &str) -> Option<&str> {
    let mut first = None;
    let mut lines = text.lines().map(str::trim_end);
    while let Some(line) = lines.next() {
        if let Some(label) = boundary(line, "BEGIN") {
            is_block(&mut lines, label).then_some(())?;
            first = first.or(Some(label));
        } else if boundary(line, "END").is_some() {
            return None;
        }
    }
    first
}

/// Whether the lines up to the block's own `END` are padded standard base64, perhaps after header lines, as
/// encrypted keys of the older form have them.
fn is_block<'a>(lines: &mut impl Iterator<Item = &'a str>, label: &str) -> bool {
    let mut scan = Base64Scan::default();
    let mut in_headers = true;
    for line in lines {
        if let Some(end) = boundary(line, "END") {
            return end == label && scan.is_standard() && scan.decoded().is_some_and(|bytes| bytes > 0);
        }
        in_headers &= line.is_empty() || line.contains(':');
        if !in_headers && !line.bytes().all(|byte| scan.push(byte)) {
            return false;
        }
    }
    false
}

/// The label of a `-----BEGIN label-----` line.
fn boundary<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    let label = line.strip_prefix("-----")?.strip_prefix(word)?.strip_prefix(' ')?.strip_suffix("-----")?;
    (!label.is_empty()).then_some(label)
}

fn help(text: &str) -> Option<&'static str> {
    let has = |word: &str| text.contains(word);
    if has("-----BEGIN ") && has("\\n") {
        Some("its line breaks are written as the two characters `\\n`; put real line breaks there")
    } else if text.starts_with("LS0tLS1CRUdJTi") {
        Some("this is a PEM block encoded in base64 once more; decode it")
    } else if has("-----BEGIN ") && !has("-----END ") {
        Some(
            "its `END` line is missing; a value of several lines needs quotes around it in a file of variables",
        )
    } else if has("-----BEGIN ") && !text.contains('\n') {
        Some("keep its line breaks")
    } else {
        None
    }
}
