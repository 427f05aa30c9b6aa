//! How types are named and described.

use envschema::types::{Mismatch, ValueType};

use super::samples::types;

#[test]
fn every_type_has_its_own_name() {
    let mut names: Vec<_> = types().iter().map(ValueType::name).collect();
    names.dedup();
    assert_eq!(names, ValueType::NAMES);
}

#[test]
fn expectations() {
    let lines: Vec<_> = types().iter().map(|of| format!("{}: {}", of.name(), of.expectation())).collect();
    let expected = [
        "string: text",
        "string: text of 12 to 40 characters that begins with `sk_` and matches `[a-z0-9_]+`",
        "integer: a whole number",
        "integer: a whole number from -5 to 5",
        "number: a number",
        "number: a number of at least 0.5",
        "boolean: `true`, `false`, `1` or `0`",
        "port: a port from 1 to 65535",
        "port: a port from 1024 to 2048",
        "enum: `modal` or `e2b`",
        "enum: `modal` or `e2b`, in upper or lower case",
        "url: a URL with its scheme, such as `https://…`",
        "url: a URL that starts with `postgres://` or `postgresql://`",
        "email: an e-mail address such as `name@example.com`",
        "host: a host name or an IP address",
        "ip: an IPv4 or IPv6 address",
        "cidr: an address block such as `10.0.0.0/16`",
        "uuid: a UUID of 32 hexadecimal digits in groups of 8-4-4-4-12",
        "duration: a duration such as `30s` or `1h 30m`",
        "duration: a duration of at most 1h",
        "bytes: a size such as `512`, `10MB` or `1.5GiB`",
        "bytes: a size of at least 1KiB",
        "json: a JSON document",
        "list: a list separated by `,`",
        "list: a list of at most 5 items separated by spaces, each item a whole number",
        "list: a list separated by `;`, each item a URL with its scheme, such as `https://…`",
        "base64: base64 text",
        "base64: exactly 32 bytes of base64",
        "hex: hexadecimal digits, two for each byte",
        "hex: exactly 16 bytes in hexadecimal, two digits each",
        "pem: a PEM block, from its `BEGIN` line to its `END` line",
        "pem: a PEM block labelled `PRIVATE KEY`, `RSA PRIVATE KEY` or `EC PRIVATE KEY`",
        "arn: an Amazon Resource Name, `arn:aws:…`",
        "arn: an Amazon Resource Name of `s3`, `arn:aws:s3:…`",
        "semver: a semantic version such as `1.4.0`",
        "path: a path",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn a_mismatch_shows_its_help_in_parentheses() {
    let shown =
        |of: &ValueType, text| of.check(text).map(|_| "taken").map_err(|mismatch| mismatch.to_string());
    assert_eq!(shown(&ValueType::Path, ""), Err("expected a path".to_owned()));
    let with_help = "expected an IPv4 or IPv6 address (remove the quotes around the value)";
    assert_eq!(shown(&ValueType::Ip, "\"::1\""), Err(with_help.to_owned()));
    let as_error: &dyn std::error::Error = &Mismatch { expected: "expected rain".into(), help: None };
    assert_eq!(as_error.to_string(), "expected rain");
}
