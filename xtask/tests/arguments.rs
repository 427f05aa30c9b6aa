//! The command line of the tasks.

use std::collections::BTreeSet;

use xtask::{Args, TASKS, Task, find, help};

const SAMPLE: Task = Task { name: "sample", usage: "[--check] [--runs N]", about: "", run: |_| Ok(()) };

fn args(words: &[&str]) -> Args {
    Args::new(&SAMPLE, &words.iter().map(ToString::to_string).collect::<Vec<_>>())
}

#[test]
fn every_task_is_in_the_help_once() {
    let names: BTreeSet<_> = TASKS.iter().map(|task| task.name).collect();
    assert_eq!(names.len(), TASKS.len());
    for task in TASKS {
        assert!(!task.about.is_empty());
        assert!(help().lines().any(|line| line.starts_with(&format!("  {}", task.name))), "{}", task.name);
    }
}

#[test]
fn an_unknown_task() {
    let message = |name| find(name).err().map(|failure| (failure.exit_code(), failure.to_string()));
    let near = "there is no task `layerin`; did you mean `layering`?".to_owned();
    assert_eq!(message("layerin"), Some((2, near)));
    let far = "there is no task `xyz`; `cargo xtask help` lists them".to_owned();
    assert_eq!(message("xyz"), Some((2, far)));
}

#[test]
fn flags_numbers_and_words() {
    let mut args = args(&["start", "--runs", "5", "--check"]);
    assert!(args.flag("--check"));
    assert!(!args.flag("--check"));
    assert_eq!(args.number("--runs").unwrap(), Some(5));
    assert_eq!(args.number("--runs").unwrap(), None);
    assert_eq!(args.words(&["dotenv", "start"]), ["start"]);
    args.end().unwrap();
}

#[test]
fn what_nobody_took_is_an_error() {
    let failure = args(&["--chekc"]).end().unwrap_err();
    assert_eq!(
        failure.to_string(),
        "unknown argument `--chekc`; usage: cargo xtask sample [--check] [--runs N]"
    );
    for words in [&["--runs"][..], &["--runs", "many"], &["--runs", "0"]] {
        let failure = args(words).number("--runs").unwrap_err();
        assert!(failure.to_string().starts_with("`--runs` takes a whole number above zero; usage"));
    }
}
