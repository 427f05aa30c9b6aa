//! Completing command lines, asked by the shells themselves.
#![cfg(unix)]

use std::path::Path;
use std::process::{Command, Stdio};

use envctl_testkit::{Canaries, TempProject};

use crate::read_back::in_ci;
use crate::support::program;

const CONTRACT: &str = r#"
    [schema]
    name = "shop"
    [environments.dev]
    [environments.prod]
    about = "What customers use"
    [[groups]]
    id = "payments"
    [vars.PORT]
    about = "Where the shop listens"
    [vars.PAY_KEY]
    group = "payments"
    [vars.DATABASE_URL]
    [profiles.least]
"#;

fn project(canaries: &mut Canaries) -> TempProject {
    let secret = canaries.plant("value");
    TempProject::new()
        .file("envschema.toml", CONTRACT)
        .file("envctl.toml", "[targets.worker]\nabout = \"What works in the background\"\n[environments.dev]\nfile = \".env\"\n")
        .file(".env", format!("PAY_KEY={secret}\n"))
        .file("sub/envschema.toml", "[schema]\nname = \"sub\"\n[vars.ONLY_HERE]\n")
}

/// What is offered for the last of the words, which may be empty.
type Asked = fn(&TempProject, &[&str]) -> Option<String>;

/// A shell that reads the script of `envctl completions`, with envctl on its PATH.
fn shell(project: &TempProject, name: &str, options: &[&str], script: &str) -> Option<String> {
    let bin = Path::new(program("envctl").get_program()).parent()?.to_owned();
    let path = format!("{}:/usr/local/bin:/usr/bin:/bin", bin.display());
    let mut command = Command::new(name);
    command.args(options).args(["-c", script]).current_dir(project.path()).stdin(Stdio::null());
    let Ok(output) = command.env_clear().env("PATH", path).env("HOME", project.path()).output() else {
        assert!(!in_ci(), "{name} is not there");
        return None;
    };
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{name}");
    Some(String::from_utf8(output.stdout).expect("text"))
}

fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" ")
}

fn bash(project: &TempProject, words: &[&str]) -> Option<String> {
    let script = format!(
        "source <(envctl completions bash); complete -p envctl >/dev/null || exit 9; COMP_WORDS=({}); COMP_CWORD={}; \
         compopt() {{ :; }}; _envctl envctl '{}' ''; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        quoted(words),
        words.len() - 1,
        words.last()?
    );
    shell(project, "bash", &["--norc"], &script)
}

fn zsh(project: &TempProject, words: &[&str]) -> Option<String> {
    // Outside of the line editor, the function that shows completions is ours.
    let script = format!(
        "compdef() {{ :; }}; _describe() {{ print -l -- \"${{(@P)3}}\"; }}; eval \"$(envctl completions zsh)\"; \
         words=({}); CURRENT={}; _clap_dynamic_completer_envctl",
        quoted(words),
        words.len()
    );
    shell(project, "zsh", &["-f"], &script)
}

fn fish(project: &TempProject, words: &[&str]) -> Option<String> {
    let script = format!("envctl completions fish | source; complete -C '{}'", words.join(" "));
    shell(project, "fish", &["--no-config"], &script)
}

const SHELLS: [(&str, Asked); 3] = [("bash", bash), ("zsh", zsh), ("fish", fish)];

#[test]
fn names_complete_in_real_shells() {
    let mut canaries = Canaries::new();
    let project = project(&mut canaries);
    for (shell, asked) in SHELLS {
        for (words, offered, not_offered) in [
            (&["envctl", "val"][..], &["validate"][..], &["export"][..]),
            (&["envctl", "schema", ""], &["check", "json"], &["validate"]),
            (&["envctl", "explain", "P"], &["PORT", "PAY_KEY"], &["DATABASE_URL"]),
            (&["envctl", "explain", "--project", "sub", ""], &["ONLY_HERE"], &["PORT"]),
            (&["envctl", "validate", "-e", ""], &["dev", "prod", "all"], &["PORT"]),
            (&["envctl", "export", "--environment", ""], &["dev", "prod"], &["all"]),
            (&["envctl", "scan", "-e", ""], &["dev", "all"], &["PORT"]),
            (&["envctl", "man", "sch"], &["schema"], &["run"]),
            (&["envctl", "man", "schema", ""], &["check", "fmt"], &["run"]),
            (&["envctl", "run", "--", "envct"], &["envctl", "envctl.toml"], &["dev"]),
            (&["envctl", "run", "--", "cat", "env"], &["envctl.toml", "envschema.toml"], &["envctl"]),
            (&["envctl", "diff", "dev", ""], &["prod"], &["PORT"]),
            (&["envctl", "run", "--target", ""], &["worker"], &["dev"]),
            (&["envctl", "validate", "--profile", ""], &["least"], &["dev"]),
            (&["envctl", "export", "--only", ""], &["secret", "payments", "worker"], &["PORT"]),
            (&["envctl", "export", "--set-from-file", "DATA"], &["DATABASE_URL="], &["PORT="]),
            (&["envctl", "export", "--for"], &["--format"], &["--only"]),
            (&["envctl", "export", "--format", "do"], &["dotenv"], &["json"]),
            (&["envctl", "export", "--dialect", "do"], &["docker"], &["portable"]),
            (&["envctl", "validate", "--env-file", "envs"], &["envschema.toml"], &["dev"]),
        ] {
            let Some(output) = asked(&project, words) else { break };
            canaries.scan("the completions", &output);
            let lines: Vec<&str> = output
                .lines()
                .map(|line| line.split(['\t', ':']).next().unwrap_or_default().trim())
                .collect();
            for name in offered {
                assert!(lines.contains(name), "{shell}: {words:?} offers {name}\n{output}");
            }
            for name in not_offered {
                assert!(!lines.contains(name), "{shell}: {words:?} does not offer {name}\n{output}");
            }
        }
    }
}

/// bash cuts words at `=`.
#[test]
fn what_stands_behind_an_equals_sign_completes_in_bash() {
    let project = project(&mut Canaries::new());
    for (script, offered) in [
        ("COMP_WORDS=(envctl validate --environment = p); COMP_CWORD=4; _envctl envctl p =", "prod"),
        (
            "COMP_WORDS=(envctl validate --environment =); COMP_CWORD=3; _envctl envctl '' --environment",
            "dev",
        ),
        (
            "COMP_WORDS=(envctl export --environment = prod --format do); COMP_CWORD=6; _envctl envctl do --format",
            "dotenv",
        ),
    ] {
        let script = format!(
            "source <(envctl completions bash); compopt() {{ :; }}; {script}; printf '%s\\n' \"${{COMPREPLY[@]}}\""
        );
        let Some(output) = shell(&project, "bash", &["--norc"], &script) else { return };
        assert!(output.lines().any(|line| line == offered), "{script}\n{output}");
    }
}

/// A key that is pressed in the wrong folder tells nothing, and breaks nothing.
#[test]
fn without_a_project_there_are_no_names_and_no_messages() {
    let project = TempProject::new().file("envschema.toml", "broken = [");
    for (shell, asked) in SHELLS {
        let Some(output) = asked(&project, &["envctl", "explain", "P"]) else { continue };
        assert_eq!(output.trim(), "", "{shell}");
    }
}

#[test]
fn the_other_shells_have_scripts_that_ask_envctl() {
    for shell in ["powershell", "elvish"] {
        let output = program("envctl").args(["completions", shell]).output().expect("envctl runs");
        let script = String::from_utf8(output.stdout).expect("text");
        assert!(script.contains("_ENVCTL_COMPLETE") && script.contains("envctl"), "{script}");
    }
}

/// Only a shell that says so is answered.
#[test]
fn no_other_command_line_is_taken_for_a_shell() {
    let answer = |variable: bool, arguments: &[&str]| {
        let mut command = program("envctl");
        if variable {
            command.env("_ENVCTL_COMPLETE", "fish");
        }
        let output = command.args(arguments).output().expect("envctl runs");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    assert_eq!(answer(false, &["--", "envctl", "val"]).0, Some(2));
    assert!(answer(true, &["--version"]).1.starts_with("envctl "));
    assert!(answer(true, &["--", "envctl", "val"]).1.starts_with("validate"));
}
