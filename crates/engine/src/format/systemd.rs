//! A file for `EnvironmentFile=` of a systemd unit.

use envctl_dotenv::{Dialect, write_entry};
use zeroize::Zeroizing;

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
        // Nothing else is beyond the quotes of systemd.
        let line = Zeroizing::new(write_entry(name, value, Dialect::Systemd).map_err(|_| NO_CHARACTER)?);
        text.extend([line.as_str(), "\n"]);
        Ok(())
    })
}
