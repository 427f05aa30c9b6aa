//! A file that a POSIX shell reads with `.`, as bash and dash do: lines of assignments, whose values are words. `$NAME` and
//! `${NAME}` are expanded but in single quotes.
//!
//! A line with anything else is a command. It is told, and taken for one that is not found or changes no variable;
//! assignments before it are for it alone. What a value holds that runs a command is not told. From syntax on that only a
//! shell itself can follow, nothing is.

mod line;
mod word;

use std::collections::HashMap;

use super::{Outside, Rules, portable};
use crate::reading::{Effect, Reading};

use line::{Line, Lines};

pub(super) const RULES: Rules = Rules {
    name: "bash",
    title: "bash, dash and other POSIX shells",
    checked: "bash 5.2.15 and dash 0.5.12",
    read,
    spellings,
    takes_name: |name| (portable::RULES.takes_name)(name) && !is_shells_own(name),
};

/// Variables that a shell sets itself, or that cannot be set, so that a file does not decide on them.
const SHELLS_OWN: &[&str] = &[
    "_",
    "DIRSTACK",
    "EPOCHREALTIME",
    "EPOCHSECONDS",
    "EUID",
    "FUNCNAME",
    "GROUPS",
    "HISTCMD",
    "LINENO",
    "OPTARG",
    "OPTIND",
    "PIPESTATUS",
    "PPID",
    "RANDOM",
    "SECONDS",
    "SHELLOPTS",
    "SRANDOM",
    "UID",
];

/// Whether a shell has a meaning of its own for the variable.
pub(super) fn is_shells_own(name: &str) -> bool {
    SHELLS_OWN.contains(&name) || name.starts_with("BASH")
}

/// Variables that a shell has without anybody giving them.
const SHELLS_DEFAULTS: &[&str] = &[
    "COLUMNS", "HOSTNAME", "HOSTTYPE", "IFS", "LINES", "MACHTYPE", "OLDPWD", "OSTYPE", "PATH", "PS1", "PS2",
    "PS4", "PWD", "SHELL", "SHLVL", "TERM",
];

/// The variables so far; none where the value cannot be told.
type Known = HashMap<String, Option<String>>;

fn read(text: &str, outside: Outside<'_>) -> Reading {
    let mut reading = Reading::default();
    let mut known = Known::new();
    let mut lines = Lines::new(text);
    loop {
        let number = lines.number();
        match lines.next(&mut known, outside) {
            Line::End => return reading,
            Line::Assignments(assignments) => {
                for (name, value) in assignments {
                    match &value {
                        Some(value) => reading.set(name, value.as_str(), number),
                        None => {
                            reading.remark(
                                number,
                                Effect::Runs,
                                "what stands in the value depends on the shell",
                            );
                            reading.set_unknown(name, number);
                        }
                    }
                }
            }
            Line::Command => reading.remark(number, Effect::Runs, "the line is a command"),
            Line::Beyond => {
                reading.remark(number, Effect::Unknown, "only the shell itself can tell what the line does");
                reading.lose_all();
                return reading;
            }
        }
    }
}

/// Bare where no shell can mean anything by it; in single quotes with each `'` apart; in double quotes with what is special
/// in them escaped.
pub(super) fn spellings(value: &str) -> Vec<String> {
    let mut double = String::with_capacity(value.len() + 2);
    for c in value.chars() {
        if matches!(c, '"' | '\\' | '`' | '$') {
            double.push('\\');
        }
        double.push(c);
    }
    let apart = value.replace('\'', "'\\''");
    let mut spellings = vec![format!("'{apart}'"), format!("\"{double}\"")];
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_./:@%+,=-".contains(&byte);
    if value.bytes().all(plain) {
        spellings.insert(0, value.to_owned());
    }
    spellings
}
