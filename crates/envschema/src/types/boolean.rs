//! `boolean`.

use super::Mismatch;

/// What `boolean` expects.
pub(super) const EXPECTATION: &str = "`true`, `false`, `1` or `0`";

/// What other formats call true and false. One help for both sides, so that it does not tell which it was.
const OTHER_SPELLINGS: &[&str] =
    &["true", "false", "yes", "no", "on", "off", "y", "n", "t", "f", "enabled", "disabled"];

pub(super) fn boolean(text: &str) -> Result<bool, Mismatch> {
    match text {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        _ => {
            let other = OTHER_SPELLINGS.iter().any(|spelling| spelling.eq_ignore_ascii_case(text));
            let help = other.then_some("write `true` or `1` for yes, `false` or `0` for no, in lower case");
            Err(Mismatch::new(EXPECTATION, text, help))
        }
    }
}
