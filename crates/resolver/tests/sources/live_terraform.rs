//! The real Terraform, with its built-in provider and a state file in the project: nothing is downloaded.

use std::process::Command;

use envctl_resolver::runner::{RunError, SystemRunner};
use envctl_resolver::sources::{Outputs, ProcessSnapshot, SourceError, Tool};
use envctl_testkit::{Canaries, TempProject};

use super::text;

const MODULE: &str = r#"
terraform {
  backend "local" {}
}

variable "password" {
  type      = string
  sensitive = true
}

resource "terraform_data" "database" {
  input = var.password
}

output "databaseUrl" {
  value     = "postgres://shop:${terraform_data.database.output}@db/shop"
  sensitive = true
}

output "subnetIds" { value = ["subnet-1", "subnet-2"] }
output "port" { value = 5432 }
output "ratio" { value = 1.5 }
output "on" { value = true }
output "database" { value = { endpoint = "db.example.com", ports = [1, 2] } }
output "nothing" { value = null }
"#;

#[expect(clippy::disallowed_methods, reason = "a test program is its own edge: it takes the one snapshot")]
fn environment() -> ProcessSnapshot {
    std::env::vars_os().collect()
}

/// Whether Terraform is there. On a build server it must be.
fn has_terraform() -> bool {
    let found = Command::new("terraform").arg("-version").output().is_ok();
    if !found {
        assert!(environment().get_os("CI").is_none(), "terraform must be on PATH when CI is set");
        #[expect(clippy::print_stderr, reason = "a test that did not run must say so")]
        {
            eprintln!("terraform not found, live test not run");
        }
    }
    found
}

fn terraform(project: &TempProject, args: &[&str], password: &str) {
    let mut command = Command::new("terraform");
    command
        .args(args)
        .current_dir(project.path())
        .env("TF_VAR_password", password)
        .env("CHECKPOINT_DISABLE", "1");
    let output = command.output().expect("terraform runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn outputs_of_an_applied_module() {
    if !has_terraform() {
        return;
    }
    let mut canaries = Canaries::new();
    let secret = canaries.plant("password");
    let project = TempProject::new().file("main.tf", MODULE);
    terraform(&project, &["init", "-input=false", "-no-color"], &secret);
    terraform(&project, &["apply", "-auto-approve", "-input=false", "-no-color"], &secret);

    let runner = SystemRunner::new(environment());
    let outputs = Outputs::from_terraform(&runner, Tool::Terraform, project.path(), None).unwrap();
    let cases = [
        ("databaseUrl", Some(format!("postgres://shop:{secret}@db/shop"))),
        ("subnetIds", Some("subnet-1,subnet-2".to_owned())),
        ("port", Some("5432".to_owned())),
        ("ratio", Some("1.5".to_owned())),
        ("on", Some("true".to_owned())),
        ("database.endpoint", Some("db.example.com".to_owned())),
        ("database.ports", Some("1,2".to_owned())),
        ("nothing", None),
        ("missing", None),
    ];
    for (name, expected) in cases {
        let found = outputs.get(name);
        assert_eq!(found.as_ref().map(|found| text(&found.value)), expected.as_deref(), "{name}");
    }
    assert_eq!(outputs.list("subnetIds").unwrap().len(), 2);
    assert!(outputs.masked().is_empty());
    canaries.scan("Debug of the outputs", format!("{outputs:?}"));
}

#[test]
fn a_folder_without_state_has_no_outputs_and_a_broken_module_is_an_error() {
    if !has_terraform() {
        return;
    }
    let runner = SystemRunner::new(environment());
    let outputs =
        |project: &TempProject| Outputs::from_terraform(&runner, Tool::Terraform, project.path(), None);
    assert_eq!(outputs(&TempProject::new()).unwrap().names().count(), 0);
    let broken = TempProject::new().file("main.tf", "terraform {\n  backend \"nowhere\" {}\n}\n");
    let error = outputs(&broken).unwrap_err();
    assert!(matches!(&error, SourceError::Run(RunError::Failed { .. })));
    let message = error.to_string();
    assert!(message.starts_with("`terraform output -json -no-color` ended with status 1:\n"), "{message}");
    assert!(!message.contains('\u{1b}'), "{message}");
}
