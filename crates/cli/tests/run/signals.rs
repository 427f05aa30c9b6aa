//! What is sent to envctl reaches the command, once.

use std::io::Read;
use std::process::{Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};

use super::{ended, finished, project, ready, running, wait_for};
use crate::support::program;
#[cfg(target_os = "linux")]
use crate::support::terminal::Terminal;

/// Says each signal that comes, and ends after the one that is asked for.
fn counting(names: &[&str]) -> String {
    let traps: String =
        names.iter().map(|name| format!("trap 'echo got {name}; n=$((n+1))' {name}; ")).collect();
    format!("n=0; {traps} echo ready; while [ $n -lt 1 ]; do sleep 0.02; done; sleep 0.2; exit 5")
}

#[test]
fn every_signal_is_passed_on() {
    let project = project();
    for (name, signal) in [
        ("TERM", Signal::TERM),
        ("HUP", Signal::HUP),
        ("INT", Signal::INT),
        ("QUIT", Signal::QUIT),
        ("USR1", Signal::USR1),
        ("USR2", Signal::USR2),
        ("ALRM", Signal::ALARM),
        ("WINCH", Signal::WINCH),
        ("TSTP", Signal::TSTP),
        ("CONT", Signal::CONT),
    ] {
        for options in [&[][..], &["--redact"]] {
            let (child, output) = ready(running(&project, options, &counting(&[name])));
            kill_process(Pid::from_child(&child), signal).expect("it runs");
            assert_eq!(finished(child, output), (Some(5), format!("got {name}\n")), "{options:?}");
        }
    }
}

#[test]
fn a_command_that_a_signal_ends_gives_its_number() {
    let project = project();
    for (signal, code) in [(Signal::TERM, 143), (Signal::INT, 130), (Signal::HUP, 129)] {
        let (child, output) = ready(running(&project, &[], "echo ready; exec sleep 20"));
        kill_process(Pid::from_child(&child), signal).expect("it runs");
        assert_eq!(finished(child, output), (Some(code), String::new()));
    }
}

/// `kill 0` of a script reaches us too, and is no wish of anyone outside.
#[test]
fn what_the_command_sends_to_its_group_is_not_sent_back() {
    let project = project();
    let script = "trap 'echo got TERM' TERM; echo ready; kill -TERM 0; sleep 0.2; exit 6";
    let mut command = running(&project, &[], script);
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let (child, output) = ready(command);
    assert_eq!(finished(child, output), (Some(6), "got TERM\n".to_owned()));
}

#[test]
fn what_is_ignored_stays_ignored() {
    let project = project();
    let envctl = program("envctl").get_program().to_string_lossy().into_owned();
    let inner = "kill -HUP $$; kill -HUP $PPID; echo alive";
    let script = format!("trap '' HUP; exec {envctl} run -- sh -c '{inner}'");
    let mut command = Command::new("sh");
    command.args(["-c", &script]).current_dir(project.path()).stdin(Stdio::null());
    assert_eq!(ended(command), (Some(0), "alive\n".to_owned(), String::new()));
}

/// The terminal gives its signals to every process of the foreground's group, envctl and command alike.
#[cfg(target_os = "linux")]
#[test]
fn a_key_of_the_terminal_is_one_signal() {
    for (key, name) in [(b"\x03", "INT"), (b"\x1c", "QUIT")] {
        let project = project();
        let mut terminal = Terminal::start(&running(&project, &[], &counting(&[name])));
        terminal.wait_for("ready");
        terminal.press(key);
        let (code, seen) = terminal.end();
        assert_eq!(code, Some(5), "{seen}");
        assert_eq!(seen.matches(&format!("got {name}")).count(), 1, "{seen}");
    }
}

/// A program that reads the screen's size asks again when it changes.
#[test]
fn signals_come_while_the_command_prints() {
    let project = project();
    let script = "trap 'exit 4' TERM; echo ready; while :; do echo more; sleep 0.01; done";
    let (child, mut output) = ready(running(&project, &["--redact"], script));
    let pid = Pid::from_child(&child);
    let mut some = [0; 65];
    output.read_exact(&mut some).expect("output");
    kill_process(pid, Signal::TERM).expect("it runs");
    let (code, rest) = finished(child, output);
    assert_eq!(code, Some(4));
    assert!(rest.is_empty() || rest.ends_with("more\n"), "{rest}");
    wait_for("it is gone", || rustix::process::test_kill_process(pid).is_err());
}
