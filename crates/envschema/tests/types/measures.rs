//! `duration` and `bytes`.

use std::time::Duration;

use envschema::types::{Bounds, ValueType};
use serde_json::json;

use super::{QUOTES, WHITE_SPACE, bounds, reads, refuses};

#[test]
fn a_duration_is_numbers_with_units() {
    let of = ValueType::Duration(Bounds::default());
    reads(
        &of,
        &[
            ("0", json!(0)),
            ("0s", json!(0)),
            ("30s", json!(30)),
            ("30 s", json!(30)),
            ("1h30m", json!(5400)),
            ("1h 30m", json!(5400)),
            ("1 hour 30 minutes", json!(5400)),
            ("720h", json!(2_592_000)),
            ("1.5h", json!(5400)),
            ("250ms", json!(0.25)),
            ("7d", json!(604_800)),
            ("2w", json!(1_209_600)),
            ("1M", json!(2_630_016)),
            ("1y", json!(31_557_600)),
        ],
    );
    let unit = "add a unit, such as `s` for seconds: `30s`";
    refuses(
        &of,
        "expected a duration such as `30s` or `1h 30m`",
        &[
            ("", ""),
            ("30", unit),
            ("1.5", unit),
            ("00", unit),
            ("-5s", ""),
            ("s", ""),
            ("5 parsecs", ""),
            ("1 0s", ""),
            ("1h30", ""),
            ("1.2.3s", ""),
            ("1h,30m", ""),
            ("99999999999999999999s", ""),
            ("18446744073709551615s 1s", ""),
            ("18446744073709551615s 1000000000ns", ""),
            ("30s ", WHITE_SPACE),
            (" 30s", WHITE_SPACE),
            ("\"30s\"", QUOTES),
        ],
    );
}

#[test]
fn duration_bounds_are_inclusive() {
    let of = ValueType::Duration(bounds(Duration::from_secs(30), Duration::from_secs(3600)));
    reads(&of, &[("30s", json!(30)), ("1h", json!(3600)), ("60m", json!(3600))]);
    refuses(&of, "expected a duration from 30s to 1h", &[("29s", ""), ("1h 1ns", ""), ("0", "")]);
}

#[test]
fn a_size_is_a_number_with_a_unit() {
    let of = ValueType::Bytes(Bounds::default());
    reads(
        &of,
        &[
            ("0", json!(0)),
            ("512", json!(512)),
            ("512B", json!(512)),
            ("1KB", json!(1000)),
            ("1kb", json!(1000)),
            ("1KiB", json!(1024)),
            ("1kib", json!(1024)),
            ("10MB", json!(10_000_000)),
            ("10 MB", json!(10_000_000)),
            ("1.5GiB", json!(1_610_612_736)),
            ("2GB", json!(2_000_000_000)),
            ("1TB", json!(1_000_000_000_000_u64)),
            ("1TiB", json!(1_099_511_627_776_u64)),
            ("0.5KB", json!(500)),
            ("1.1KiB", json!(1126)),
            ("0.0001KB", json!(0)),
            ("9223372036854775807", json!(i64::MAX)),
        ],
    );
    let full = "write the unit in full: `KB`, `MB`, `GB` count in thousands, `KiB`, `MiB`, `GiB` in 1024s";
    refuses(
        &of,
        "expected a size such as `512`, `10MB` or `1.5GiB`",
        &[
            ("", ""),
            ("MB", ""),
            (".5MB", ""),
            ("5.MB", ""),
            ("1.5", ""),
            ("1.5B", ""),
            ("1.2.3MB", ""),
            ("+5MB", ""),
            ("-5MB", "a size is not negative"),
            ("10PB", ""),
            ("10 MB MB", ""),
            ("10M", full),
            ("10k", full),
            ("10Gi", full),
            ("9223372036854775808", ""),
            ("99999999999999999999TB", ""),
            ("10MB ", WHITE_SPACE),
            ("10 ", WHITE_SPACE),
            ("'10MB'", QUOTES),
        ],
    );
}

#[test]
fn size_bounds_are_shown_in_their_unit() {
    let of = ValueType::Bytes(bounds(1024, 10_000_000));
    reads(&of, &[("1KiB", json!(1024)), ("10MB", json!(10_000_000))]);
    refuses(&of, "expected a size from 1KiB to 10MB", &[("1023", ""), ("10000001", "")]);
    refuses(&ValueType::Bytes(bounds(0, 1500)), "expected a size from 0B to 1500B", &[("2KB", "")]);
}
