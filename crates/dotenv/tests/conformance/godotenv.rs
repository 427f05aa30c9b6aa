//! godotenv, in a program that is compiled against it.

use std::process::Command;

use envctl_dotenv::Dialect;

use super::{Driver, Real, random_files_are_read_alike, tool, written_values_come_back};

const GODOTENV: Real =
    Real { name: "godotenv", dialect: Dialect::Godotenv, batch: 50, driver: Driver::Program(command) };

#[test]
fn godotenv_reads_back_what_is_written_for_it() {
    written_values_come_back(&GODOTENV);
}

#[test]
fn godotenv_reads_files_as_our_rules_do() {
    random_files_are_read_alike(&GODOTENV, |_| None);
}

fn command() -> Option<Command> {
    let mut command = Command::new(tool("go/godotenv")?);
    command.env_clear();
    Some(command)
}
