//! What comes from outside, scripted: tools that know a stack, randomness, and input that fails.

use std::io::{self, Read};
use std::rc::Rc;

use envctl::Exit;
use envctl_resolver::producers::{RandomError, RandomSource};
use envctl_resolver::runner::{Command, Output, RunError, Runner};
use envctl_testkit::{Canaries, Reply, ScriptedRunner, TempProject};

use crate::support::{Inside, program, with_input, words};

const CONTRACT: &str = r#"
    [schema]
    name = "shop"
    [environments.prod]
    [vars.DB_URL]
    output = "dbUrl"
    config = "dbUrl"
    [vars.DB_SIZE]
    config = "dbSize"
    visibility = "plain"
    required = false
    [vars.SECRET]
    required = false
    generate = "base64:32"
"#;

const OUTPUTS: &[&str] = &["pulumi", "stack", "output", "--json", "--show-secrets", "--stack", "prod"];
const CONFIG: &[&str] = &["pulumi", "config", "--json", "--show-secrets", "--stack", "prod"];

/// A script that the test can look at afterwards.
#[derive(Clone)]
struct Shared(Rc<ScriptedRunner>);

impl Runner for Shared {
    fn run(&self, command: &Command) -> Result<Output, RunError> {
        self.0.run(command)
    }
}

/// A project whose stack has these settings.
fn project(stack: &str) -> TempProject {
    TempProject::new().file("envschema.toml", CONTRACT).file(
        "envctl.toml",
        format!("default_environment = \"prod\"\n[environments.prod]\nstack = {stack}\n"),
    )
}

/// Runs a command line; the script has to be used up.
fn run(project: &TempProject, line: &str, script: ScriptedRunner) -> (Exit, String, String) {
    let shared = Shared(Rc::new(script));
    let inside = Inside {
        folder: project.path().to_owned(),
        arguments: words(line),
        runner: Box::new(shared.clone()),
        ..Inside::default()
    };
    let (exit, output, messages) = inside.run();
    shared.0.assert_done();
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (exit, text(output), text(messages))
}

#[test]
fn pulumi_is_asked_for_outputs_and_configuration() {
    let project = project(r#"{ tool = "pulumi", dir = "infra", config = true, namespace = "shop-infra" }"#);
    let script = ScriptedRunner::new()
        .expect(OUTPUTS, Reply::prints(r#"{"dbUrl": "postgres://live"}"#))
        .expect(CONFIG, Reply::prints(r#"{"shop-infra:dbSize": {"value": "20", "secret": false}}"#));
    let (exit, output, messages) = run(&project, "envctl export --format json", script);
    assert_eq!((exit, messages.as_str()), (Exit::Yes, ""));
    assert_eq!(output, "{\n  \"DB_URL\": \"postgres://live\",\n  \"DB_SIZE\": \"20\"\n}\n");
}

#[test]
fn the_stack_is_named_like_the_environment_unless_it_has_a_name() {
    let project = project(r#"{ tool = "pulumi", name = "acme/shop/live" }"#);
    let line = ["pulumi", "stack", "output", "--json", "--show-secrets", "--stack", "acme/shop/live"];
    let script = ScriptedRunner::new().expect(&line, Reply::prints(r#"{"dbUrl": "x"}"#));
    let (_, output, _) = run(&project, "envctl export --explain", script);
    assert_eq!(output, "DB_URL  stack output         output dbUrl of pulumi stack acme/shop/live\n");
}

#[test]
fn terraform_and_tofu_are_asked_in_their_folder_and_workspace() {
    for tool in ["terraform", "tofu"] {
        let project = project(&format!(r#"{{ tool = "{tool}", dir = "infra", name = "live" }}"#));
        let outputs = r#"{"dbUrl": {"value": "postgres://tf", "type": "string", "sensitive": true}}"#;
        let script =
            ScriptedRunner::new().expect(&[tool, "output", "-json", "-no-color"], Reply::prints(outputs));
        let (exit, output, _) = run(&project, "envctl export --explain", script);
        assert_eq!(exit, Exit::Yes);
        assert_eq!(output, format!("DB_URL  stack output         output dbUrl of {tool} workspace live\n"));
    }
}

#[test]
fn a_tool_is_not_asked_when_recorded_outputs_are_given() {
    let project = project(r#"{ tool = "pulumi" }"#).file("outputs.json", r#"{"dbUrl": "x"}"#);
    let (exit, output, _) =
        run(&project, "envctl export --explain --outputs outputs.json", ScriptedRunner::new());
    assert_eq!(exit, Exit::Yes);
    assert_eq!(output, "DB_URL  stack output         output dbUrl of outputs.json\n");
}

#[test]
fn every_failure_of_a_tool_ends_the_run_and_names_the_command() {
    let mut canaries = Canaries::new();
    let secret = canaries.plant("output");
    let line = "`pulumi stack output --json --show-secrets --stack prod`";
    let replies = [
        (
            Reply::Fails(1, "no such stack".to_owned()),
            "ended with status 1:\n    no such stack\nhelp: run the command",
        ),
        (Reply::prints(format!("[\"{secret}\"]")), ": expected a JSON object\nhelp: run the command"),
        (
            Reply::prints(format!("{{\"dbUrl\": \"{secret}")),
            ":1: the JSON ends too early\nhelp: run the command",
        ),
        (Reply::prints(format!("{secret} {{}}")), ":1:1: is not valid JSON\nhelp: run the command"),
        (Reply::prints(b"\xff"), ":1: is not valid UTF-8\nhelp: run the command"),
    ];
    for (reply, told) in replies {
        let project = project(r#"{ tool = "pulumi" }"#);
        let (exit, output, messages) =
            run(&project, "envctl validate", ScriptedRunner::new().expect(OUTPUTS, reply));
        assert_eq!((exit, output.as_str()), (Exit::Outside, ""), "{messages}");
        assert!(messages.contains(line) && messages.contains(told), "{messages}");
        canaries.scan("the messages", messages);
    }
}

#[test]
fn one_part_of_an_optional_stack_may_fail_and_the_other_counts() {
    let project = project(r#"{ tool = "pulumi", config = true, optional = true }"#);
    let script = ScriptedRunner::new()
        .expect(OUTPUTS, Reply::prints(r#"{"dbUrl": "postgres://live"}"#))
        .expect(CONFIG, Reply::Fails(255, "passphrase must be set".to_owned()));
    let (exit, output, _) = run(&project, "envctl validate", script);
    assert_eq!(exit, Exit::Yes);
    assert!(output.contains("warning[unavailable] `pulumi config"), "{output}");
    assert!(output.contains("passphrase must be set"), "{output}");
    assert!(output.contains("values from: stack output (1)"), "{output}");
}

/// A source that gives nothing.
struct Broken;

impl RandomSource for Broken {
    fn fill(&mut self, _: &mut [u8]) -> Result<(), RandomError> {
        Err(RandomError { reason: "the device is gone".to_owned() })
    }
}

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::from(io::ErrorKind::ConnectionReset))
    }
}

#[test]
fn no_secret_is_made_without_randomness() {
    let project = TempProject::new().file("envschema.toml", CONTRACT);
    let inside = Inside {
        folder: project.path().to_owned(),
        arguments: words("envctl export --allow-invalid --generate --output out.env"),
        random: Box::new(Broken),
        ..Inside::default()
    };
    let (exit, output, messages) = inside.run();
    assert_eq!((exit, output.as_slice()), (Exit::Outside, &b""[..]));
    assert_eq!(
        String::from_utf8_lossy(&messages),
        "error: cannot generate a value: no random bytes: the device is gone\n\
         help: the system's random source must work before secrets are made; try again later\n"
    );
    assert!(!project.join("out.env").exists());
}

#[test]
fn input_that_fails_is_no_empty_input() {
    let project = TempProject::new().file("envschema.toml", CONTRACT);
    let inside = Inside {
        folder: project.path().to_owned(),
        arguments: words("envctl validate --env-file -"),
        input: Box::new(Broken),
        ..Inside::default()
    };
    let (exit, output, messages) = inside.run();
    assert_eq!((exit, output.as_slice()), (Exit::Outside, &b""[..]));
    assert_eq!(
        String::from_utf8_lossy(&messages),
        "error: cannot read standard input for `--env-file`: connection reset\n"
    );
}

#[test]
fn input_without_an_end_is_not_read_to_it() {
    let project = TempProject::new().file("envschema.toml", CONTRACT);
    for (line, option) in [
        ("envctl validate --env-file -", "--env-file"),
        ("envctl validate --set-from-file SECRET=-", "--set-from-file"),
    ] {
        let inside = Inside {
            folder: project.path().to_owned(),
            arguments: words(line),
            input: Box::new(io::repeat(0)),
            ..Inside::default()
        };
        let (exit, output, messages) = inside.run();
        assert_eq!((exit, output.as_slice()), (Exit::Usage, &b""[..]));
        assert_eq!(
            String::from_utf8_lossy(&messages),
            format!(
                "error: cannot read standard input for `{option}`: it is larger than 16 MiB\n\
                 help: check what is piped into the command\n"
            )
        );
    }
}

#[test]
fn a_stack_without_outputs_is_told_with_what_to_check() {
    let line = ["terraform", "output", "-json", "-no-color"];
    for (settings, said) in [
        (
            r#"{ tool = "terraform", dir = "infra", name = "live" }"#,
            "terraform workspace live has no outputs",
        ),
        (r#"{ tool = "terraform", dir = "infra" }"#, "infra has no outputs"),
    ] {
        let project = project(settings);
        let script = ScriptedRunner::new().expect(&line, Reply::prints("{}"));
        let (exit, output, _) = run(&project, "envctl validate", script);
        assert_eq!(exit, Exit::No);
        let help = "\n    = check `dir` and `name` of the stack in envctl.toml, or run `terraform apply`\n";
        assert!(output.contains("  warning[unavailable] terraform "), "{output}");
        assert!(output.contains(&format!("{said}{help}")), "{output}");
    }
}

#[cfg(unix)]
#[test]
fn variables_that_are_not_text_are_named() {
    use std::os::unix::ffi::OsStrExt;

    let project = TempProject::new().file("envschema.toml", CONTRACT);
    let bytes = std::ffi::OsStr::from_bytes(b"\xff");
    for (name, told) in [
        ("ENVCTL_SCHEMA", "error: ENVCTL_SCHEMA is not UTF-8 text\n"),
        (
            "DB_URL",
            "error: environment variable DB_URL is not valid UTF-8\nhelp: set it again as plain text, or unset it\n",
        ),
        ("UNRELATED", ""),
    ] {
        let mut command = program("envctl");
        command.args(["validate"]).current_dir(project.path()).env(name, bytes);
        let output = with_input(command, b"");
        assert_eq!(String::from_utf8_lossy(&output.stderr), told);
        assert_eq!(output.status.code(), Some(if told.is_empty() { 1 } else { 2 }), "{name}");
    }
}
