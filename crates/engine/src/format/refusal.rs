//! Writing values one after the other, and telling which of them a form cannot hold.

use envschema::{Code, Finding, Severity};
use zeroize::Zeroizing;

use super::Exported;
use crate::wiped::make_room;

/// More than any form writes around a name and a value, the line that ends a value of `$GITHUB_ENV` included.
const AROUND: usize = 256;

/// The text of a form, or one finding for each variable that it cannot hold.
pub type Printed = Result<Zeroizing<String>, Vec<Finding>>;

/// Why a form cannot hold a value or a name, and what to do. It never tells a value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Refusal {
    /// Follows a colon: `it holds a NUL byte`.
    pub(super) reason: &'static str,
    /// What to do.
    pub(super) help: &'static str,
}

/// No environment of a process holds one.
pub(super) const NUL: Refusal =
    Refusal { reason: "it holds a NUL byte", help: "export it as JSON, or encode it, for example in base64" };

/// A stack's configuration has keys that are no names of environment variables.
const NO_NAME: Refusal =
    Refusal { reason: "an environment variable cannot have this name", help: "export it as JSON or YAML" };

/// Refuses what no environment of a process can hold: a NUL byte, and a name of other characters than letters,
/// digits and `_`.
pub(super) fn environment(name: &str, value: &str) -> Result<(), Refusal> {
    let plain = name.bytes().all(|byte| byte == b'_' || byte.is_ascii_alphanumeric());
    if !plain || name.starts_with(|first: char| first.is_ascii_digit()) {
        return Err(NO_NAME);
    }
    if value.contains('\0') { Err(NUL) } else { Ok(()) }
}

/// Writes each value with its name in its turn. `cannot` completes the sentence of a refusal: `given to fish`.
pub(super) fn each<'a>(
    values: impl IntoIterator<Item = &'a Exported<'a>>,
    cannot: &str,
    mut write: impl FnMut(&mut String, &Exported<'_>, &str) -> Result<(), Refusal>,
) -> Printed {
    let mut text = Zeroizing::new(String::new());
    let mut refused = Vec::new();
    for exported in values {
        #[expect(clippy::disallowed_methods, reason = "written to where the user asked")]
        let value = exported.value.expose();
        make_room(&mut text, value.len(), exported.name.len() + AROUND);
        let written = write(&mut text, exported, value);
        if let Err(Refusal { reason, help }) = written {
            let message = format!("{} cannot be {cannot}: {reason}", exported.name);
            let variable = exported.variable.name.clone();
            refused.push(Finding::new(Code::Unwritable, Severity::Error, variable, message).help(help));
        }
    }
    if refused.is_empty() { Ok(text) } else { Err(refused) }
}
