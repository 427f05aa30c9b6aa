//! `envctl run` with real commands: what they get, what they are sent, and how they end.
#![cfg(unix)]

mod jobs;
mod masked;
mod signals;

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use envctl_testkit::TempProject;

use crate::support::program;

/// How long something may take that takes no time.
const PATIENCE: Duration = Duration::from_secs(60);

const CONTRACT: &str = r#"
    [schema]
    name = "shop"
    [vars.PORT]
    type = "port"
    visibility = "plain"
    default = 3000
    [vars.API_KEY]
    required = false
"#;

fn project() -> TempProject {
    TempProject::new().file("envschema.toml", CONTRACT)
}

/// `envctl` with every signal as it is by default: whoever runs the tests may ignore some, as a shell does for what it
/// starts in the background, and what is ignored stays ignored.
fn envctl() -> Command {
    let envctl = program("envctl");
    if cfg!(target_os = "linux") {
        let mut command = Command::new("/usr/bin/env");
        command.arg("--default-signal").arg(envctl.get_program()).env_clear();
        return command;
    }
    envctl
}

/// `envctl run` with these options and this shell script.
fn running(project: &TempProject, options: &[&str], script: &str) -> Command {
    let mut command = envctl();
    command.arg("run").args(options).args(["--", "sh", "-c", script]).current_dir(project.path());
    command.env("PATH", "/usr/local/bin:/usr/bin:/bin").stdin(Stdio::null());
    command
}

/// What a command prints and how it ends.
fn ended(mut command: Command) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = command.output().expect("envctl runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (status.code(), text(stdout), text(stderr))
}

/// A command that has said that it is ready, and what else it will say.
fn ready(mut command: Command) -> (Child, BufReader<ChildStdout>) {
    let mut child = command.stdout(Stdio::piped()).spawn().expect("envctl runs");
    let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut line = String::new();
    output.read_line(&mut line).expect("text");
    assert_eq!(line, "ready\n");
    (child, output)
}

/// The rest of the output and the exit code. What never ends fails the test, and keeps no other test waiting.
fn finished(mut child: Child, mut output: BufReader<ChildStdout>) -> (Option<i32>, String) {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut rest = String::new();
        output.read_to_string(&mut rest).expect("text");
        sender.send((child.wait().expect("it ends").code(), rest))
    });
    receiver.recv_timeout(PATIENCE).expect("the command ends and closes its output")
}

/// Waits until something holds; a test that waits too long has failed.
fn wait_for(what: &str, holds: impl Fn() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < PATIENCE, "{what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_command_gets_what_is_resolved_and_what_is_inherited() {
    let project = project().file(".env", "API_KEY=from-the-file\n");
    let script = "echo $PORT $API_KEY $OTHER $HOME $0 $1";
    let with = |options: &[&str]| {
        let mut command = running(&project, options, script);
        command.args(["zero", "--one"]).env("PORT", "80").env("OTHER", "other").env("HOME", "/home");
        ended(command)
    };
    let none = String::new();
    let case = |output: &str| (Some(0), format!("{output}\n"), none.clone());
    assert_eq!(with(&[]), case("80 from-the-file other /home zero --one"));
    assert_eq!(with(&["--no-process-env"]), case("3000 from-the-file other /home zero --one"));
    assert_eq!(with(&["--clean"]), case("80 from-the-file zero --one"));
}

#[test]
#[cfg(target_os = "linux")]
fn a_variable_that_is_too_large_is_named() {
    let project = project().file(".env", format!("API_KEY={}\n", "k".repeat(8 << 20)));
    let (code, output, messages) = ended(running(&project, &[], "echo never"));
    assert_eq!((code, output), (Some(126), String::new()));
    let told = "error: cannot run `sh`: API_KEY is longer than the 128 KiB that Linux takes for one variable\n\
         help: put such a value into a file, and give the command its path\n";
    assert_eq!(messages, told);
}

#[test]
fn a_declared_name_passes_as_it_was_judged_or_not_at_all() {
    let project = project();
    let script = "echo port: $PORT, key: ${API_KEY-unset}";
    for (port, key, options, exit, printed) in [
        ("80", "changeme", &[][..], 0, "port: 80, key: unset\n"),
        ("80", "", &[], 0, "port: 80, key: unset\n"),
        ("http", "given", &["--allow-invalid"], 0, "port: , key: given\n"),
        ("http", "given", &[], 1, ""),
    ] {
        let mut command = running(&project, options, script);
        command.env("PORT", port).env("API_KEY", key);
        let (code, output, messages) = ended(command);
        assert_eq!((code, output.as_str()), (Some(exit), printed), "{messages}");
    }
}

#[test]
fn clean_is_what_is_resolved_and_path() {
    let project = project();
    let mut command = program("envctl");
    command.args(["run", "--clean", "env"]).current_dir(project.path());
    command.env("PATH", "/usr/bin:/bin").env("HOME", "/home").env("TERM", "dumb");
    let (code, output, _) = ended(command);
    let mut lines: Vec<_> = output.lines().collect();
    lines.sort_unstable();
    assert_eq!((code, lines), (Some(0), vec!["PATH=/usr/bin:/bin", "PORT=3000"]));
}

#[test]
fn the_exit_code_is_that_of_the_command() {
    let project = project();
    for (script, code) in [("exit 0", 0), ("exit 7", 7), ("exit 255", 255)] {
        assert_eq!(ended(running(&project, &[], script)).0, Some(code));
        assert_eq!(ended(running(&project, &["--redact"], script)).0, Some(code));
    }
    for (signal, number) in [("TERM", 15), ("KILL", 9), ("SEGV", 11), ("USR1", 10)] {
        let script = format!("kill -{signal} $$; sleep 10");
        assert_eq!(ended(running(&project, &[], &script)).0, Some(128 + number), "{signal}");
    }
}

#[test]
fn input_goes_to_the_command() {
    let project = project();
    let mut command = running(&project, &["--redact"], "read line; echo got $line");
    command.stdin(Stdio::piped());
    let output = crate::support::with_input(command, b"this\n");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "got this\n");
}

/// The variables of the command are searched for it, not ours.
#[test]
fn the_command_is_found_in_the_path_it_gets() {
    let contract = "[schema]\nname = \"shop\"\n[vars.PATH]\nvisibility = \"plain\"\n";
    let project = TempProject::new().file("envschema.toml", contract).file(".env", "PATH=tools\n");
    project.write("tools/tool", "#!/bin/sh\necho found\n");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(project.join("tools/tool"), mode).expect("a file of ours");
    let mut command = program("envctl");
    command.args(["run", "--", "tool"]).current_dir(project.path());
    assert_eq!(ended(command), (Some(0), "found\n".to_owned(), String::new()));
}

/// Its arguments can be read by everybody on the machine.
#[cfg(target_os = "linux")]
#[test]
fn no_secret_is_in_an_argument() {
    let project = project().file(".env", "API_KEY=canary-in-the-file\n");
    let script = "cat /proc/$PPID/cmdline /proc/$$/cmdline | tr '\\0' ' '; echo; echo $API_KEY | wc -c";
    let (code, output, _) = ended(running(&project, &[], script));
    assert_eq!(code, Some(0));
    assert!(output.contains("run -- sh -c") && output.ends_with("19\n"), "{output}");
    assert!(!output.contains("canary"), "{output}");
}
