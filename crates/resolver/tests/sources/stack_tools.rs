//! Exactly which commands are run for stacks, and what becomes of their answers.

use std::path::Path;

use envctl_resolver::runner::{Command, RunError};
use envctl_resolver::sources::{ConfigValue, Outputs, SourceError, StackConfig, Tool};
use envctl_testkit::{Canaries, Reply, ScriptedRunner};

use super::text;

const OUTPUTS: &[&str] = &["pulumi", "stack", "output", "--json", "--show-secrets", "--stack", "prod"];
const CONFIG: &[&str] = &["pulumi", "config", "--json", "--show-secrets", "--stack", "prod"];

fn folder() -> &'static Path {
    Path::new("infra/pulumi")
}

fn variables(command: &Command) -> Vec<(&str, &str)> {
    command.variables().iter().map(|(name, value)| (name.as_str(), text(value))).collect()
}

#[test]
fn outputs_of_pulumi() {
    let runner =
        ScriptedRunner::new().expect(OUTPUTS, Reply::prints(r#"{"databaseUrl": "postgres://h/db"}"#));
    let outputs = Outputs::from_pulumi(&runner, folder(), "prod").unwrap();
    let found = outputs.get("databaseUrl").unwrap();
    assert_eq!(text(&found.value), "postgres://h/db");
    assert_eq!(found.place.to_string(), "output databaseUrl of pulumi stack prod");

    let ran = runner.ran();
    assert_eq!(ran[0].working_folder(), Some(folder()));
    assert_eq!(variables(&ran[0]), [("PULUMI_SKIP_UPDATE_CHECK", "true")]);
    let passed = ran[0].passed_names();
    assert!(["PULUMI_*", "AWS_*"].iter().all(|name| passed.iter().any(|passed| passed == name)));
    assert!(!passed.iter().any(|passed| passed == "*"), "the child does not see everything");
    assert!(ran[0].input().is_none());
    runner.assert_done();
}

#[test]
fn configuration_of_pulumi() {
    let runner = ScriptedRunner::new()
        .expect(CONFIG, Reply::prints(r#"{"shop:size": {"value": "2", "secret": false}}"#));
    let config = StackConfig::from_pulumi(&runner, folder(), "prod").unwrap();
    let ConfigValue::Known(found) = config.get("size", Some("shop")) else { panic!("it is set") };
    assert_eq!(found.place.to_string(), "config shop:size of pulumi config of prod");
    runner.assert_done();
}

#[test]
fn outputs_of_terraform_and_tofu() {
    for (tool, program) in [(Tool::Terraform, "terraform"), (Tool::Tofu, "tofu")] {
        let runner = ScriptedRunner::new()
            .expect(
                &[program, "output", "-json", "-no-color"],
                Reply::prints(r#"{"a": {"sensitive": true, "type": "string", "value": "x"}}"#),
            )
            .expect(&[program, "output", "-json", "-no-color"], Reply::prints("{}"));
        let outputs = Outputs::from_terraform(&runner, tool, Path::new("infra"), None).unwrap();
        assert_eq!(outputs.get("a").unwrap().place.to_string(), format!("output a of {program} in infra"));
        let outputs = Outputs::from_terraform(&runner, tool, Path::new("infra"), Some("prod")).unwrap();
        assert_eq!(
            (outputs.names().count(), outputs.source()),
            (0, format!("{program} workspace prod").as_str())
        );

        let ran = runner.ran();
        assert!(!variables(&ran[0]).iter().any(|(name, _)| *name == "TF_WORKSPACE"));
        assert!(variables(&ran[1]).contains(&("TF_WORKSPACE", "prod")));
        runner.assert_done();
    }
}

#[test]
fn a_name_is_never_an_option() {
    let runner = ScriptedRunner::new();
    for name in ["", "-prod", "--config-file=x"] {
        assert!(matches!(Outputs::from_pulumi(&runner, folder(), name), Err(SourceError::StackName)));
        assert!(matches!(StackConfig::from_pulumi(&runner, folder(), name), Err(SourceError::StackName)));
        let terraform = Outputs::from_terraform(&runner, Tool::Terraform, folder(), Some(name));
        assert!(matches!(terraform, Err(SourceError::StackName)));
    }
    assert!(runner.ran().is_empty());
}

#[test]
fn a_wrong_answer_names_the_command_and_shows_nothing_of_it() {
    let mut canaries = Canaries::new();
    let secret = canaries.plant("output");
    let command = "`pulumi stack output --json --show-secrets --stack prod`";
    let cases = [
        (format!("warning: {secret}\n{{}}").into_bytes(), format!("{command}:1:1: is not valid JSON")),
        (format!("{{\n \"a\": \"{secret}").into_bytes(), format!("{command}:2: the JSON ends too early")),
        (Vec::new(), format!("{command}:1: the JSON ends too early")),
        (format!("[\"{secret}\"]").into_bytes(), format!("{command}: expected a JSON object")),
        ([secret.as_bytes(), b"\n\xff"].concat(), format!("{command}:2: is not valid UTF-8")),
        (
            b"{\"a\":\n 12345678901234567890123}".to_vec(),
            format!("{command}:2: expected numbers of at most 15 digits; longer ones must be texts"),
        ),
    ];
    for (printed, message) in cases {
        let runner = ScriptedRunner::new().expect(OUTPUTS, Reply::Prints(printed));
        let error = Outputs::from_pulumi(&runner, folder(), "prod").unwrap_err();
        canaries.scan("the error", format!("{error} {error:?}"));
        assert_eq!(error.to_string(), message);
    }
}

#[test]
fn an_outage_is_an_error() {
    let failed = "error: no stack named 'prod' found".to_owned();
    let runner = ScriptedRunner::new().expect(OUTPUTS, Reply::Fails(255, failed)).expect(
        CONFIG,
        Reply::Error(RunError::NotFound { program: "pulumi".to_owned(), help: "install Pulumi".to_owned() }),
    );
    let error = Outputs::from_pulumi(&runner, folder(), "prod").unwrap_err();
    assert_eq!(
        error.to_string(),
        "`pulumi stack output --json --show-secrets --stack prod` ended with status 255:\n    \
         error: no stack named 'prod' found"
    );
    let error = StackConfig::from_pulumi(&runner, folder(), "prod").unwrap_err();
    assert_eq!(
        (error.to_string().as_str(), error.help()),
        ("the program `pulumi` was not found", "install Pulumi")
    );
}
