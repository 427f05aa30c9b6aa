//! What has a path and is no file: pipes, sockets and devices, to be written or read.
#![cfg(unix)]

use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::os::unix::net::UnixListener;
use std::process::Command;

use envctl_testkit::TempProject;

use crate::support::{program, with_input, words};

fn project() -> TempProject {
    TempProject::new()
        .file(
            "envschema.toml",
            "[schema]\nname = \"shop\"\n[vars.PORT]\ntype = \"port\"\nvisibility = \"plain\"\n",
        )
        .file(".env", "PORT=80\n")
}

fn run(project: &TempProject, line: &str) -> (Option<i32>, String, String) {
    let mut command = program("envctl");
    command.args(&words(line)[1..]).current_dir(project.path());
    let output = with_input(command, b"");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

/// Opening the pipe would wait for someone at its other end, and replacing it would cut them off.
#[test]
fn only_files_are_replaced() {
    let project = project();
    let made = Command::new("mkfifo").arg(project.join("pipe")).status().expect("every Unix has `mkfifo`");
    assert!(made.success());
    let _socket = UnixListener::bind(project.join("socket")).expect("a new socket");
    for name in ["pipe", "socket"] {
        std::os::unix::fs::symlink(name, project.join(&format!("to-{name}"))).expect("a new link");
    }
    for (path, kind) in [
        ("pipe", "a pipe"),
        ("to-pipe", "a pipe"),
        ("socket", "a socket"),
        ("to-socket", "a socket"),
        ("/dev/null", "a device"),
        ("/dev/stdout", "a pipe"),
    ] {
        let (exit, output, messages) = run(&project, &format!("envctl export --yes --output {path}"));
        assert_eq!((exit, output.as_str()), (Some(2), ""), "{path}");
        let told = format!(
            "error: {path} is {kind}, not a file\n\
             help: give the path of a file, or redirect what the command prints\n"
        );
        assert_eq!(messages, told);
    }
    let kind = |name: &str| project.join(name).symlink_metadata().expect("still there").file_type();
    assert!(kind("pipe").is_fifo() && kind("socket").is_socket() && kind("to-pipe").is_symlink());
}

/// The superuser writes everywhere; anybody else is told what to look at.
#[test]
fn a_folder_that_takes_no_file_is_told() {
    let project = project().file("closed/other", "");
    let folder = project.join("closed");
    let mode = |mode| std::fs::set_permissions(&folder, PermissionsExt::from_mode(mode)).expect("a mode");
    mode(0o500);
    if std::fs::write(folder.join("probe"), "").is_err() {
        let (exit, output, messages) = run(&project, "envctl export --output closed/file");
        assert_eq!((exit, output.as_str()), (Some(3), ""));
        assert_eq!(
            messages,
            "error: cannot write closed/file: permission denied\n\
             help: check the owner and mode of the file and of its folder\n"
        );
    }
    mode(0o700);
}

#[cfg(target_os = "linux")]
#[test]
fn a_device_without_an_end_is_not_read_to_it() {
    let project = project();
    let limit = "it is larger than 16 MiB\n";
    for (line, told) in [
        ("envctl validate --schema /dev/zero", "cannot read /dev/zero: "),
        ("envctl schema check /dev/zero", "cannot read /dev/zero: "),
        (
            "envctl validate --set-from-file PORT=/dev/zero",
            "cannot read the file that `--set-from-file` gives for PORT: ",
        ),
        ("envctl validate --env-file /dev/zero", "/dev/zero: "),
    ] {
        let (exit, output, messages) = run(&project, line);
        assert_eq!((exit, output.as_str()), (Some(2), ""), "{line}: {messages}");
        let limit = if told == "/dev/zero: " { "is larger than 16777216 bytes\n" } else { limit };
        assert!(messages.starts_with(&format!("error: {told}{limit}help: ")), "{line}: {messages}");
    }
    std::os::unix::fs::symlink("/dev/zero", project.join("envctl.toml")).expect("a new link");
    let (exit, _, messages) = run(&project, "envctl validate");
    assert_eq!((exit, messages), (Some(2), format!("error: cannot read envctl.toml: {limit}")));
}
