//! `set -gx` lines for fish: single quotes, in which only `\` and `'` are escaped.

use super::Exported;
use super::refusal::{Printed, Refusal, each, environment};

/// Variables that fish sets itself and nobody else can.
const OWN: &[&str] = &[
    "FISH_VERSION",
    "PWD",
    "SHLVL",
    "_",
    "fish_kill_signal",
    "fish_killring",
    "fish_pid",
    "history",
    "hostname",
    "pipestatus",
    "status",
    "status_generation",
    "umask",
    "version",
];

const READ_ONLY: Refusal = Refusal {
    reason: "fish has a read-only variable of this name",
    help: "rename it, or run the program with another shell",
};

pub(super) fn print(values: &[Exported<'_>]) -> Printed {
    each(values, "given to fish", |text, exported, value| {
        let name = exported.name;
        environment(name, value)?;
        if OWN.contains(&name) {
            return Err(READ_ONLY);
        }
        text.push_str("set -gx ");
        text.push_str(name);
        text.push_str(" '");
        for c in value.chars() {
            if matches!(c, '\'' | '\\') {
                text.push('\\');
            }
            text.push(c);
        }
        text.push_str("'\n");
        Ok(())
    })
}
