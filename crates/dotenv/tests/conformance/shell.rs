//! bash and dash, which read a file with `.`.

use std::process::Command;

use envctl_dotenv::Dialect;

use super::{
    Driver, Real, folder, random_assignments_are_read_alike, random_files_are_read_alike,
    written_values_come_back,
};

fn shell(program: &str) -> Option<Command> {
    let there = ["/bin", "/usr/bin"].iter().any(|folder| std::path::Path::new(folder).join(program).exists());
    let mut command = Command::new("python3");
    command.arg(folder().join("shell.py")).arg(format!("/bin/{program}"));
    command.env("PYTHONDONTWRITEBYTECODE", "1");
    there.then_some(command)
}

fn check(name: &'static str, program: fn() -> Option<Command>) {
    let real = Real { name, dialect: Dialect::Bash, batch: 100, driver: Driver::Program(program) };
    written_values_come_back(&real);
    random_files_are_read_alike(&real, |_| None);
    random_assignments_are_read_alike(&real);
}

#[test]
fn bash() {
    check("bash", || shell("bash"));
}

#[test]
fn dash() {
    check("dash", || shell("dash"));
}
