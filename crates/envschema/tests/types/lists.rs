//! `list`.

use envschema::types::{Bounds, EnumType, ListType, StringType, TypedValue, ValueType};
use serde_json::json;

use super::{QUOTES, WHITE_SPACE, bounds, reads, refuses};

const EMPTY: &str = "remove the separator at the start or the end, or the second of two in a row";
const BRACKETS: &str = "write the items alone, without brackets and quotes";

fn list(items: ValueType, separator: &str, length: Bounds<usize>) -> ValueType {
    ValueType::List(ListType { items: Box::new(items), separator: separator.into(), length })
}

#[test]
fn items_stand_between_separators() {
    let of = list(ValueType::default(), ",", Bounds::default());
    reads(
        &of,
        &[
            ("", json!([])),
            ("  ", json!([])),
            ("a", json!(["a"])),
            ("a,b", json!(["a", "b"])),
            (" a , b c ", json!(["a", "b c"])),
            ("a;b", json!(["a;b"])),
        ],
    );
    refuses(&of, "expected item 1 not to be empty", &[(",", EMPTY), (",a", EMPTY)]);
    refuses(&of, "expected item 2 not to be empty", &[("a,", EMPTY), ("a,,b", EMPTY), ("a, ,b", EMPTY)]);
}

#[test]
fn white_space_as_a_separator_may_repeat() {
    let of = list(ValueType::Integer(Bounds::default()), " ", Bounds::default());
    reads(&of, &[("1 2", json!([1, 2])), ("  1   2 ", json!([1, 2]))]);
    refuses(&of, "expected item 2 to be a whole number", &[("1 x", "")]);

    let lines = list(ValueType::default(), "\n", Bounds::default());
    reads(&lines, &[("a b\r\n\r\nc\n", json!(["a b", "c"]))]);
    reads(&list(ValueType::default(), "::", Bounds::default()), &[("a:b::c", json!(["a:b", "c"]))]);
}

#[test]
fn the_first_wrong_item_is_named_by_its_number() {
    let ports = list(ValueType::Port(Bounds::default()), ",", Bounds::default());
    reads(&ports, &[("80, 443", json!([80, 443]))]);
    refuses(&ports, "expected item 2 to be a port from 1 to 65535", &[("80,http,0", "")]);
    refuses(
        &ports,
        "expected item 1 to be a port from 1 to 65535",
        &[
            ("h:80,443", "give the port alone, without a host"),
            ("\"80\",443", QUOTES),
            ("\"80,443\"", QUOTES),
            ("[80,443]", BRACKETS),
            ("x,443 ", WHITE_SPACE),
        ],
    );

    let keys = StringType { prefix: Some("k_".into()), length: bounds(4, None), ..StringType::default() };
    let keys = list(ValueType::String(keys), ";", Bounds::default());
    refuses(&keys, "expected item 3 to be text that begins with `k_`", &[("k_ab;k_cd;ef", "")]);
    refuses(&keys, "expected item 1 to be text of at least 4 characters", &[("k_a;k_cd", "")]);
}

#[test]
fn items_are_counted() {
    let of = list(ValueType::default(), ",", bounds(2, 3));
    reads(&of, &[("a,b", json!(["a", "b"])), ("a,b,c", json!(["a", "b", "c"]))]);
    let expected = "expected a list of 2 to 3 items separated by `,`";
    refuses(&of, expected, &[("", ""), ("a", ""), ("a,b,c,d", ""), ("\"a\"", QUOTES)]);
    let one = list(ValueType::Boolean, ",", bounds(1, None));
    let expected =
        "expected a list of at least 1 item separated by `,`, each item `true`, `false`, `1` or `0`";
    refuses(&one, expected, &[("", "")]);
}

#[test]
fn a_list_of_an_enum() {
    let of = list(
        ValueType::Enum(EnumType { values: vec!["google".into(), "github".into()], ignore_case: true }),
        ",",
        Bounds::default(),
    );
    reads(&of, &[("github, Google", json!(["github", "google"]))]);
    let expected = "expected item 2 to be `google` or `github`, in upper or lower case";
    refuses(&of, expected, &[("google,gitlab", "")]);
    assert_eq!(of.suggestion("google,githib").as_deref(), Some("github"));
    assert_eq!(of.suggestion("google,github"), None);
}

#[test]
fn items_are_typed() {
    let of = list(ValueType::Boolean, ",", Bounds::default());
    let truths = TypedValue::List(vec![TypedValue::Boolean(true), TypedValue::Boolean(false)]);
    assert!(of.check("1,false") == Ok(truths));
}
