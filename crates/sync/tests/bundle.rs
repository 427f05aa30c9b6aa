//! An edit changes what it names; everything else stays byte for byte.

use std::collections::{BTreeMap, BTreeSet};

use envctl_sync::{Bundle, BundleError, Edits, new_bundle};
use envschema::SecretValue;
use proptest::prelude::*;

#[expect(clippy::disallowed_methods, reason = "compared with what the test expects")]
fn edited(text: &str, set: &[(&str, &str)], remove: &[&str]) -> String {
    let values: Vec<_> = set.iter().map(|(key, value)| (*key, SecretValue::from(*value))).collect();
    let set = values.iter().map(|(key, value)| (*key, value)).collect();
    let edits = Edits { set, remove: remove.to_vec() };
    Bundle::parse(text).unwrap().edited(&edits).expose().to_owned()
}

#[test]
fn edits_in_a_table() {
    let three = r#"{ "a": "1", "b":2 , "c" :{"d":[1, 2]} }"#;
    for (text, set, remove, after) in [
        (three, &[][..], &[][..], three),
        (three, &[], &["a"], r#"{ "b":2 , "c" :{"d":[1, 2]} }"#),
        (three, &[], &["b"], r#"{ "a": "1" , "c" :{"d":[1, 2]} }"#),
        (three, &[], &["c"], r#"{ "a": "1", "b":2 }"#),
        (three, &[], &["a", "b", "c"], "{ }"),
        (three, &[], &["x"], three),
        (three, &[("b", "two")], &[], r#"{ "a": "1", "b":"two" , "c" :{"d":[1, 2]} }"#),
        (three, &[("c", "")], &["a"], r#"{ "b":2 , "c" :"" }"#),
        (three, &[("e", "5"), ("d", "4")], &["c"], r#"{ "a": "1", "b":2,"d":"4","e":"5" }"#),
        (three, &[("x", "9")], &["a", "b", "c"], r#"{"x":"9" }"#),
        (three, &[("a", "9")], &["a"], r#"{ "a": "9", "b":2 , "c" :{"d":[1, 2]} }"#),
        ("{}", &[("a", "1")], &[], r#"{"a":"1"}"#),
        ("{ }\n", &[("a", "1")], &[], "{\"a\":\"1\" }\n"),
        ("\n{}", &[], &["a"], "\n{}"),
        (r#"{"a,b":"{","c":"}"}"#, &[], &["a,b"], r#"{"c":"}"}"#),
        (r#"{"\u0061":"1"}"#, &[("a", "2")], &[], r#"{"\u0061":"2"}"#),
        ("{}", &[("a\"\n", "\u{1}\u{1f600}\\")], &[], "{\"a\\\"\\n\":\"\\u0001\u{1f600}\\\\\"}"),
    ] {
        assert_eq!(edited(text, set, remove), after, "{text} set {set:?} remove {remove:?}");
    }
}

#[test]
fn a_new_bundle_is_in_alphabetical_order() {
    let (one, two) = (SecretValue::from("1"), SecretValue::from("2"));
    assert_eq!(new_bundle(&[("b", &one), ("a", &two)]), SecretValue::from(r#"{"a":"2","b":"1"}"#));
}

#[test]
fn what_is_no_bundle_is_refused() {
    let deep = "[".repeat(200_000);
    let twice = |key: &str| BundleError::Twice(key.to_owned());
    for (text, error) in [
        ("", BundleError::NotJson),
        ("hunter2", BundleError::NotJson),
        ("{", BundleError::NotJson),
        (r#"{"a":1,}"#, BundleError::NotJson),
        (r#"{"a":1} x"#, BundleError::NotJson),
        (r#"{"a":1}{"#, BundleError::NotJson),
        ("\u{feff}{}", BundleError::NotJson),
        (r#"{"\ud800":1}"#, BundleError::NotJson),
        (&deep, BundleError::NotJson),
        ("[1]", BundleError::NotAnObject),
        (r#""hunter2""#, BundleError::NotAnObject),
        (" null ", BundleError::NotAnObject),
        (&format!("{deep}{}", "]".repeat(200_000)), BundleError::NotAnObject),
        (r#"{"a":1,"b":2,"a":1}"#, twice("a")),
        (r#"{"a":1,"\u0061":2}"#, twice("a")),
        (r#"{"":1,"":2}"#, twice("")),
    ] {
        let start: String = text.chars().take(20).collect();
        assert_eq!(Bundle::parse(text).unwrap_err(), error, "{start}");
    }
    let message = twice("a\u{1b}[2J").to_string();
    assert_eq!(message, r"its key `a\u{1b}[2J` stands there twice", "nothing acts on a terminal");
}

#[test]
fn deep_and_repeated_inner_values_are_only_carried() {
    let inner = format!(r#"{}{{"a":1,"a":2}}{}"#, "[".repeat(100_000), "]".repeat(100_000));
    let text = format!(r#"{{"deep":{inner},"b":"x"}}"#);
    assert_eq!(edited(&text, &[("b", "y")], &[]), format!(r#"{{"deep":{inner},"b":"y"}}"#));
}

#[test]
fn entries_are_texts_or_nothing() {
    let text = r#"{"a":"x\u0041\n","b":1,"c":null,"d":"\ud800","e":"\"","f":""}"#;
    let entries = Bundle::parse(text).unwrap().entries();
    let values: Vec<_> = entries.into_iter().map(|entry| entry.value).collect();
    let text = |value: &str| Some(SecretValue::from(value));
    assert_eq!(values, [text("xA\n"), None, None, None, text("\""), text("")]);
}

/// One member as it is written: around its key, and its value.
#[derive(Clone, Debug)]
struct Piece {
    key: String,
    /// White space, the key, white space, a colon, white space.
    before: String,
    value: String,
    after: String,
}

fn space() -> impl Strategy<Value = String> {
    "[ \t\n\r]{0,2}"
}

/// A text as JSON, each character spelled in one way or another.
fn spelled(text: String) -> impl Strategy<Value = String> {
    let escaped =
        |c: char| c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect::<String>();
    let plain = |c: char| {
        let quoted = quoted(c.encode_utf8(&mut [0; 4]));
        quoted[1..quoted.len() - 1].to_owned()
    };
    let length = text.chars().count();
    prop::collection::vec(any::<bool>(), length).prop_map(move |escape| {
        let characters = text.chars().zip(escape);
        let inner: String =
            characters.map(|(c, escape)| if escape { escaped(c) } else { plain(c) }).collect();
        format!("\"{inner}\"")
    })
}

fn value() -> impl Strategy<Value = String> {
    let number = prop::sample::select(vec!["1e400", "1.0", "-0", "12345678901234567890123", "0.10e-7"]);
    let word = prop::sample::select(vec!["true", "false", "null", r#""\ud800""#, r#""\/,{}[]:""#]);
    let leaf = prop_oneof![
        number.prop_map(str::to_owned),
        word.prop_map(str::to_owned),
        any::<String>().prop_flat_map(spelled),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let item = (space(), inner, space()).prop_map(|(before, value, after)| before + &value + &after);
        let member = |value: String| format!("\"k\" :{value}");
        (prop::collection::vec(item, 0..3), any::<bool>()).prop_map(move |(items, is_list)| match is_list {
            true => format!("[{}]", items.join(",")),
            false => format!("{{{}}}", items.into_iter().map(member).collect::<Vec<_>>().join(",")),
        })
    })
}

/// Keys that are short, so that edits meet them.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![4 => "[a-f]", 1 => "[a-f\"\\\\,:{}é😀]{0,3}"]
}

fn pieces() -> impl Strategy<Value = Vec<Piece>> {
    let piece = name().prop_flat_map(|key| {
        (Just(key.clone()), [space(), space(), space(), space()], spelled(key), value()).prop_map(
            |(key, [one, two, three, after], spelled, value)| {
                let before = format!("{one}{spelled}{two}:{three}");
                Piece { key, before, value, after }
            },
        )
    });
    prop::collection::vec(piece, 0..6).prop_map(|pieces| {
        let mut seen = BTreeSet::new();
        pieces.into_iter().filter(|piece| seen.insert(piece.key.clone())).collect()
    })
}

fn written(pieces: &[Piece], inside: &str) -> String {
    let members = pieces.iter().map(|piece| format!("{}{}{}", piece.before, piece.value, piece.after));
    let inside = if pieces.is_empty() { inside.to_owned() } else { members.collect::<Vec<_>>().join(",") };
    format!("{{{inside}}}")
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// What an edit has to give, from the pieces.
fn expected(
    pieces: &[Piece],
    inside: &str,
    set: &BTreeMap<String, String>,
    remove: &BTreeSet<String>,
) -> String {
    let mut out = String::from("{");
    let mut is_first = true;
    for (at, piece) in pieces.iter().enumerate() {
        if remove.contains(&piece.key) && !set.contains_key(&piece.key) {
            continue;
        }
        if !is_first {
            out += &pieces[at - 1].after;
            out += ",";
        }
        is_first = false;
        out += &piece.before;
        out += &set.get(&piece.key).map_or_else(|| piece.value.clone(), |value| quoted(value));
    }
    for (key, value) in set.iter().filter(|(key, _)| pieces.iter().all(|piece| piece.key != **key)) {
        out += if is_first { "" } else { "," };
        is_first = false;
        out += &format!("{}:{}", quoted(key), quoted(value));
    }
    out + pieces.last().map_or(inside, |piece| &piece.after) + "}"
}

proptest! {
    #[test]
    fn an_edit_changes_what_it_names(
        pieces in pieces(),
        inside in space(),
        around in [space(), space()],
        set in prop::collection::btree_map(name(), any::<String>(), 0..4),
        remove in prop::collection::btree_set(name(), 0..4),
    ) {
        let [before, after] = around;
        let text = format!("{before}{}{after}", written(&pieces, &inside));
        let pairs: Vec<_> = set.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        let gone: Vec<_> = remove.iter().map(String::as_str).collect();
        let result = edited(&text, &pairs, &gone);
        prop_assert_eq!(&result, &format!("{before}{}{after}", expected(&pieces, &inside, &set, &remove)));

        let entries = Bundle::parse(&result).unwrap().entries();
        for (key, value) in &set {
            let entry = entries.iter().find(|entry| entry.key == *key).unwrap();
            prop_assert_eq!(&entry.value, &Some(SecretValue::from(value.as_str())));
        }
        prop_assert!(entries.iter().all(|entry| set.contains_key(&entry.key) || !remove.contains(&entry.key)));
    }

    #[test]
    fn a_repeated_key_is_refused(pieces in pieces(), at in any::<prop::sample::Index>(), escape in any::<bool>()) {
        prop_assume!(!pieces.is_empty());
        let key = &at.get(&pieces).key;
        let escaped: String = key.encode_utf16().map(|unit| format!("\\u{unit:04X}")).collect();
        let again = if escape { format!("\"{escaped}\"") } else { quoted(key) };
        let text = written(&pieces, "");
        let text = format!("{},{again}:1}}", &text[..text.len() - 1]);
        prop_assert_eq!(Bundle::parse(&text).unwrap_err(), BundleError::Twice(key.clone()));
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        let _ = Bundle::parse(&text);
    }
}
