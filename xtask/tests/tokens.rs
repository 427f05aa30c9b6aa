//! Rust text as tokens.

use proptest::prelude::*;
use xtask::layering::code::tokens;

/// The tokens, separated by spaces.
fn shown(text: &str) -> String {
    tokens(text).iter().map(|token| token.text).collect::<Vec<_>>().join(" ")
}

#[test]
fn words_paths_and_signs() {
    assert_eq!(shown("a::b(c)?.d!"), "a :: b ( c ) ? . d !");
    assert_eq!(shown("use x::{y, z};"), "use x :: { y , z } ;");
    assert_eq!(shown("r#type + br + b"), "r # type + br + b");
}

#[test]
fn literals_comments_and_lifetimes_are_left_out() {
    assert_eq!(shown("f(\"a\\\"b\", 'c', '\\n', '\\u{41}', b'd', b\"e\", c\"g\")"), "f ( , , , , , , )");
    assert_eq!(shown("r\"\\\" x r##\"a\"#b\"## y"), "x y");
    assert_eq!(shown("fn f<'a>(x: &'a str) -> X<'_>"), "fn f < > ( x : & str ) - > X < >");
    assert_eq!(shown("a // b\nc /* d /* e */ f */ g"), "a c g");
}

proptest! {
    #[test]
    fn any_text_has_tokens_of_itself(text in "[a-z:'\"#/*\\\\{}\n é]{0,40}") {
        let lines = text.matches('\n').count() + 1;
        for token in tokens(&text) {
            prop_assert!(text.contains(token.text));
            prop_assert!((1..=lines).contains(&token.line));
        }
    }

    #[test]
    fn nothing_in_a_string_is_a_token(inside in "[a-z!:;/'{} \n]{0,20}") {
        let literal = format!("x(\"{inside}\", r#\"{inside}\"#)");
        prop_assert_eq!(shown(&literal), "x ( , )");
    }
}
