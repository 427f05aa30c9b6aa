//! `export` lines for POSIX shells: single quotes, in which nothing is expanded.

use envschema::{Code, Finding, Severity};
use zeroize::Zeroizing;

use super::Exported;

pub(super) fn print(values: &[Exported<'_>]) -> Result<Zeroizing<String>, Vec<Finding>> {
    let mut text = Zeroizing::new(String::new());
    let mut refused = Vec::new();
    for Exported { name, variable, value } in values {
        #[expect(clippy::disallowed_methods, reason = "written to where the user asked")]
        let value = value.expose();
        if value.contains('\0') {
            let message = format!("{name} cannot be given to a shell: it holds a NUL byte");
            let finding = Finding::new(Code::Unwritable, Severity::Error, variable.name.clone(), message);
            refused.push(finding.help("export it as JSON, or encode it, for example in base64"));
            continue;
        }
        text.push_str("export ");
        text.push_str(name);
        text.push_str("='");
        for (index, part) in value.split('\'').enumerate() {
            if index > 0 {
                text.push_str("'\\''");
            }
            text.push_str(part);
        }
        text.push_str("'\n");
    }
    if refused.is_empty() { Ok(text) } else { Err(refused) }
}
