//! No message and no `Debug` shows a value, or any text that could be part of one.

use std::fmt::Debug;

use envctl_dotenv::{Dialect, Document, EditError, entries, lines, write_entry, write_value};

const CANARY: &str = "c4n4ry";

fn check(shown: &str) {
    assert!(!shown.contains(CANARY), "a value is shown: {shown}");
}

fn check_debug(value: &dyn Debug) {
    check(&format!("{value:?}"));
    check(&format!("{value:#?}"));
}

const TEXTS: [&str; 12] = [
    "A=c4n4ry\n",
    "A=x # c4n4ry\n",
    "A='c4n4ry\\'\n",
    "A=c4n4ry#c4n4ry\n",
    "A='c4n4ry\n",
    "A=\"c4n4ry\" c4n4ry\n",
    "A=c4n4ry\0c4n4ry\n",
    "c4n4ry\n",
    "c4n4ry c4n4ry=c4n4ry\n",
    "-----BEGIN c4n4ry=\n",
    "# c4n4ry\n",
    "A=`c4n4ry` # c4n4ry",
];

#[test]
fn reading_shows_no_value() {
    for text in TEXTS {
        let document = Document::parse(text);
        check_debug(&document);
        check_debug(&document.entries().collect::<Vec<_>>());
        check_debug(&lines(text).collect::<Vec<_>>());
        check_debug(&entries(text).collect::<Vec<_>>());
        check_debug(&document.duplicates());
        for problem in document.problems() {
            check(&format!("{problem} {} {}", problem.code(), problem.help()));
        }
    }
}

#[test]
fn writing_and_changing_show_no_value() {
    for value in
        ["c4n4ry$X", "c4n4ry\r", "c4n4ry\\", "c4n4ry'\"", "c4n4ry\0", "c4n4ry\\\\c4n4ry", "\\$c4n4ry"]
    {
        let reason = write_value(value, Dialect::Portable).expect_err("a value that is refused");
        check(&format!("{reason} {reason:?} {} {}", reason.code(), reason.help()));
        let refused = write_entry("A", value, Dialect::Portable).expect_err("a value that is refused");
        check(&format!("{refused} {refused:?}"));
        for text in TEXTS {
            let document = Document::parse(text);
            let mut edit = document.edit();
            edit.set("A", value).set("B", value);
            check_debug(&edit);
            let error = edit.finish().expect_err("a change that is refused");
            check(&format!("{error} {error:?}"));
        }
    }
}

#[test]
fn messages_name_the_variable_and_say_what_to_do() {
    let refused = write_entry("TOKEN", "a\\", Dialect::Portable).expect_err("a value that is refused");
    let others = Dialect::ALL.iter().filter(|it| write_value("a\\", **it).is_ok()).map(|it| it.name());
    let others = others.collect::<Vec<_>>().join(", ");
    assert_eq!(
        refused.to_string(),
        format!(
            "TOKEN has no portable spelling: the value ends in a backslash, which hides the closing quote from some \
             readers; choose a value without it, or encode it, for example as base64; it could be written for {others}"
        )
    );
    assert!(others.starts_with("node-dotenv, "), "{others}");
    let broken = Document::parse("A=1\nB='x\n").set("A", "2").expect_err("a quote is not closed");
    assert!(matches!(&broken, EditError::BrokenQuote(problem) if problem.name() == Some("B")));
    assert_eq!(
        broken.to_string(),
        "line 2, column 3: B: the quote that opens the value is never closed; correct this line first, because a \
         change elsewhere could change what it means"
    );
}
