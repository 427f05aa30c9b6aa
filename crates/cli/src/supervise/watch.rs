//! [`Watch`]: from the start of a command to its end.

use std::io;
use std::thread;
use std::time::{Duration, Instant};

use rustix::io::Errno;
use rustix::process::{Pid, Signal, WaitOptions, WaitStatus, getpid, getppid, kill_process, wait, waitpid};

use super::job;
use super::signals::{Came, Incoming, Signals};
use crate::redact::{Drained, Pump};

/// What a signal adds to its number in an exit code.
const BY_SIGNAL: i32 = 128;

/// How long output of others may still come after the command has ended.
const AFTER_END: Duration = Duration::from_millis(200);

/// How often an open stream is looked at then.
const PAUSE: Duration = Duration::from_millis(2);

/// A running command.
pub(super) struct Watch {
    command: Pid,
    /// Whether processes whose parents have ended become ours.
    inherits: bool,
    /// Whether the command was stopped, and we did not yet stop with it.
    stopped: bool,
    /// Whether it went on since it was stopped, and we did not yet see the signal for that.
    resumed: bool,
}

impl Watch {
    pub(super) fn new(command: Pid) -> Self {
        Self { command, inherits: inherits_orphans(), stopped: false, resumed: false }
    }

    /// Passes signals on until the command has ended and its output is through; gives its exit code.
    pub(super) fn until_drained(mut self, mut signals: Signals, pumps: &[Pump]) -> io::Result<u8> {
        let code = self.until_it_ends(&mut signals)?;
        let ended = Instant::now();
        loop {
            let drained = pumps.iter().map(Pump::drained).max_by_key(|drained| *drained as u8);
            let done = match drained {
                None | Some(Drained::Closed) => true,
                Some(Drained::Open) => ended.elapsed() >= AFTER_END,
                // A slow reader gets what there is, unless someone loses patience.
                Some(Drained::NotYet) => false,
            };
            if done || signals.asks_to_end() {
                pumps.iter().for_each(Pump::finish);
                return Ok(code);
            }
            thread::sleep(PAUSE);
        }
    }

    fn until_it_ends(&mut self, signals: &mut Signals) -> io::Result<u8> {
        loop {
            for came in signals.wait() {
                let code = match came {
                    Came::Child => self.reap()?,
                    Came::Signal(incoming) => self.pass_on(&incoming)?,
                };
                if let Some(code) = code {
                    return Ok(code);
                }
            }
        }
    }

    /// Looks at every child that something became of; gives the command's code when it has ended.
    fn reap(&mut self) -> io::Result<Option<u8>> {
        let options = WaitOptions::NOHANG | WaitOptions::UNTRACED | WaitOptions::CONTINUED;
        loop {
            let next = if self.inherits { wait(options) } else { waitpid(Some(self.command), options) };
            match next {
                Ok(Some((child, status))) if child == self.command => {
                    if let Some(code) = self.look_at(status) {
                        return Ok(Some(code));
                    }
                }
                // An orphan: it had to be waited for, and nothing more.
                Ok(Some(_)) | Err(Errno::INTR) => {}
                Ok(None) => break,
                Err(error) => return Err(error.into()),
            }
        }
        if std::mem::take(&mut self.stopped) && getppid().is_some_and(job::is_our_shell) {
            // The shell that waits for us is to see the job stopped. It continues us together with the command.
            kill_process(getpid(), Signal::STOP)?;
        }
        Ok(None)
    }

    fn look_at(&mut self, status: WaitStatus) -> Option<u8> {
        if status.continued() {
            (self.stopped, self.resumed) = (false, true);
        } else if status.stopped() {
            (self.stopped, self.resumed) = (true, false);
        }
        let code = status.exit_status().or_else(|| Some(BY_SIGNAL + status.terminating_signal()?));
        code.and_then(|code| u8::try_from(code).ok())
    }

    /// Sends a signal to the command, unless it has it already.
    fn pass_on(&mut self, incoming: &Incoming) -> io::Result<Option<u8>> {
        let sent_by_itself = incoming.sender == Some(self.command.as_raw_nonzero().get());
        let has_it = incoming.by_terminal && job::shares_our_group(self.command);
        if sent_by_itself || has_it {
            return Ok(None);
        }
        if incoming.signal == Signal::CONT {
            // A shell continues the whole job, which is the command too.
            if let Some(code) = self.reap()? {
                return Ok(Some(code));
            }
            if std::mem::take(&mut self.resumed) {
                return Ok(None);
            }
        }
        // It may refuse, as a program of another user, or have ended; then its end tells.
        let _ = kill_process(self.command, incoming.signal);
        Ok(None)
    }
}

/// Whether processes whose parents have ended become ours: those of a container whose first process we are.
fn inherits_orphans() -> bool {
    getpid().is_init() || is_subreaper()
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn is_subreaper() -> bool {
    matches!(rustix::process::child_subreaper(), Ok(Some(_)))
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn is_subreaper() -> bool {
    false
}
