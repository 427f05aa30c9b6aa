//! Stopping and continuing, and life as the first process of a container.

use std::process::{Command, Stdio};

use envctl_testkit::TempProject;
use rustix::process::{Pid, Signal, kill_process};

use super::{finished, project, ready, running, wait_for};

/// The state of a process, as the system tells it: `T` is stopped, `Z` is dead and not waited for.
#[cfg(target_os = "linux")]
fn state(pid: Pid) -> Option<char> {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())).ok()?;
    stat.rsplit_once(") ")?.1.chars().next()
}

/// A shell sees that the job is stopped, and continues it as one.
#[cfg(target_os = "linux")]
#[test]
fn a_stopped_command_is_a_stopped_job() {
    let project = project();
    let script = "echo ready; kill -STOP $$; echo continued; exit 3";
    let mut command = running(&project, &[], script);
    // As a shell starts a job: in its session, with a group of its own.
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let (child, output) = ready(command);
    let pid = Pid::from_child(&child);
    wait_for("envctl stops with its command", || state(pid) == Some('T'));
    kill_process(pid, Signal::CONT).expect("it is there");
    assert_eq!(finished(child, output), (Some(3), "continued\n".to_owned()));
}

/// Nobody would continue it.
#[cfg(target_os = "linux")]
#[test]
fn without_a_shell_only_the_command_is_stopped() {
    let project = project();
    let script = "echo ready; kill -STOP $$; exit 3";
    let (child, output) = ready(running(&project, &[], script));
    let pid = Pid::from_child(&child);
    let children = format!("/proc/{0}/task/{0}/children", pid.as_raw_nonzero());
    let command = std::fs::read_to_string(children).expect("a running process");
    let command = Pid::from_raw(command.trim().parse().expect("one child")).expect("a number");
    wait_for("the command stops", || state(command) == Some('T'));
    std::thread::sleep(std::time::Duration::from_millis(50));
    assert_ne!(state(pid), Some('T'));
    kill_process(pid, Signal::CONT).expect("it is there");
    assert_eq!(finished(child, output), (Some(3), String::new()));
}

/// The start of a command whose rest becomes the first process of a namespace of its own, if the system lets us make
/// one.
fn in_namespace() -> Option<Command> {
    let unshare = || {
        let mut command = Command::new("unshare");
        command.args(["--map-root-user", "--pid", "--fork", "--kill-child", "--mount-proc"]);
        command.stdin(Stdio::null());
        command
    };
    let tried = unshare().arg("true").stderr(Stdio::null()).status();
    tried.is_ok_and(|status| status.success()).then(unshare)
}

/// `envctl run` as the first process of a namespace of its own.
fn as_first(script: &str) -> Option<(TempProject, Command)> {
    let mut command = in_namespace()?;
    let project = project();
    let run = running(&project, &[], script);
    command.arg(run.get_program()).args(run.get_args()).current_dir(project.path());
    Some((project, command))
}

/// In a container that is entered from outside, the leaders of our session and group are no processes that we see.
#[test]
fn a_session_of_outside_is_no_shell() {
    let Some(mut command) = in_namespace() else { return };
    let project = project();
    let run = running(&project, &[], "kill -STOP $$; exit 3");
    let first = "echo ready; \"$@\" & envctl=$!; \
                 while kill -0 $envctl; do child=$(tr -d ' ' < /proc/$envctl/task/$envctl/children); \
                 grep ') T ' /proc/$child/stat && break; sleep 0.02; done >/dev/null 2>&1; \
                 sleep 0.05; grep -c ') T ' /proc/$envctl/stat; kill -CONT $child; wait $envctl; echo $?";
    command.args(["sh", "-c", first, "sh"]).arg(run.get_program()).args(run.get_args());
    command.current_dir(project.path());
    let (child, output) = ready(command);
    assert_eq!(finished(child, output), (Some(0), "0\n3\n".to_owned()));
}

#[test]
fn the_first_process_reaps_orphans() {
    // Five processes whose parents end at once; afterwards none of them may be left over.
    let script = "echo ready; for i in 1 2 3 4 5; do sh -c 'sleep 0.1 & exit 0'; done; sleep 0.6; \
                  echo left: $(cat /proc/[0-9]*/stat | grep -c ') Z '); echo first: $(cat /proc/1/comm); exit 9";
    let Some((_project, command)) = as_first(script) else { return };
    let (child, output) = ready(command);
    assert_eq!(finished(child, output), (Some(9), "left: 0\nfirst: envctl\n".to_owned()));
}

/// The system gives the first process no default for a signal: without a handler it would be deaf.
#[test]
fn the_first_process_passes_signals_on() {
    let script = "trap 'echo got TERM; exit 4' TERM; echo ready; while :; do sleep 0.02; done";
    let Some((_project, command)) = as_first(script) else { return };
    let (child, output) = ready(command);
    let outer = Pid::from_child(&child).as_raw_nonzero();
    let children = std::fs::read_to_string(format!("/proc/{outer}/task/{outer}/children"));
    let envctl = children.expect("a running process").trim().parse().expect("one child");
    kill_process(Pid::from_raw(envctl).expect("a number"), Signal::TERM).expect("it runs");
    assert_eq!(finished(child, output), (Some(4), "got TERM\n".to_owned()));
}
