//! `json`.

use envschema::types::ValueType;
use serde_json::json;

use super::{QUOTES, reads, refuses};

#[test]
fn any_json_document() {
    reads(
        &ValueType::Json,
        &[
            ("null", json!(null)),
            ("true", json!(true)),
            ("-1.5e3", json!(-1500.0)),
            ("18446744073709551615", json!(u64::MAX)),
            ("\"text\"", json!("text")),
            (" [1, \"a\", null] ", json!([1, "a", null])),
            ("{\"b\":1,\"a\":{\"c\":[]}}", json!({"b": 1, "a": {"c": []}})),
            ("\"\\u00e9\\ud83d\\ude00\"", json!("é😀")),
        ],
    );
    let early = "it ends too early; a value of several lines needs quotes around it in a file of variables";
    refuses(
        &ValueType::Json,
        "expected a JSON document",
        &[
            ("", ""),
            ("text", ""),
            ("{a: 1}", ""),
            ("[1,]", ""),
            ("1 2", ""),
            ("NaN", ""),
            ("1e999", ""),
            ("\"\\ud800\"", ""),
            (&"[".repeat(200), ""),
            ("{\"a\": 1", early),
            ("{", early),
            ("{'a': 1}", "JSON has double quotes around keys and texts"),
            ("{\\\"a\\\": 1}", "its quotes are written as `\\\"`; write them without the backslash"),
            ("'{\"a\": 1}'", QUOTES),
            ("\"{\"a\": 1}\"", QUOTES),
        ],
    );
}
