//! The script of `envctl stack config`, carried out by a real shell with a stand-in for Pulumi that takes notes.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use envctl_testkit::{Canaries, TempProject};

use crate::support::program;

/// Values that a careless writer breaks.
const AWKWARD: &[&str] = &[
    "plain",
    "two words",
    "it's",
    "\"quoted\" $HOME `touch x` $(touch x)",
    "line\nbreak",
    "ends in a line break\n",
    "-n",
    "--help",
    "back\\slash\\",
    "*?[a-z]{b,c}~ !x # no comment",
    "-----BEGIN KEY-----\nMIIB\n-----END KEY-----\n",
    "é 漢字 🦀",
];

/// Notes the arguments, each ended by a NUL byte, and the standard input.
const PULUMI: &str = "#!/bin/sh
number=$(ls calls | grep -c argv)
printf '%s\\0' \"$@\" > calls/$number.argv
cat > calls/$number.stdin
";

#[cfg(unix)]
fn project(canaries: &mut Canaries) -> (TempProject, Vec<String>, Vec<(String, String, bool)>) {
    use std::os::unix::fs::PermissionsExt;
    let project = TempProject::new();
    let mut contract = "[schema]\nname = \"s\"\nkind = \"pulumi-config\"\nnamespace = \"ns\"\n".to_owned();
    let (mut options, mut expected) = (Vec::new(), Vec::new());
    for (index, value) in AWKWARD.iter().enumerate() {
        let secret = format!("{}{value}", canaries.plant("secret"));
        for (name, value, is_secret) in [("p", (*value).to_owned(), false), ("s", secret, true)] {
            let visibility = if is_secret { "secret" } else { "plain" };
            contract.push_str(&format!("[vars.{name}{index}]\nvisibility = \"{visibility}\"\n"));
            // A last line break is dropped when the file is read.
            project.write(&format!("{name}{index}.value"), format!("{value}\n"));
            options.extend(["--set-from-file".to_owned(), format!("{name}{index}={name}{index}.value")]);
            expected.push((format!("ns:{name}{index}"), value, is_secret));
        }
    }
    let project = project
        .file("envschema.toml", "[schema]\nname = \"e\"\n")
        .file("s.stack.toml", contract)
        .file(
            "envctl.toml",
            "stack_schema = \"s.stack.toml\"\ndefault_environment = \"prod\"\n\
             [environments.prod]\nstack = { dir = \"in fra\", config = \"in fra/Pulumi.prod.yaml\" }\n",
        )
        .file("bin/pulumi", PULUMI);
    fs::create_dir(project.join("calls")).expect("a new folder");
    fs::set_permissions(project.join("bin/pulumi"), fs::Permissions::from_mode(0o755))
        .expect("a file of ours");
    (project, options, expected)
}

/// Every key reaches Pulumi as it is: plain ones as an argument, secret ones by standard input and never otherwise.
#[cfg(unix)]
#[test]
fn a_shell_sets_every_value_as_it_is() {
    let mut canaries = Canaries::new();
    let (project, options, expected) = project(&mut canaries);
    let script = program("envctl")
        .args(["stack", "config", "--script"])
        .args(options)
        .current_dir(project.path())
        .output()
        .expect("envctl runs");
    assert_eq!(String::from_utf8_lossy(&script.stderr), "");
    canaries.scan("the script", &script.stdout);
    project.write("script", &script.stdout);

    let done = run_script(&project);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    for (number, (key, value, secret)) in expected.iter().enumerate() {
        let argv = project.read(&format!("calls/{number}.argv"));
        canaries.scan("the arguments", &argv);
        let argv: Vec<&str> = argv.split_terminator('\0').collect();
        let stdin = project.read(&format!("calls/{number}.stdin"));
        let place = ["--stack", "prod", "--cwd", "in fra"];
        if *secret {
            assert_eq!(argv, [&["config", "set", "--secret", key][..], &place].concat());
            // Pulumi drops one line break at the end.
            assert_eq!(stdin.strip_suffix('\n'), Some(value.as_str()), "{key}");
        } else if value.starts_with('-') {
            assert_eq!(argv, [&["config", "set"][..], &place, &["--", key, value]].concat());
        } else {
            assert_eq!(argv, [&["config", "set", key, value][..], &place].concat());
        }
    }
    assert!(!project.join("in fra/Pulumi.prod.yaml").exists(), "the file of a stack is Pulumi's");
}

/// Runs the script with the stand-in for Pulumi first on the path.
#[cfg(unix)]
fn run_script(project: &TempProject) -> std::process::Output {
    let ours = Path::new(env!("CARGO_BIN_EXE_envctl")).parent().expect("a folder").display();
    Command::new("bash")
        .arg("script")
        .env_clear()
        .env("PATH", format!("{}/bin:{ours}:/usr/bin:/bin", project.path().display()))
        .current_dir(project.path())
        .stdin(Stdio::null())
        .output()
        .expect("bash runs")
}

/// A value that cannot be had any more ends the script before anything else is set.
#[cfg(unix)]
#[test]
fn a_value_that_is_gone_ends_the_script() {
    let mut canaries = Canaries::new();
    let (project, options, _) = project(&mut canaries);
    let mut envctl = program("envctl");
    envctl.args(["stack", "config", "--script"]).args(options).current_dir(project.path());
    project.write("script", envctl.output().expect("envctl runs").stdout);
    fs::remove_file(project.join("s0.value")).expect("a file to remove");
    let done = run_script(&project);
    assert!(!done.status.success());
    assert!(project.join("calls/0.argv").exists(), "what comes before it is set");
    assert!(!project.join("calls/1.argv").exists(), "the key is not set to nothing");
}
