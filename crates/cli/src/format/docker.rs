//! An env file of `docker run --env-file`: the rest of the line as it is, with no quotes and no escapes.

use super::Exported;
use super::refusal::{Printed, Refusal, each, environment};

/// The longest line that the client reads, in bytes, its line break not counted.
const LONGEST: usize = 64 * 1024 - 1;

const LINE_BREAK: Refusal = Refusal {
    reason: "it holds a line break, and there a value ends with its line",
    help: "encode it, for example in base64, or mount it as a file",
};

const RETURN: Refusal = Refusal {
    reason: "it ends in a carriage return, which docker takes for a part of the line break",
    help: "remove the carriage return, or encode the value, for example in base64",
};

const LONG: Refusal = Refusal {
    reason: "with its name it is longer than 65,535 bytes, the longest line that docker reads",
    help: "mount it as a file",
};

pub(super) fn print(values: &[Exported<'_>]) -> Printed {
    each(values, "written to an env file of docker", |text, exported, value| {
        let name = exported.name;
        environment(name, value)?;
        if value.contains('\n') {
            return Err(LINE_BREAK);
        }
        if value.ends_with('\r') {
            return Err(RETURN);
        }
        if name.len() + 1 + value.len() > LONGEST {
            return Err(LONG);
        }
        text.push_str(name);
        text.push('=');
        text.push_str(value);
        text.push('\n');
        Ok(())
    })
}
