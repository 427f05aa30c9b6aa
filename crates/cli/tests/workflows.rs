//! The workflows of `examples/workflows`, as far as they run without GitHub: what they say, and what their scripts do.
#![cfg(unix)]

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use envctl_testkit::{Canaries, TempProject};
use serde_json::Value;

use crate::ci::{envctl, root, yaml};
use crate::support::{program, words};

const DRIFT: &str = "examples/workflows/drift.yml";
const VALIDATE: &str = "examples/workflows/validate.yml";

/// What starts a workflow. Readers of YAML 1.1 take the word `on` for a boolean.
fn triggers(workflow: &Value) -> &Value {
    if workflow["on"].is_null() { &workflow["true"] } else { &workflow["on"] }
}

fn steps(workflow: &Value) -> Vec<Value> {
    let jobs = workflow["jobs"].as_object().expect("jobs");
    jobs.values().flat_map(|job| job["steps"].as_array().expect("steps").clone()).collect()
}

/// The script of a step.
fn script(workflow: &Value, name: &str) -> String {
    let step = steps(workflow).into_iter().find(|step| step["name"] == name).expect(name);
    step["run"].as_str().expect("a script").to_owned()
}

#[test]
fn drift_is_looked_for_on_mondays_and_by_hand_for_one_environment() {
    let Some(drift) = yaml(DRIFT) else { return };
    assert_eq!(triggers(&drift)["schedule"][0]["cron"], "0 9 * * 1");
    let choice = &triggers(&drift)["workflow_dispatch"]["inputs"]["environment"];
    assert_eq!(choice["options"], serde_json::json!(["all", "dev", "prod"]));
    let matrix = drift["jobs"]["drift"]["strategy"]["matrix"]["environment"].as_str().expect("an expression");
    assert!(matrix.contains("'[\"dev\", \"prod\"]'"), "a job for each environment: {matrix}");
    assert_eq!(drift["permissions"]["issues"], "write");
}

#[test]
fn pull_requests_are_judged_with_what_the_action_has() {
    let Some(validate) = yaml(VALIDATE) else { return };
    assert!(triggers(&validate).as_object().is_some_and(|on| on.contains_key("pull_request")));
    let Some(action) = yaml("action.yml") else { return };
    let uses = |step: &Value| step["uses"].as_str().is_some_and(|uses| uses.starts_with("envctl/envctl@"));
    let step = steps(&validate).into_iter().find(uses).expect("the action");
    for input in step["with"].as_object().expect("inputs").keys() {
        assert!(action["inputs"][input].is_object(), "the action has `{input}`");
    }
}

#[test]
fn every_command_in_them_exists_with_its_options() {
    for path in [DRIFT, VALIDATE] {
        let Some(workflow) = yaml(path) else { return };
        let mut found = 0;
        for step in steps(&workflow) {
            let Some(run) = step["run"].as_str() else { continue };
            // What a workflow is given is data: it never becomes a part of a script.
            assert!(!run.contains("${{"), "{run}");
            for line in run.lines().map(str::trim).filter(|line| line.starts_with("envctl ")) {
                let command = line.split(['>', '|']).next().unwrap_or(line);
                let mut words = words(command.trim());
                words.remove(0);
                let help = program("envctl").args(&words).arg("--help").output().expect("envctl runs");
                assert!(help.status.success(), "{line}: {}", String::from_utf8_lossy(&help.stderr));
                found += 1;
            }
        }
        assert!(found > 0, "{path}");
    }
}

/// A project whose target is a file, and a `gh` that keeps issues in a file.
struct Repository {
    folder: TempProject,
    canaries: Canaries,
}

const GH: &str = r#"#!/bin/sh
echo "$@" >>gh.log
case "$2" in
  list) cat issues ;;
  create) echo "7 $4" >>issues; cp "$6" body.md ;;
  edit) cp "$5" body.md ;;
  close) grep -v "^$3 " issues >left; mv left issues ;;
esac
"#;

impl Repository {
    fn new() -> Self {
        let mut canaries = Canaries::new();
        let key = canaries.plant("key");
        let folder = TempProject::new()
            .file("envschema.toml", "[schema]\nname = \"shop\"\n[environments.prod]\n[vars.API_KEY]\n")
            .file("envctl.toml", "[targets.web]\nto = \"file\"\npath = \"web.env\"\n")
            .file(".env.prod", format!("API_KEY={key}\n"))
            .file("issues", "3 Drift of production\n")
            .file("bin/gh", GH);
        let gh = folder.join("bin/gh");
        std::fs::set_permissions(&gh, PermissionsExt::from_mode(0o755)).expect("a file of ours");
        Self { folder, canaries }
    }

    /// Runs both scripts of the workflow as a job does, with the status of the first one.
    fn look(&self, drift: &Value) -> Option<i32> {
        self.folder.write("output", "");
        self.folder.write("gh.log", "");
        if !self.run(&script(drift, "Look at the targets"), "") {
            return None;
        }
        let output = self.folder.read("output");
        let status = output.trim().strip_prefix("status=").expect("an output").to_owned();
        assert!(self.run(&script(drift, "Keep the issue up to date"), &status));
        self.canaries.scan_folder_except(self.folder.path(), &[".env.prod", "web.env"]);
        status.parse().ok()
    }

    fn run(&self, script: &str, status: &str) -> bool {
        let bin = Path::new(&envctl()).parent().expect("a folder").display().to_string();
        let path = format!("{}:{bin}:/usr/local/bin:/usr/bin:/bin", self.folder.join("bin").display());
        let output = Command::new("bash")
            .args(["-e", "-o", "pipefail", "-c", script])
            .current_dir(self.folder.path())
            .env_clear()
            .envs([("PATH", path.as_str()), ("ENVIRONMENT", "prod"), ("STATUS", status)])
            .env("GITHUB_OUTPUT", self.folder.join("output"))
            .env("GITHUB_STEP_SUMMARY", self.folder.join("summary"))
            .env("ENVCTL_STATE", self.folder.join("state"))
            .stdin(Stdio::null())
            .output()
            .expect("bash runs");
        self.canaries.scan("the log", [output.stdout.as_slice(), &output.stderr].concat());
        output.status.success()
    }

    fn asked(&self, word: &str) -> bool {
        self.folder.read("gh.log").lines().any(|line| line.starts_with(&format!("issue {word}")))
    }
}

#[test]
fn one_issue_is_opened_kept_up_to_date_and_closed() {
    let Some(drift) = yaml(DRIFT) else { return };
    let repository = Repository::new();
    assert_eq!(repository.look(&drift), Some(1));
    assert!(repository.asked("create"));
    let first = repository.folder.read("body.md");
    assert!(first.starts_with("# Drift of shop prod\n"), "{first}");

    assert_eq!(repository.look(&drift), Some(1));
    assert!(repository.asked("edit 7") && !repository.asked("create"), "the same issue");
    assert_eq!(repository.folder.read("body.md"), first, "nothing has changed");

    let line = "envctl sync --to web -e prod --yes";
    assert!(first.contains("`envctl sync --to web -e prod`"), "{first}");
    assert!(repository.run(line, ""));
    assert_eq!(repository.look(&drift), Some(0));
    assert!(repository.asked("close 7"));
    assert_eq!(repository.look(&drift), Some(0));
    assert!(!repository.asked("close"), "there is none any more");

    // What cannot be looked at is no drift, and touches no issue.
    repository.folder.write("envctl.toml", "no settings");
    assert_eq!(repository.look(&drift), None);
    assert_eq!(repository.folder.read("gh.log"), "");
}

#[test]
fn the_page_about_pipelines_names_them() {
    let page = std::fs::read_to_string(root().join("docs/ci.md")).expect("text");
    assert!(page.contains(DRIFT) && page.contains(VALIDATE));
}
