//! python-dotenv, in the virtual environment of the readers.

use std::process::Command;

use envctl_dotenv::Dialect;

use super::{Driver, Real, folder, random_files_are_read_alike, tool, written_values_come_back};

const PYTHON: Real = Real {
    name: "python-dotenv",
    dialect: Dialect::PythonDotenv,
    batch: 50,
    driver: Driver::Program(command),
};

#[test]
fn python_dotenv_reads_back_what_is_written_for_it() {
    written_values_come_back(&PYTHON);
}

#[test]
fn python_dotenv_reads_files_as_our_rules_do() {
    random_files_are_read_alike(&PYTHON, |_| None);
}

fn command() -> Option<Command> {
    let mut command = Command::new(tool("python/bin/python3")?);
    command.env_clear().arg("-I").arg(folder().join("python-dotenv.py"));
    Some(command)
}
