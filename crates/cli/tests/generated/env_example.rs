//! The example of an env file.

use std::collections::BTreeMap;

use envctl::Exit;
use envctl_testkit::TempProject;
use envschema::{Presence, Standing};

use proptest::prelude::*;

use super::{CONTRACTS, generated, schema};
use crate::support::{Inside, words};

#[test]
fn an_example_reads_back_with_every_variable_and_no_secret() {
    for contract in CONTRACTS {
        let text = generated("env-example", contract);
        let document = envctl_dotenv::Document::parse(&text);
        let problems: Vec<_> = document.problems().iter().map(ToString::to_string).collect();
        assert!(problems.is_empty(), "{contract}: {problems:?}");
        let schema = schema(contract);
        let entries: BTreeMap<String, String> =
            document.entries().map(|entry| (entry.name().to_owned(), entry.value().into_owned())).collect();
        for variable in schema.variables() {
            let Some(value) = entries.get(&*variable.name) else {
                assert!(text.contains(&format!("\n# {}=\n", variable.name)), "{contract}: {}", variable.name);
                continue;
            };
            if variable.is_secret() {
                assert_ne!(variable.standing(value), Standing::Value, "{contract}: {}", variable.name);
            } else {
                assert_eq!(
                    value,
                    variable.default.as_deref().unwrap_or_default(),
                    "{contract}: {}",
                    variable.name
                );
            }
        }
        // As it stands nothing is wrong but what is still to be filled in.
        for finding in schema.base().validate(&entries).iter() {
            let is_open = ["missing", "placeholder"].contains(&finding.code.to_string().as_str());
            assert!(is_open, "{contract}: {} {}", finding.code, finding.message);
        }
    }
}

#[test]
fn an_example_is_a_contract_again() {
    for contract in CONTRACTS {
        let text = generated("env-example", contract);
        let project = TempProject::new().file(".env.example", &text);
        let run = |line: &str| {
            let inside =
                Inside { folder: project.path().to_owned(), arguments: words(line), ..Inside::default() };
            let (exit, output, messages) = inside.run();
            assert_eq!(
                exit,
                Exit::Yes,
                "{contract}: {line}: {}{}",
                String::from_utf8_lossy(&output),
                String::from_utf8_lossy(&messages)
            );
        };
        run("envctl init --name again");
        run("envctl schema check");
        let again =
            envschema::Schema::parse("envschema.toml", &project.read("envschema.toml")).expect("it loads");
        let before = schema(contract);
        for variable in before.variables() {
            let Some((_, known)) = again.base().variable(&variable.name) else {
                panic!("{contract}: {} is lost", variable.name)
            };
            let title = variable.group.map(|group| before.base().groups()[group].title.clone());
            let again = known.group.map(|group| again.base().groups()[group].title.clone());
            assert!(title.is_none() || title == again, "{contract}: {}: {title:?} {again:?}", variable.name);
            let is_optional = matches!(variable.presence, Presence::Optional);
            assert!(!is_optional || matches!(known.presence, Presence::Optional), "{}", variable.name);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(60) })]

    /// Whatever a contract says of its variables, the file has each of them and nothing else, and no line of it is read
    /// as something that it is not.
    #[test]
    fn whatever_the_contract_says_an_example_reads_back(
        texts in prop::collection::vec(("\\PC{0,20}|[`'\"#=\n|*/<> A-Z_]{0,12}", "\\PC{1,16}|[A-Z]{1,3}=[a-z$'\"\n\\\\]{0,9}"), 1..6),
    ) {
        // Texts of JSON are texts of TOML too.
        let quoted = |text: &str| serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007f");
        let mut contract = "[schema]\nname = \"any\"\n".to_owned();
        for (index, (words, value)) in texts.iter().enumerate() {
            contract.push_str(&format!(
                "[[groups]]\nid = \"g{index}\"\ntitle = {0}\nabout = {0}\n[vars.V{index}]\ngroup = \"g{index}\"\nabout = {0}\nwithout = {0}\nvisibility = \"plain\"\ndefault = {1}\n[vars.S{index}]\ngroup = \"g{index}\"\nrequired = false\nabout = {0}\nexample = {1}\n",
                quoted(&format!("T{words}")),
                quoted(value),
            ));
        }
        let project = TempProject::new().file("envschema.toml", &contract);
        let file = project.path().join("envschema.toml").display().to_string();
        prop_assume!(envschema::Schema::parse("envschema.toml", &contract).is_ok());
        let text = generated("env-example", &file);
        let document = envctl_dotenv::Document::parse(&text);
        prop_assert!(document.problems().is_empty(), "{text}");
        let names: Vec<String> = document.entries().map(|entry| entry.name().to_owned()).collect();
        let expected: Vec<String> = (0..texts.len()).flat_map(|index| [format!("V{index}"), format!("S{index}")]).collect();
        prop_assert_eq!(names, expected);
        for (entry, (_, value)) in document.entries().step_by(2).zip(&texts) {
            // What no env file holds is left out.
            let read = entry.value();
            prop_assert!(read == value.as_str() || read.is_empty(), "{text}");
        }
        let rows = generated("markdown", &file);
        prop_assert_eq!(rows.lines().filter(|line| line.starts_with("| <a id=")).count(), 2 * texts.len());
        generated("typescript", &file);
        generated("rust", &file);
    }
}
