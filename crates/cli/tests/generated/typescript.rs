//! Types for TypeScript, read by its compiler.
//!
//! `tests/typescript` has programs that use them: those of `right` compile; those of `wrong` do not, each at the line
//! that says so.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use envctl_testkit::TempProject;

use super::{CONTRACTS, STACKS, generated, name, root};
use crate::read_back::missing;

/// The compiler, which is installed once by the package manager; none without that, or without a network.
fn compiler() -> Option<&'static Path> {
    static COMPILER: OnceLock<Option<PathBuf>> = OnceLock::new();
    let compiler = COMPILER.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("typescript");
        fs::create_dir_all(&folder).expect("a folder");
        let compiler = folder.join("node_modules/typescript/bin/tsc");
        let wanted = |file: &str| fs::read(root().join("tests/typescript").join(file)).expect("a file");
        let lock = wanted("package-lock.json");
        // The lock beside the packages is that which they were installed by.
        let installed = fs::read(folder.join("package-lock.json")).is_ok_and(|installed| installed == lock);
        if installed && compiler.exists() {
            return Some(compiler);
        }
        for file in [".npmrc", "package.json", "package-lock.json"] {
            fs::write(folder.join(file), wanted(file)).expect("a file");
        }
        let mut npm = Command::new("npm");
        npm.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"])
            .current_dir(&folder);
        let status = npm.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
        status.is_ok_and(|status| status.success()).then_some(compiler)
    });
    compiler.as_deref().or_else(|| missing("npm, with the compiler of TypeScript"))
}

/// What the compiler says of the files of a folder, a line for each mistake.
fn mistakes(folder: &Path) -> Option<Vec<String>> {
    let mut command = Command::new("node");
    command.arg(compiler()?).args([
        "--noEmit",
        "--strict",
        "--pretty",
        "false",
        "--exactOptionalPropertyTypes",
    ]);
    command.args(["--target", "es2022", "--module", "es2022", "--moduleResolution", "bundler"]);
    let entries = fs::read_dir(folder).expect("a folder");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry").file_name()).collect();
    files.sort();
    let output = command.args(files).current_dir(folder).stdin(Stdio::null()).output().expect("node runs");
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(output.status.success() != text.contains("error TS"), "{text}");
    Some(text.lines().filter(|line| line.contains("error TS")).map(str::to_owned).collect())
}

/// A folder with the types of every contract, each with the texts of a process or without, and those of the npm package.
fn types() -> TempProject {
    let project = TempProject::new();
    let package = root().join("crates/ffi/node/lib/index.d.ts");
    project.write("envctl.d.ts", fs::read_to_string(package).expect("the types of the package"));
    for contract in CONTRACTS.iter().chain(STACKS) {
        let text = generated("typescript", contract);
        // Together they would say different things of one process; `process.ts` sees those of one contract.
        let shared = text.split("\ndeclare global {").next().unwrap_or_default();
        let text = if *contract == CONTRACTS[0] { &text } else { shared };
        project.write(&format!("{}.ts", name(contract)), text);
    }
    project
}

fn programs(kind: &str, project: &TempProject) -> Vec<(String, String)> {
    let entries = fs::read_dir(root().join("tests/typescript").join(kind)).expect("the programs");
    let mut programs = Vec::new();
    for entry in entries {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).expect("a program");
        project.write(&name, &text);
        programs.push((name, text));
    }
    assert!(!programs.is_empty());
    programs
}

#[test]
fn types_of_every_contract_compile_with_programs_that_use_them() {
    let project = types();
    programs("right", &project);
    let Some(mistakes) = mistakes(project.path()) else { return };
    assert!(mistakes.is_empty(), "{mistakes:#?}");
}

/// A contract alone, with what it says of a process.
#[test]
fn the_texts_of_a_process_are_described() {
    for contract in &CONTRACTS[1..] {
        let text = generated("typescript", contract);
        assert!(text.contains("\ndeclare global {\n  namespace NodeJS {"), "{contract}");
        let project = TempProject::new().file("env.ts", &text);
        let Some(mistakes) = mistakes(project.path()) else { return };
        assert!(mistakes.is_empty(), "{contract}: {mistakes:#?}");
    }
}

#[test]
fn what_is_not_known_to_be_there_does_not_compile() {
    let project = types();
    let mut expected = Vec::new();
    for (name, text) in programs("wrong", &project) {
        for (line, number) in text.lines().zip(1..) {
            if let Some((_, code)) = line.split_once("// error ") {
                expected.push(format!("{name}({number}) {code}"));
            }
        }
    }
    let Some(mistakes) = mistakes(project.path()) else { return };
    let told = |mistake: &String| {
        let (place, rest) = mistake.split_once(": error ").unwrap_or((mistake, ""));
        let (file, number) = place.split_once('(').unwrap_or((place, ""));
        let number = number.split(',').next().unwrap_or_default();
        format!("{file}({number}) {}", rest.split(':').next().unwrap_or_default())
    };
    let mut told: Vec<String> = mistakes.iter().map(told).collect();
    told.sort();
    expected.sort();
    assert!(expected.len() >= 8, "{expected:?}");
    assert_eq!(told, expected, "{mistakes:#?}");
}
