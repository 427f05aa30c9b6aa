//! systemd's reader of environment files, as the generator of the user's environment uses it.
//!
//! The generator also expands `$` in what it read, which `EnvironmentFile=` does not do. A backtick means the same as a
//! dollar to the reader and nothing to the expansion, so it stands in its place, and the generator is not asked about
//! texts that have both. It drops empty values, which `EnvironmentFile=` keeps.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};

use envctl_dotenv::Dialect;

use super::{Driver, Real, Sight, random_files_are_read_alike, written_values_come_back};

const GENERATOR: &str = "lib/systemd/user-environment-generators/30-systemd-environment-d-generator";

const SYSTEMD: Real =
    Real { name: "systemd", dialect: Dialect::Systemd, batch: 100, driver: Driver::Function(read_all) };

#[test]
fn systemd() {
    written_values_come_back(&SYSTEMD);
    random_files_are_read_alike(&SYSTEMD, |text| {
        (!can_be_asked(text)).then_some("has both a dollar and a backtick")
    });
}

/// Whether the generator can be asked about the text.
pub(super) fn can_be_asked(text: &str) -> bool {
    !(text.contains('$') && text.contains('`'))
}

fn read_all(texts: &[String]) -> Option<Vec<Sight>> {
    let folder = ["/", "/usr"].into_iter().find(|folder| Path::new(folder).join(GENERATOR).exists())?;
    let generator = Path::new(folder).join(GENERATOR);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("environment.d/read.conf");
    std::fs::create_dir(folder.path().join("environment.d")).expect("a folder");
    let read = |text: &str| {
        let has_dollar = text.contains('$');
        std::fs::write(&file, text.replace('$', "`")).expect("a file");
        let mut command = Command::new(&generator);
        command.env_clear().env("XDG_CONFIG_HOME", folder.path()).stdin(Stdio::null());
        let output = command.output().expect("the generator runs");
        let printed = String::from_utf8(output.stdout).expect("text");
        let pairs = printed.lines().filter_map(|line| line.split_once('='));
        let values: BTreeMap<String, String> = pairs
            .map(|(name, value)| {
                let value = unquoted(value);
                (name.to_owned(), if has_dollar { value.replace('`', "$") } else { value })
            })
            .collect();
        values
    };
    // What the system itself has for every user.
    let own = read("");
    let without = |text: &String| {
        let mut values = read(text);
        values.retain(|name, value| own.get(name) != Some(value));
        Sight::Values(values)
    };
    Some(texts.iter().map(without).collect())
}

/// What the generator wrote, some of it in quotes with the escapes of C.
fn unquoted(value: &str) -> String {
    let Some(quoted) = value.strip_prefix('"') else { return value.to_owned() };
    let mut read = String::new();
    let mut rest = quoted.strip_suffix('"').expect("the end of a text").chars();
    while let Some(c) = rest.next() {
        let escaped = if c == '\\' { rest.next().expect("an escaped character") } else { c };
        read.push(match (c, escaped) {
            ('\\', 'a') => '\u{7}',
            ('\\', 'b') => '\u{8}',
            ('\\', 'f') => '\u{c}',
            ('\\', 'n') => '\n',
            ('\\', 'r') => '\r',
            ('\\', 't') => '\t',
            ('\\', 'v') => '\u{b}',
            ('\\', first @ '0'..='3') => {
                let number: String = [first].into_iter().chain(rest.by_ref().take(2)).collect();
                char::from(u8::from_str_radix(&number, 8).expect("an octal number"))
            }
            (_, c) => c,
        });
    }
    read
}
