//! An env file of `docker run --env-file`: the rest of the line as it is, with no quotes and no escapes.

use envctl_dotenv::{Dialect, write_entry};
use zeroize::Zeroizing;

use super::Exported;
use super::refusal::{Printed, Refusal, each, environment};

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
        let line = Zeroizing::new(write_entry(name, value, Dialect::Docker).map_err(|_| refusal(value))?);
        text.extend([line.as_str(), "\n"]);
        Ok(())
    })
}

/// Why the reader cannot hold the value.
fn refusal(value: &str) -> Refusal {
    match value {
        _ if value.contains('\n') => LINE_BREAK,
        _ if value.ends_with('\r') => RETURN,
        _ => LONG,
    }
}
