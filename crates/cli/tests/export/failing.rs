//! Writing that fails: what was there stays, nothing else is left, and the message says what to do.

use std::fs;
use std::os::unix::fs::chown;
use std::process::{Command, Stdio};

use envctl_testkit::TempProject;

use super::{BEFORE, ended, export, leftovers, project, set_mode, state};
use crate::read_back::missing;

/// The start of a shell script in which a small file system can be mounted, where the system lets us make one.
pub(crate) fn in_mounts() -> Option<Command> {
    let unshare = || {
        let mut command = Command::new("unshare");
        command.args(["--map-root-user", "--mount", "sh", "-ec"]).stdin(Stdio::null());
        command
    };
    let tried = unshare().arg("mount -t tmpfs -o size=16k none /tmp").stderr(Stdio::null()).status();
    if tried.is_ok_and(|status| status.success()) {
        return Some(unshare());
    }
    skipped("no file system can be mounted here");
    missing("`unshare` with user namespaces")
}

#[expect(clippy::print_stderr, reason = "who runs the tests should know")]
fn skipped(why: &str) {
    eprintln!("skipped: {why}");
}

/// Exports into a small file system with `before` run in it first; gives the exit code and the messages, then what is in
/// the folder, then the file.
fn on_small_disk(project: &TempProject, before: &str) -> Option<(String, String)> {
    let mut command = in_mounts()?;
    fs::create_dir(project.join("disk")).expect("a new folder");
    let export = export(project, &["--output", "disk/out.env", "--yes"]);
    let script = format!(
        "mount -t tmpfs -o size=16k none disk; cp out.env disk; chmod 640 disk/out.env; {before}; \
         \"$@\" || echo \"code $?\"; echo; ls -A disk; stat -c %a disk/out.env; cat disk/out.env"
    );
    command.args([&script, "sh"]).arg(export.get_program()).args(export.get_args());
    let output = command.current_dir(project.path()).output().expect("`unshare` runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    Some((text(output.stdout), text(output.stderr)))
}

#[test]
fn a_full_disk_keeps_the_old_file_and_nothing_else() {
    let project = project();
    project.write(".env.prod", format!("API_KEY={}\nSESSION_SECRET=s\n", "k".repeat(64 << 10)));
    let Some((output, messages)) = on_small_disk(&project, ":") else { return };
    assert_eq!(output, format!("code 3\n\nout.env\n640\n{BEFORE}"), "{messages}");
    let told =
        "error: cannot write disk/out.env: the disk is full\nhelp: make room, and run the command again\n";
    assert_eq!(messages, told);
}

#[test]
fn a_file_system_that_can_only_be_read() {
    let project = project();
    let Some((output, messages)) = on_small_disk(&project, "mount -o remount,ro disk") else { return };
    assert_eq!(output, format!("code 3\n\nout.env\n640\n{BEFORE}"), "{messages}");
    let told = "error: cannot write disk/out.env: the file system can only be read\n\
                help: give the path of a file in another folder\n";
    assert_eq!(messages, told);
}

/// The command without what lets root write everywhere.
fn without_privileges(command: &Command) -> Command {
    if !rustix::process::geteuid().is_root() {
        let mut same = Command::new(command.get_program());
        same.args(command.get_args()).current_dir(command.get_current_dir().expect("a folder"));
        return same;
    }
    let mut plain = Command::new("setpriv");
    plain.args(["--bounding-set=-all", "--inh-caps=-all", "--"]);
    plain.arg(command.get_program()).args(command.get_args());
    plain.current_dir(command.get_current_dir().expect("a folder"));
    plain
}

#[test]
fn a_folder_that_nobody_may_write_to() {
    let project = project();
    project.write("closed/out.env", BEFORE);
    set_mode(&project, "closed", 0o500);
    for path in ["closed/out.env", "closed/new.env"] {
        let line = export(&project, &["--output", path, "--yes"]);
        let (code, messages) = ended(&mut without_privileges(&line));
        let told = format!(
            "error: cannot write {path}: permission denied\nhelp: a new file takes the place of the old one, \
             so you have to be allowed to make files in its folder\n"
        );
        assert_eq!((code, messages), (Some(3), told));
    }
    set_mode(&project, "closed", 0o700);
    assert_eq!(project.read("closed/out.env"), BEFORE);
    assert_eq!(leftovers(&project, "closed"), [""; 0]);
}

#[test]
fn a_file_that_may_not_be_read_is_not_written() {
    let project = project();
    set_mode(&project, "out.env", 0o200);
    let line = export(&project, &["--output", "out.env", "--yes"]);
    let (code, messages) = ended(&mut without_privileges(&line));
    let told = "error: cannot read out.env: permission denied\nhelp: check its owner and mode\n";
    assert_eq!((code, messages.as_str()), (Some(3), told));
    set_mode(&project, "out.env", 0o600);
    assert_eq!(project.read("out.env"), BEFORE);
}

/// Only root can make a file of somebody else.
#[test]
fn a_file_of_somebody_else_does_not_become_ours() {
    let project = project();
    if !rustix::process::geteuid().is_root() {
        return skipped("only root can make a file of somebody else");
    }
    set_mode(&project, "out.env", 0o644);
    chown(project.join("out.env"), Some(65534), Some(65534)).expect("root may");
    let before = state(&project, "out.env");
    let line = export(&project, &["--output", "out.env", "--yes"]);
    let (code, messages) = ended(&mut without_privileges(&line));
    let told = "error: cannot write out.env: it belongs to another user, and the new file cannot be given to them\n\
                help: run it as that user, or write to another file\n";
    assert_eq!((code, messages.as_str()), (Some(3), told));
    assert_eq!(state(&project, "out.env"), before);
    assert_eq!(leftovers(&project, "."), [""; 0]);
    // With the right to, the file stays theirs.
    assert_eq!(ended(&mut export(&project, &["--output", "out.env", "--yes"])).0, Some(0));
    let about = fs::metadata(project.join("out.env")).expect("a file");
    assert_eq!(std::os::unix::fs::MetadataExt::uid(&about), 65534);
}
