//! Runs every `tests/cli/*.txt` and compares what was printed, byte for byte.

mod case;
pub(crate) mod documents;
mod json;
mod play;
mod random;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use case::{Case, Step};

/// Where the transcripts are.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cli")
}

fn cases() -> Vec<(PathBuf, String)> {
    let entries = fs::read_dir(folder()).expect("the folder of the transcripts");
    let paths = entries.map(|entry| entry.expect("a readable folder").path());
    let mut paths: Vec<_> =
        paths.filter(|path| path.extension().is_some_and(|extension| extension == "txt")).collect();
    paths.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("a transcript is text");
        (path, text)
    };
    paths.into_iter().map(read).collect()
}

#[test]
fn transcripts_hold() {
    let mut wrong = Vec::new();
    for (path, text) in cases() {
        let name = path.file_stem().expect("a file").to_string_lossy().into_owned();
        let mut case = Case::parse(&name, &text);
        if case.needs_unix && !cfg!(unix) {
            continue;
        }
        play::play(&name, &mut case);
        let now = case.to_string();
        if now == text {
            continue;
        }
        if update() {
            fs::write(&path, now).expect("a writable test folder");
        } else {
            wrong.push(difference(&name, &text, &now));
        }
    }
    assert!(wrong.is_empty(), "{}\n\nUPDATE=1 writes these into the transcripts", wrong.join("\n\n"));
}

/// The first line that differs, with what is around it.
fn difference(name: &str, expected: &str, printed: &str) -> String {
    let same = expected.lines().zip(printed.lines()).take_while(|(one, other)| one == other).count();
    let excerpt =
        |text: &str| text.lines().skip(same.saturating_sub(3)).take(12).collect::<Vec<_>>().join("\n");
    format!(
        "---- {name}, line {}: expected\n{}\n---- printed\n{}",
        same + 1,
        excerpt(expected),
        excerpt(printed)
    )
}

#[expect(clippy::disallowed_methods, reason = "a switch of the tests, not of the program")]
pub(crate) fn update() -> bool {
    std::env::var_os("UPDATE").is_some()
}

/// Commands, options and exit codes that no transcript shows would be untested promises.
#[test]
fn transcripts_cover_every_option_and_exit_code() {
    let mut exits = BTreeSet::new();
    let mut commands = String::new();
    for (path, text) in cases() {
        let case = Case::parse(&path.display().to_string(), &text);
        for step in &case.steps {
            if let Step::Run(run) = step {
                // `envctl run` gives the exit code of its command.
                if !run.line.contains(" -- ") {
                    exits.insert(run.exit);
                }
                commands.push_str(&run.line);
                commands.push('\n');
            }
        }
    }
    assert_eq!(
        exits.into_iter().collect::<Vec<_>>(),
        [0, 1, 2, 3, 6],
        "the codes that this release can give without a terminal; `export::asked` has 5 and 130"
    );
    let help = play::stdout_of(&["--help"]);
    for (exit, _) in envctl::Exit::TABLE {
        assert!(help.contains(&format!(" {} ", exit.code())), "the help tells of exit code {}", exit.code());
    }
    let help: [&[&str]; 11] = [
        &["validate", "--help"],
        &["status", "--help"],
        &["explain", "--help"],
        &["get", "--help"],
        &["export", "--help"],
        &["run", "--help"],
        &["scan", "--help"],
        &["init", "--help"],
        &["generate", "--help"],
        &["stack", "config", "--help"],
        &["config", "--help"],
    ];
    for help in help {
        let printed = play::stdout_of(help);
        let options: BTreeSet<&str> = printed
            .split_whitespace()
            .filter(|word| word.starts_with("--") && word.len() > 2)
            .map(|word| word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric()))
            .collect();
        assert!(options.len() > 4, "{help:?} lists its options");
        for option in options {
            assert!(commands.contains(option), "no transcript uses `{option}` of {help:?}");
        }
    }
}
