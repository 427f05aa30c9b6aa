//! Judging values, case by case in files: `tests/findings/NAME.toml` holds a contract and sets of values,
//! `NAME.txt` what is said about each.
//!
//! A case gives `values`, and may give an `environment`, a `profile`, the lines of `.env` where values stand
//! (`lines`), where a placeholder was passed over (`passed_over`) and where a value is sealed (`sealed`).

use std::collections::HashMap;
use std::fmt::Write;

use envschema::{
    Assessment, Code, Contract, Finding, Given, Place, Schema, Severity, Values, Variable, VariableId,
};
use toml::{Table, Value};

use crate::support::{Answers, files, name};

#[derive(Default)]
struct Case {
    values: HashMap<String, String>,
    places: HashMap<String, Place>,
    passed_over: HashMap<String, Place>,
    sealed: HashMap<String, Place>,
}

impl Case {
    fn new(table: &Table) -> Self {
        let entries = |key: &str| table.get(key).and_then(Value::as_table).into_iter().flatten();
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let line = |value: &Value| {
            let line = value.as_integer().and_then(|line| u32::try_from(line).ok()).expect("a line");
            Place::file(".env", line, 1)
        };
        let places = |key| entries(key).map(|(name, value)| (name.clone(), line(value))).collect();
        Self {
            values: entries("values").map(|(name, value)| (name.clone(), text(value))).collect(),
            places: places("lines"),
            passed_over: places("passed_over"),
            sealed: places("sealed"),
        }
    }
}

impl Values for Case {
    fn given(&self, _: VariableId, variable: &Variable) -> Given<'_> {
        let name = &*variable.name;
        Given {
            text: self.values.get(name).map(String::as_str),
            place: self.places.get(name),
            placeholder: self.passed_over.get(name),
            sealed: self.sealed.get(name),
            ..Given::default()
        }
    }
}

fn told(finding: &Finding) -> String {
    let severity = if finding.severity == Severity::Error { "error" } else { "warning" };
    let about = finding.variable.as_deref().unwrap_or("-");
    let mut text = format!("{severity}[{}] {about}: {}\n", finding.code, finding.message);
    let lines = [
        ("help", finding.help.clone()),
        ("because", finding.because.as_ref().map(ToString::to_string)),
        ("at", finding.place.as_ref().map(ToString::to_string)),
    ];
    for (what, line) in lines {
        if let Some(line) = line {
            writeln!(text, "    {what}: {line}").expect("a text");
        }
    }
    text
}

fn states(contract: &Contract, assessment: &Assessment) -> String {
    let pairs = contract.variables().iter().zip(&assessment.states);
    let texts: Vec<_> = pairs.map(|(variable, state)| format!("{} {state:?}", variable.name)).collect();
    texts.join(", ")
}

fn answer(file: &str, document: &Table) -> String {
    let text = document["contract"].as_str().expect("a contract");
    let schema = Schema::parse(file, text).unwrap_or_else(|errors| panic!("{errors}"));
    let mut answer = String::new();
    for (name, case) in document["cases"].as_table().expect("cases") {
        let case = case.as_table().expect("a case");
        let choice = |key: &str| case.get(key).and_then(Value::as_str);
        let contract = schema.contract(choice("environment"), choice("profile")).expect(name);
        let assessment = contract.assess(&Case::new(case));
        writeln!(answer, "== {name}\n{}", states(&contract, &assessment)).expect("a text");
        for finding in assessment.findings.iter() {
            answer.push_str(&told(finding));
        }
        answer.push('\n');
    }
    answer
}

#[test]
fn what_is_found_is_told() {
    let mut answers = Answers::default();
    for path in files("tests/findings", "toml") {
        let text = std::fs::read_to_string(&path).expect("a case");
        let document: Table = text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        answers.compare(&path.with_extension("txt"), &answer(&format!("{}.toml", name(&path)), &document));
    }
    answers.finish();
}

#[test]
fn findings_are_json() {
    let text = "[schema]\nname = \"shop\"\n[vars.ON]\ntype = \"boolean\"\nvisibility = \"plain\"\n\
                [vars.KEY]\nrequired = 'ON'\nabout = \"the key\"\n";
    let schema = Schema::parse("contract", text).expect("a contract");
    let case = Case {
        values: HashMap::from([("ON".to_owned(), "1".to_owned())]),
        places: HashMap::from([("ON".to_owned(), Place::file(".env", 3, 4))]),
        ..Case::default()
    };
    let findings = schema.validate(&case);
    let expected = serde_json::json!([{
        "code": "missing",
        "severity": "error",
        "variable": "KEY",
        "message": "KEY is not set; it is required because ON is true (.env:3)",
        "help": "set KEY (the key)",
        "place": null,
        "because": "ON is true (.env:3)",
    }]);
    assert_eq!(serde_json::to_value(&findings).expect("JSON"), expected);
    assert_eq!((findings.count(Severity::Error), findings.count(Severity::Warning)), (1, 0));
}

#[test]
fn an_unknown_selection_says_what_there_is() {
    let text = "[schema]\nname = \"shop\"\n[environments.staging]\n[environments.production]\n";
    let schema = Schema::parse("contract", text).expect("a contract");
    let error = |environment, profile| {
        let error = schema.contract(environment, profile).map(drop).expect_err("not there");
        format!("{error}; {}", error.help())
    };
    assert_eq!(
        error(Some("prodution"), None),
        "shop has no environment `prodution`; did you mean `production`?"
    );
    assert_eq!(error(Some("qa"), None), "shop has no environment `qa`; choose `staging` or `production`");
    assert_eq!(error(None, Some("small")), "shop has no profile `small`; the contract defines no profiles");
    let free = Schema::parse("contract", "[schema]\nname = \"shop\"\n").expect("a contract");
    let contract = free.contract(Some("anything"), None).expect("a contract without environments takes any");
    assert_eq!((contract.environment(), contract.alias("sentry")), (Some("anything"), Some("anything")));
}

#[test]
fn every_code_of_a_judgement_occurs() {
    let all: String = files("tests/findings", "txt")
        .iter()
        .map(|file| std::fs::read_to_string(file).expect("text"))
        .collect();
    let judged =
        [Code::Missing, Code::Invalid, Code::Placeholder, Code::Conflict, Code::Deprecated, Code::Exposed];
    for code in judged {
        assert!(all.contains(&format!("[{code}]")), "no case shows {code}");
    }
}
