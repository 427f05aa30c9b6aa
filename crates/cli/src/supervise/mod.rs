//! Running a command in our place: its signals, its end, and what it leaves behind.
//!
//! The command stays in our process group, so that the terminal treats both as one job. As the first process of a
//! container, envctl passes on what it is sent and reaps what nobody else waits for.

#[cfg(unix)]
mod hold;
#[cfg(unix)]
mod job;
#[cfg(unix)]
mod signals;
#[cfg(unix)]
mod watch;

use std::io;
use std::process::{Command, Stdio};

use crate::redact::Redactor;

#[cfg(unix)]
pub(crate) use hold::Hold;

/// A step on the way to a running command that failed.
#[derive(Debug)]
pub(crate) enum Failed {
    /// The command did not start.
    Start(io::Error),
    /// It could not be watched.
    Watch(io::Error),
    /// What it printed cannot be written.
    Print(io::Error),
}

/// Runs a command to its end, with our standard streams, masked if that is asked for. Gives its exit code: 128 and the
/// signal's number if a signal ended it.
#[cfg(unix)]
pub(crate) fn supervise(mut command: Command, redactor: Option<&Redactor>) -> Result<u8, Failed> {
    use crate::redact::Pump;
    use rustix::process::Pid;

    // Before the start, so that no signal is lost between the two.
    let signals = signals::Signals::hook().map_err(Failed::Watch)?;
    if redactor.is_some() {
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
    }
    let mut child = command.spawn().map_err(Failed::Start)?;
    // It holds the child's variables.
    drop(command);
    let mut pumps = Vec::new();
    if let Some(redactor) = redactor {
        let (output, messages) = crate::edge::outlets();
        if let Some(pipe) = child.stdout.take() {
            pumps.push(Pump::start(pipe.into(), output, redactor.another()).map_err(Failed::Watch)?);
        }
        if let Some(pipe) = child.stderr.take() {
            pumps.push(Pump::start(pipe.into(), messages, redactor.another()).map_err(Failed::Watch)?);
        }
    }
    let watch = watch::Watch::new(Pid::from_child(&child));
    let code = watch.until_drained(signals, &pumps).map_err(Failed::Watch)?;
    pumps.iter().find_map(Pump::failure).map_or(Ok(code), |error| Err(Failed::Print(error)))
}

/// Runs a command to its end, with our standard streams.
#[cfg(not(unix))]
pub(crate) fn supervise(mut command: Command, redactor: Option<&Redactor>) -> Result<u8, Failed> {
    if redactor.is_some() {
        return Err(Failed::Watch(io::ErrorKind::Unsupported.into()));
    }
    command.stdin(Stdio::inherit());
    let status = command.status().map_err(Failed::Start)?;
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1))
}

/// Nothing is held back here.
#[cfg(not(unix))]
pub(crate) struct Hold;

#[cfg(not(unix))]
impl Hold {
    pub(crate) fn new() -> io::Result<Self> {
        Ok(Self)
    }

    pub(crate) fn during<T>(&self, work: impl FnOnce() -> T) -> (T, bool) {
        (work(), false)
    }
}
