//! Programs that read env files themselves: Node.js in four versions, Bun, Deno.

use std::path::Path;
use std::process::Command;

use envctl_dotenv::Dialect;

use super::{Driver, Real, folder, random_files_are_read_alike, tool, written_values_come_back};

/// A script with its arguments, run by this program.
fn script(program: impl AsRef<Path>, script: &str, args: &[&Path]) -> Command {
    let mut command = Command::new(program.as_ref());
    command.arg(folder().join(script)).args(args);
    command.env_clear().env("PATH", "/usr/local/bin:/usr/bin:/bin");
    command
}

fn node(version: &str) -> Option<Command> {
    let node = tool(&format!("npm/node_modules/node-{version}/bin/node"))?;
    Some(script(node, "parse-env.mjs", &[]))
}

fn env_file(name: &str, program: &str) -> Option<Command> {
    let program = tool(&format!("npm/node_modules/{program}"))?;
    Some(script("node", "env-file.mjs", &[Path::new(name), &program]))
}

fn check(name: &'static str, dialect: Dialect, batch: usize, program: fn() -> Option<Command>) {
    let real = Real { name, dialect, batch, driver: Driver::Program(program) };
    written_values_come_back(&real);
    random_files_are_read_alike(&real, |_| None);
}

/// The version that is on its way out reads some files in another way, and what is written for its successors alike.
#[test]
fn node_20() {
    let program = || Some(script("node", "parse-env.mjs", &[]));
    let driver = Driver::Program(program);
    written_values_come_back(&Real { name: "node 20", dialect: Dialect::Node, batch: 200, driver });
}

#[test]
fn node_22() {
    check("node 22", Dialect::Node, 200, || node("22"));
}

#[test]
fn node_24() {
    check("node 24", Dialect::Node, 200, || node("24"));
}

#[test]
fn node_26() {
    check("node 26", Dialect::Node, 200, || node("26"));
}

#[test]
fn bun() {
    check("bun", Dialect::Bun, 30, || env_file("bun", "@oven/bun-linux-x64/bin/bun"));
}

#[test]
fn varlock() {
    check("varlock", Dialect::Varlock, 6, || {
        let cli = tool("npm/node_modules/varlock/bin/cli.js")?;
        Some(script("node", "varlock.mjs", &[&cli]))
    });
}

#[test]
fn deno() {
    check("deno", Dialect::Deno, 20, || env_file("deno", "@deno/linux-x64-glibc/deno"));
}
