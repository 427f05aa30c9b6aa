//! How far a long work is, on a terminal.

use std::io::Write as _;
use std::sync::{Mutex, PoisonError};

use crate::edge::{Edge, outlets};

/// Work of fewer steps is over before anybody reads.
const WORTH_TELLING: usize = 8;

/// Counts steps of work from several threads.
pub(crate) struct Progress {
    total: usize,
    done: Mutex<usize>,
    told: bool,
}

impl Progress {
    /// Told on a terminal only.
    pub(crate) fn new(edge: &Edge, total: usize) -> Self {
        let told = edge.messages_look.width.is_some() && total >= WORTH_TELLING;
        Self { total, done: Mutex::new(0), told }
    }

    /// One more step is done.
    pub(crate) fn step(&self) {
        // Held while it is told, so that no thread tells less behind another one that tells more.
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        *done += 1;
        if self.told {
            let (_, mut messages) = outlets();
            let end = if *done == self.total { "\r\u{1b}[K" } else { "" };
            // A terminal that is gone hides nothing else.
            let _ = write!(messages, "\r{done} of {} {end}", self.total);
        }
    }
}
