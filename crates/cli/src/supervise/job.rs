//! Which job a process belongs to: its session and its group.
//!
//! A container that is entered from outside runs in a group and a session whose leaders it cannot see. The system tells
//! their numbers as 0 then, which is no process, and which `rustix` takes for impossible; `nix` tells it as it is.

use nix::unistd::{Pid as Number, getpgid, getpgrp, getsid};
use rustix::process::Pid;

/// Whether the process is in our group, and so gets what the terminal sends to it.
pub(super) fn shares_our_group(process: Pid) -> bool {
    getpgid(Some(number(process))) == Ok(getpgrp())
}

/// Whether our parent is a shell that handles jobs: one of our session, and not of our group. Nobody else would
/// continue us.
pub(super) fn is_our_shell(parent: Pid) -> bool {
    let parent = Some(number(parent));
    let in_session = getsid(parent).is_ok_and(|session| getsid(None) == Ok(session));
    in_session && getpgid(parent).is_ok_and(|group| group != getpgrp())
}

fn number(process: Pid) -> Number {
    Number::from_raw(process.as_raw_nonzero().get())
}
