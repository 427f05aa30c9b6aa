//! `duration` and `bytes`.

use std::borrow::Cow;
use std::time::Duration;

use humantime::format_duration;

use super::words::bounded;
use super::{Bounds, Mismatch};

pub(super) fn duration(bounds: &Bounds<Duration>, text: &str) -> Result<Duration, Mismatch> {
    parse_duration(text).filter(|span| bounds.contains(span)).ok_or_else(|| {
        let bare = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let help = (bare && text != "0").then_some("add a unit, such as `s` for seconds: `30s`");
        Mismatch::new(&duration_expectation(bounds), text, help)
    })
}

pub(super) fn duration_expectation(bounds: &Bounds<Duration>) -> Cow<'static, str> {
    match (bounds.min, bounds.max) {
        (None, None) => "a duration such as `30s` or `1h 30m`".into(),
        (min, max) => bounded("a duration", min.map(format_duration), max.map(format_duration)),
    }
}

/// Reads term by term. The whole text at once would let `1 0s` pass for ten seconds, and the sum of two terms
/// near the greatest duration panics in the parser.
pub(crate) fn parse_duration(text: &str) -> Option<Duration> {
    if text == "0" {
        return Some(Duration::ZERO);
    }
    if text.is_empty() || text.ends_with(char::is_whitespace) {
        return None;
    }
    let (mut total, mut rest) = (Duration::ZERO, text);
    while !rest.is_empty() {
        let number = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let unit = rest.len() - rest[number..].trim_start().len();
        let end = rest[unit..].find(|c: char| !c.is_alphabetic()).map_or(rest.len(), |length| unit + length);
        total = total.checked_add(humantime::parse_duration(&rest[..end]).ok()?)?;
        rest = rest[end..].trim_start();
    }
    Some(total)
}

/// The units of an amount of data, and how many bytes each is.
const UNITS: &[(&str, u64)] = &[
    ("", 1),
    ("B", 1),
    ("KB", 1_000),
    ("MB", 1_000_000),
    ("GB", 1_000_000_000),
    ("TB", 1_000_000_000_000),
    ("KiB", 1 << 10),
    ("MiB", 1 << 20),
    ("GiB", 1 << 30),
    ("TiB", 1 << 40),
];

pub(super) fn size(bounds: &Bounds<u64>, text: &str) -> Result<i64, Mismatch> {
    let within = |bytes: &i64| bounds.contains(&bytes.unsigned_abs());
    parse_size(text)
        .filter(within)
        .ok_or_else(|| Mismatch::new(&size_expectation(bounds), text, size_help(text)))
}

fn size_help(text: &str) -> Option<&'static str> {
    let (_, unit) = split_unit(text);
    if ["K", "M", "G", "T", "Ki", "Mi", "Gi", "Ti"].iter().any(|short| short.eq_ignore_ascii_case(unit)) {
        Some("write the unit in full: `KB`, `MB`, `GB` count in thousands, `KiB`, `MiB`, `GiB` in 1024s")
    } else if text.starts_with('-') {
        Some("a size is not negative")
    } else {
        None
    }
}

pub(super) fn size_expectation(bounds: &Bounds<u64>) -> Cow<'static, str> {
    match (bounds.min, bounds.max) {
        (None, None) => "a size such as `512`, `10MB` or `1.5GiB`".into(),
        (min, max) => bounded("a size", min.map(format_size), max.map(format_size)),
    }
}

fn split_unit(text: &str) -> (&str, &str) {
    let unit = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    (&text[..unit], text[unit..].trim_start_matches(' '))
}

pub(crate) fn parse_size(text: &str) -> Option<i64> {
    let (number, unit) = split_unit(text);
    if text.ends_with(' ') {
        return None;
    }
    let (_, scale) = UNITS.iter().find(|(name, _)| name.eq_ignore_ascii_case(unit))?;
    let (whole, fraction) = match number.split_once('.') {
        None => (number, ""),
        Some((_, "")) => return None,
        Some(_) if *scale == 1 => return None,
        Some(parts) => parts,
    };
    // No sign can stand here: `number` is digits and points.
    let parts = 10_u128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let fraction: u128 = if fraction.is_empty() { 0 } else { fraction.parse().ok()? };
    let scaled = whole.parse::<u128>().ok()?.checked_mul(parts)?.checked_add(fraction)?;
    i64::try_from(scaled.checked_mul((*scale).into())? / parts).ok()
}

/// The size in the greatest unit that divides it.
fn format_size(bytes: u64) -> String {
    let fits = |unit: &&(&str, u64)| unit.1 == 1 || (bytes > 0 && bytes.is_multiple_of(unit.1));
    let (name, scale) = UNITS.iter().filter(fits).max_by_key(|unit| unit.1).unwrap_or(&("B", 1));
    format!("{}{name}", bytes / scale)
}
