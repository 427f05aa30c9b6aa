//! A program as a target: what it is asked, what counts as an answer, and the example of the documentation.

use std::sync::Arc;
use std::time::Duration;

use envctl_resolver::runner::{Command, RunError, SystemRunner};
use envctl_sync::{
    Action, Change, ChangeKind, Choices, CommandTarget, Failure, Observed, Outcome, Pace, Plan, Target, apply,
};
use envctl_testkit::{Canaries, Reply, ScriptedRunner, TempProject};
use envschema::SecretValue;

use crate::support::{prepared, prepared_with, told, wanted};

const HELD: &str =
    r#"{"envctl":1,"records":[{"name":"web","is":"held","version":"7","values":{ "B":1.0, "A":"\u0031" }}]}"#;

fn scripted(replies: Vec<Reply>) -> (CommandTarget, Arc<ScriptedRunner>) {
    let expect = |runner: ScriptedRunner, reply| runner.expect(&["./store", "--fast"], reply);
    let runner = Arc::new(replies.into_iter().fold(ScriptedRunner::new(), expect));
    (CommandTarget::new(Command::new("./store").args(["--fast"]), runner.clone()), runner)
}

#[expect(clippy::disallowed_methods, reason = "compared with what the test expects")]
fn inputs(runner: &ScriptedRunner) -> Vec<String> {
    runner.ran().iter().map(|command| command.input().unwrap().expose().to_owned()).collect()
}

fn answer(record: &str) -> Reply {
    Reply::prints(format!(r#"{{"envctl":1,"records":[{record}]}}"#))
}

#[test]
fn a_program_is_asked_in_json() {
    let written = answer(r#"{"name":"web","is":"written","version":"8"}"#);
    let after =
        HELD.replace(r#"{ "B":1.0, "A":"\u0031" }"#, r#"{"A" : "2\n", "B":1.0}"#).replace("\"7\"", "\"8\"");
    let (target, runner) = scripted(vec![Reply::prints(HELD), written, Reply::prints(after)]);
    assert_eq!(target.identity().unwrap().to_string(), "command, ./store --fast");
    let planned = prepared(&target, &[wanted("web", &[("A", "2\n")])]);
    assert_eq!(told(&planned.plan), "update A:Change");
    assert_eq!(planned.plan.records[0].parent.as_deref(), Some("7"));
    let reports = apply(&target, &planned, Pace::default(), &|_| {});
    assert_eq!(reports[0].outcome, Outcome::Written { version: "8".to_owned() });
    runner.assert_done();
    let observe = r#"{"envctl":1,"op":"observe","records":[{"name":"web"}]}"#.to_owned() + "\n";
    let write =
        r#"{"envctl":1,"op":"write","records":[{"name":"web","version":"7","values":{"A":"2\n","B":1.0}}]}"#;
    assert_eq!(inputs(&runner), [observe.clone(), write.to_owned() + "\n", observe]);
}

#[test]
fn making_and_removing_are_asked_too() {
    let (target, runner) = scripted(vec![
        answer(r#"{"name":"n\"","is":"absent"}"#),
        answer(r#"{"name":"n\"","is":"conflict"}"#),
        Reply::prints(HELD),
        answer(r#"{"name":"web","is":"removed"}"#),
    ]);
    let planned = prepared(&target, &[wanted("n\"", &[("A", "1")])]);
    assert_eq!(apply(&target, &planned, Pace::default(), &|_| {})[0].outcome, Outcome::Conflict);
    let Observed::Held(held) = target.observe(&["web"]).remove(0) else { panic!("it is held") };
    let removed = target.apply(&Change { name: "web", kind: ChangeKind::Remove { held: &held } }).unwrap();
    assert_eq!(removed.version, "7");
    let asked = inputs(&runner);
    let create = r#"{"envctl":1,"op":"write","records":[{"name":"n\"","version":null,"values":{"A":"1"}}]}"#;
    assert_eq!(asked[1].trim_end(), create);
    assert_eq!(asked[3].trim_end(), r#"{"envctl":1,"op":"remove","records":[{"name":"web","version":"7"}]}"#);
    assert!(target.apply(&Change { name: "web", kind: ChangeKind::Restore }).is_err());
}

#[test]
fn an_answer_that_is_none_is_never_nothing() {
    let held = |rest: &str| format!(r#"{{"name":"web","is":"held"{rest}}}"#);
    let long = format!(r#","version":"{}","values":{{}}"#, "x".repeat(201));
    for record in [
        String::new(),
        r#"{"name":"api","is":"absent"}"#.to_owned(),
        r#"{"name":"web","is":"absent"},{"name":"web","is":"absent"}"#.to_owned(),
        r#"{"name":"web","is":"absent"},{"name":"api","is":"absent"}"#.to_owned(),
        r#"{"name":"web","is":"absent","version":"7"}"#.to_owned(),
        r#"{"name":"web","is":"gone"}"#.to_owned(),
        r#"{"name":"web","is":"absent","hunter2":1}"#.to_owned(),
        r#"{"name":"web","is":"written","version":"8"}"#.to_owned(),
        r#"{"name":"web","is":"conflict"}"#.to_owned(),
        r#"{"is":"absent"}"#.to_owned(),
        held(""),
        held(r#","version":"7""#),
        held(r#","values":{}"#),
        held(r#","version":"","values":{}"#),
        held(r#","version":"a\nb","values":{}"#),
        held(r#","version":7,"values":{}"#),
        held(&long),
    ] {
        let (target, _) = scripted(vec![answer(&record)]);
        let planned = told(&prepared(&target, &[wanted("web", &[("A", "1")])]).plan);
        assert!(planned.starts_with("unknown (`./store --fast`: its answer"), "{record}: {planned}");
        assert!(!planned.contains("hunter2"), "{planned}");
    }
    for text in
        [&b""[..], b"hunter2", b"[]", b"{}", b"\xff", br#"{"envctl":2,"records":[]}"#, br#"{"envctl":1}"#]
    {
        let (target, _) = scripted(vec![Reply::prints(text)]);
        let planned = told(&prepared(&target, &[wanted("web", &[("A", "1")])]).plan);
        assert!(planned.starts_with("unknown (`./store --fast`: its answer"), "{planned}");
    }
    for (values, what) in [("[]", "no object"), (r#"{"A":1,"A":2}"#, "twice")] {
        let (target, _) = scripted(vec![answer(&held(&format!(r#","version":"7","values":{values}"#)))]);
        let planned = told(&prepared(&target, &[wanted("web", &[("A", "1")])]).plan);
        assert!(planned.starts_with("refuse (") && planned.contains(what), "{planned}");
    }
}

#[test]
fn failures_are_told_without_what_was_printed() {
    let failed = |status| Reply::Fails(status, "hunter2".to_owned());
    let timed_out = Reply::Error(RunError::TimedOut {
        command: "./store".to_owned(),
        deadline: Duration::from_secs(5),
        stderr: "hunter2".to_owned(),
    });
    let missing =
        || Reply::Error(RunError::NotFound { program: "./store".to_owned(), help: "make it".to_owned() });
    for (reply, kind, message) in [
        (failed(3), Failure::Rejected, "`./store --fast`: it ended with status 3"),
        (timed_out, Failure::Deadline, "`./store --fast`: it did not end within 5 s"),
        (missing(), Failure::Settings, "the program `./store` was not found"),
        (
            answer(r#"{"name":"web","is":"failed","why":"denied"}"#),
            Failure::Denied,
            "`./store --fast`: it says that it could not do it",
        ),
        (
            answer(r#"{"name":"web","is":"failed"}"#),
            Failure::Rejected,
            "`./store --fast`: it says that it could not do it",
        ),
    ] {
        let (target, _) = scripted(vec![reply]);
        let plan = prepared(&target, &[wanted("web", &[("A", "1")])]).plan;
        let Action::Unknown { kind: told, why, .. } = &plan.records[0].action else { panic!("{plan:?}") };
        assert_eq!((*told, why.as_str()), (kind, message));
    }
    let outcome = |replies: Vec<Reply>| {
        let absent = answer(r#"{"name":"web","is":"absent"}"#);
        let (target, _) = scripted([vec![absent], replies].into_iter().flatten().collect());
        let planned = prepared(&target, &[wanted("web", &[("A", "1")])]);
        apply(&target, &planned, Pace::default(), &|_| {}).remove(0).outcome
    };
    let absent = || answer(r#"{"name":"web","is":"absent"}"#);
    assert!(matches!(outcome(vec![missing()]), Outcome::Failed { kind: Failure::Settings, .. }));
    assert!(matches!(outcome(vec![failed(1), absent()]), Outcome::Unclear { .. }));
    assert!(matches!(outcome(vec![Reply::prints("garbage"), absent()]), Outcome::Unclear { .. }));
    let written = answer(r#"{"name":"web","is":"held","version":"1","values":{"A":"1"}}"#);
    assert_eq!(outcome(vec![failed(1), written]), Outcome::Written { version: "1".to_owned() });
    let denied = answer(r#"{"name":"web","is":"failed","why":"denied"}"#);
    assert!(matches!(outcome(vec![denied]), Outcome::Failed { kind: Failure::Denied, .. }));
}

#[test]
fn values_are_in_standard_input_only() {
    let mut canaries = Canaries::new();
    let (old, new) = (canaries.plant("old"), canaries.plant("new"));
    let held = answer(&format!(r#"{{"name":"web","is":"held","version":"7","values":{{"A":"{old}"}}}}"#));
    let failed = || Reply::Fails(3, format!("{old} {new}"));
    let (target, runner) = scripted(vec![held, failed(), failed()]);
    let planned = prepared(&target, &[wanted("web", &[("A", &new)])]);
    canaries.scan("the plan", planned.plan.to_json());
    let reports = apply(&target, &planned, Pace::default(), &|_| {});
    canaries.scan("the reports", format!("{reports:?}"));
    for command in runner.ran() {
        canaries.scan("the command", format!("{command:?} {command}"));
        assert!(command.variables().is_empty());
    }
}

/// The first block of the documentation in this language.
fn block(language: &str) -> String {
    let text = include_str!("../../../docs/command-target.md");
    let (_, rest) = text.split_once(&format!("```{language}\n")).expect("the page has it");
    rest.split_once("```").expect("it ends").0.to_owned()
}

#[test]
#[cfg(unix)]
fn the_example_keeps_records() {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test program is its own edge: it takes the one snapshot"
    )]
    let runner = Arc::new(SystemRunner::new(std::env::vars_os().collect()));
    let project = TempProject::new().file("store.py", block("python"));
    let command = Command::new("python3").args(["store.py", "store.json"]).folder(project.path());
    let target = CommandTarget::new(command, runner);

    let all: Vec<_> =
        (0..6).map(|number| wanted(&format!("r{number}"), &[("A", "1"), ("B", "é\n")])).collect();
    let first = prepared(&target, &all);
    assert!(first.plan.records.iter().all(|record| record.action == Action::Create), "{}", told(&first.plan));
    let reports = apply(&target, &first, Pace::default(), &|_| {});
    assert!(reports.iter().all(|report| matches!(report.outcome, Outcome::Written { .. })), "{reports:?}");
    assert!(prepared(&target, &all).plan.is_in_sync());
    let saved = Plan::from_json(&first.plan.to_json()).unwrap();
    assert_eq!(saved.check_still(&prepared(&target, &all).plan), Ok(()), "what is done is no difference");

    let again = apply(&target, &first, Pace::default(), &|_| {});
    assert!(again.iter().all(|report| report.outcome == Outcome::Conflict), "{again:?}");
    let other = [wanted("r0", &[("A", "2")])];
    let planned = prepared_with(&target, &other, &Choices::default());
    assert_eq!(told(&planned.plan), "update A:Change");
    let reports = apply(&target, &planned, Pace::default(), &|_| {});
    assert!(matches!(reports[0].outcome, Outcome::Written { .. }), "{reports:?}");

    let Observed::Held(held) = target.observe(&["r0"]).remove(0) else { panic!("it is held") };
    assert_eq!(held.content, SecretValue::from(r#"{"A":"2","B":"é\n"}"#));
    let _ = target.apply(&Change { name: "r0", kind: ChangeKind::Remove { held: &held } }).unwrap();
    assert!(matches!(target.observe(&["r0"])[0], Observed::Absent));
    assert!(target.apply(&Change { name: "r0", kind: ChangeKind::Remove { held: &held } }).is_err());
}

#[test]
fn the_requests_of_the_documentation_are_requests() {
    for line in block("json").lines() {
        let request: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(request["envctl"], 1);
    }
}
