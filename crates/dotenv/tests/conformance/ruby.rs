//! dotenv of Ruby, in two versions.
//!
//! The rules are those of 3.2, which only rubygems.org has: `gem install --install-dir target/readers/ruby
//! dotenv:3.2.0` puts it where it is looked for here. Without it nothing is shown, not even where `CI` is set, and the
//! measured cases alone hold the rules. Debian has 2.4, which reads line by line: it has no values of several lines, keeps
//! the backslashes of values without quotes, and makes `\n` in double quotes a line end. What is written for 3.2 and has
//! no quote, no backslash and no line feed is the same to it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use envctl_dotenv::{Dialect, write_entry};

use super::{
    Driver, Real, Sight, folder, name, random, random_files_are_read_alike, tool, written_values_come_back,
};

const RUBY: Real = Real {
    name: "ruby-dotenv 3.2",
    dialect: Dialect::RubyDotenv,
    batch: 50,
    driver: Driver::Program(|| installed().map(|library| ruby(&library))),
};

const OLDER: Real = Real {
    name: "ruby-dotenv 2.4",
    dialect: Dialect::RubyDotenv,
    batch: 50,
    driver: Driver::Program(|| {
        let library = Path::new("/usr/share/rubygems-integration/all/gems/dotenv-2.4.0/lib");
        library.exists().then(|| ruby(library))
    }),
};

#[test]
fn ruby_dotenv_reads_back_what_is_written_for_it() {
    match installed() {
        Some(_) => written_values_come_back(&RUBY),
        None => RUBY.tell("not installed, nothing shown"),
    }
}

#[test]
fn ruby_dotenv_reads_files_as_our_rules_do() {
    match installed() {
        Some(_) => random_files_are_read_alike(&RUBY, |_| None),
        None => RUBY.tell("not installed, nothing shown"),
    }
}

#[test]
fn an_older_ruby_dotenv_reads_back_what_has_no_quote_backslash_or_line_feed() {
    let Some(rounds) = OLDER.rounds() else { return };
    let mut random = random::Source::new();
    let mut texts = Vec::new();
    let mut wanted = Vec::new();
    while texts.len() < rounds * OLDER.batch {
        let value = random.value();
        if value.contains(['\'', '"', '\\', '\n']) {
            continue;
        }
        if let Ok(line) = write_entry(&name(0), &value, Dialect::RubyDotenv) {
            texts.push(format!("BEFORE=x\n{line}\nAFTER=y\n"));
            wanted.push(
                [("BEFORE", "x"), (&name(0), &value), ("AFTER", "y")]
                    .map(owned)
                    .into_iter()
                    .collect::<BTreeMap<_, _>>(),
            );
        }
    }
    for (text, (sight, wanted)) in texts.iter().zip(OLDER.read(&texts).into_iter().flatten().zip(wanted)) {
        let Sight::Values(values) = sight else { panic!("{} refuses {text:?}", OLDER.name) };
        assert_eq!(values, wanted, "{} reads {text:?}", OLDER.name);
    }
    OLDER.tell(&format!("values written {}, differences 0", texts.len()));
}

fn owned((name, value): (&str, &str)) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

fn installed() -> Option<PathBuf> {
    tool("ruby/gems/dotenv-3.2.0/lib")
}

fn ruby(library: &Path) -> Command {
    let mut command = Command::new("/usr/bin/ruby");
    command.env_clear().env("LANG", "C.UTF-8").arg("-I").arg(library);
    command.arg(folder().join("ruby-dotenv.rb"));
    command
}
