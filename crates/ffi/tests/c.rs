//! Programs in C: compiled without a warning against the header, linked as the pkg-config file says, and run under
//! valgrind, which finds every access outside of what is there and everything that is not given back.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use envctl_testkit::TempProject;

/// Whether the programs are there; where `CI` is set, they have to be.
#[expect(clippy::disallowed_methods, reason = "a test is a program's edge")]
fn are_there(programs: &[&str]) -> bool {
    let there = |program: &&str| Command::new(program).arg("--version").output().is_ok();
    let missing = programs.iter().find(|program| !there(program));
    if let Some(program) = missing {
        assert!(std::env::var_os("CI").is_none(), "{program} is not installed");
    }
    missing.is_none()
}

fn own(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Where cargo puts the libraries that are tested: beside this program.
fn libraries() -> PathBuf {
    let program = std::env::current_exe().expect("a program has a path");
    program.parent().expect("it is in a folder").to_owned()
}

fn succeeded(command: &mut Command) -> Output {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let printed = [output.stdout.as_slice(), &output.stderr].concat();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&printed));
    output
}

/// What pkg-config says of a library in these folders.
fn flags(project: &TempProject) -> Vec<String> {
    let template = std::fs::read_to_string(own("envctl.pc.in")).expect("the template");
    let file = template
        .replace("${prefix}/include", own("include").to_str().unwrap())
        .replace("${prefix}/lib", libraries().to_str().unwrap())
        .replace("@version@", env!("CARGO_PKG_VERSION"));
    std::fs::write(project.path().join("envctl.pc"), file).expect("a writable folder");
    let mut command = Command::new("pkg-config");
    command.args(["--cflags", "--libs", "envctl"]).env("PKG_CONFIG_PATH", project.path());
    let output = succeeded(&mut command);
    let words = String::from_utf8(output.stdout).expect("flags are text");
    words.split_whitespace().map(str::to_owned).collect()
}

/// Compiles and runs one of our programs.
fn run(name: &str) {
    if !are_there(&["cc", "pkg-config", "valgrind"]) {
        return;
    }
    let library = libraries().join(format!("{DLL_PREFIX}envctl_ffi{DLL_SUFFIX}"));
    assert!(library.exists(), "{} is built with the tests", library.display());
    let project = TempProject::new();
    let program = project.path().join(name);
    let mut compile = Command::new("cc");
    compile
        .args(["-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-g", "-pthread", "-o"])
        .arg(&program);
    succeeded(compile.arg(own("tests/c").join(format!("{name}.c"))).args(flags(&project)));
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--quiet", "--error-exitcode=9", "--leak-check=full"]);
    // What a library keeps until its process ends, such as its table of handles, is reachable and no leak.
    valgrind
        .args(["--show-leak-kinds=definite,indirect,possible", "--errors-for-leak-kinds=definite,indirect"]);
    let output = succeeded(valgrind.arg(&program).env("LD_LIBRARY_PATH", libraries()));
    assert!(output.stdout.is_empty(), "a library prints nothing");
}

#[test]
fn every_function() {
    run("calls");
}

#[test]
fn many_threads() {
    run("threads");
}

/// C++ reads the header too.
#[test]
fn a_header_for_cpp() {
    if !are_there(&["c++"]) {
        return;
    }
    let mut compile = Command::new("c++");
    compile.args(["-std=c++17", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-x", "c++"]);
    succeeded(compile.arg(own("include/envctl.h")));
}
