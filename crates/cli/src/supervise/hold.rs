//! [`Hold`]: signals that end a program, held back while something has to be put away first.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts as number;
use signal_hook::flag;

use super::signals::{ENDING, ignored};

/// Signals that end a program, held back while something has to be put away first. At all other times they end it.
pub(crate) struct Hold {
    /// Whether a signal ends us at once.
    is_open: Arc<AtomicBool>,
    /// Whether somebody asked us to end.
    came: Arc<AtomicBool>,
}

impl Hold {
    /// Takes the signals over. One that we were started to ignore stays ignored.
    pub(crate) fn new() -> io::Result<Self> {
        let hold = Self { is_open: Arc::new(AtomicBool::new(true)), came: Arc::default() };
        let ignored = ignored();
        for signal in ENDING.into_iter().filter(|number| ignored & (1 << (number - 1)) == 0) {
            flag::register_conditional_default(signal, hold.is_open.clone())?;
            // The other two are keys on the terminal, and meant for the program that runs there.
            if signal == number::SIGTERM || signal == number::SIGHUP {
                flag::register(signal, hold.came.clone())?;
            }
        }
        Ok(hold)
    }

    /// Does something to its end; whether somebody asked us to end meanwhile.
    pub(crate) fn during<T>(&self, work: impl FnOnce() -> T) -> (T, bool) {
        self.came.store(false, Ordering::SeqCst);
        self.is_open.store(false, Ordering::SeqCst);
        let done = work();
        self.is_open.store(true, Ordering::SeqCst);
        (done, self.came.load(Ordering::SeqCst))
    }
}
