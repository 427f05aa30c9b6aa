//! How each state of a variable looks.

use envschema::State;

use super::look::{Look, Tone};

/// Every state, the urgent ones first.
pub(crate) const STATES: [State; 6] =
    [State::Missing, State::Invalid, State::Sealed, State::Resolved, State::NotNeeded, State::Unset];

/// The word for a state.
pub(crate) fn word(state: State) -> &'static str {
    match state {
        State::Resolved => "set",
        State::Sealed => "encrypted",
        State::Missing => "missing",
        State::Invalid => "invalid",
        State::NotNeeded => "not needed",
        _ => "unset",
    }
}

/// One character for a state.
pub(crate) fn symbol(state: State, look: Look) -> &'static str {
    match state {
        State::Resolved => look.symbol("✓", "+"),
        State::Sealed => look.symbol("◆", "*"),
        State::Missing => look.symbol("✗", "x"),
        State::Invalid => "!",
        State::NotNeeded => look.symbol("–", "-"),
        _ => look.symbol("·", "."),
    }
}

/// The tone of a state.
pub(crate) fn tone(state: State) -> Tone {
    match state {
        State::Resolved | State::Sealed => Tone::Good,
        State::Missing | State::Invalid => Tone::Error,
        _ => Tone::Faint,
    }
}
