//! A file for `EnvironmentFile=` of a systemd unit: double quotes, with `\` before what is special in them.

use super::Exported;
use super::refusal::{Printed, Refusal, each, environment};

const NO_CHARACTER: Refusal = Refusal {
    reason: "it holds a code point that Unicode keeps free of characters, and systemd drops such a line",
    help: "encode it, for example in base64",
};

pub(super) fn print(values: &[Exported<'_>]) -> Printed {
    each(values, "written to an environment file of systemd", |text, exported, value| {
        let name = exported.name;
        environment(name, value)?;
        if value.chars().any(is_no_character) {
            return Err(NO_CHARACTER);
        }
        text.push_str(name);
        text.push_str("=\"");
        for c in value.chars() {
            if matches!(c, '"' | '\\' | '`' | '$') {
                text.push('\\');
            }
            text.push(c);
        }
        text.push_str("\"\n");
        Ok(())
    })
}

fn is_no_character(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xFFFE == 0xFFFE
}
