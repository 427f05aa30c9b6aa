//! Carries out a transcript in a folder of its own, with an environment of its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use envctl::{Exit, Look};
use envctl_testkit::{Canaries, TempProject};

use super::case::{Case, Run, Step};
use super::random::Random;
use super::{documents, json};
use crate::support::{Inside, program, words};

/// What was made for the next command.
#[derive(Default)]
struct Prepared {
    stdin: Vec<u8>,
    look: Option<Look>,
}

/// Runs every command of a case and puts in what it printed.
///
/// # Panics
///
/// When a command shows a secret, or a document that its schema does not describe.
pub(super) fn play(name: &str, case: &mut Case) {
    let project = TempProject::new();
    let mut canaries = Canaries::new();
    let random = Random::of(case);
    plant(&mut canaries, &case.to_string(), "canary+", "@end");
    let mut prepared = Prepared::default();
    for step in &mut case.steps {
        match step {
            Step::Make { words, text } => {
                make(name, &project, &mut prepared, words, text);
                if let Some(copied) = words.strip_prefix("copy ").filter(|path| path.starts_with("examples/"))
                {
                    plant_made_up(&mut canaries, &project.read(copied));
                }
            }
            Step::Run(run) => {
                let before = files(project.path());
                let text = carry_out(&project, run, std::mem::take(&mut prepared));
                for printed in [&mut run.stdout, &mut run.stderr] {
                    *printed = random.masked(printed);
                }
                let after = files(project.path());
                run.wrote = after
                    .into_iter()
                    .filter(|(path, now)| before.get(path) != Some(now))
                    .map(|(path, (mode, bytes))| {
                        let text = random.masked_file(&path, &shown(&project, &bytes));
                        (path, mode, text)
                    })
                    .collect();
                search(name, &canaries, run, &text);
                json::check(name, run);
                documents::check(name, run, &text);
            }
        }
    }
}

/// The standard output of `envctl` with these arguments.
pub(super) fn stdout_of(arguments: &[&str]) -> String {
    let output = program("envctl").args(arguments).output().expect("envctl runs");
    String::from_utf8(output.stdout).expect("text")
}

/// Plants every secret in a text: what begins and ends like this.
fn plant(canaries: &mut Canaries, text: &str, begin: &str, end: &str) {
    for (start, _) in text.match_indices(begin) {
        let rest = &text[start..];
        let length = rest.find(end).unwrap_or_else(|| panic!("a secret has no end: {rest:.40}")) + end.len();
        let secret = rest[..length].trim_matches(['=', '\n']);
        canaries.plant_value(secret, secret);
    }
}

/// Plants the secrets of an example: the words that hold `made-up-`, such as `sk_test_made-up-key`.
fn plant_made_up(canaries: &mut Canaries, text: &str) {
    let ends = |c: char| c.is_whitespace() || c == '"' || c == '\'';
    for (at, _) in text.match_indices("made-up-") {
        let before = text[..at].rsplit(|c| ends(c) || c == '=').next().unwrap_or_default();
        let after = text[at..].split(ends).next().unwrap_or_default();
        let secret = &text[at - before.len()..at + after.len()];
        canaries.plant_value(secret, secret);
    }
}

fn make(name: &str, project: &TempProject, prepared: &mut Prepared, words: &str, text: &str) {
    let (kind, rest) = words.split_once(' ').unwrap_or((words, ""));
    match kind {
        "file" => project.write(rest, unescaped(text)),
        "copy" => {
            let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(rest);
            project.write(rest, fs::read(source).unwrap_or_else(|error| panic!("{name}: {rest}: {error}")));
        }
        "folder" => fs::create_dir_all(project.join(rest)).expect("a new folder"),
        "remove" => fs::remove_file(project.join(rest)).expect("a file to remove"),
        "stdin" => prepared.stdin = unescaped(text),
        "terminal" => {
            let mut words = rest.split_whitespace();
            let width = words.next().and_then(|width| width.parse().ok());
            let colour = words.next() == Some("colour");
            prepared.look = Some(Look { colour, symbols: true, width });
        }
        _ => make_for_unix(name, project, kind, rest, text),
    }
}

/// The bytes that a text stands for.
fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (index, part) in text.replace('␍', "\r").split('␦').enumerate() {
        bytes.extend((index > 0).then_some(0xff));
        bytes.extend(part.bytes());
    }
    bytes
}

#[cfg(unix)]
fn make_for_unix(name: &str, project: &TempProject, kind: &str, rest: &str, text: &str) {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let set_mode = |path: &str, mode| {
        fs::set_permissions(project.join(path), fs::Permissions::from_mode(mode)).expect("a file of ours");
    };
    match kind {
        "script" => {
            project.write(rest, text);
            set_mode(rest, 0o755);
        }
        "mode" => {
            let (path, mode) = rest.split_once(' ').expect("`mode PATH MODE`");
            set_mode(path, u32::from_str_radix(mode, 8).expect("an octal mode"));
        }
        "link" => {
            let (path, target) = rest.split_once(" -> ").expect("`link PATH -> TARGET`");
            let path = project.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a new folder");
            symlink(target, path).expect("a new link");
        }
        _ => panic!("{name}: there is no section `{kind}`"),
    }
}

#[cfg(not(unix))]
fn make_for_unix(name: &str, _: &TempProject, kind: &str, _: &str, _: &str) {
    panic!("{name}: there is no section `{kind}` here");
}

/// Runs one command line; gives the unchanged standard output for a closer look.
fn carry_out(project: &TempProject, run: &mut Run, prepared: Prepared) -> String {
    let mut environment = Vec::new();
    let mut folder = project.path().to_owned();
    let mut line = words(&run.line).into_iter().peekable();
    while let Some((variable, value)) = line.peek().and_then(|word| word.split_once('=')) {
        let value = value.replace("{folder}", &project.path().display().to_string());
        environment.push((variable.to_owned(), value));
        line.next();
    }
    if let Some(inner) = line.next_if(|word| word.ends_with('$')) {
        folder.push(inner.trim_end_matches('$'));
    }
    let arguments: Vec<String> = line.collect();
    let (stdout, stderr, exit) = match prepared.look {
        Some(look) => inside(folder, arguments, environment, prepared.stdin, look),
        None => outside(&folder, &arguments, environment, &prepared.stdin),
    };
    run.stdout = shown(project, &stdout);
    run.stderr = shown(project, &stderr);
    run.exit = exit;
    String::from_utf8_lossy(&stdout).into_owned()
}

/// In this process, as if on a terminal.
fn inside(
    folder: std::path::PathBuf,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
    stdin: Vec<u8>,
    look: Look,
) -> (Vec<u8>, Vec<u8>, i32) {
    assert_eq!(arguments[0], "envctl", "only `envctl` runs on a pretended terminal");
    let input = Box::new(std::io::Cursor::new(stdin));
    let inside = Inside { folder, arguments, environment, input, look, ..Inside::default() };
    let (exit, stdout, stderr) = inside.run();
    (stdout, stderr, i32::from(Exit::code(exit)))
}

/// As a program of its own.
fn outside(
    folder: &Path,
    arguments: &[String],
    environment: Vec<(String, String)>,
    stdin: &[u8],
) -> (Vec<u8>, Vec<u8>, i32) {
    let mut command = program(&arguments[0]);
    command.args(&arguments[1..]).envs(environment).current_dir(folder);
    let output = crate::support::with_input(command, stdin);
    (output.stdout, output.stderr, output.status.code().unwrap_or(-1))
}

/// What was printed, as it stands in a transcript.
fn shown(project: &TempProject, bytes: &[u8]) -> String {
    let mut text = String::from_utf8_lossy(bytes)
        .replace(&project.path().display().to_string(), "{folder}")
        .replace('\u{1b}', "␛")
        .replace('\r', "␍");
    if !text.is_empty() && !text.ends_with('\n') {
        text.push_str("␄\n");
    }
    text
}

/// Every file below a folder: its mode and its bytes. A link counts with what it points to.
fn files(folder: &Path) -> BTreeMap<String, (String, Vec<u8>)> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("a readable folder") {
            let path = entry.expect("an entry").path();
            let about = fs::symlink_metadata(&path).expect("a file");
            let name = path.strip_prefix(folder).expect("below the folder").display().to_string();
            if about.is_dir() {
                folders.push(path);
            } else if about.is_symlink() {
                let target = fs::read_link(&path).expect("a link").display().to_string();
                found.insert(name, (format!("-> {target}"), Vec::new()));
            } else {
                found.insert(name, (mode(&about), fs::read(&path).unwrap_or_default()));
            }
        }
    }
    found
}

#[cfg(unix)]
fn mode(about: &fs::Metadata) -> String {
    use std::os::unix::fs::PermissionsExt;
    format!("{:04o}", about.permissions().mode() & 0o7777)
}

#[cfg(not(unix))]
fn mode(_: &fs::Metadata) -> String {
    "0600".to_owned()
}

/// Only `export`, `get` and `dotenv` show secrets, and only where it is asked to: on standard output, or in the file of
/// `--output`. `lint --fix` leaves them in the file where they are, and `pull` puts them into the env file.
fn search(name: &str, canaries: &Canaries, run: &Run, stdout: &str) {
    let line = words(&run.line);
    let has = |option: &str| line.iter().any(|word| word == option);
    let exporting = ["export", "envctl-export", "get", "dotenv"];
    let exports = line.iter().any(|word| exporting.contains(&&**word)) && !has("--explain");
    let to_file = has("-o") || has("--output");
    let place = |what: &str| format!("{what} of `{}` in {name}", run.line);
    if !exports || to_file {
        canaries.scan(&place("the output"), stdout);
    }
    canaries.scan(&place("the messages"), &run.stderr);
    for (path, _, text) in &run.wrote {
        let is_pulled = has("pull") && path.starts_with(".env");
        let is_meant = (exports && to_file) || has("--fix") || is_pulled;
        if !is_meant {
            canaries.scan(&place(path), text);
        }
    }
}
