//! The example of an env file.

use std::collections::BTreeMap;

use envctl::Exit;
use envctl_testkit::TempProject;
use envschema::{Presence, Standing};

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
