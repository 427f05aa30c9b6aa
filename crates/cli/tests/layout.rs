//! `envctl schema fmt`: the layout of contracts changes nothing that they say.

use std::fs;
use std::path::{Path, PathBuf};

use envctl::Exit;
use envctl_testkit::TempProject;
use envschema::Schema;
use proptest::prelude::*;

use crate::support::Inside;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The contracts of a folder of this repository.
fn contracts(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join(folder)).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut paths: Vec<_> = paths.filter(|path| path.extension().is_some_and(|end| end == "toml")).collect();
    paths.sort();
    assert!(!paths.is_empty(), "{folder}");
    paths
}

fn fmt(folder: &Path, arguments: &[&str]) -> (Exit, String, String) {
    let arguments = ["envctl", "schema", "fmt"].iter().chain(arguments).map(ToString::to_string).collect();
    let inside = Inside { folder: folder.to_owned(), arguments, ..Inside::default() };
    let (exit, output, messages) = inside.run();
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (exit, text(output), text(messages))
}

#[test]
fn what_is_shipped_is_laid_out() {
    for path in contracts("schema") {
        let shown = path.display().to_string();
        assert_eq!(fmt(&root(), &["--check", &shown]), (Exit::Yes, String::new(), String::new()), "{shown}");
    }
}

#[test]
fn what_the_docs_show_is_laid_out() {
    let mut shown = 0;
    for page in ["contract.md", "stack.md"] {
        let text = fs::read_to_string(root().join("docs").join(page)).expect("a page");
        for block in text.split("```toml\n").skip(1) {
            let block = block.split("```").next().expect("a block");
            if block.lines().any(|line| line == "[schema]") {
                shown += 1;
                assert_eq!(laid_out(block), block, "{page}");
            }
        }
    }
    assert!(shown >= 2);
}

#[test]
fn comments_below_each_other_stay_so() {
    let text = "[schema]\nname   = \"shop\" # one\nextends = \"a\"     # two\n\n[vars.A]\nrequired = false # three\nmin_length = 3 # four\n";
    let expected = "[schema]\nname    = \"shop\" # one\nextends = \"a\"    # two\n\n[vars.A]\nmin_length = 3 # four\nrequired   = false # three\n";
    assert_eq!(laid_out(text), expected);
    assert_eq!(laid_out(expected), expected);
}

/// A text laid out.
fn laid_out(text: &str) -> String {
    let project = TempProject::new().file("contract.toml", text);
    let (exit, _, messages) = fmt(project.path(), &["contract.toml"]);
    assert_eq!(exit, Exit::Yes, "{messages}");
    project.read("contract.toml")
}

#[test]
fn line_ends_of_windows_are_laid_out_in_values_too() {
    let text = "[schema]\r\nname=\"shop\"\r\n[vars.A]\r\nabout=\"\"\"\r\none\r\ntwo\"\"\"\r\n";
    let plain = "[schema]\nname = \"shop\"\n\n[vars.A]\nabout = \"\"\"\none\ntwo\"\"\"\n";
    assert_eq!(laid_out(text), plain);
    assert_eq!(laid_out(&format!("\u{feff}{text}")), plain);
}

/// Every comment, without the space around it.
fn comments(text: &str) -> Vec<String> {
    let mut comments: Vec<_> = text
        .lines()
        .filter_map(|line| line.split_once("# word-"))
        .map(|(_, word)| word.trim().to_owned())
        .collect();
    comments.sort();
    comments
}

/// The text with other space and more comments, as careless people write.
fn careless(text: &str, choices: &[u8]) -> String {
    let mut choices = choices.iter().copied().cycle();
    let mut careless = String::new();
    let mut quoted = false;
    for (number, line) in text.lines().enumerate() {
        // What stands in quotes over several lines is a value.
        let inside = quoted;
        quoted ^= (line.matches("\"\"\"").count() + line.matches("'''").count()) % 2 == 1;
        let mut choose = || choices.next().unwrap_or(0);
        let simple = !inside && !quoted && !line.trim().is_empty();
        let starts = simple
            && (line.starts_with('[')
                || line.split_once(" = ").is_some_and(|(key, _)| !key.contains(['"', '#', '['])));
        if starts {
            for _ in 0..choose() % 3 {
                careless.push_str(["\n", "  \n", "# word-a\n"][usize::from(choose() % 3)]);
            }
            careless.push_str(["", " ", "\t"][usize::from(choose() % 3)]);
            let line = line.replacen(" = ", ["=", " = ", "   =  "][usize::from(choose() % 3)], 1);
            careless.push_str(&line);
            // Where a value goes on in the next line, no comment fits; one that is there already is enough.
            let ends = !line.contains('#') && !line.ends_with(['[', ',', '{']);
            if ends && choose() % 4 == 0 {
                careless.push_str(&format!("   # word-{number}  "));
            }
        } else {
            careless.push_str(line);
        }
        careless.push_str(if choices.next() == Some(1) && !quoted && !inside { "\r\n" } else { "\n" });
    }
    careless
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn nothing_is_lost(which in any::<prop::sample::Index>(), choices in prop::collection::vec(any::<u8>(), 1..60)) {
        let all: Vec<_> = contracts("schema").into_iter().chain(contracts("crates/envschema/tests/contracts/valid")).collect();
        let text = fs::read_to_string(which.get(&all)).expect("text");
        let text = careless(&text, &choices);
        let meaning: Result<toml::Table, _> = toml::from_str(&text);
        prop_assume!(meaning.is_ok());
        let once = laid_out(&text);
        prop_assert_eq!(toml::from_str::<toml::Table>(&once).ok(), meaning.ok(), "{}", once);
        prop_assert_eq!(comments(&once), comments(&text), "{}", once);
        prop_assert_eq!(&laid_out(&once), &once);
        // Variables, conditions and groups stay in their order.
        let headings = |text: &str| text.lines().map(str::trim).map(|line| line.trim_start_matches('\u{feff}')).filter(|line| line.starts_with('[')).map(|line| line.split('#').next().unwrap_or_default().trim().to_owned()).collect::<Vec<_>>();
        prop_assert_eq!(headings(&once), headings(&text));
        if let (Ok(before), Ok(after)) = (Schema::parse("a", &text), Schema::parse("a", &once)) {
            let names = |schema: &Schema| schema.variables().iter().map(|variable| variable.name.clone()).collect::<Vec<_>>();
            prop_assert_eq!(names(&before), names(&after));
        }
    }
}
