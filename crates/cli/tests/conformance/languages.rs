//! The ways to one answer: Rust, the command line, C and Node.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use envctl_engine::call::{Answer, CallError, Caller, Opened, OsRandom};
use envctl_testkit::TempProject;

use super::case::Case;
use crate::read_back::missing;
use crate::support::{program, with_input};

/// A case with the folder that has its files.
pub(super) struct Question<'a> {
    pub(super) project: &'a TempProject,
    pub(super) case: &'a Case,
    pub(super) has_contract: bool,
}

pub(super) fn rust(question: &Question<'_>) -> String {
    let (folder, name) = (question.project.path(), Path::new("envschema.toml"));
    let opened = question.has_contract.then(|| Opened::read(&folder.join(name), name)).transpose();
    let answer = match opened {
        Ok(opened) => {
            Caller { folder, random: &mut OsRandom }.answer(opened.as_ref(), &question.case.request)
        }
        Err(error) => Answer::refusal(&CallError::from(error)),
    };
    answer.text().to_owned()
}

/// The program itself, with a process environment that counts for nothing.
pub(super) fn command_line(question: &Question<'_>) -> String {
    let mut envctl = program("envctl");
    envctl.arg("call").env("PORT", "1").env("PAY_KEY", "of-the-process").current_dir(question.project.path());
    if question.has_contract {
        envctl.args(["--schema", "envschema.toml"]);
    }
    line(&with_input(envctl, question.case.request.as_bytes()))
}

pub(super) fn c(question: &Question<'_>) -> Option<String> {
    let folder = question.project.path();
    question.project.write("request.json", &question.case.request);
    let mut answer = Command::new(answer_program()?);
    answer.arg("request.json").current_dir(folder).env("LD_LIBRARY_PATH", libraries()).env("PORT", "1");
    if question.has_contract {
        answer.arg("envschema.toml");
    }
    Some(line(&answer.output().expect("it runs")))
}

/// Every question of one project in one process; each answered on the main thread and off it.
pub(super) fn node(project: &TempProject, questions: &[Question<'_>]) -> Option<Vec<(String, String)>> {
    let script = repository().join("crates/ffi/node/test/answers.mjs");
    if !repository().join("crates/ffi/node/prebuilds").exists() {
        return missing("the addon for Node: `npm run build` in crates/ffi/node");
    }
    let asked = questions.iter().map(|Question { case, has_contract, .. }| {
        serde_json::json!({ "contract": has_contract, "request": case.request }).to_string() + "\n"
    });
    let mut node = Command::new("node");
    node.arg(script).current_dir(project.path()).env("PORT", "1");
    let output = with_input(node, asked.collect::<String>().as_bytes());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).expect("text");
    Some(lines.lines().map(|line| serde_json::from_str(line).expect("a pair of texts")).collect())
}

fn line(output: &Output) -> String {
    let text = String::from_utf8(output.stdout.clone()).expect("an answer is text");
    text.strip_suffix('\n').expect("an answer is one line").to_owned()
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Where cargo puts the library: beside this program.
fn libraries() -> PathBuf {
    let program = std::env::current_exe().expect("a program has a path");
    program.parent().expect("it is in a folder").to_owned()
}

/// The program in C, compiled once.
fn answer_program() -> Option<&'static Path> {
    static PROGRAM: OnceLock<Option<PathBuf>> = OnceLock::new();
    let compile = || {
        let program = Path::new(env!("CARGO_TARGET_TMPDIR")).join("answer");
        let ffi = repository().join("crates/ffi");
        let mut cc = Command::new("cc");
        cc.args(["-std=c11", "-Wall", "-Wextra", "-Werror", "-o"]).arg(&program);
        cc.arg(ffi.join("tests/c/answer.c")).arg("-I").arg(ffi.join("include"));
        cc.arg(libraries().join(format!("{DLL_PREFIX}envctl_ffi{DLL_SUFFIX}")));
        match cc.output() {
            Ok(output) if output.status.success() => Some(program),
            Ok(output) => panic!("{}", String::from_utf8_lossy(&output.stderr)),
            Err(_) => missing("cc"),
        }
    };
    PROGRAM.get_or_init(compile).as_deref()
}
