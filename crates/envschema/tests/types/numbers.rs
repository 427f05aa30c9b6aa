//! `integer`, `number` and `port`.

use envschema::types::{Bounds, ValueType};
use serde_json::json;

use super::{QUOTES, WHITE_SPACE, bounds, reads, refuses};

const SEPARATORS: &str = "write the digits without separators between them";
const WHOLE: &str = "write it without a fraction and without an exponent";
const FITS: &str = "it has to fit in 64 bits with its sign";

#[test]
fn an_integer_is_a_sign_and_digits() {
    let of = ValueType::Integer(Bounds::default());
    reads(
        &of,
        &[
            ("0", json!(0)),
            ("-0", json!(0)),
            ("+5", json!(5)),
            ("-17", json!(-17)),
            ("007", json!(7)),
            ("9223372036854775807", json!(i64::MAX)),
            ("-9223372036854775808", json!(i64::MIN)),
        ],
    );
    refuses(
        &of,
        "expected a whole number",
        &[
            ("", ""),
            ("+", ""),
            ("-", ""),
            ("abc", ""),
            ("0x10", ""),
            ("- 5", ""),
            ("1.5", WHOLE),
            ("1e3", WHOLE),
            ("1,000", SEPARATORS),
            ("1_000", SEPARATORS),
            ("1 000", SEPARATORS),
            ("9223372036854775808", FITS),
            ("-9223372036854775809", FITS),
            (" 5", WHITE_SPACE),
            ("5\n", WHITE_SPACE),
            ("\"5\"", QUOTES),
            ("٣", ""),
        ],
    );
}

#[test]
fn integer_bounds_are_inclusive() {
    let least = ValueType::Integer(bounds(1, None));
    reads(&least, &[("1", json!(1)), ("2", json!(2))]);
    refuses(&least, "expected a whole number of at least 1", &[("0", ""), ("-1", ""), ("x", "")]);

    let between = ValueType::Integer(bounds(-2, 2));
    reads(&between, &[("-2", json!(-2)), ("2", json!(2))]);
    refuses(&between, "expected a whole number from -2 to 2", &[("-3", ""), ("3", "")]);

    let most = ValueType::Integer(bounds(None, 9));
    refuses(&most, "expected a whole number of at most 9", &[("10", "")]);
}

#[test]
fn a_number_is_decimal_and_finite() {
    let of = ValueType::Number(Bounds::default());
    reads(
        &of,
        &[
            ("0", json!(0.0)),
            ("1.5", json!(1.5)),
            ("-1.5", json!(-1.5)),
            ("+1.5", json!(1.5)),
            (".5", json!(0.5)),
            ("5.", json!(5.0)),
            ("1e3", json!(1000.0)),
            ("2.5E-1", json!(0.25)),
        ],
    );
    let point = "write `.` before the fraction and no separators between digits";
    refuses(
        &of,
        "expected a number",
        &[
            ("", ""),
            (".", ""),
            ("e", ""),
            ("1e", ""),
            ("1e999", ""),
            ("inf", ""),
            ("-infinity", ""),
            ("NaN", ""),
            ("0x1", ""),
            ("1,5", point),
            ("1_000.5", point),
            (" 1.5", WHITE_SPACE),
            ("'1.5'", QUOTES),
        ],
    );
}

#[test]
fn number_bounds_are_inclusive() {
    let of = ValueType::Number(bounds(0.0, 1.0));
    reads(&of, &[("0", json!(0.0)), ("1", json!(1.0)), ("0.5", json!(0.5))]);
    refuses(&of, "expected a number from 0 to 1", &[("-0.1", ""), ("1.0001", "")]);
    refuses(&ValueType::Number(bounds(0.1, None)), "expected a number of at least 0.1", &[("0", "")]);
}

#[test]
fn a_port_is_one_to_65535() {
    let of = ValueType::Port(Bounds::default());
    reads(&of, &[("1", json!(1)), ("80", json!(80)), ("0080", json!(80)), ("65535", json!(65535))]);
    let alone = "give the port alone, without a host";
    refuses(
        &of,
        "expected a port from 1 to 65535",
        &[
            ("", ""),
            ("0", ""),
            ("65536", ""),
            ("-1", ""),
            ("+80", ""),
            ("80.0", ""),
            ("http", ""),
            (":8080", alone),
            ("localhost:8080", alone),
            ("tcp://10.0.0.1:80", alone),
            ("80 ", WHITE_SPACE),
            ("\"80\"", QUOTES),
        ],
    );
}

#[test]
fn a_port_can_be_narrowed_but_not_widened() {
    let of = ValueType::Port(bounds(1024, None));
    reads(&of, &[("1024", json!(1024)), ("65535", json!(65535))]);
    refuses(&of, "expected a port from 1024 to 65535", &[("1023", "")]);
    refuses(&ValueType::Port(bounds(0, None)), "expected a port from 1 to 65535", &[("0", "")]);
    refuses(&ValueType::Port(bounds(None, 1023)), "expected a port from 1 to 1023", &[("1024", "")]);
}
