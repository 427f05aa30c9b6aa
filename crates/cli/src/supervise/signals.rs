//! [`Signals`]: what reaches us instead of killing us, with where it came from.

use std::fs;
use std::io;

use rustix::process::Signal;
use signal_hook::consts as number;
use signal_hook::iterator::SignalsInfo;
use signal_hook::iterator::exfiltrator::origin::WithOrigin;
use signal_hook::low_level::siginfo::{Cause, Origin};

/// What is passed on to the command.
const PASSED_ON: &[i32] = &[
    number::SIGTERM,
    number::SIGHUP,
    number::SIGINT,
    number::SIGQUIT,
    number::SIGUSR1,
    number::SIGUSR2,
    number::SIGALRM,
    number::SIGWINCH,
    number::SIGTSTP,
    number::SIGCONT,
];

/// What asks a program to end.
pub(super) const ENDING: [i32; 4] = [number::SIGTERM, number::SIGHUP, number::SIGINT, number::SIGQUIT];

/// The signals that we are sent from now on.
pub(super) struct Signals(SignalsInfo<WithOrigin>);

/// A signal that came.
pub(super) enum Came {
    /// Something became of a child.
    Child,
    /// A signal to be passed on.
    Signal(Incoming),
}

/// A signal with where it came from.
pub(super) struct Incoming {
    pub(super) signal: Signal,
    /// Whether the system sent it by itself: the terminal, which sends to every process of the foreground's group.
    pub(super) by_terminal: bool,
    /// The process that sent it, if one did.
    pub(super) sender: Option<i32>,
}

impl Signals {
    /// Takes every signal that is passed on. One that we were started to ignore, as `nohup` does with the
    /// hang-up, is left ignored, and the command inherits that.
    pub(super) fn hook() -> io::Result<Self> {
        let ignored = ignored();
        let taken = PASSED_ON.iter().copied().filter(|number| ignored & (1 << (number - 1)) == 0);
        Ok(Self(SignalsInfo::new(taken.chain([number::SIGCHLD]))?))
    }

    /// Waits until signals come.
    pub(super) fn wait(&mut self) -> impl Iterator<Item = Came> {
        self.0.wait().filter_map(|origin| came(&origin))
    }

    /// Whether someone asks us to end, now.
    pub(super) fn asks_to_end(&mut self) -> bool {
        self.0.pending().any(|origin| ENDING.contains(&origin.signal))
    }
}

fn came(origin: &Origin) -> Option<Came> {
    if origin.signal == number::SIGCHLD {
        return Some(Came::Child);
    }
    Some(Came::Signal(Incoming {
        signal: Signal::from_named_raw(origin.signal)?,
        by_terminal: matches!(origin.cause, Cause::Kernel),
        sender: origin.process.as_ref().map(|process| process.pid),
    }))
}

/// The signals that we were started to ignore, a bit for each. Where the system does not tell, none.
pub(super) fn ignored() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}
