//! Random templates: their order and comments are kept, and what is written is read back.

use std::collections::BTreeMap;

use envctl::Exit;
use envctl_dotenv::Document;
use envctl_testkit::TempProject;
use proptest::prelude::*;

use crate::support::Inside;

/// How many variables the contract has: `V0` is plain text, every third one is optional.
const COUNT: usize = 6;

fn contract() -> String {
    let variable = |index: usize| {
        let presence = if index % 3 == 2 { "required = false\n" } else { "default = \"d\"\n" };
        format!("[vars.V{index}]\nvisibility = \"plain\"\n{presence}")
    };
    let variables: String = (0..COUNT).map(variable).collect();
    format!("[schema]\nname = \"shop\"\n[environments.prod]\n{variables}")
}

fn run(project: &TempProject, options: &[&str]) -> (Exit, String, String) {
    let words = [&["envctl", "export", "-e", "prod"], options].concat();
    let arguments = words.iter().map(|&word| word.to_owned()).collect();
    let inside = Inside { folder: project.path().to_owned(), arguments, ..Inside::default() };
    let (exit, output, messages) = inside.run();
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (exit, text(output), text(messages))
}

/// The names of the lines, in order: of the entries, and of comments that stand for one.
fn names(text: &str) -> Vec<String> {
    let name =
        |line: &str| line.trim_start_matches("# ").split('=').next().unwrap_or_default().trim().to_owned();
    text.lines().filter(|line| line.contains('=')).map(name).collect()
}

/// Lines of a template, each name at most once.
fn template() -> impl Strategy<Value = String> {
    let entry = |index: usize| {
        let spelling =
            prop_oneof![Just(""), Just("x"), Just("'a b'"), Just("\"c\" # beside"), Just(" # nothing")];
        let name = if index < COUNT { format!("V{index}") } else { format!("OTHER{index}") };
        spelling.prop_map(move |spelling| format!("{name}={spelling}")).boxed()
    };
    let between = || prop_oneof![Just(String::new()), "# [a-z ]{0,8}"];
    let entries = Just((0..COUNT + 2).collect::<Vec<_>>()).prop_shuffle().prop_flat_map(move |order| {
        order.into_iter().map(|index| (entry(index), between(), any::<bool>())).collect::<Vec<_>>()
    });
    (entries, any::<bool>(), any::<bool>()).prop_map(|(lines, crlf, ends)| {
        let end = if crlf { "\r\n" } else { "\n" };
        let lines = lines.into_iter().filter(|(.., is_there)| *is_there);
        let lines: Vec<_> = lines.flat_map(|(entry, between, _)| [between, entry]).collect();
        let text = lines.join(end);
        if ends && !text.is_empty() { text + end } else { text }
    })
}

/// Values that most readers can be given.
fn values() -> impl Strategy<Value = Vec<Option<String>>> {
    proptest::collection::vec(
        proptest::option::of("[a-z]([a-z #=é]{0,8}[a-zé])?(\n[a-z ]{1,4}[a-z])?"),
        COUNT,
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_template_is_followed(template in template(), values in values()) {
        let project = TempProject::new().file("envschema.toml", contract()).file(".env.example", &template);
        let set: Vec<_> = (0..COUNT).filter_map(|index| Some((index, values[index].as_ref()?))).collect();
        let mut line = vec!["--template".to_owned(), ".env.example".to_owned()];
        for (index, value) in &set {
            project.write(&format!("v{index}"), value);
            line.extend(["--set-from-file".to_owned(), format!("V{index}=v{index}")]);
        }
        let line: Vec<&str> = line.iter().map(String::as_str).collect();
        let (exit, text, messages) = run(&project, &line);
        prop_assert_eq!(exit, Exit::Yes, "{}", messages);

        // Every value is there, and no other.
        let (_, json, _) = run(&project, &[&line[2..], &["--json"]].concat());
        let wanted: BTreeMap<String, String> = serde_json::from_str(&json).expect("an object of texts");
        let document = Document::parse(&text);
        prop_assert!(document.problems().is_empty(), "{}", text);
        let found: BTreeMap<_, _> =
            document.entries().map(|entry| (entry.name().to_owned(), entry.value().into_owned())).collect();
        prop_assert_eq!(found, wanted, "{}", text);
        // The order of the template, then the others in the contract's.
        let mut order = names(&template);
        let others = (0..COUNT).map(|index| format!("V{index}")).filter(|name| !order.contains(name));
        let others: Vec<_> = others.collect();
        order.extend(others);
        let one_line = values.iter().flatten().all(|value| !value.contains('=') && !value.contains('\n'));
        if one_line {
            prop_assert_eq!(names(&text), order, "{}", text);
        }
        // Comments and blank lines stand where they stood.
        let kept: Vec<_> = template.lines().filter(|line| !line.contains('=')).collect();
        let mut rest = text.lines();
        for line in kept {
            prop_assert!(rest.any(|other| other == line), "{:?} is lost in {}", line, text);
        }
        // Written to a file that is the environment's own, it is the same once more without the other sources.
        let written = run(&project, &[&line[..], &["--output", ".env.prod"]].concat());
        prop_assert_eq!(written.0, Exit::Yes);
        prop_assert_eq!(&project.read(".env.prod"), &text);
        let again = run(&project, &["--template", ".env.example", "--output", ".env.prod"]);
        prop_assert_eq!(again.0, Exit::Yes);
        prop_assert!(again.2.contains(".env.prod unchanged"), "{}", again.2);
    }
}
