//! Contracts that extend others: `tests/extends/NAME/main.toml` with the files beside it, and `NAME.txt` with what
//! comes of them, or with what is wrong.

use std::collections::HashMap;
use std::fmt::Write;
use std::path::{Component, Path, PathBuf};

use envschema::{
    Contract, DiagnosticCode, Place, Presence, Rule, Schema, SchemaErrors, SourceText, Span, Variable,
};
use proptest::prelude::*;

use crate::support::Answers;

/// A path from the folder of a file, without `.` and `..`.
fn beside(file: &str, path: &str) -> String {
    let mut folder = Path::new(file).parent().unwrap_or(Path::new("")).to_owned();
    for part in Path::new(path).components() {
        match part {
            Component::ParentDir => drop(folder.pop()),
            Component::CurDir => {}
            part => folder.push(part),
        }
    }
    folder.display().to_string()
}

fn read(files: &HashMap<String, String>) -> Result<Schema, SchemaErrors> {
    let mut find = |from: &str, path: &str| {
        let name = beside(from, path);
        let text = files.get(&name).ok_or("there is no such file")?;
        Ok(SourceText::new(&name, text))
    };
    Schema::read("main.toml", &files["main.toml"], &mut find)
}

/// The files of a folder and of those in it, by their paths from it.
fn files(folder: &Path) -> HashMap<String, String> {
    let mut files = HashMap::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(inner) = folders.pop() {
        for entry in std::fs::read_dir(folder.join(&inner)).expect("a folder") {
            let entry = entry.expect("an entry");
            let path = inner.join(entry.file_name());
            if entry.path().is_dir() {
                folders.push(path);
            } else {
                let text = std::fs::read_to_string(entry.path()).expect("a text");
                files.insert(path.display().to_string(), text);
            }
        }
    }
    files
}

fn variable_line(contract: &Contract, schema: &Schema, variable: &Variable) -> String {
    let required = match &variable.presence {
        Presence::Required => "always".to_owned(),
        Presence::Optional => "never".to_owned(),
        Presence::When(condition) => condition.text.clone(),
    };
    let group = variable.group.map(|group| contract.groups()[group].title.as_str());
    format!(
        "{} {} {} default={:?} group={group:?} about={:?} required={required} at {}",
        variable.name,
        variable.kind.name(),
        variable.visibility,
        variable.default.as_deref().unwrap_or_default(),
        variable.about.as_deref().unwrap_or_default(),
        column(&schema.source().place(variable.span)),
    )
}

fn column(place: &Place) -> String {
    match place {
        Place::File { path, line, column } => format!("{path}:{line}:{column}"),
        place => place.to_string(),
    }
}

fn told(schema: &Schema) -> String {
    let mut text = String::new();
    let base = schema.base();
    let names: Vec<&str> = schema.source().files().map(|(name, _)| name).collect();
    writeln!(text, "{} ({:?}) {:?} of {}", base.name(), base.about(), base.kind(), names.join(", "))
        .expect("text");
    for environment in base.environments() {
        writeln!(text, "{environment:?}").expect("text");
    }
    for condition in base.conditions() {
        writeln!(text, "{} = {}", condition.name, condition.condition.text).expect("text");
    }
    for group in base.groups() {
        writeln!(text, "{group:?}").expect("text");
    }
    for name in ["OLD", "OLDER"] {
        if let Some(instead) = base.removed(name) {
            writeln!(text, "{name}: {instead}").expect("text");
        }
    }
    let environments = base.environments().iter().map(|one| (Some(one.name.as_str()), None));
    let profiles = schema.profiles().map(|(name, _)| (None, Some(name)));
    for (environment, profile) in std::iter::once((None, None)).chain(environments).chain(profiles) {
        let contract = schema.contract(environment, profile).expect("a view");
        writeln!(text, "-- {environment:?} {profile:?}").expect("text");
        for variable in contract.variables() {
            writeln!(text, "{}", variable_line(&contract, schema, variable)).expect("text");
        }
        for Rule { kind, span, .. } in contract.rules() {
            writeln!(text, "{kind:?} at {}", column(&schema.source().place(*span))).expect("text");
        }
    }
    text
}

#[test]
fn what_comes_of_files_is_told() {
    let mut answers = Answers::default();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/extends");
    let entries = std::fs::read_dir(&folder).expect("cases").map(|entry| entry.expect("an entry").path());
    let mut cases: Vec<_> = entries.filter(|path| path.is_dir()).collect();
    cases.sort();
    for case in cases {
        let invalid = case.file_name().is_some_and(|name| name.to_string_lossy().starts_with("invalid"));
        let answer = match read(&files(&case)) {
            Ok(schema) if !invalid => told(&schema),
            Err(errors) if invalid => errors.to_string(),
            Ok(_) => panic!("{} is taken", case.display()),
            Err(errors) => panic!("{}\n{errors}", case.display()),
        };
        answers.compare(&case.with_extension("txt"), &answer);
    }
    answers.finish();
}

#[test]
fn who_has_no_files_says_so() {
    let text = "[schema]\nname = \"shop\"\nextends = \"common.toml\"\n";
    let errors = Schema::parse("shop.toml", text).map(drop).expect_err("no files");
    let codes: Vec<_> = errors.iter().map(|one| one.code).collect();
    assert_eq!((errors.name(), codes), ("shop.toml", vec![DiagnosticCode::Unreadable]));
    let mut document =
        Schema::parse("shop.toml", "[schema]\nname = \"shop\"\n").expect("a contract").document().clone();
    let path = envschema::document::OneOrMany::One("common.toml".to_owned().into());
    document.schema.get_or_insert_default().value.extends = path.into();
    let errors = Schema::from_document("shop", document).map(drop).expect_err("no files");
    assert!(errors.to_string().contains("this contract extends another"), "{errors}");
}

/// The variables without their places, by name.
fn variables(schema: &Schema) -> Vec<Variable> {
    let mut variables = schema.variables().to_vec();
    for variable in &mut variables {
        variable.span = Span::default();
    }
    variables.sort_by(|a, b| a.name.cmp(&b.name));
    variables
}

fn contract(head: &str, lines: &[(usize, &str)]) -> String {
    let mut text = format!("[schema]\n{head}\n");
    for name in 0..3 {
        let own: Vec<_> = lines.iter().filter(|(of, _)| *of == name).map(|(_, line)| *line).collect();
        if !own.is_empty() {
            text.push_str(&format!("[vars.V{name}]\n{}\n", own.join("\n")));
        }
    }
    text
}

const LINES: [&str; 8] = [
    "about = \"é\"",
    "type = \"integer\"",
    "min = 1",
    "required = false",
    "visibility = \"plain\"",
    "default = 5",
    "derive = '${output.a}'",
    "docs = '''\nd'''",
];

proptest! {
    #[test]
    fn a_contract_in_parts_is_the_whole(
        parts in prop::collection::vec(0_usize..6, 24),
    ) {
        let all: Vec<(usize, &str)> = (0..3).flat_map(|name| LINES.iter().map(move |line| (name, *line))).collect();
        // In no file, in one of three, or in the first and in the last, which agree.
        let of = |wanted: &[usize]| {
            let chosen = all.iter().zip(&parts).filter(|(_, part)| wanted.contains(part));
            chosen.map(|(line, _)| *line).filter(|(_, line)| *line != "min = 1").collect::<Vec<_>>()
        };
        let whole = contract("name = \"x\"", &of(&[1, 2, 3, 4, 5]));
        let files = HashMap::from([
            ("main.toml".to_owned(), contract("name = \"x\"\nextends = [\"a.toml\", \"b.toml\"]", &of(&[1, 4, 5]))),
            ("a.toml".to_owned(), contract("extends = \"c/c.toml\"", &of(&[2, 4]))),
            ("b.toml".to_owned(), contract("extends = \"c/c.toml\"", &of(&[]))),
            ("c/c.toml".to_owned(), contract("", &of(&[3, 5]))),
        ]);
        match (Schema::parse("whole", &whole), read(&files)) {
            (Ok(whole), Ok(parts)) => prop_assert_eq!(variables(&whole), variables(&parts)),
            (Err(whole), Err(parts)) => {
                let texts = |errors: &SchemaErrors| {
                    let mut texts: Vec<_> = errors.iter().map(|one| one.message.clone()).collect();
                    texts.sort();
                    texts
                };
                prop_assert_eq!(texts(&whole), texts(&parts));
            }
            (whole, parts) => prop_assert!(false, "{:?} {:?}", whole.err(), parts.err()),
        }
    }

    #[test]
    fn any_files_are_read_or_refused_at_places_in_them(
        texts in prop::collection::vec(prop::collection::vec(prop::sample::select(vec![
            "[schema]", "name = \"x\"", "extends = \"f1\"", "extends = [\"f2\", \"f0\", \"none\"]", "extends = 'f3'", "[vars.A]", "type = \"prt\"",
            "required = 'B || c'", "[conditions]", "c = 'd'", "d = 'c'", "derive = '${A}${é}'", "[[rules]]", "one_of = [\"A\", \"é\"]", "= 5", "\"\"\"",
        ]), 0..8), 4),
        crlf in any::<bool>(),
    ) {
        let end = if crlf { "\r\n" } else { "\n" };
        let mut files: HashMap<_, _> =
            texts.iter().enumerate().map(|(at, lines)| (format!("f{at}"), lines.join(end))).collect();
        files.insert("main.toml".to_owned(), format!("[schema]{end}extends = \"f0\"{end}{}", texts[0].join(end)));
        if let Err(errors) = read(&files) {
            for diagnostic in errors.iter() {
                let Place::File { path, line, column } = errors.place(diagnostic) else { panic!("a file") };
                let lines = files[&*path].lines().count() + 1;
                prop_assert!((1..=lines).contains(&(line as usize)) && column > 0, "{path}:{line}:{column}");
            }
            prop_assert!(errors.render(true).len() >= errors.render(false).len());
        }
    }
}
