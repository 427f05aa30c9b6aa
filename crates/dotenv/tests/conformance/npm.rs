//! Readers of npm that are asked in one process: dotenv, Vite's and Next.js's expansion, dotenvx.

use std::process::Command;

use envctl_dotenv::Dialect;

use super::{Driver, Real, folder, random_files_are_read_alike, tool, written_values_come_back};

/// The program that asks a package.
fn node(reader: &str) -> Option<Command> {
    let packages = tool("npm/node_modules")?;
    let mut node = Command::new("node");
    node.arg(folder().join("npm.mjs")).arg(reader).current_dir(packages.parent()?);
    node.env_clear().env("PATH", "/usr/local/bin:/usr/bin:/bin");
    Some(node)
}

macro_rules! readers {
    ($($test:ident: $reader:literal as $dialect:ident,)+) => {$(
        #[test]
        fn $test() {
            let real = Real {
                name: $reader,
                dialect: Dialect::$dialect,
                batch: 200,
                driver: Driver::Program(|| node($reader)),
            };
            written_values_come_back(&real);
            random_files_are_read_alike(&real, |_| None);
        }
    )+};
}

readers! {
    dotenv: "node-dotenv" as NodeDotenv,
    dotenv_in_its_fast_mode: "node-dotenv-fast" as NodeDotenv,
    dotenv_of_the_last_major_version: "node-dotenv-16" as NodeDotenv,
    vite: "vite" as Vite,
    next: "next" as Next,
    dotenvx: "dotenvx" as Dotenvx,
}
