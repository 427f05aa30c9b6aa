//! What the README shows is what is printed.
//!
//! A block after `<!-- transcript -->` holds one command line, run from the root of the repository, and all that it
//! prints. `UPDATE=1` writes what was printed.

use std::fs;
use std::path::Path;
use std::process::Command;

use envctl_testkit::{Canaries, TempProject};

use crate::support::{program, words};
use crate::transcripts::update;

const MARK: &str = "<!-- transcript -->\n```console\n$ ";

#[test]
fn the_readme_is_true() {
    assert!(shown_in("README.md") >= 4, "the README shows its tour");
}

#[test]
fn the_page_on_lint_is_true() {
    assert_eq!(shown_in("docs/lint.md"), 1);
}

/// Plays the transcripts of a page, and tells how many it has.
fn shown_in(page: &str) -> usize {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let path = root.join(page);
    let readme = fs::read_to_string(&path).expect("the README is text");
    let mut parts = readme.split(MARK);
    let mut now = parts.next().expect("a text has a beginning").to_owned();
    let mut shown = 0;
    for part in parts {
        let (line, rest) = part.split_once('\n').expect("a command line ends");
        let (_, after) = rest.split_once("```\n").expect("a block ends");
        let words = words(line);
        let output =
            program(&words[0]).args(&words[1..]).current_dir(&root).output().expect("the program runs");
        assert!(output.stderr.is_empty(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
        let printed = String::from_utf8(output.stdout).expect("what is printed is text");
        now.push_str(&format!("{MARK}{line}\n{printed}```\n{after}"));
        shown += 1;
    }
    if update() {
        fs::write(&path, now).expect("a page that can be written");
    } else {
        assert!(now == readme, "{page} shows something else than is printed; UPDATE=1 writes it");
    }
    shown
}

/// What the README says to do in a folder of one's own works there, and makes no value known.
#[test]
#[cfg(unix)]
fn the_vault_of_the_readme_works() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    let readme = fs::read_to_string(path).expect("the README is text");
    let (_, rest) = readme.split_once("<!-- runs -->\n```sh\n").expect("the README has a block to run");
    let (script, _) = rest.split_once("```\n").expect("a block ends");
    let project = TempProject::new();
    let envctl = Path::new(program("envctl").get_program()).parent().expect("a folder").display().to_string();
    let mut shell = Command::new("sh");
    shell.args(["-eu", "-c", script]).current_dir(project.path()).env_clear();
    shell.env("HOME", project.join("home")).env("PATH", format!("{envctl}:/usr/bin:/bin"));
    let output = shell.output().expect("a shell");
    let messages = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{messages}");
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().last(), Some("SESSION_SECRET"), "{messages}");
    let mut canaries = Canaries::new();
    canaries.plant_value("the key", "made-up-key");
    canaries.scan("what was printed", [output.stdout.clone(), output.stderr.clone()].concat());
    canaries.scan_folder(project.path());
}

#[test]
fn the_contract_of_the_readme_has_no_mistakes() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    let readme = fs::read_to_string(path).expect("the README is text");
    let (_, rest) = readme.split_once("```toml\n").expect("the README shows a contract");
    let (contract, _) = rest.split_once("```").expect("a block ends");
    let schema = envschema::Schema::parse("README.md", contract).unwrap_or_else(|errors| panic!("{errors}"));
    assert!(envschema::proof::examine(&schema).iter().next().is_none());
}

#[test]
fn the_exit_codes_are_documented() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/architecture.md");
    let page = fs::read_to_string(path).expect("the page is text");
    for (exit, meaning) in envctl::Exit::TABLE {
        let row = format!("| {} | {meaning} |", exit.code());
        assert!(page.contains(&row), "docs/architecture.md has no row `{row}`");
    }
}
