//! `--redact`: what a command prints, without its secrets.

use std::io::{Read, Write};
use std::process::Stdio;
use std::time::{Duration, Instant};

use envctl_testkit::{Canaries, TempProject};

use super::{ended, project, ready, running};

/// A project with a secret, and the search for it.
fn secret() -> (TempProject, Canaries) {
    let mut canaries = Canaries::new();
    let key = canaries.plant("key");
    (project().file(".env", format!("API_KEY={key}\n")), canaries)
}

fn masked(script: &str) -> (Option<i32>, String, String) {
    let (project, canaries) = secret();
    let (code, output, messages) = ended(running(&project, &["--redact"], script));
    canaries.scan("the output", &output);
    canaries.scan("the messages", &messages);
    (code, output, messages)
}

fn texts(code: i32, output: &str, messages: &str) -> (Option<i32>, String, String) {
    (Some(code), output.to_owned(), messages.to_owned())
}

#[test]
fn secrets_are_masked_in_both_streams() {
    let script = "echo key=$API_KEY port=$PORT; echo error: $API_KEY >&2; exit 2";
    assert_eq!(masked(script), texts(2, "key=[API_KEY] port=3000\n", "error: [API_KEY]\n"));
}

#[test]
fn a_secret_in_pieces_is_masked() {
    let script = "k=$API_KEY; while [ -n \"$k\" ]; do printf %s \"${k%\"${k#?}\"}\"; k=${k#?}; sleep 0.01; done; echo .";
    assert_eq!(masked(script), texts(0, "[API_KEY].\n", ""));
}

#[test]
fn encoded_secrets_are_masked() {
    let script =
        "printf %s \"$API_KEY\" | base64 -w0; echo; printf %s \"$API_KEY\" | od -An -tx1 | tr -d ' \\n'";
    let (code, output, _) = masked(script);
    assert_eq!(code, Some(0));
    assert!(output.starts_with("[API_KEY]") && output.ends_with("\n[API_KEY]"), "{output}");
}

#[test]
fn values_that_do_not_count_are_masked_too() {
    let (project, canaries) = secret();
    let mut command = running(&project, &["--redact"], "echo $API_KEY; cat .env");
    command.env("API_KEY", "another-one-that-wins");
    let (code, output, messages) = ended(command);
    canaries.scan("the output", &output);
    assert_eq!((code, output, messages), texts(0, "[API_KEY]\nAPI_KEY=[API_KEY]\n", ""));
}

#[test]
#[cfg(target_os = "linux")]
fn output_that_cannot_be_written_is_told() {
    for (script, expected) in [("echo lost", 3), ("echo lost; exit 5", 3)] {
        let (project, _) = secret();
        let mut command = running(&project, &["--redact"], script);
        let full = std::fs::File::create("/dev/full").expect("a device");
        let output = command.stdout(full).output().expect("envctl runs");
        let told = "error: cannot write what `sh` prints: the disk is full\n";
        assert_eq!(String::from_utf8_lossy(&output.stderr), told);
        assert_eq!(output.status.code(), Some(expected));
    }
}

#[test]
fn a_reader_that_has_enough_is_no_failure() {
    let (project, _) = secret();
    let mut child =
        running(&project, &["--redact"], "echo one; exit 5").stdout(Stdio::piped()).spawn().expect("it runs");
    drop(child.stdout.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(5));
}

#[test]
fn secrets_that_are_not_masked_are_named() {
    let project = project().file(".env", "API_KEY=1234\n");
    let (code, output, messages) = ended(running(&project, &["--redact"], "echo $API_KEY"));
    assert_eq!((code, output, messages), texts(0, "1234\n", "not masked, too short: API_KEY\n"));
    let (code, output, messages) = ended(running(&project, &[], "echo hi"));
    assert_eq!((code, output, messages), texts(0, "hi\n", ""));
}

#[test]
fn what_looks_like_a_beginning_comes_at_the_end() {
    assert_eq!(masked("printf 'it is canary+key'"), texts(0, "it is canary+key", ""));
}

#[test]
fn a_prompt_appears_before_it_is_answered() {
    let (project, _) = secret();
    let mut command =
        running(&project, &["--redact"], "echo ready; printf 'name? '; read name; echo hi $name");
    command.stdin(Stdio::piped());
    let (mut child, mut output) = ready(command);
    let mut prompt = [0; 6];
    output.read_exact(&mut prompt).expect("a prompt");
    assert_eq!(&prompt, b"name? ");
    child.stdin.take().expect("a pipe").write_all(b"you\n").expect("it reads");
    assert_eq!(super::finished(child, output), (Some(0), "hi you\n".to_owned()));
}

#[test]
fn a_grandchild_that_stays_keeps_nobody_waiting() {
    let (project, _) = secret();
    let started = Instant::now();
    let script = "sleep 30 & echo gone; kill -0 $!; echo $! > pid; exit 8";
    assert_eq!(ended(running(&project, &["--redact"], script)), texts(8, "gone\n", ""));
    assert!(started.elapsed() < Duration::from_secs(20), "nobody waits for the grandchild");
    let left = project.read("pid").trim().parse().expect("a number");
    let left = rustix::process::Pid::from_raw(left).expect("a number");
    rustix::process::kill_process(left, rustix::process::Signal::KILL).expect("it is still there");
}

#[test]
fn a_grandchild_that_never_stops_printing_keeps_nobody_waiting() {
    let (project, _) = secret();
    let mut command = running(&project, &["--redact"], "yes & echo $! > pid; exit 8");
    command.stdout(Stdio::piped());
    let mut child = command.spawn().expect("envctl runs");
    let mut all = Vec::new();
    child.stdout.take().expect("a pipe").read_to_end(&mut all).expect("output");
    assert_eq!(child.wait().expect("it ends").code(), Some(8));
}

#[test]
fn a_reader_that_has_enough_ends_the_command() {
    let (project, _) = secret();
    let mut command = running(&project, &["--redact"], "exec yes");
    command.stdout(Stdio::piped());
    let mut child = command.spawn().expect("envctl runs");
    let mut some = [0; 4];
    child.stdout.take().expect("a pipe").read_exact(&mut some).expect("output");
    let code = child.wait().expect("it ends").code();
    // By the signal that a pipe without a reader sends.
    assert_eq!(code, Some(128 + 13));
}

#[test]
fn a_slow_reader_gets_everything() {
    let (project, _) = secret();
    let mut command = running(&project, &["--redact"], "head -c 3000000 /dev/zero");
    command.stdout(Stdio::piped());
    let mut child = command.spawn().expect("envctl runs");
    let mut pipe = child.stdout.take().expect("a pipe");
    std::thread::sleep(Duration::from_millis(600));
    let mut all = Vec::new();
    pipe.read_to_end(&mut all).expect("output");
    assert_eq!((all.len(), child.wait().expect("it ends").code()), (3_000_000, Some(0)));
    assert!(all.iter().all(|byte| *byte == 0));
}
