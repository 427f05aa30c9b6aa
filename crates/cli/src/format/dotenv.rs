//! An env file in the portable spelling, with the contract's groups as headings.

use envctl_dotenv::{Dialect, write_entry};
use envschema::{Code, Contract, Finding, Severity};
use zeroize::Zeroizing;

use super::Exported;

pub(super) fn print(contract: &Contract, values: &[Exported<'_>]) -> Result<Zeroizing<String>, Vec<Finding>> {
    let mut text = Zeroizing::new(String::new());
    let mut refused = Vec::new();
    let mut heading = None;
    for Exported { name, variable, value, .. } in values {
        let group = variable.group.map(|group| contract.groups()[group].title.as_str());
        if group != heading {
            if !text.is_empty() {
                text.push('\n');
            }
            if let Some(title) = group {
                text.push_str("# ");
                text.push_str(title);
                text.push('\n');
            }
            heading = group;
        }
        #[expect(clippy::disallowed_methods, reason = "written to where the user asked")]
        match write_entry(name, value.expose(), Dialect::Portable) {
            Ok(line) => {
                text.push_str(&Zeroizing::new(line));
                text.push('\n');
            }
            Err(unwritable) => refused.push(
                Finding::new(
                    Code::Unwritable,
                    Severity::Error,
                    variable.name.clone(),
                    format!("{name} cannot be written to an env file: {}", unwritable.reason),
                )
                .help(unwritable.reason.help()),
            ),
        }
    }
    if refused.is_empty() { Ok(text) } else { Err(refused) }
}
