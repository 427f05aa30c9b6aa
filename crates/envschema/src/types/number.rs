//! `integer`, `number` and `port`.

use std::borrow::Cow;

use super::words::bounded;
use super::{Bounds, Mismatch};

/// A sign and decimal digits.
pub(super) fn integer(bounds: &Bounds<i64>, text: &str) -> Result<i64, Mismatch> {
    text.parse().ok().filter(|number| bounds.contains(number)).ok_or_else(|| {
        Mismatch::new(&bounded("a whole number", bounds.min, bounds.max), text, integer_help(text))
    })
}

fn integer_help(text: &str) -> Option<&'static str> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !digits.starts_with(|c: char| c.is_ascii_digit()) || text.parse::<i64>().is_ok() {
        None
    } else if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        Some("it has to fit in 64 bits with its sign")
    } else if digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'_' | b' ' | b'\'')) {
        Some("write the digits without separators between them")
    } else if is_plain(text) && text.parse::<f64>().is_ok() {
        Some("write it without a fraction and without an exponent")
    } else {
        None
    }
}

/// A sign, decimal digits, a fraction after `.`, an exponent after `e`.
pub(super) fn number(bounds: &Bounds<f64>, text: &str) -> Result<f64, Mismatch> {
    let parsed = if is_plain(text) { text.parse().ok() } else { None };
    parsed.filter(|number: &f64| number.is_finite() && bounds.contains(number)).ok_or_else(|| {
        let separated =
            text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.,_ '".contains(&byte)) && !is_plain(text);
        let help = separated.then_some("write `.` before the fraction and no separators between digits");
        Mismatch::new(&bounded("a number", bounds.min, bounds.max), text, help)
    })
}

/// Keeps the words for infinity and not-a-number away from the float parser.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte))
}

/// Decimal digits.
pub(super) fn port(bounds: &Bounds<u16>, text: &str) -> Result<u16, Mismatch> {
    let parsed = if text.starts_with('+') { None } else { text.parse().ok() };
    parsed.filter(|port| *port > 0 && bounds.contains(port)).ok_or_else(|| {
        let help = text.contains(':').then_some("give the port alone, without a host");
        Mismatch::new(&port_expectation(bounds), text, help)
    })
}

pub(super) fn port_expectation(bounds: &Bounds<u16>) -> Cow<'static, str> {
    match (bounds.min.unwrap_or(1).max(1), bounds.max.unwrap_or(u16::MAX)) {
        (1, u16::MAX) => "a port from 1 to 65535".into(),
        (min, max) => bounded("a port", Some(min), Some(max)),
    }
}
