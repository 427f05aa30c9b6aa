//! `export` lines for POSIX shells: single quotes, in which nothing is expanded.

use super::Exported;
use super::refusal::{Printed, each, environment};

pub(super) fn print(values: &[Exported<'_>]) -> Printed {
    each(values, "given to a shell", |text, exported, value| {
        let name = exported.name;
        environment(name, value)?;
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
        Ok(())
    })
}
