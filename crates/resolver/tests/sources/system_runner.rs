//! Real programs: what they see, what they may do, and what is shown of them.

#![cfg(unix)]

use std::time::{Duration, Instant};

use envctl_resolver::runner::{Command, Output, RunError, Runner, SystemRunner};
use envctl_resolver::sources::ProcessSnapshot;
use envctl_testkit::{Canaries, TempProject};
use envschema::SecretValue;

const PATH: &str = "/usr/local/bin:/usr/bin:/bin";

fn runner(variables: &[(&str, &str)]) -> SystemRunner {
    let snapshot: ProcessSnapshot = [("PATH", PATH)].iter().chain(variables).copied().collect();
    SystemRunner::new(snapshot)
}

fn shell(script: &str) -> Command {
    Command::new("sh").args(["-c", script])
}

fn run(command: &Command) -> Result<Output, RunError> {
    runner(&[]).run(command)
}

fn stderr(command: &Command) -> String {
    match run(command) {
        Err(RunError::Failed { stderr, .. }) => stderr,
        other => panic!("the program was to fail: {other:?}"),
    }
}

#[test]
fn output_comes_back_whole() {
    let output = run(&shell("printf 'a\\0b'; printf 'note\\n' >&2")).unwrap();
    assert_eq!((&**output.stdout, output.stderr.as_str()), (&b"a\0b"[..], "note"));
    let large = run(&shell("head -c 300000 /dev/zero; head -c 300000 /dev/zero >&2")).unwrap();
    assert_eq!(large.stdout.len(), 300_000);
}

#[test]
fn a_missing_program_says_how_to_get_it() {
    let command = Command::new("no-such-program").args(["x"]);
    let error = run(&command.clone().install("install it from example.com")).unwrap_err();
    assert_eq!(error.to_string(), "the program `no-such-program` was not found");
    assert_eq!(error.help(), "install it from example.com");
    let error = run(&command).unwrap_err();
    assert_eq!(error.help(), "install `no-such-program` and make sure that it is on PATH");
}

#[test]
fn a_missing_folder_is_no_missing_program() {
    let error = run(&shell("true").folder("/no/such/folder")).unwrap_err();
    assert_eq!(error.to_string(), "`sh -c true` cannot run in `/no/such/folder`: no such folder");
}

#[test]
fn a_file_that_may_not_run_is_an_error() {
    let project = TempProject::new().file("tool", "#!/bin/sh\n");
    let error = run(&Command::new(project.join("tool").display().to_string())).unwrap_err();
    assert!(error.to_string().ends_with("could not be run: permission denied"), "{error}");
}

#[test]
fn the_folder_is_where_it_runs() {
    let project = TempProject::new().file("here", "");
    assert_eq!(&*run(&Command::new("ls").folder(project.path())).unwrap().stdout, b"here\n");
}

#[test]
fn a_command_is_shown_as_typed() {
    let command = Command::new("tool").args(["a b", "it's", "", "--stack", "acme/shop", "x\ny", "$HOME"]);
    assert_eq!(command.to_string(), r"tool 'a b' 'it'\''s' '' --stack acme/shop 'x\ny' '$HOME'");
}

#[test]
fn status_and_signal() {
    assert!(matches!(run(&shell("exit 7")), Err(RunError::Failed { status: Some(7), .. })));
    assert!(matches!(run(&shell("kill -9 $$")), Err(RunError::Failed { status: None, .. })));
}

#[test]
fn the_child_sees_only_what_it_was_given() {
    let variables = [("HOME", "/home/x"), ("SECRET", "s"), ("TF_ONE", "1"), ("TF_TWO", "2"), ("LANG", "C")];
    let command =
        Command::new("env").pass(["TF_*", "LANG"]).env("ADDED", "a").secret_env("TOKEN", "t".into());
    let output = runner(&variables).run(&command).unwrap();
    let printed = String::from_utf8(output.stdout.to_vec()).unwrap();
    let mut names: Vec<_> = printed.lines().map(|line| line.split('=').next().unwrap()).collect();
    names.sort_unstable();
    assert_eq!(names, ["ADDED", "HOME", "LANG", "PATH", "TF_ONE", "TF_TWO", "TOKEN"]);
}

#[test]
fn standard_input_is_delivered_and_otherwise_empty() {
    let long = "line of text\n".repeat(20_000);
    let output = run(&Command::new("cat").stdin(SecretValue::from(long.as_str()))).unwrap();
    assert_eq!(&*output.stdout, long.as_bytes());
    assert!(run(&Command::new("cat")).unwrap().stdout.is_empty());
    run(&Command::new("true").stdin(SecretValue::from(long))).unwrap();
}

#[test]
fn known_secrets_are_cut_out_of_standard_error() {
    let mut canaries = Canaries::new();
    let [env, input, other] = ["env", "input", "other"].map(|label| canaries.plant(label));
    let command = shell(r#"read -r line; echo "e: $TOKEN" "i: $line" "[$OTHER]" >&2; exit 1"#)
        .secret_env("TOKEN", env.as_str().into())
        .env("OTHER", &other)
        .stdin(input.as_str().into())
        .secret(other.as_str().into());
    let error = run(&command).unwrap_err();
    canaries.scan("the error", format!("{error} {error:?}"));
    assert!(error.to_string().ends_with("e: [secret] i: [secret] [[secret]]"), "{error}");
    canaries.scan("Debug of the command", format!("{command:?}"));

    let ok =
        run(&shell(r#"cat; echo "$TOKEN" >&2"#).secret_env("TOKEN", env.into()).stdin(input.into())).unwrap();
    canaries.scan("Debug of the output", format!("{ok:?}"));
}

#[test]
fn passed_variables_with_secret_names_are_cut_out_too() {
    let mut canaries = Canaries::new();
    let secret = canaries.plant("passphrase");
    let variables = [("PULUMI_CONFIG_PASSPHRASE", secret.as_str()), ("AWS_REGION", "us-east-1")];
    let command =
        shell(r#"echo "$PULUMI_CONFIG_PASSPHRASE in $AWS_REGION" >&2; exit 1"#).pass(["PULUMI_*", "AWS_*"]);
    let error = runner(&variables).run(&command).unwrap_err();
    assert!(error.to_string().ends_with("[secret] in us-east-1"), "{error}");
}

#[test]
fn what_is_shown_is_plain_text() {
    let escapes = shell(r"printf '\033[31mred\033[0m\a \r\tend\033' >&2; exit 1");
    assert_eq!(stderr(&escapes), "red  end");
    let broken = shell(r"printf 'a\377b' >&2; exit 1");
    assert_eq!(stderr(&broken), "a\u{fffd}b");
    let address = shell(r"echo 'cannot reach https://user:p@ss@host/x and s3://bucket/a@b' >&2; exit 1");
    assert_eq!(stderr(&address), "cannot reach https://[secret]@host/x and s3://bucket/a@b");
}

#[test]
fn a_short_secret_takes_its_line_and_several_lines_are_cut_one_by_one() {
    let short = shell("echo 'pin 42!'; echo 'pin 42!' >&2; echo fine >&2; exit 1").secret("42".into());
    assert_eq!(stderr(&short), "[secret]\nfine");
    let key = "-----BEGIN-----\nMIIEvQIBADANBg\nkqhkiG9w0BAQEF\n{\n";
    let lines = shell("echo 'bad key: MIIEvQIBADANBg {' >&2; exit 1").secret(key.into());
    assert_eq!(stderr(&lines), "bad key: [secret] {");
}

#[test]
fn only_the_last_lines_are_shown() {
    let shown = stderr(&shell("seq 1 100000 >&2; exit 1"));
    assert_eq!(shown.lines().count(), 20);
    assert!(shown.starts_with("99981\n") && shown.ends_with("\n100000"), "{shown}");
    let wide = stderr(&shell("head -c 50000 /dev/zero | tr '\\0' x >&2; exit 1"));
    assert_eq!(wide.len(), 400);
}

#[test]
fn half_a_secret_is_not_shown_either() {
    let mut canaries = Canaries::new();
    let secret = canaries.plant("long");
    let half = secret[secret.len() / 2..].to_owned();
    let script = r#"i=0; while [ $i -lt 9000 ]; do printf '%s' "$TOKEN"; i=$((i+1)); done >&2; exit 1"#;
    let shown = stderr(&shell(script).secret_env("TOKEN", secret.into()));
    assert!(!shown.contains(&half), "{shown}");
}

#[test]
fn a_deadline_ends_the_program_and_its_children() {
    let project = TempProject::new();
    let started = Instant::now();
    let script = "echo waiting >&2; (sleep 3; touch late) & sleep 60";
    let error = run(&shell(script).folder(project.path()).deadline(Duration::from_millis(200))).unwrap_err();
    assert!(started.elapsed() < Duration::from_secs(3), "{:?}", started.elapsed());
    assert!(matches!(&error, RunError::TimedOut { stderr, .. } if stderr == "waiting"), "{error}");
    std::thread::sleep(Duration::from_millis(3200).saturating_sub(started.elapsed()));
    assert!(!project.join("late").exists(), "the program's own child went on");
}

#[test]
fn a_program_that_will_not_end_is_ended() {
    let started = Instant::now();
    let stubborn = shell("trap '' TERM; while :; do sleep 1; done").deadline(Duration::from_millis(100));
    assert!(matches!(run(&stubborn), Err(RunError::TimedOut { .. })));
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
}

#[test]
fn a_child_that_keeps_the_pipe_open_does_not_hold_us_up() {
    let started = Instant::now();
    let output = run(&shell("sleep 5 & echo done")).unwrap();
    assert_eq!(&*output.stdout, b"done\n");
    assert!(started.elapsed() < Duration::from_secs(4), "{:?}", started.elapsed());
}

#[test]
fn too_much_output_is_an_error() {
    let started = Instant::now();
    let error = run(&Command::new("yes").output_limit(100_000)).unwrap_err();
    assert_eq!(error.to_string(), "`yes` printed more than 100000 bytes");
    assert!(started.elapsed() < Duration::from_secs(5));
    assert!(run(&shell("head -c 1000 /dev/zero").output_limit(1000)).is_ok());
}
