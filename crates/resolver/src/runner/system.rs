//! [`SystemRunner`]: the real thing, on `std::process` and two reading threads.

use std::io::{self, Read, Write};
use std::process::{Child, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use envschema::SecretValue;
use zeroize::Zeroizing;

use super::buffer::{Tail, WipedBuffer};
use super::scrub::Scrubber;
use super::{Command, Output, RunError, Runner};
use crate::sources::ProcessSnapshot;

/// Variables without which programs do not run at all.
const ALWAYS: &[&str] = if cfg!(windows) {
    &["PATH", "PATHEXT", "SystemRoot", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TEMP", "TMP"]
} else {
    &["PATH", "HOME"]
};

/// Passed variables whose names hold one of these are removed from what is shown of standard error.
const SECRET_NAMES: &[&str] = &["SECRET", "TOKEN", "PASSWORD", "PASSPHRASE", "CREDENTIAL", "_KEY"];

/// How long output may still come after the program has ended, when a child of its own keeps the pipe open.
const AFTER_END: Duration = Duration::from_millis(500);

/// How long a program may take to clean up when its time is over.
#[cfg(unix)]
const CLEAN_UP: Duration = Duration::from_secs(1);

/// Runs programs of this machine.
///
/// On Unix each runs in a process group of its own, so that a deadline ends its children too; an interrupt
/// typed at the terminal does not reach the group, which fits commands that only read.
#[derive(Clone, Debug)]
pub struct SystemRunner {
    snapshot: ProcessSnapshot,
}

impl SystemRunner {
    /// Children get their variables from `snapshot`, never from the live environment.
    #[must_use]
    pub fn new(snapshot: ProcessSnapshot) -> Self {
        Self { snapshot }
    }

    fn spawn(&self, command: &Command) -> Result<Child, RunError> {
        if let Some(folder) = command.working_folder().filter(|folder| !folder.is_dir()) {
            return Err(RunError::NoFolder {
                command: command.to_string(),
                folder: folder.display().to_string(),
            });
        }
        let mut child = std::process::Command::new(command.program());
        child.args(command.arguments()).env_clear();
        for (name, value) in self.snapshot.select(|name| passes(command, name)) {
            child.env(name, value);
        }
        for (name, value) in command.variables() {
            #[expect(
                clippy::disallowed_methods,
                reason = "goes into the environment of the child it is meant for"
            )]
            child.env(name, value.expose());
        }
        if let Some(folder) = command.working_folder() {
            child.current_dir(folder);
        }
        let stdin = if command.input().is_some() { Stdio::piped() } else { Stdio::null() };
        child.stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped());
        own_group(&mut child);
        child.spawn().map_err(|source| match source.kind() {
            io::ErrorKind::NotFound => RunError::NotFound {
                program: command.program().to_owned(),
                help: command.install_help().map_or_else(
                    || format!("install `{}` and make sure that it is on PATH", command.program()),
                    str::to_owned,
                ),
            },
            _ => RunError::Io { command: command.to_string(), source },
        })
    }

    fn scrubber(&self, command: &Command) -> Scrubber {
        let passed: Vec<SecretValue> = self
            .snapshot
            .select(|name| passes(command, name) && SECRET_NAMES.iter().any(|part| name.contains(part)))
            .filter_map(|(_, value)| value.to_str().map(SecretValue::from))
            .collect();
        Scrubber::new(command.secrets().iter().chain(&passed))
    }
}

impl Runner for SystemRunner {
    fn run(&self, command: &Command) -> Result<Output, RunError> {
        let scrubber = self.scrubber(command);
        let mut child = self.spawn(command)?;
        let streams = Streams::open(&mut child, command);
        let ended = streams.wait(&mut child, command.time());
        let stderr = scrubber.clean(streams.stderr().lines());
        let name = || command.to_string();
        match ended {
            Ended::Exit(status) if status.success() => Ok(Output { stdout: streams.stdout(), stderr }),
            Ended::Exit(status) => Err(RunError::Failed { command: name(), status: status.code(), stderr }),
            Ended::Deadline => Err(RunError::TimedOut { command: name(), deadline: command.time(), stderr }),
            Ended::TooMuch => Err(RunError::TooMuchOutput { command: name(), limit: command.limit() }),
            Ended::Broken(source) => Err(RunError::Io { command: name(), source }),
        }
    }
}

fn passes(command: &Command, name: &str) -> bool {
    ALWAYS.contains(&name)
        || command.passed_names().iter().any(|passed| match passed.strip_suffix('*') {
            Some(beginning) => name.starts_with(beginning),
            None => name == passed,
        })
}

/// How a run ended.
enum Ended {
    Exit(ExitStatus),
    Deadline,
    TooMuch,
    Broken(io::Error),
}

/// What a reading thread has to say.
enum Event {
    Closed,
    TooMuch,
    Broken(io::Error),
}

/// The pipes to the child, each with its thread.
struct Streams {
    stdout: Arc<Mutex<WipedBuffer>>,
    stderr: Arc<Mutex<Tail>>,
    events: mpsc::Receiver<Event>,
    // Keeps the channel open, so that waiting on it is waiting and not an error.
    _sender: Sender<Event>,
}

impl Streams {
    fn open(child: &mut Child, command: &Command) -> Self {
        let (sender, events) = mpsc::channel();
        let stdout = Arc::new(Mutex::new(WipedBuffer::default()));
        let stderr = Arc::new(Mutex::new(Tail::default()));
        let limit = command.limit();
        let (out, err) = (Arc::clone(&stdout), Arc::clone(&stderr));
        read(child.stdout.take(), sender.clone(), move |bytes| lock(&out).push(bytes, limit));
        read(child.stderr.take(), sender.clone(), move |bytes| {
            lock(&err).push(bytes);
            true
        });
        if let (Some(mut pipe), Some(text)) = (child.stdin.take(), command.input().cloned()) {
            thread::spawn(move || {
                #[expect(
                    clippy::disallowed_methods,
                    reason = "goes to the standard input of the child it is meant for"
                )]
                // A child that does not read to the end is no failure of ours: its status tells.
                let _ = pipe.write_all(text.expose().as_bytes());
            });
        }
        Self { stdout, stderr, events, _sender: sender }
    }

    /// Waits for the child and its output; ends the child when it goes on for too long or prints too much.
    fn wait(&self, child: &mut Child, deadline: Duration) -> Ended {
        let started = Instant::now();
        let mut pause = Duration::from_millis(1);
        let mut open = 2;
        let mut exit: Option<(ExitStatus, Instant)> = None;
        loop {
            match self.events.recv_timeout(pause) {
                Ok(Event::Closed) => open -= 1,
                Ok(Event::TooMuch) => return end(child, exit.is_some(), Ended::TooMuch),
                Ok(Event::Broken(error)) => return end(child, exit.is_some(), Ended::Broken(error)),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
            }
            if exit.is_none() {
                match child.try_wait() {
                    Ok(status) => exit = status.map(|status| (status, Instant::now())),
                    Err(error) => return end(child, false, Ended::Broken(error)),
                }
            }
            if let Some((status, at)) = exit {
                if open == 0 || at.elapsed() >= AFTER_END {
                    return Ended::Exit(status);
                }
            } else if started.elapsed() >= deadline {
                return end(child, false, Ended::Deadline);
            }
            pause = (pause * 2).min(Duration::from_millis(20));
        }
    }

    fn stdout(&self) -> Zeroizing<Vec<u8>> {
        lock(&self.stdout).take()
    }

    fn stderr(&self) -> std::sync::MutexGuard<'_, Tail> {
        lock(&self.stderr)
    }
}

/// A reader that panicked leaves whole bytes behind; the lock is as good as before.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads a pipe to its end in a thread; `keep` says whether to go on.
fn read(
    pipe: Option<impl Read + Send + 'static>,
    events: Sender<Event>,
    keep: impl Fn(&[u8]) -> bool + Send + 'static,
) {
    thread::spawn(move || {
        let mut chunk = Zeroizing::new([0; 8192]);
        let Some(mut pipe) = pipe else {
            let _ = events.send(Event::Closed);
            return;
        };
        let last = loop {
            match pipe.read(&mut chunk[..]) {
                Ok(0) => break Event::Closed,
                Ok(length) if keep(&chunk[..length]) => {}
                Ok(_) => break Event::TooMuch,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => break Event::Broken(error),
            }
        };
        // Nobody listens any more when the run is over.
        let _ = events.send(last);
    });
}

/// Ends the child and its group unless it has ended already, and reaps it.
fn end(child: &mut Child, has_ended: bool, why: Ended) -> Ended {
    if !has_ended {
        end_group(child);
        // It is dead or was never ours to wait for: there is nothing to do about an error.
        let _ = child.wait();
    }
    why
}

#[cfg(unix)]
fn own_group(command: &mut std::process::Command) {
    std::os::unix::process::CommandExt::process_group(command, 0);
}

#[cfg(not(unix))]
fn own_group(_: &mut std::process::Command) {}

/// Asks the child's group to end and makes it after a while. The child is not reaped before the last signal,
/// so the group's number cannot belong to anyone else by then.
#[cfg(unix)]
fn end_group(child: &mut Child) {
    use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};
    let group = Pid::from_child(child);
    let looking = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    let asked = Instant::now();
    // A group that is gone already is what is wanted.
    let _ = kill_process_group(group, Signal::TERM);
    while asked.elapsed() < CLEAN_UP && matches!(waitid(WaitId::Pid(group), looking), Ok(None)) {
        thread::sleep(Duration::from_millis(5));
    }
    let _ = kill_process_group(group, Signal::KILL);
}

#[cfg(not(unix))]
fn end_group(child: &mut Child) {
    let _ = child.kill();
}
