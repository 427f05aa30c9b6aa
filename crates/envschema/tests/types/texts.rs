//! `string`, `enum`, `boolean` and `path`.

use envschema::types::{EnumType, Pattern, StringType, TypedValue, ValueType};
use serde_json::json;

use super::{QUOTES, WHITE_SPACE, bounds, reads, refuses, takes};

fn pattern(text: &str) -> Option<Pattern> {
    Some(Pattern::new(text).unwrap())
}

#[test]
fn any_text_is_a_string() {
    takes(&ValueType::default(), &["", " ", "a", "\"quoted\"", "two\nlines", "žluťoučký", "a\0b"]);
}

#[test]
fn lengths_count_characters() {
    let of = ValueType::String(StringType { length: bounds(3, 5), ..StringType::default() });
    takes(&of, &["abc", "abcde", "žíž", "  a"]);
    refuses(&of, "expected text of 3 to 5 characters", &[("", ""), ("ab", ""), ("žž", ""), ("abcdef", "")]);

    let exact = ValueType::String(StringType { length: bounds(32, 32), ..StringType::default() });
    takes(&exact, &["0123456789abcdef0123456789abcdef"]);
    refuses(&exact, "expected text of exactly 32 characters", &[("0123456789abcdef", "")]);
}

#[test]
fn a_prefix_is_compared_exactly() {
    let of = ValueType::String(StringType { prefix: Some("sk_live_".into()), ..StringType::default() });
    takes(&of, &["sk_live_", "sk_live_abc"]);
    refuses(
        &of,
        "expected text that begins with `sk_live_`",
        &[
            ("", ""),
            ("sk_live", ""),
            ("SK_LIVE_abc", ""),
            ("sk_test_abc", ""),
            (" sk_live_abc", WHITE_SPACE),
            ("\"sk_live_abc\"", QUOTES),
            ("'sk_live_abc'", QUOTES),
        ],
    );
}

#[test]
fn a_pattern_matches_the_whole_text() {
    let of = ValueType::String(StringType { pattern: pattern("[a-z]+|[0-9]{2}"), ..StringType::default() });
    takes(&of, &["a", "abc", "42"]);
    let expected = "expected text that matches `[a-z]+|[0-9]{2}`";
    refuses(&of, expected, &[("", ""), ("4", ""), ("a4", ""), ("abc\n", WHITE_SPACE), ("\"abc\"", QUOTES)]);
}

#[test]
fn a_pattern_cannot_leave_its_anchors() {
    for text in ["a)|(?:b", "(", "a)", "[a"] {
        assert!(Pattern::new(text).is_err(), "{text}");
    }
    let leftmost_is_shorter = Pattern::new("a|ab").unwrap();
    assert!(leftmost_is_shorter.matches("ab"));
    assert!(!leftmost_is_shorter.matches("abc"));
    assert_eq!(leftmost_is_shorter.as_str(), "a|ab");
}

#[test]
fn a_string_is_refused_with_the_one_thing_that_is_wrong() {
    let of = ValueType::String(StringType {
        length: bounds(8, None),
        prefix: Some("key-".into()),
        pattern: pattern("[a-z-]+"),
    });
    takes(&of, &["key-abcd"]);
    refuses(&of, "expected text that begins with `key-`", &[("abcd", "")]);
    refuses(&of, "expected text of at least 8 characters", &[("key-abc", "")]);
    refuses(&of, "expected text that matches `[a-z-]+`", &[("key-ABCD", "")]);
}

#[test]
fn an_enum_takes_its_values() {
    let values = vec!["modal".to_owned(), "e2b".to_owned()];
    let of = ValueType::Enum(EnumType { values: values.clone(), ignore_case: false });
    takes(&of, &["modal", "e2b"]);
    let case = "upper and lower case have to match";
    refuses(
        &of,
        "expected `modal` or `e2b`",
        &[("", ""), ("Modal", case), ("modal ", WHITE_SPACE), ("\"modal\"", QUOTES), ("modal,e2b", "")],
    );

    let folded = ValueType::Enum(EnumType { values, ignore_case: true });
    reads(&folded, &[("modal", json!("modal")), ("Modal", json!("modal")), ("E2B", json!("e2b"))]);
    refuses(&folded, "expected `modal` or `e2b`, in upper or lower case", &[("modall", "")]);
}

#[test]
fn an_enum_suggests_what_was_meant() {
    let of = ValueType::Enum(EnumType { values: vec!["modal".into(), "e2b".into()], ignore_case: false });
    let rows = [("modla", Some("modal")), ("MODAL", Some("modal")), (" e2b", Some("e2b")), ("docker", None)];
    for (text, meant) in rows {
        assert_eq!(of.suggestion(text).as_deref(), meant, "{text:?}");
    }
    assert_eq!(of.suggestion("modal"), None, "nothing is wrong");
    assert_eq!(ValueType::Boolean.suggestion("tru"), None, "only an enum's values are its own");
}

#[test]
fn a_boolean_has_four_spellings() {
    for (text, truth) in [("true", true), ("1", true), ("false", false), ("0", false)] {
        assert!(ValueType::Boolean.check(text) == Ok(TypedValue::Boolean(truth)), "{text}");
    }
    let spelling = "write `true` or `1` for yes, `false` or `0` for no, in lower case";
    refuses(
        &ValueType::Boolean,
        "expected `true`, `false`, `1` or `0`",
        &[
            ("", ""),
            ("2", ""),
            ("10", ""),
            ("maybe", ""),
            ("TRUE", spelling),
            ("False", spelling),
            ("yes", spelling),
            ("no", spelling),
            ("On", spelling),
            ("off", spelling),
            ("\"true\"", QUOTES),
            ("true ", WHITE_SPACE),
        ],
    );
}

#[test]
fn a_path_is_any_text_but_none() {
    takes(&ValueType::Path, &["/", ".", "a", "../b c/d", "C:\\temp", "~/x", "/ž"]);
    refuses(&ValueType::Path, "expected a path", &[("", ""), ("/a\0b", "")]);
}
