//! Printing and reading the environment, found in source text.

use std::fs;

use xtask::layering::silence::{breaches, in_text};

/// What is wrong in a source file, without the lines.
fn found(text: &str) -> Vec<String> {
    in_text(text).breaches.into_iter().map(|(_, what)| what).collect()
}

#[test]
fn printing() {
    for (text, what) in [
        ("println!(\"x\")", "print (`println!`)"),
        ("std::eprintln!()", "print (`eprintln!`)"),
        ("dbg ! (x)", "print (`dbg!`)"),
        ("std::io::stdout().lock()", "print (`io::stdout`)"),
        ("use std::io::{self, Write, stderr};", "print (`io::stderr`)"),
        ("use std::io::*;", "print (`io::*`)"),
        ("tokio::io::stdout()", "print (`io::stdout`)"),
        ("let mut out = stdout();", "print (`stdout()`)"),
    ] {
        assert_eq!(found(text), [what], "{text}");
    }
}

#[test]
fn reading_the_environment() {
    for (text, what) in [
        ("std::env::var(\"HOME\")", "read the process environment (`env::var`)"),
        ("env::vars_os()", "read the process environment (`env::vars_os`)"),
        ("use std::env::{consts, temp_dir};", "read the process environment (`env::temp_dir`)"),
        (
            "use std::{env, fs}; fn f() { env::current_dir(); }",
            "read the process environment (`env::current_dir`)",
        ),
    ] {
        assert_eq!(found(text), [what], "{text}");
    }
}

#[test]
fn what_is_allowed() {
    for text in [
        "// println!(\"x\")\n/* std::env::var /* dbg!() */ */ /// println!()",
        "let text = \"println!()\"; let raw = r#\"dbg!(\"x\")\"#; let bytes = b\"std::env::var\";",
        "let quote = '\"'; let not = \"println!()\"; let c = '\\'';",
        "writeln!(out, \"x\"); format!(\"x\"); my_println!(); print(x)",
        "std::env::split_paths(path); std::env::consts::OS; env!(\"CARGO_PKG_NAME\")",
        "command.stdout(Stdio::piped()).stderr(pipe()); fn stdout(&self) -> Bytes {}",
        "output.stdout; crate::env::var(name); self.streams.stderr()",
        "std::io::Write; io::stdin(); use std::io::{Read, Write};",
    ] {
        assert_eq!(found(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn tests_are_left_out() {
    assert_eq!(found("#[cfg(test)]\nmod tests { fn f() { println!(); } }"), Vec::<String>::new());
    assert_eq!(
        found("#[cfg(all(test, unix))] fn f(x: [u8; 3]) { dbg!(x); } fn g() {}"),
        Vec::<String>::new()
    );
    assert_eq!(found("#[test]\n#[should_panic]\nfn f() { println!(); }"), Vec::<String>::new());
    assert_eq!(found("#[cfg(not(test))] fn f() { println!(); }").len(), 1);
    assert_eq!(found("#[cfg(test)] mod tests;\nfn f() { println!(); }").len(), 1);
    assert_eq!(found("#[cfg(test)] use std::env::var; fn f() { dbg!(); }").len(), 1);
}

#[test]
fn lines_are_counted_through_comments_and_strings() {
    let text = "/* one\ntwo */\nlet text = \"three\n four\";\n    println!();\n";
    assert_eq!(in_text(text).breaches, [(5, "print (`println!`)".to_owned())]);
}

#[test]
fn a_crate_on_disk() {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in [
        ("src/lib.rs", "#[cfg(test)]\nmod checks;\nmod inner;\n"),
        ("src/checks.rs", "fn f() { println!(); }"),
        ("src/checks/more.rs", "fn f() { println!(); }"),
        ("src/inner.rs", "mod deep;\n#[cfg(test)] mod tests;"),
        ("src/inner/deep.rs", "\nfn f() { println!(); }"),
        ("src/inner/tests.rs", "fn f() { println!(); }"),
        ("tests/runner.rs", "fn f() { println!(); }"),
    ] {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let problems = breaches("sample", folder.path(), folder.path()).unwrap();
    let shown: Vec<_> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        shown,
        [
            "src/inner/deep.rs:2: `sample` is a library and must not print (`println!`); let its caller do that"
        ]
    );
}
