//! Secrets are found wherever they stand, in every spelling, and in what git has.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use envctl_testkit::TempProject;
use proptest::prelude::*;
use serde_json::Value;

use crate::support::Inside;

/// So much is read at once; needles that cross these borders are the hard ones.
const CHUNK: usize = 128 << 10;

/// A way to spell a value: the text, and how much of it stands before the part that tells.
fn spelt(how: usize, value: &str) -> (Vec<u8>, usize) {
    let hex = |upper: bool| -> String {
        let spell = |byte: u8| if upper { format!("{byte:02X}") } else { format!("{byte:02x}") };
        value.bytes().map(spell).collect()
    };
    let percent = |plain: &str| -> String {
        let spell = |byte: u8| match char::from(byte) {
            c if c.is_ascii_alphanumeric() || plain.contains(c) => c.to_string(),
            _ => format!("%{byte:02X}"),
        };
        value.bytes().map(spell).collect()
    };
    match how {
        0 => (value.into(), 0),
        1 => (hex(false).into(), 0),
        2 => (hex(true).into(), 0),
        3 => (percent("-._~").into(), 0),
        // A password in a URL.
        4 => (percent("-._~!$&'()*+,;=").into(), 0),
        5 => {
            let quoted = serde_json::to_string(value).expect("a text");
            (quoted[1..quoted.len() - 1].into(), 0)
        }
        how => {
            let before = how % 3;
            let around = ["x".repeat(before), value.to_owned(), "y".repeat(how % 4)].concat();
            let text = if how % 2 == 0 { STANDARD.encode(&around) } else { URL_SAFE.encode(&around) };
            (text.into(), (before * 8).div_ceil(6))
        }
    }
}

/// The findings of a scan of the folder `tree` for `A`, `B` and `C`: variable, line and column.
fn scan(project: &TempProject, count: usize) -> Vec<(String, u64, u64)> {
    let mut arguments: Vec<String> = ["envctl", "scan", "--json", "tree"].map(str::to_owned).to_vec();
    for name in &["A", "B", "C"][..count] {
        arguments.extend(["--set-from-file".to_owned(), format!("{name}={name}")]);
    }
    let inside = Inside { folder: project.path().to_owned(), arguments, ..Inside::default() };
    let (_, output, messages) = inside.run();
    assert_eq!(String::from_utf8_lossy(&messages), "");
    let report: Value = serde_json::from_slice(&output).expect("JSON");
    let finding = |finding: &Value| {
        let number = |name: &str| finding["place"][name].as_u64().expect("a number");
        (finding["variable"].as_str().unwrap_or_default().to_owned(), number("line"), number("column"))
    };
    report["findings"].as_array().expect("a list").iter().map(finding).collect()
}

fn contract() -> TempProject {
    TempProject::new().file(
        "envschema.toml",
        "[schema]\nname = \"shop\"\n[vars.A]\n[vars.B]\nrequired = false\n[vars.C]\nrequired = false\n",
    )
}

/// Text that is no secret, of about a length.
fn filler(length: usize) -> String {
    let line = "nothing to see, naïve täxt\n\tand \u{1f980} more\r\n\n";
    let mut text = line.repeat(length / line.len() + 1);
    let end = (0..=length).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    text.truncate(end);
    text
}

fn secret() -> impl Strategy<Value = String> {
    let any = prop_oneof!["[!-~]{8,40}", "[ -~äß漢🦀]{12,24}", "[A-Za-z0-9+/]{43}="];
    any.prop_filter("too common to be looked for", |value: &String| {
        let mut different: Vec<_> = value.chars().collect();
        different.sort_unstable();
        different.dedup();
        // A text in angle brackets is a placeholder.
        different.len() > 6
            && value.trim() == value
            && !value.starts_with('<')
            && value.chars().any(|c| c.is_ascii_punctuation())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_spelling_is_found_at_its_place(
        planted in prop::collection::vec((secret(), 0usize..18, 0usize..3, -1100i32..200), 1..4),
    ) {
        let project = contract();
        let mut text: Vec<u8> = Vec::new();
        let mut expected = Vec::new();
        for ((value, how, chunks, beside), name) in planted.iter().zip(["A", "B", "C"]) {
            project.write(name, value);
            // Near a border between what is read at once and what follows.
            let border = (text.len() / CHUNK + chunks) * CHUNK;
            let place = border.saturating_add_signed(isize::try_from(*beside).unwrap());
            text.extend(filler(place.saturating_sub(text.len()).max(1)).bytes());
            let (spelling, before) = spelt(*how, value);
            let start = text.len() + before;
            text.extend(&spelling);
            let told = String::from_utf8_lossy(&text[..start]).into_owned();
            let line = told.matches('\n').count() + 1;
            let column = told.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            expected.push((name.to_owned(), line as u64, column as u64));
            text.push(b'\n');
        }
        project.write("tree/file", &text);
        prop_assert_eq!(scan(&project, planted.len()), expected);
    }
}

/// A key is found in a block that is indented, and where its line ends are others; each place once.
#[test]
fn a_key_of_several_lines_is_found_by_one_of_them() {
    let lines: Vec<_> = (0..26).map(|line| STANDARD.encode([line; 48])).collect();
    let key = format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", lines.join("\n"));
    let project = contract();
    project.write("A", &key);
    project.write("tree/1", format!("a: |\n{}", key.replace('\n', "\n  ")));
    project.write("tree/2", key.replace('\n', "\r\n"));
    project.write("tree/3", format!("x\n{key}"));
    project.write("tree/4", "-----BEGIN PRIVATE KEY-----\nanother\n-----END PRIVATE KEY-----\n");
    let found: Vec<_> = scan(&project, 1).into_iter().map(|(_, line, _)| line).collect();
    assert_eq!(found, [16, 15, 2]);
}

/// What `base64`, PEM and `xxd -p` break into lines; each place is told once.
#[test]
fn a_value_that_is_encoded_in_lines_is_found() {
    let value =
        "a long value, 1234567890, and so on until it needs several lines of every kind: 0987654321+/=.";
    let project = contract();
    project.write("A", value);
    let broken = |text: String, width: usize, end: &str| {
        let lines: Vec<_> = text.as_bytes().chunks(width).map(String::from_utf8_lossy).collect();
        lines.join(end)
    };
    let hex: String = format!("{value}\n").bytes().map(|byte| format!("{byte:02x}")).collect();
    project.write("tree/1", broken(STANDARD.encode(format!("{value}\n")), 76, "\n"));
    project.write("tree/2", broken(STANDARD.encode(value), 64, "\r\n  "));
    project.write("tree/3", broken(hex, 60, "\n"));
    let found = scan(&project, 1);
    let line = |line| ("A".to_owned(), line, 1);
    assert_eq!(found, [line(1), line(1), line(2)]);
}

#[test]
fn many_places_in_one_file_are_counted() {
    let project = contract();
    project.write("A", "canary+many@end");
    project.write("tree/log", "canary+many@end\n".repeat(1000));
    let found = scan(&project, 1);
    assert_eq!(found.len(), 10);
    assert_eq!(found[9], ("A".to_owned(), 10, 1));
}

#[cfg(unix)]
mod git {
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::{Command, Output};

    use envctl_testkit::{Canaries, TempProject};

    use crate::support::program;

    const PATH: &str = "/usr/local/bin:/usr/bin:/bin";

    /// A repository with a contract, and secrets in a file that git ignores.
    struct Repository {
        project: TempProject,
        canaries: Canaries,
        key: String,
    }

    impl Repository {
        fn new() -> Self {
            let mut canaries = Canaries::new();
            let key = canaries.plant("key");
            let project = TempProject::new()
                .file("shop/envschema.toml", "[schema]\nname = \"shop\"\n[vars.KEY]\n")
                .file("shop/.env", format!("KEY={key}\n"))
                .file(".gitignore", ".env\n");
            let repository = Self { project, canaries, key };
            repository.git(&["init", "--quiet", "--initial-branch=main"]);
            repository
        }

        fn git(&self, arguments: &[&str]) -> String {
            let output = Command::new("git")
                .args(["-c", "user.name=n", "-c", "user.email=e@example.com"])
                .args(arguments)
                .current_dir(self.project.path())
                .env_clear()
                .envs([("PATH", PATH), ("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_CONFIG_GLOBAL", "/dev/null")])
                .output()
                .expect("git runs");
            assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
            String::from_utf8(output.stdout).expect("text").trim().to_owned()
        }

        fn commit(&self, message: &str) -> String {
            self.git(&["add", "--all"]);
            self.git(&["commit", "--quiet", "--allow-empty", "-m", message]);
            self.git(&["rev-parse", "--short=12", "HEAD"])
        }

        /// Runs a scan in a folder: exit code and output.
        fn scan(&self, folder: &str, arguments: &[&str]) -> (i32, String) {
            let mut command = program("envctl");
            command.arg("scan").args(arguments).current_dir(self.project.join(folder));
            command.envs([("PATH", PATH), ("HOME", "/nonexistent")]);
            let Output { status, stdout, stderr } = command.output().expect("envctl runs");
            assert_eq!(String::from_utf8_lossy(&stderr), "", "{arguments:?}");
            self.canaries.scan("the output", &stdout);
            (status.code().expect("a code"), String::from_utf8(stdout).expect("text"))
        }

        /// The lines of a report that tell a finding.
        fn findings(&self, folder: &str, arguments: &[&str]) -> Vec<String> {
            let (exit, text) = self.scan(folder, arguments);
            let lines = text.lines().map(str::trim).filter(|line| line.contains("]") && line.contains('['));
            let lines: Vec<_> = lines.map(str::to_owned).collect();
            assert_eq!(exit == 1, lines.iter().any(|line| line.starts_with("error[")), "{text}");
            lines
        }
    }

    #[test]
    fn what_is_staged_counts_as_it_is_staged() {
        let repository = Repository::new();
        let Repository { project, key, .. } = &repository;
        // Before the first commit.
        project.write("shop/notes", format!("one\n\tkey: {key}\n"));
        assert_eq!(repository.findings("shop", &["--staged"]), [""; 0]);
        repository.git(&["add", "--all"]);
        let told = "error[leaked] notes:2: the value of KEY is staged here, as it is, at column 7";
        assert_eq!(repository.findings("shop", &["--staged"]), [told]);
        // Gone from the file, and still staged.
        project.write("shop/notes", "");
        assert_eq!(repository.findings("shop", &["--staged"]), [told]);
        repository.commit("first");
        assert_eq!(repository.findings("shop", &["--staged"]), [""; 0]);
        // From another folder, in a name that needs quotes.
        project.write("a \"b\"\n/ü", key);
        repository.git(&["add", "--all"]);
        std::fs::create_dir(project.join("shop/inner")).expect("a new folder");
        let found = repository.scan("shop/inner", &["--staged", "--json"]).1;
        assert!(found.contains(r#""path": "../../a \"b\"\n/ü""#), "{found}");
        // What is taken away is not staged.
        repository.commit("second");
        repository.git(&["rm", "-r", "--quiet", "a \"b\"\n"]);
        assert_eq!(repository.findings("shop", &["--staged"]), [""; 0]);
    }

    #[test]
    fn another_index_counts_in_a_hook() {
        let repository = Repository::new();
        repository.commit("first");
        repository.project.write("shop/notes", &repository.key);
        let hook = repository.project.join(".git/hooks/pre-commit");
        let envctl = env!("CARGO_BIN_EXE_envctl");
        std::fs::write(&hook, format!("#!/bin/sh\ncd shop && {envctl} scan --staged > ../told\n"))
            .expect("a hook");
        std::fs::set_permissions(&hook, PermissionsExt::from_mode(0o755)).expect("a mode");
        repository.git(&["add", "--intent-to-add", "shop/notes"]);
        let committed = Command::new("git")
            .args(["-c", "user.name=n", "-c", "user.email=e@example.com", "commit", "-m", "x", "shop/notes"])
            .current_dir(repository.project.path())
            .env_clear()
            .env("PATH", PATH)
            .output()
            .expect("git runs");
        assert!(!committed.status.success());
        assert!(repository.project.read("told").contains("notes:1: the value of KEY is staged here"));
    }

    #[test]
    fn what_was_committed_once_is_found_with_its_commit() {
        let mut repository = Repository::new();
        let encoded = repository.key.replace('+', "%2B").replace('/', "%2F").replace('@', "%40");
        repository.commit("first");
        repository.project.write("shop/.env.old", format!("#\nURL=https://{encoded}@x\n"));
        let second = repository.commit("second");
        repository.project.write("shop/.env.old", "");
        repository.commit("third");
        // On a branch that is merged nowhere.
        repository.git(&["switch", "--quiet", "--create", "side", "HEAD~1"]);
        repository.project.write("shop/data", format!("\0\u{1}{}", repository.key));
        let side = repository.commit("side");
        repository.git(&["switch", "--quiet", "main"]);
        let text = repository.commit(&format!("take {}", repository.key));
        repository.git(&["tag", "-a", "v1", "-m", "a tag"]);
        assert_eq!(
            repository.findings("shop", &["--history"]),
            [
                format!("error[leaked] the value of KEY is in the text of commit or tag {text}, as it is"),
                format!(
                    "error[leaked] .env.old:2: the value of KEY is here in commit {second}, percent-encoded, at column 13"
                ),
                format!(
                    "error[leaked] data:1: the value of KEY is here in commit {side}, as it is, at column 3"
                ),
            ]
        );
        // What no branch or tag leads to is not searched: it is not shared either.
        repository.key.clear();
        repository.git(&["tag", "-d", "v1"]);
        repository.git(&["branch", "-D", "side"]);
        repository.git(&["reset", "--quiet", "--hard", "HEAD~3"]);
        assert_eq!(repository.findings("shop", &["--history"]), [""; 0]);
    }

    #[test]
    fn the_files_of_the_values_may_have_them_unless_git_has_the_files() {
        let repository = Repository::new();
        let Repository { project, key, .. } = &repository;
        assert_eq!(repository.findings("", &["--project", "shop"]), [""; 0]);
        // Ignored, and given by name.
        assert_eq!(repository.findings("shop", &[".env"]), [""; 0]);
        // Not ignored.
        project.write(".gitignore", "");
        assert_eq!(
            repository.findings("shop", &[]),
            ["warning[tracked] .env:1: git does not ignore this file, and it holds KEY"]
        );
        repository.git(&["add", "--all"]);
        let told = "error[tracked] .env:1: git has this file, and it holds KEY";
        assert_eq!(repository.findings("shop", &["--staged"]), [told]);
        repository.commit("first");
        assert_eq!(repository.findings("shop", &[]), [told]);
        // Ignored too late.
        project.write(".gitignore", ".env\nlate\n");
        assert_eq!(repository.findings("shop", &[]), [told]);
        assert_eq!(
            repository.findings("", &["--project", "shop"]),
            ["error[tracked] shop/.env:1: git has this file, and it holds KEY"]
        );
        // A file of another environment is like any other.
        project.write("late", key);
        repository.git(&["add", "--force", "late"]);
        let found = repository.findings("", &["--project", "shop", "."]);
        assert!(found.iter().any(|line| line.starts_with("error[leaked] late:1:")), "{found:?}");
        // And a tracked file with no secret in it is no finding.
        project.write("shop/.env", "KEY=\n");
        project.write("values", key);
        let found = repository.findings("shop", &["--set-from-file", "KEY=../values", "."]);
        assert_eq!(found, [""; 0]);
    }

    #[test]
    fn what_cannot_be_read_is_told_and_links_are_not_followed() {
        let repository = Repository::new();
        let Repository { project, key, .. } = &repository;
        let outside = TempProject::new().file("secret", key);
        symlink(outside.path(), project.join("shop/link")).expect("a link");
        project.write("shop/closed", key);
        std::fs::set_permissions(project.join("shop/closed"), PermissionsExt::from_mode(0o000))
            .expect("a mode");
        let found = repository.findings("shop", &[]);
        // The superuser reads everything.
        if std::fs::read(project.join("shop/closed")).is_err() {
            assert_eq!(found, ["warning[unreadable] closed:1: it was not searched: permission denied"]);
        }
        assert!(!found.iter().any(|line| line.contains("link")), "{found:?}");
    }

    /// A pipe, and whatever else is no ordinary file, is searched if it is named.
    #[test]
    fn whatever_is_named_is_searched() {
        let repository = Repository::new();
        let Repository { project, key, .. } = &repository;
        let made = Command::new("mkfifo").arg(project.join("shop/pipe")).status().expect("mkfifo runs");
        assert!(made.success());
        let (path, text) = (project.join("shop/pipe"), key.clone());
        let writer = std::thread::spawn(move || std::fs::write(path, text));
        let told = "error[leaked] pipe:1: the value of KEY is here, as it is, at column 1";
        assert_eq!(repository.findings("shop", &["pipe"]), [told]);
        writer.join().expect("no panic").expect("it is read");
        // In a folder it is passed over: reading it would wait for somebody who writes.
        assert_eq!(repository.findings("shop", &["."]), [""; 0]);
    }

    /// The superuser reads everything; anybody else is told.
    #[test]
    fn what_is_named_and_cannot_be_read_is_no_clean_answer() {
        let repository = Repository::new();
        let Repository { project, key, .. } = &repository;
        project.write("shop/closed", key);
        project.write("shop/folder/file", key);
        for name in ["closed", "folder"] {
            let path = project.join("shop").join(name);
            let mode =
                |mode| std::fs::set_permissions(&path, PermissionsExt::from_mode(mode)).expect("a mode");
            mode(0o000);
            if std::fs::read_dir(&path).is_err() && std::fs::read(&path).is_err() {
                let mut command = program("envctl");
                command.args(["scan", name]).current_dir(project.join("shop")).env("PATH", PATH);
                let output = command.output().expect("envctl runs");
                let told =
                    format!("error: cannot read {name}: permission denied\nhelp: check its owner and mode\n");
                assert_eq!(String::from_utf8_lossy(&output.stderr), told);
                assert_eq!(output.status.code(), Some(3));
            }
            mode(0o700);
        }
    }

    #[test]
    fn a_shallow_clone_is_told() {
        let repository = Repository::new();
        let Repository { project, key, .. } = &repository;
        project.write("shop/old", key);
        repository.commit("first");
        project.write("shop/old", "");
        repository.commit("second");
        let from = format!("file://{}", project.path().display());
        repository.git(&["clone", "--quiet", "--depth=1", &from, "clone"]);
        project.write("clone/shop/.env", format!("KEY={key}\n"));
        assert_eq!(
            repository.findings("clone/shop", &["--history"]),
            [
                "warning[unreadable] the older commits were not searched: this is a shallow clone, which lacks them"
            ]
        );
    }

    /// Names of files are bytes.
    #[test]
    #[cfg(target_os = "linux")]
    fn a_tracked_file_with_a_strange_name_is_searched() {
        use std::os::unix::ffi::OsStrExt;

        let repository = Repository::new();
        let Repository { project, key, .. } = &repository;
        let name = std::ffi::OsStr::from_bytes(b"caf\xe9.log");
        std::fs::write(project.join("shop").join(name), key).expect("a file");
        repository.commit("first");
        project.write(".gitignore", ".env\n*.log\n");
        let told = "error[leaked] caf\u{fffd}.log:1: the value of KEY is here, as it is, at column 1";
        assert_eq!(repository.findings("shop", &[]), [told]);
    }
    /// A name can hold what a terminal obeys, and a line break that would begin a command of a runner.
    #[test]
    fn control_characters_of_names_are_spelt_out() {
        let repository = Repository::new();
        let Repository { project, key, .. } = &repository;
        project.write("shop/a\u{1b}[2J\n::b", key);
        let told = r"error[leaked] a\u{1b}[2J\n::b:1: the value of KEY is here, as it is, at column 1";
        assert_eq!(repository.findings("shop", &[]), [told]);
        let (_, github) = repository.scan("shop", &["--format", "github"]);
        assert!(github.starts_with(r"::error file=shop/a\u{1b}[2J%0A%3A%3Ab,line=1"), "{github}");
        let output = |arguments: &[&str]| {
            let mut command = program("envctl");
            command.args(arguments).current_dir(project.join("shop")).env("PATH", PATH);
            String::from_utf8(command.output().expect("envctl runs").stderr).expect("text")
        };
        let told = "error: cannot read x\\u{1b}\\n::y: no such file or folder\n";
        assert!(output(&["scan", "x\u{1b}\n::y"]).starts_with(told));
        let told = "error: there is no file `./x\\u{1b}\\n::y`\n";
        assert!(output(&["run", "./x\u{1b}\n::y"]).starts_with(told));
        project.write("shop/c\u{1b}]0;t\u{7}.toml", "[schema]\n");
        let told = output(&["schema", "check", "c\u{1b}]0;t\u{7}.toml"]);
        assert!(told.contains(r"c\u{1b}]0;t\u{7}.toml") && !told.contains('\u{1b}'), "{told}");
    }
}
