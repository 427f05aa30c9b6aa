//! `.env` files as layers.

use envctl_dotenv::Dialect;
use envctl_resolver::LayerKind;
use envctl_resolver::sources::{EnvFile, Examples, Severity, SourceError};
use envctl_testkit::{Canaries, TempProject};
use envschema::Place;
use proptest::prelude::*;

use super::text;

const FILE: &str = "# shop\nexport PORT = 8080\nTOKEN='a b'\nEMPTY=\nnot a line\nPORT=\"9\\n0\"\nX=a#b\n";

#[test]
fn values_places_problems_and_duplicates() {
    let project = TempProject::new().file(".env.prod", FILE);
    let path = project.join(".env.prod");
    let shown = path.display().to_string();
    let file = EnvFile::read(&path).unwrap();

    assert_eq!((file.layer.kind(), file.layer.source()), (LayerKind::Existing, shown.as_str()));
    let port = file.layer.get("PORT").unwrap();
    assert_eq!((text(&port.value), &port.place), ("9\n0", &Place::file(shown.as_str(), 6, 1)));
    assert_eq!(text(&file.layer.get("TOKEN").unwrap().value), "a b");
    assert!(file.layer.get("EMPTY").unwrap().value.is_empty());

    let problems: Vec<_> = file.problems.iter().map(|p| (p.code, p.severity, p.place.clone())).collect();
    let expected = [
        ("no-equals", Severity::Error, Place::file(shown.as_str(), 5, 1)),
        ("hash-without-blank", Severity::Warning, Place::file(shown.as_str(), 7, 4)),
    ];
    assert_eq!(problems, expected);
    assert_eq!(file.problems[1].name.as_deref(), Some("X"));
    assert!(file.problems.iter().all(|problem| !problem.message.is_empty() && !problem.help.is_empty()));

    let [duplicate] = file.duplicates.as_slice() else { panic!("one name is given twice") };
    assert_eq!(duplicate.name, "PORT");
    assert_eq!(duplicate.places, [Place::file(shown.as_str(), 2, 8), Place::file(shown.as_str(), 6, 1)]);
}

#[test]
fn standard_input_has_a_name_too() {
    let file = EnvFile::from_bytes(b"A=1\n".to_vec().into(), "-", Dialect::Portable).unwrap();
    assert_eq!(file.layer.get("A").unwrap().place, Place::file("-", 1, 1));
    let error = EnvFile::from_bytes(b"A=1\nB=\xff\n".to_vec().into(), "-", Dialect::Portable).unwrap_err();
    assert_eq!(error.to_string(), "-:2: is not valid UTF-8");
}

#[test]
fn examples_are_offered_and_no_layer() {
    let project = TempProject::new().file(".env.example", "A=sk-...\nEMPTY=\nQUOTED=''\nB='x y'\n");
    let examples = Examples::read(&project.join(".env.example")).unwrap();
    assert_eq!(text(&examples.get("A").unwrap().value), "sk-...");
    assert_eq!(text(&examples.get("B").unwrap().value), "x y");
    assert!(examples.get("EMPTY").is_none() && examples.get("QUOTED").is_none());
    assert_eq!(examples.names().count(), 2);
    assert!(matches!(Examples::read(&project.join("none")), Err(SourceError::NotFound { .. })));
}

proptest! {
    #[test]
    fn any_file_is_read_and_no_problem_shows_a_value(before in "[ -~\n]{0,20}", after in "[ -~\n]{0,20}") {
        let mut canaries = Canaries::new();
        let secret = canaries.plant("value");
        let given = format!("{before}={secret}{after}\nTOKEN=\"{secret}\"{after}\n'{secret}\n");
        let file = EnvFile::parse(&given, ".env");
        canaries.scan("the problems", format!("{:?} {:?}", file.problems, file.layer.kind()));
    }
}

#[test]
fn a_file_for_one_reader_is_read_by_its_rules() {
    let text = "A=1\noops\nURL=$A:80 # c\nDATE=$(date)\nA=2\n";
    let file = EnvFile::parse_as(text, ".env", Dialect::Dotenvx);
    let value = |name: &str| file.layer.get(name).map(|candidate| candidate.value.clone());
    assert_eq!(value("URL"), Some("1:80".into()));
    assert_eq!(value("DATE"), None);
    let told: Vec<_> = file.problems.iter().map(|it| (it.place.to_string(), it.code, it.severity)).collect();
    let wanted = [(".env:4", "runs", Severity::Error), (".env:2", "no-equals", Severity::Warning)];
    assert_eq!(told, wanted.map(|(place, code, severity)| (place.to_owned(), code, severity)));
    assert_eq!(file.duplicates.len(), 1);
    let refused = EnvFile::parse_as("A=1\nexport B=2\n", ".env", Dialect::Docker);
    assert_eq!((refused.layer.len(), refused.problems[0].code), (0, "refused"));
}
