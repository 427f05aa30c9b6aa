//! The text and the help of every error, as people see them.

use std::io;
use std::path::Path;
use std::time::Duration;

use envctl_resolver::runner::RunError;
use envctl_resolver::sources::{EnvFile, Outputs, SourceError, StackConfig};
use envctl_testkit::TempProject;
use envschema::Place;

#[test]
fn every_source_error() {
    let process = |name: &str| Place::Process { name: name.into() };
    let io = || io::Error::from(io::ErrorKind::PermissionDenied);
    let cases = [
        (
            SourceError::NotUnicode { name: "TOKEN".into() },
            "environment variable TOKEN is not valid UTF-8",
            "set it again as plain text, or unset it",
        ),
        (
            SourceError::NotFound { path: ".env.prod".into() },
            ".env.prod: no such file",
            "create it, or correct its path in envctl.toml",
        ),
        (
            SourceError::IsDirectory { path: "infra".into() },
            "infra: is a directory, not a file",
            "give the path of the file inside it",
        ),
        (
            SourceError::Unreadable { path: ".env".into(), source: io() },
            ".env: cannot be read: permission denied",
            "check its owner and mode",
        ),
        (
            SourceError::TooLarge { path: "/dev/zero".into(), limit: 16 },
            "/dev/zero: is larger than 16 bytes",
            "check that the path names the file that you mean",
        ),
        (
            SourceError::NotUtf8 { path: ".env".into(), line: 3 },
            ".env:3: is not valid UTF-8",
            "save it as UTF-8; PowerShell's `>` writes UTF-16",
        ),
        (
            SourceError::InvalidJson { origin: "outputs.json".into(), line: 2, column: 7 },
            "outputs.json:2:7: is not valid JSON",
            "write the file again with the tool's `--json` option",
        ),
        (
            SourceError::Incomplete { origin: "outputs.json".into(), line: 2 },
            "outputs.json:2: the JSON ends too early",
            "let the tool write it again, to its end",
        ),
        (
            SourceError::InvalidYaml { origin: "Pulumi.prod.yaml".into(), line: 2, column: 7 },
            "Pulumi.prod.yaml:2:7: is not valid YAML",
            "correct the file at this place",
        ),
        (
            SourceError::Shape { origin: "outputs.json".into(), expected: "a JSON object" },
            "outputs.json: expected a JSON object",
            "write the file again with the tool, without editing it",
        ),
        (
            SourceError::StackName,
            "a stack's name must not be empty or begin with `-`",
            "correct `name` of the environment's stack in envctl.toml",
        ),
        (
            SourceError::Run(RunError::TooMuchOutput { command: "pulumi config".into(), limit: 5 }),
            "`pulumi config` printed more than 5 bytes",
            "run the command by hand and check what it prints",
        ),
        (
            SourceError::Region { place: process("AWS_REGION") },
            "environment variable AWS_REGION: is not the name of an AWS region",
            "give a name such as `us-east-1`",
        ),
        (
            SourceError::Account { place: Place::file("envctl.toml", 4, 1) },
            "envctl.toml:4: is not an AWS account number",
            "give the 12 digits, in quotes",
        ),
    ];
    for (error, message, help) in cases {
        assert_eq!((error.to_string().as_str(), error.help()), (message, help));
    }
}

#[test]
fn every_run_error() {
    let command = || "pulumi stack output --json".to_owned();
    let cases = [
        (
            RunError::NotFound { program: "pulumi".into(), help: "install Pulumi".into() },
            "the program `pulumi` was not found",
            "install Pulumi",
        ),
        (
            RunError::NoFolder { command: command(), folder: "infra".into() },
            "`pulumi stack output --json` cannot run in `infra`: no such folder",
            "check the stack's `dir` in envctl.toml",
        ),
        (
            RunError::Failed { command: command(), status: Some(1), stderr: "one\ntwo".into() },
            "`pulumi stack output --json` ended with status 1:\n    one\n    two",
            "run the command by hand to see all that it prints",
        ),
        (
            RunError::Failed { command: command(), status: None, stderr: String::new() },
            "`pulumi stack output --json` ended with a signal",
            "run the command by hand to see all that it prints",
        ),
        (
            RunError::TimedOut {
                command: command(),
                deadline: Duration::from_secs(90),
                stderr: String::new(),
            },
            "`pulumi stack output --json` did not end within 90 s",
            "run the command by hand: it may wait for a login or for the network",
        ),
        (
            RunError::TimedOut {
                command: command(),
                deadline: Duration::from_millis(50),
                stderr: "login".into(),
            },
            "`pulumi stack output --json` did not end within 50 ms:\n    login",
            "run the command by hand: it may wait for a login or for the network",
        ),
        (
            RunError::Io { command: command(), source: io::ErrorKind::PermissionDenied.into() },
            "`pulumi stack output --json` could not be run: permission denied",
            "check that the program may be executed",
        ),
    ];
    for (error, message, help) in cases {
        assert_eq!((error.to_string().as_str(), error.help()), (message, help));
    }
}

#[test]
fn files_that_cannot_be_read() {
    let project = TempProject::new().file("utf16", b"\xff\xfe{\0}\0").file("folder/x", "");
    let shown = |path: &str| project.join(path).display().to_string();
    let errors = |path: &str| {
        let path = project.join(path);
        [
            EnvFile::read(&path).unwrap_err().to_string(),
            Outputs::from_file(&path).unwrap_err().to_string(),
            StackConfig::from_file(&path).unwrap_err().to_string(),
        ]
    };
    for error in errors("none") {
        assert_eq!(error, format!("{}: no such file", shown("none")));
    }
    for error in errors("folder") {
        assert_eq!(error, format!("{}: is a directory, not a file", shown("folder")));
    }
    for error in errors("utf16") {
        assert_eq!(error, format!("{}:1: is not valid UTF-8", shown("utf16")));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_endless_file_is_not_read_to_its_end() {
    let error = EnvFile::read(Path::new("/dev/zero")).unwrap_err();
    assert_eq!(error.to_string(), "/dev/zero: is larger than 16777216 bytes");
}
