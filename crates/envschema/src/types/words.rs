//! Wording bounds and counts.

use std::borrow::Cow;
use std::fmt::Display;

use super::Bounds;

/// A noun and the bounds it is held to: `a number from 1 to 5`.
pub(super) fn bounded(
    noun: &'static str,
    min: Option<impl Display>,
    max: Option<impl Display>,
) -> Cow<'static, str> {
    match (min, max) {
        (None, None) => noun.into(),
        (Some(min), None) => format!("{noun} of at least {min}").into(),
        (None, Some(max)) => format!("{noun} of at most {max}").into(),
        (Some(min), Some(max)) => format!("{noun} from {min} to {max}").into(),
    }
}

/// A bounded count: `at least 1 item`, `3 to 5 characters`; `None` when any count will do.
pub(super) fn counted(bounds: &Bounds<usize>, unit: &str) -> Option<String> {
    let units = |count: usize| plural(count, unit);
    match (bounds.min, bounds.max) {
        (None, None) => None,
        (Some(min), Some(max)) if min == max => Some(format!("exactly {}", units(min))),
        (Some(min), Some(max)) => Some(format!("{min} to {}", units(max))),
        (Some(min), None) => Some(format!("at least {}", units(min))),
        (None, Some(max)) => Some(format!("at most {}", units(max))),
    }
}

/// `1 byte`, `2 bytes`.
pub(super) fn plural(count: usize, unit: &str) -> String {
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}
