//! The GitHub Action and the pre-commit hooks, as far as they run without GitHub.
#![cfg(unix)]

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use envctl_testkit::{Canaries, TempProject};
use serde_json::Value;

use crate::read_back::in_ci;
use crate::support::program;

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the repository")
}

pub(crate) fn envctl() -> String {
    program("envctl").get_program().to_string_lossy().into_owned()
}

/// A file of YAML, read by `PyYAML`.
pub(crate) fn yaml(path: &str) -> Option<Value> {
    let script = "import json, sys, yaml; json.dump(yaml.safe_load(open(sys.argv[1])), sys.stdout)";
    let output = Command::new("python3").args(["-c", script]).arg(root().join(path)).output();
    match output {
        Ok(output) if output.status.success() => Some(serde_json::from_slice(&output.stdout).expect("JSON")),
        _ => {
            assert!(!in_ci(), "PyYAML is not there, or {path} is no YAML");
            None
        }
    }
}

/// What a workflow's step has around it.
struct Workflow {
    folder: TempProject,
    canaries: Canaries,
}

impl Workflow {
    fn new() -> Self {
        let mut canaries = Canaries::new();
        let key = canaries.plant("key");
        let folder = TempProject::new()
            .file(
                "shop/envschema.toml",
                "[schema]\nname = \"shop\"\n[environments.dev]\n[environments.prod]\n\
                 [vars.PORT]\ntype = \"port\"\nvisibility = \"plain\"\n[vars.API_KEY]\n",
            )
            .file("shop/envctl.toml", "[targets.ports]\nvars = [\"PORT\"]\n")
            .file("shop/.env.dev", format!("PORT=80\nAPI_KEY={key}\n"))
            .file("shop/.env.prod", format!("PORT=http\nAPI_KEY={key}\n"))
            .file("runner/output", "")
            .file("runner/path", "")
            .file("runner/summary", "");
        Self { folder, canaries }
    }

    /// Runs one of the action's scripts with these variables.
    fn step(&self, script: &str, variables: &[(&str, &str)]) -> Output {
        let mut command = Command::new("bash");
        command.arg(root().join("action").join(script)).current_dir(self.folder.path()).env_clear();
        command.env("PATH", format!("{}:/usr/local/bin:/usr/bin:/bin", self.folder.join("bin").display()));
        command.env("GITHUB_ACTION_PATH", root()).env("RUNNER_TEMP", self.folder.join("temp"));
        command.env("GITHUB_OUTPUT", self.folder.join("runner/output"));
        command.env("GITHUB_PATH", self.folder.join("runner/path"));
        command.env("GITHUB_STEP_SUMMARY", self.folder.join("runner/summary"));
        for name in ["BINARY", "VERSION", "ENVIRONMENT", "TARGET", "PROFILE", "ARGS"] {
            command.env(format!("ACTION_{name}"), "");
        }
        command.env("ACTION_PROJECT", "shop").envs(variables.iter().copied()).stdin(Stdio::null());
        let output = command.output().expect("bash runs");
        self.canaries.scan("the log", [output.stdout.as_slice(), &output.stderr].concat());
        self.canaries.scan_folder_except(self.folder.path(), &["shop/.env.dev", "shop/.env.prod"]);
        output
    }

    /// Runs `validate.sh`: its exit code and what it printed.
    fn validate(&self, variables: &[(&str, &str)]) -> (Option<i32>, String) {
        let envctl = envctl();
        let variables: Vec<_> =
            [("ACTION_BINARY", envctl.as_str())].iter().chain(variables).copied().collect();
        let output = self.step("validate.sh", &variables);
        (output.status.code(), String::from_utf8(output.stdout).expect("text"))
    }
}

#[test]
fn a_valid_environment_passes() {
    let workflow = Workflow::new();
    let (code, _) = workflow.validate(&[("ACTION_ENVIRONMENT", "dev")]);
    assert_eq!(code, Some(0));
    assert_eq!(workflow.folder.read("runner/output"), "valid=true\n");
    assert!(workflow.folder.read("runner/summary").contains("shop dev"));
}

#[test]
fn an_invalid_environment_fails_with_annotations_and_a_summary() {
    let workflow = Workflow::new();
    let (code, log) = workflow.validate(&[("ACTION_ENVIRONMENT", "dev,prod"), ("ACTION_TARGET", "ports")]);
    assert_eq!(code, Some(1));
    assert!(log.contains("::error ") && log.contains("shop/.env.prod"), "{log}");
    assert_eq!(workflow.folder.read("runner/output"), "valid=false\n");
    let summary = workflow.folder.read("runner/summary");
    assert!(summary.contains("PORT is not valid"), "{summary}");
}

#[test]
fn more_options_are_words_and_a_wrong_one_is_told() {
    let workflow = Workflow::new();
    let args = "--no-process-env\n  --env-file shop/.env.dev";
    let (code, _) = workflow.validate(&[("ACTION_ENVIRONMENT", "prod"), ("ACTION_ARGS", args)]);
    assert_eq!(code, Some(0));
    let (code, _) = workflow.validate(&[("ACTION_ARGS", "--no-such-option; touch pwned")]);
    assert_eq!(code, Some(2));
    assert!(!workflow.folder.join("pwned").exists());
    assert_eq!(workflow.folder.read("runner/output"), "valid=true\nvalid=false\n");
}

#[test]
fn a_given_binary_is_installed_and_its_version_held() {
    let workflow = Workflow::new();
    let version = env!("CARGO_PKG_VERSION");
    let output = workflow.step("install.sh", &[("ACTION_BINARY", &envctl()), ("ACTION_VERSION", version)]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(workflow.folder.read("runner/output"), format!("binary={}\n", envctl()));
    let folder = Path::new(&envctl()).parent().expect("a folder").display().to_string();
    assert_eq!(workflow.folder.read("runner/path"), format!("{folder}\n"));
    for (binary, version, told) in [
        (envctl().as_str(), "9.9.9", "the input `version` asks for 9.9.9"),
        ("no/such/file", "", "the input `binary` names no program: no/such/file"),
    ] {
        let output = workflow.step("install.sh", &[("ACTION_BINARY", binary), ("ACTION_VERSION", version)]);
        assert_eq!(output.status.code(), Some(2));
        let log = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(log.starts_with("::error::") && log.contains(told), "{log}");
    }
}

/// `cargo` is played: it takes what is built already.
#[test]
fn without_a_binary_it_is_built_once() {
    let workflow = Workflow::new();
    let cargo = format!(
        "#!/bin/sh\nmkdir -p \"$RUNNER_TEMP/envctl/bin\"\necho \"in $PWD: $@\" >>\"$RUNNER_TEMP/../built\"\ncp {} \"$RUNNER_TEMP/envctl/bin/envctl\"\n",
        envctl()
    );
    workflow.folder.write("bin/cargo", cargo);
    std::fs::set_permissions(workflow.folder.join("bin/cargo"), PermissionsExt::from_mode(0o755))
        .expect("a file of ours");
    for _ in 0..2 {
        let output = workflow.step("install.sh", &[]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let built = workflow.folder.read("built");
    let expected = format!(
        "in {}: install --locked --path crates/cli --root {}/envctl\n",
        root().canonicalize().expect("a folder").display(),
        workflow.folder.join("temp").display()
    );
    assert_eq!(built, expected);
    let output = workflow.step("sources.sh", &[]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let hash = workflow.folder.read("runner/output").lines().last().expect("a line").to_owned();
    assert_eq!(hash.strip_prefix("hash=").map(str::len), Some(64), "{hash}");
}

#[test]
fn the_action_says_what_github_asks_for() {
    let Some(action) = yaml("action.yml") else { return };
    assert!(action["name"].is_string() && action["description"].is_string());
    let inputs = action["inputs"].as_object().expect("inputs");
    for (name, input) in inputs {
        assert!(input["description"].is_string() && input["default"].is_string(), "{name}");
    }
    let page = std::fs::read_to_string(root().join("docs/ci.md")).expect("text");
    assert!(inputs.keys().all(|name| page.contains(&format!("`{name}`"))), "docs/ci.md has every input");
    assert_eq!(action["runs"]["using"], "composite");
    let text = std::fs::read_to_string(root().join("action.yml")).expect("text");
    let mut ids = BTreeSet::new();
    for step in action["runs"]["steps"].as_array().expect("steps") {
        ids.extend(step["id"].as_str().map(str::to_owned));
        let Some(run) = step["run"].as_str() else {
            assert!(step["uses"].is_string());
            continue;
        };
        assert_eq!(step["shell"], "bash");
        // What a workflow is given is data: it never becomes a part of a script.
        assert!(!run.contains("${{"), "{run}");
        let script =
            run.split("$GITHUB_ACTION_PATH/").nth(1).expect("a script of ours").trim_end_matches('"');
        assert!(root().join(script).is_file(), "{script}");
    }
    for used in text.split("steps.").skip(1).filter_map(|rest| rest.split_once(".outputs")) {
        assert!(ids.contains(used.0), "there is a step {}", used.0);
    }
    for used in text.split("inputs.").skip(1) {
        let name: String = used.chars().take_while(char::is_ascii_alphanumeric).collect();
        assert!(inputs.contains_key(&name), "there is an input {name}");
    }
}

#[test]
fn each_hook_runs_a_command_of_ours() {
    let Some(hooks) = yaml(".pre-commit-hooks.yaml") else { return };
    let page = std::fs::read_to_string(root().join("docs/ci.md")).expect("text");
    for hook in hooks.as_array().expect("a list") {
        for key in ["id", "name", "entry", "language"] {
            assert!(hook[key].is_string(), "{hook} has `{key}`");
        }
        assert!(page.contains(hook["id"].as_str().unwrap_or_default()), "docs/ci.md has every hook");
        let mut words: Vec<&str> = hook["entry"].as_str().unwrap_or_default().split(' ').collect();
        assert_eq!(words.remove(0), "envctl");
        let help = program("envctl").args(&words).arg("--help").output().expect("envctl runs");
        assert!(help.status.success(), "{words:?}");
    }
}

/// pre-commit itself, with the hooks of this repository and the envctl that was built.
#[test]
fn the_hooks_run_in_pre_commit() {
    let hooks = root().join(".pre-commit-hooks.yaml");
    let source = TempProject::new().file(".pre-commit-hooks.yaml", std::fs::read(hooks).expect("a file"));
    let clean = "[schema]\nname = \"shop\"\n\n[vars.PORT]\ntype       = \"port\"\nvisibility = \"plain\"\n";
    let work = TempProject::new().file("envschema.toml", clean).file(".env", "PORT=80\n");
    for folder in [&source, &work] {
        for line in ["init -q", "add -A", "-c user.name=a -c user.email=a@b.c commit -qm a"] {
            let git = Command::new("git")
                .args(line.split(' '))
                .current_dir(folder.path())
                .output()
                .expect("git is there");
            assert!(git.status.success(), "{}", String::from_utf8_lossy(&git.stderr));
        }
    }
    let run = |hook: &str| -> Option<(bool, String)> {
        let bin = Path::new(&envctl()).parent()?.display().to_string();
        let output = Command::new("pre-commit")
            .args(["try-repo", "--all-files", "--verbose"])
            .arg(source.path())
            .arg(hook)
            .current_dir(work.path())
            .env_clear()
            .env("PATH", format!("{bin}:/usr/local/bin:/usr/bin:/bin"))
            .env("HOME", source.path())
            .output();
        let Ok(output) = output else {
            assert!(!in_ci(), "pre-commit is not there");
            return None;
        };
        let text =
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        Some((output.status.success(), text))
    };
    for hook in ["envctl-schema-check", "envctl-schema-fmt", "envctl-validate", "envctl-scan"] {
        let Some((passed, text)) = run(hook) else { return };
        assert!(passed, "{hook}: {text}");
    }
    work.write("envschema.toml", clean.replace("port\"\n", "prot\"\n").replace("      ", ""));
    work.write(".env", "PORT=http\n");
    for (hook, told) in [
        ("envctl-schema-check", "did you mean `port`?"),
        ("envctl-schema-fmt", "envschema.toml laid out"),
        ("envctl-validate", "did you mean `port`?"),
    ] {
        let Some((passed, text)) = run(hook) else { return };
        assert!(!passed && text.contains(told), "{hook}: {text}");
    }
}
