//! Exit codes: one table for every command.

/// How a command ended. The numbers are part of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Yes: valid, in sync, done.
    Yes = 0,
    /// The answer is no: findings, drift, pending changes.
    No = 1,
    /// The command line, the contract or the configuration is wrong.
    Usage = 2,
    /// Something outside failed, and nothing was changed.
    Outside = 3,
    /// Partly applied; running it again completes it.
    Partial = 4,
    /// Someone else changed it; theirs stands.
    Conflict = 5,
    /// Refused: it needs approval, or a guard forbids it.
    Refused = 6,
    /// Interrupted.
    Interrupted = 130,
}

impl Exit {
    /// Every code with its meaning, as the documentation lists them.
    pub const TABLE: &'static [(Self, &'static str)] = &[
        (Self::Yes, "yes: valid, in sync, done"),
        (Self::No, "the answer is no: findings, drift, pending changes"),
        (Self::Usage, "the command line, the contract or the configuration is wrong"),
        (Self::Outside, "something outside failed, and nothing was changed"),
        (Self::Partial, "partly applied; running it again completes it"),
        (Self::Conflict, "someone else changed it; theirs stands"),
        (Self::Refused, "refused: it needs approval, or a guard forbids it"),
        (Self::Interrupted, "interrupted"),
    ];

    /// The number.
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }
}
