//! The help of every command, and the pages made of it.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use envctl_testkit::TempProject;

use crate::read_back::in_ci;
use crate::support::program;

fn stdout(arguments: &[&str]) -> String {
    let output = program("envctl").args(arguments).output().expect("envctl runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// Every command below these words, with what the list of commands says of it.
fn listed(words: &[&str]) -> Vec<(String, String)> {
    let help = stdout(&[words, &["--help"]].concat());
    let Some((_, list)) = help.split_once("\nCommands:\n") else { return Vec::new() };
    let lines = list.lines().take_while(|line| !line.is_empty());
    lines
        .filter_map(|line| line.trim().split_once("  "))
        .map(|(name, about)| (name.to_owned(), about.trim().to_owned()))
        .filter(|(name, _)| name != "help")
        .collect()
}

/// The options of a command are built when it is wanted. What it is for has to be known before, and be the same then.
#[test]
fn the_list_of_commands_says_what_each_command_says() {
    let commands = listed(&[]);
    assert!(commands.len() > 8, "{commands:?}");
    for (name, about) in commands {
        let own = stdout(&[&name, "-h"]);
        assert_eq!(own.lines().next(), Some(about.as_str()), "{name}");
        for (below, about) in listed(&[&name]) {
            let own = stdout(&[&name, &below, "-h"]);
            assert_eq!(own.lines().next(), Some(about.as_str()), "{name} {below}");
        }
    }
}

#[test]
fn every_command_has_a_page_without_mistakes() {
    let folder = TempProject::new();
    let path = folder.join("man1");
    let written = program("envctl").args(["man", "--dir"]).arg(&path).output().expect("envctl runs");
    assert!(written.status.success());
    let mut expected = BTreeSet::from(["envctl.1".to_owned()]);
    pages_below(&[], &mut expected);
    let entries = fs::read_dir(&path).expect("a folder");
    let pages: BTreeSet<_> =
        entries.map(|entry| entry.expect("a page").file_name().to_string_lossy().into_owned()).collect();
    assert_eq!(pages, expected);
    for page in &pages {
        check(&path.join(page));
        let text = fs::read_to_string(path.join(page)).expect("text");
        let words: Vec<&str> = page.trim_end_matches(".1").split('-').skip(1).collect();
        assert_eq!(stdout(&[&["man"], words.as_slice()].concat()), text, "{page}");
        assert!(!text.contains("\\-help(1)"), "{page} refers to a page that is not there");
    }
}

/// The names of the pages of every command below these words.
fn pages_below(words: &[&str], pages: &mut BTreeSet<String>) {
    for (name, _) in listed(words) {
        let words = [words, &[&name]].concat();
        pages.insert(format!("envctl-{}.1", words.join("-")));
        pages_below(&words, pages);
    }
}

/// What the readers of such pages have to say against one.
fn check(page: &std::path::Path) {
    let Ok(output) = Command::new("mandoc").args(["-T", "lint", "-W", "warning"]).arg(page).output() else {
        assert!(!in_ci(), "mandoc is not there");
        return;
    };
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    // A date would make each build differ; an empty line in a paragraph is how the pages are made.
    let known = ["missing date", "skipping paragraph macro"];
    let mistakes: Vec<_> =
        said.lines().filter(|line| !known.iter().any(|known| line.contains(known))).collect();
    assert!(mistakes.is_empty(), "{mistakes:?}");
}
