//! One request has one answer, the same byte for byte in every language: `tests/conformance` at the root of the
//! repository. `UPDATE=1` writes the answers; read the difference before keeping it.

mod case;
mod languages;

use std::fs;
use std::path::{Path, PathBuf};

use envctl_testkit::TempProject;
use serde_json::Value;

use crate::support::{program, words};
use crate::transcripts::update;
use case::{Case, Cases};
use languages::Question;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance")
}

fn all() -> Vec<(PathBuf, Cases)> {
    let entries = fs::read_dir(folder()).expect("the folder of the cases");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("a readable folder").path()).collect();
    paths.sort();
    let read = |path: PathBuf| {
        let cases = Cases::parse(&fs::read_to_string(&path).expect("cases are text"));
        (path, cases)
    };
    paths.into_iter().map(read).collect()
}

/// A folder with what the requests work on.
fn project(cases: &Cases) -> TempProject {
    let project = TempProject::new();
    for (name, text) in &cases.files {
        project.write(name, text);
    }
    if let Some(contract) = &cases.contract {
        project.write("envschema.toml", contract);
    }
    project
}

/// An answer without what is random in it.
fn comparable(case: &Case, answer: &str) -> String {
    if !case.about.starts_with("random: ") {
        return answer.to_owned();
    }
    let (before, value) = answer.split_once("\"value\":\"").expect("a value was made");
    let (value, after) = value.split_once('"').expect("it ends");
    format!("{before}\"value\":\"{}\"{after}", "*".repeat(value.len()))
}

#[test]
fn every_language_gives_the_same_answer() {
    let (mut count, mut wrong) = (0, Vec::new());
    for (path, mut cases) in all() {
        let (project, has_contract) = (project(&cases), cases.contract.is_some());
        let ask = |case| Question { project: &project, case, has_contract };
        let questions: Vec<_> = cases.cases.iter().map(ask).collect();
        let mut answers = Vec::new();
        for question in &questions {
            let mut given = vec![("Rust", languages::rust(question))];
            given.push(("the command line", languages::command_line(question)));
            given.extend(languages::c(question).map(|answer| ("C", answer)));
            answers.push(given);
        }
        for (given, (now, later)) in
            answers.iter_mut().zip(languages::node(&project, &questions).into_iter().flatten())
        {
            given.extend([("Node", now), ("Node off the main thread", later)]);
        }
        for (case, given) in cases.cases.iter_mut().zip(answers) {
            count += 1;
            let given: Vec<_> =
                given.into_iter().map(|(language, answer)| (language, comparable(case, &answer))).collect();
            if update() {
                case.answer.clone_from(&given[0].1);
            }
            for (language, answer) in given {
                if answer != case.answer {
                    wrong.push(format!(
                        "{language}: {}: {}\n{answer}\n{}",
                        path.display(),
                        case.about,
                        case.answer
                    ));
                }
            }
        }
        if update() {
            fs::write(&path, cases.to_string()).expect("a writable folder");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(count >= 60, "only {count} cases are left");
}

/// The result is what the command line prints for the same question by its own options.
#[test]
fn results_are_what_commands_print() {
    let mut count = 0;
    for (path, cases) in all() {
        let project = project(&cases);
        for case in &cases.cases {
            let Some(command) = &case.command else { continue };
            count += 1;
            let output =
                program("envctl").args(words(command)).current_dir(project.path()).output().expect("it runs");
            let printed = String::from_utf8(output.stdout).expect("text");
            let answer: Value = serde_json::from_str(&case.answer).expect("an answer is JSON");
            let result = &answer["result"];
            let place = format!("{}: {}", path.display(), case.about);
            match result.get("text") {
                Some(text) => assert_eq!(printed, text.as_str().expect("a text"), "{place}"),
                None => {
                    let printed: Value = serde_json::from_str(&printed).expect("it prints JSON");
                    assert_eq!(printed.to_string(), result.to_string(), "{place}");
                }
            }
        }
    }
    assert!(count >= 30, "only {count} commands are left");
}

/// Requests and answers are what the published JSON Schema says, and what is no request is none by it either.
#[test]
fn cases_are_what_the_schema_says() {
    let schemas = folder().join("../../schema/json");
    let read = |name: &str| -> Value {
        let text = fs::read_to_string(schemas.join(format!("{name}.schema.json"))).expect("a schema");
        serde_json::from_str(&text).expect("a schema is JSON")
    };
    let published = ["validate", "explain", "lint"].map(|name| {
        let schema = read(name);
        let id = schema["$id"].as_str().expect("it has an id").to_owned();
        (id, jsonschema::Resource::from_contents(schema))
    });
    let registry =
        jsonschema::Registry::new().extend(published).expect("schemas").prepare().expect("schemas");
    let validator = jsonschema::options().with_registry(&registry).build(&read("ffi")).expect("a schema");
    for (path, cases) in all() {
        for case in &cases.cases {
            let place = format!("{}: {}", path.display(), case.about);
            let answer: Value = serde_json::from_str(&case.answer).expect("an answer is JSON");
            let problems: Vec<_> = validator.iter_errors(&answer).map(|error| error.to_string()).collect();
            assert!(problems.is_empty(), "{place}: {problems:?}");
            let is_request =
                serde_json::from_str(&case.request).is_ok_and(|request| validator.is_valid(&request));
            let is_taken = !matches!(answer["error"]["code"].as_str(), Some("request" | "version"));
            // JSON that no text can be made of is JSON nevertheless.
            let half = case.request.contains(r"\ud83d") && !is_taken;
            assert!(is_request == is_taken || half, "{place}: the schema and the reader disagree");
        }
    }
}

/// What is planted in the requests is in the answers of those operations alone that give values.
#[test]
fn no_answer_tells_a_secret() {
    for (path, cases) in all() {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        if ["resolve", "export"].contains(&name.as_str()) {
            continue;
        }
        for case in &cases.cases {
            assert!(!case.answer.contains("canary"), "{name}: {}: {}", case.about, case.answer);
        }
    }
}
