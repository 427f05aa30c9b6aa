//! systemd's reader of environment files, as the generator of the user's environment uses it.
//!
//! The generator also expands `$` in what it read, which `EnvironmentFile=` does not do; `$$` is a `$` to it. So each
//! `$` of the file is doubled for it. And it drops empty values, which `EnvironmentFile=` keeps; they are not checked.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use envctl_testkit::TempProject;
use proptest::prelude::*;

use super::{any_values, awkward, few_cases, missing, printed, reader, written};

const GENERATOR: &str = "lib/systemd/user-environment-generators/30-systemd-environment-d-generator";

fn read(text: &str) -> Option<BTreeMap<String, String>> {
    let folder = ["/", "/usr"].into_iter().find(|folder| Path::new(folder).join(GENERATOR).exists());
    let Some(folder) = folder else { return missing("systemd's generator of the user's environment") };
    let project = TempProject::new().file("environment.d/exported.conf", text.replace('$', "$$"));
    let mut generator = Command::new(Path::new(folder).join(GENERATOR));
    let output = reader("systemd", generator.env("XDG_CONFIG_HOME", project.path()))?;
    Some(printed(&output).lines().filter_map(|line| line.split_once('=')).map(pair).collect())
}

fn pair((name, value): (&str, &str)) -> (String, String) {
    let value = match value.strip_prefix('"') {
        Some(quoted) => unescaped(quoted.strip_suffix('"').expect("the end of a text")),
        None => value.to_owned(),
    };
    (name.to_owned(), value)
}

/// What the generator wrote with the escapes of C.
fn unescaped(text: &str) -> String {
    let mut read = String::new();
    let mut rest = text.chars();
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

fn check(values: &[String]) {
    let (text, kept) = written("systemd", values);
    let Some(read) = read(&text) else { return };
    for (index, value) in kept.iter().enumerate().filter(|(_, value)| !value.is_empty()) {
        assert_eq!(read.get(&format!("V{index}")), Some(value), "{text}");
    }
}

#[test]
fn systemd_reads_awkward_values_back() {
    check(&awkward());
    let (_, kept) = written("systemd", &awkward());
    assert_eq!(kept.len(), awkward().len() - 1, "all but the one with code points that are no characters");
}

proptest! {
    #![proptest_config(few_cases())]

    #[test]
    fn systemd_reads_what_is_not_refused(values in any_values()) {
        check(&values);
    }
}
