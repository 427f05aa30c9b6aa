//! Exit codes: one table for every command.

/// How a command ended. The numbers are part of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Yes: valid, in sync, done.
    Yes,
    /// The answer is no: findings, drift, pending changes.
    No,
    /// The command line, the contract or the configuration is wrong.
    Usage,
    /// Something outside failed, and nothing was changed.
    Outside,
    /// Partly applied; running it again completes it.
    Partial,
    /// Someone else changed it; theirs stands.
    Conflict,
    /// Refused: it needs approval, or a guard forbids it.
    Refused,
    /// Interrupted.
    Interrupted,
    /// What the command of `envctl run` ended with.
    Command(u8),
}

impl Exit {
    /// Not found, as shells tell it.
    pub(crate) const NOT_FOUND: Self = Self::Command(127);
    /// Found, and not to be run, as shells tell it.
    pub(crate) const NOT_EXECUTABLE: Self = Self::Command(126);

    /// Every code of ours with its meaning, as the documentation lists them.
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
        match self {
            Self::Yes => 0,
            Self::No => 1,
            Self::Usage => 2,
            Self::Outside => 3,
            Self::Partial => 4,
            Self::Conflict => 5,
            Self::Refused => 6,
            Self::Interrupted => 130,
            Self::Command(code) => code,
        }
    }
}
