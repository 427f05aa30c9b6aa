//! `$env:` lines for PowerShell, in ASCII only.
//!
//! Windows PowerShell reads files without a mark, and what programs print, in the code page of the system, and joins
//! printed lines with its own line break. So everything but printable ASCII is written by its number; that also
//! covers the typographic quotes, which PowerShell takes for plain ones.

use std::fmt::Write as _;

use super::Exported;
use super::refusal::{Printed, Refusal, each, environment};

const EMPTY: Refusal = Refusal {
    reason: "it is empty, and PowerShell removes a variable that is set to nothing",
    help: "leave it unset there, or give it a value",
};

pub(super) fn print(values: &[Exported<'_>]) -> Printed {
    each(values, "given to PowerShell", |text, exported, value| {
        let name = exported.name;
        environment(name, value)?;
        if value.is_empty() {
            return Err(EMPTY);
        }
        text.push_str("$env:");
        text.push_str(name);
        text.push_str(" = ");
        expression(text, value);
        text.push('\n');
        Ok(())
    })
}

/// `'two' + [char]0x000A + 'lines'`: a text first, so that all that follows is joined to it as text.
fn expression(text: &mut String, value: &str) {
    text.push('\'');
    let mut quoted = true;
    let mut units = [0; 2];
    for c in value.chars() {
        if matches!(c, ' '..='~') {
            if !quoted {
                text.push_str(" + '");
                quoted = true;
            }
            text.push(c);
            if c == '\'' {
                text.push(c);
            }
            continue;
        }
        if quoted {
            text.push('\'');
            quoted = false;
        }
        for unit in c.encode_utf16(&mut units) {
            let _ = write!(text, " + [char]0x{unit:04X}");
        }
    }
    if quoted {
        text.push('\'');
    }
}
