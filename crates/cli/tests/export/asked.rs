//! The question before a file changes, on a real terminal.

use std::process::Command;

use envctl_testkit::{Canaries, TempProject};

use super::{BEFORE, export, project, state};
use crate::support::terminal::Terminal;

const QUESTION: &str = "change out.env? [y/N] ";

/// What would change: names and states only.
const CHANGES: &str = "out.env would change:
  added    API_KEY
  added    SESSION_SECRET
  changed  PORT
  same     1 variable
";

const AFTER: &str = "# The shop's\nPORT=3000\nOTHER='canary-other-4b1d' # not of the contract\n\
                     API_KEY=canary-key-4b1d\nSESSION_SECRET=canary-session-4b1d\n";

/// The command with every signal as it is by default, without colour.
fn asking(project: &TempProject) -> Command {
    let export = export(project, &["--output", "out.env"]);
    let mut command = Command::new("/usr/bin/env");
    command.arg("--default-signal").arg(export.get_program()).args(export.get_args());
    command.env_clear().env("NO_COLOR", "1").current_dir(project.path());
    command
}

/// Presses keys at the question; gives the exit code and what is on the screen.
fn answered(project: &TempProject, keys: &[&[u8]]) -> (Option<i32>, String) {
    let mut terminal = Terminal::start(&asking(project));
    for keys in keys {
        terminal.wait_for(QUESTION);
        terminal.press(keys);
    }
    let (code, screen) = terminal.end();
    let mut canaries = Canaries::new();
    for secret in ["canary-other-4b1d", "canary-key-4b1d", "canary-session-4b1d"] {
        canaries.plant_value(secret, secret);
    }
    canaries.scan("the screen", &screen);
    (code, screen)
}

#[test]
fn yes_changes_the_file() {
    for yes in [&b"y\n"[..], b" YES \n"] {
        let project = project();
        let (code, screen) = answered(&project, &[yes]);
        assert!(screen.starts_with(&format!("{CHANGES}{QUESTION}")), "{screen}");
        assert!(screen.contains("\nout.env changed: 2 added, 1 changed; others can read it"), "{screen}");
        assert_eq!((code, project.read("out.env").as_str()), (Some(0), AFTER));
    }
}

#[test]
fn anything_else_leaves_it_untouched() {
    // The end of the input comes with ^D.
    let noes: [&[&[u8]]; 5] =
        [&[b"n\n"], &[b"no\n"], &[b"\n"], &[b"\x04"], &[b"perhaps\n", b"sure\n", b"1\n"]];
    for keys in noes {
        let project = project();
        let before = state(&project, "out.env");
        let (code, screen) = answered(&project, keys);
        assert_eq!(code, Some(6), "{screen}");
        assert!(screen.ends_with("\nerror: nothing was written: out.env stays as it was\n"), "{screen}");
        assert_eq!(screen.contains("answer `y` or `n`"), keys.len() > 1, "{screen}");
        assert_eq!(state(&project, "out.env"), before);
    }
}

#[test]
fn another_try_may_say_yes() {
    let project = project();
    let (code, screen) = answered(&project, &[b"ja\n", b"y\n"]);
    assert_eq!((code, project.read("out.env").as_str()), (Some(0), AFTER), "{screen}");
}

/// A shell gives 130 for a command that ^C has ended.
#[test]
fn an_interrupt_at_the_question_writes_nothing() {
    let project = project();
    let before = state(&project, "out.env");
    let asking = asking(&project);
    let mut shell = Command::new("sh");
    shell.args(["-c", "trap : INT; \"$@\"; echo \"code $?\"", "sh"]);
    shell.arg(asking.get_program()).args(asking.get_args()).current_dir(project.path());
    let mut terminal = Terminal::start(&shell);
    terminal.wait_for(QUESTION);
    terminal.press(b"\x03");
    let (code, screen) = terminal.end();
    assert!(screen.ends_with("code 130\n"), "{screen}");
    assert_eq!((code, state(&project, "out.env")), (Some(0), before));
}

/// Who does not see the question cannot answer it.
#[test]
fn messages_that_go_elsewhere_ask_nothing() {
    let project = project();
    let asking = asking(&project);
    let mut shell = Command::new("sh");
    shell.args(["-c", "\"$@\" 2> messages; echo \"code $?\"", "sh"]);
    shell.arg(asking.get_program()).args(asking.get_args()).current_dir(project.path());
    let (code, screen) = Terminal::start(&shell).end();
    assert_eq!((code, screen.as_str(), project.read("out.env").as_str()), (Some(0), "code 6\n", BEFORE));
    assert!(project.read("messages").starts_with(CHANGES));
}

#[test]
fn what_somebody_else_writes_meanwhile_stands() {
    let project = project();
    let mut terminal = Terminal::start(&asking(&project));
    terminal.wait_for(QUESTION);
    let theirs = format!("{BEFORE}THEIRS=1\n");
    project.write("out.env", &theirs);
    terminal.press(b"y\n");
    let (code, screen) = terminal.end();
    assert_eq!((code, project.read("out.env")), (Some(5), theirs));
    let told = "\nerror: out.env was changed by somebody else meanwhile\n\
                help: it was left as it is; run the command again\n";
    assert!(screen.ends_with(told), "{screen}");
}

#[test]
fn what_would_not_change_is_not_asked_about() {
    let project = project();
    project.write("out.env", AFTER);
    let before = state(&project, "out.env");
    let (code, screen) = answered(&project, &[]);
    assert_eq!((code, screen.as_str()), (Some(0), "out.env unchanged\n"));
    assert_eq!(state(&project, "out.env"), before);
}

/// A form that cannot be compared is asked about as a whole.
#[test]
fn another_form_is_replaced() {
    let project = project();
    let mut command = asking(&project);
    command.args(["--format", "yaml"]);
    let mut terminal = Terminal::start(&command);
    terminal.wait_for("replace out.env? [y/N] ");
    terminal.press(b"y\n");
    let (code, screen) = terminal.end();
    assert_eq!(code, Some(0), "{screen}");
    assert!(project.read("out.env").starts_with("PORT: "), "{screen}");
}
