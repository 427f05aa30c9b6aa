//! Reports hold any text: what a contract and an env file say comes back out of every format as it was.

use std::path::Path;
use std::process::Command;

use envctl_testkit::TempProject;
use proptest::prelude::*;

use crate::read_back::missing;
use crate::support::Inside;
use crate::transcripts::documents::{assert_junit, assert_sarif};

/// Text with everything that means something to one of the formats.
fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "[ -~]{0,6}",
        "[%:,&<>\"'`|*_\\\\\\[\\]#$~]{1,4}",
        prop::sample::select(vec![
            "\n",
            "\r",
            "\r\n",
            "\u{1}",
            "\u{1b}",
            "\u{fffe}",
            "]]>",
            "::error::",
            "%0A",
            "ü🦀"
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(part, 1..8).prop_map(|parts| format!("x{}x", parts.concat()))
}

/// A project whose group title, report and help are these texts.
fn project(title: &str, missing: &str, help: &str) -> TempProject {
    let quoted = |text: &str| {
        let escape = |c: char| match c {
            '"' | '\\' => format!("\\{c}"),
            c if c.is_control() => format!("\\u{:04X}", u32::from(c)),
            c => c.to_string(),
        };
        format!("\"{}\"", text.chars().map(escape).collect::<String>())
    };
    TempProject::new().file(
        "envschema.toml",
        format!(
            "[schema]\nname = \"shop\"\n[[groups]]\nid = \"g\"\ntitle = {}\n\
             [vars.A]\ngroup = \"g\"\nmissing = {}\nwithout = {}\n",
            quoted(title),
            quoted(missing),
            quoted(help)
        ),
    )
}

fn report(project: &TempProject, format: &str) -> String {
    let arguments = ["envctl", "validate", "--format", format, "--no-process-env"];
    let inside = Inside {
        folder: project.path().to_owned(),
        arguments: arguments.map(str::to_owned).to_vec(),
        ..Inside::default()
    };
    let (_, output, messages) = inside.run();
    assert_eq!(String::from_utf8_lossy(&messages), "");
    String::from_utf8(output).expect("text")
}

/// What the report for programs says: message and help.
fn told(project: &TempProject) -> (String, String) {
    let json: serde_json::Value = serde_json::from_str(&report(project, "json")).expect("JSON");
    let part = |name: &str| json["findings"][0][name].as_str().expect("a text").to_owned();
    (part("message"), part("help"))
}

/// Reads a workflow command as the runner does: the properties and the message.
fn command(line: &str) -> (Vec<(String, String)>, String) {
    let (head, message) = line.strip_prefix("::").expect("a command").split_once("::").expect("a message");
    let decoded = |text: &str| {
        let text = text.replace("%0D", "\r").replace("%0A", "\n").replace("%3A", ":").replace("%2C", ",");
        text.replace("%25", "%")
    };
    let properties = head.split_once(' ').map_or("", |(_, properties)| properties);
    let property = |text: &str| {
        let (name, value) = text.split_once('=').expect("a property");
        (name.to_owned(), decoded(value))
    };
    // In data, `:` and `,` are not escaped, and so not decoded either.
    let message = message.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    (properties.split(',').map(property).collect(), message)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_held(title in text(), missing in text(), help in text()) {
        // A heading is one line; the contract sees to it.
        let title = title.replace(char::is_control, "");
        let project = project(&title, &missing, &help);
        let (message, help) = told(&project);

        let github = report(&project, "github");
        prop_assert_eq!(github.lines().count(), 2, "{}", github);
        let (properties, read) = command(github.lines().next().expect("a line"));
        // A terminal would obey the others.
        let spelt_out = |c: char| match c {
            '\n' | '\r' => c.to_string(),
            c if c.is_control() => c.escape_default().to_string(),
            c => c.to_string(),
        };
        prop_assert_eq!(read, format!("{message}\n{help}").chars().map(spelt_out).collect::<String>());
        prop_assert_eq!(properties, [("title".to_owned(), "missing: A (shop)".to_owned())]);

        let sarif = report(&project, "sarif");
        assert_sarif("the report", &sarif);
        let sarif: serde_json::Value = serde_json::from_str(&sarif).expect("JSON");
        let text = &sarif["runs"][0]["results"][0]["message"]["text"];
        prop_assert_eq!(text.as_str(), Some(&*format!("{message}\n{help}")));

        let junit = report(&project, "junit");
        assert_junit("the report", &junit);

        let markdown = report(&project, "markdown");
        let bars = |line: &str| line.replace("\\\\", "").replace("\\|", "").matches('|').count();
        let rows: Vec<_> = markdown.lines().filter(|line| line.starts_with("| ")).collect();
        prop_assert_eq!(rows.len(), 2, "{}", &markdown);
        prop_assert!(rows.iter().all(|row| bars(row) == 5), "{}", &markdown);
        let ours = ["<br>", "<details>", "</details>", "<summary>", "</summary>"];
        let rest = ours.iter().fold(markdown.clone(), |text, tag| text.replace(tag, ""));
        prop_assert!(!rest.contains(['<', '>']), "{}", &markdown);
    }
}

/// The message of a failure as a real reader of XML gives it back.
#[test]
fn xml_is_read_back() {
    let project = project("g", "a < b && \"c\"\n\td ]]> e", "help");
    project.write("report.xml", report(&project, "junit"));
    let query = "string(//testcase[@name='A' and @classname='shop.g']/failure/@message)";
    let Some(read) = xpath(&project.join("report.xml"), query) else { return };
    assert_eq!(read, format!("{}\n", told(&project).0));
}

fn xpath(file: &Path, query: &str) -> Option<String> {
    let output = Command::new("xmllint").args(["--nonet", "--xpath", query]).arg(file).output();
    let output = output.ok().or_else(|| missing("xmllint"))?;
    Some(String::from_utf8(output.stdout).expect("text"))
}

#[test]
fn fingerprints_do_not_change_when_lines_move() {
    let fingerprints = |env_file: &str| {
        let project = TempProject::new()
            .file(
                "envschema.toml",
                "[schema]\nname = \"shop\"\n[vars.A]\ntype = \"port\"\nvisibility = \"plain\"\n",
            )
            .file(".env", env_file);
        let sarif: serde_json::Value = serde_json::from_str(&report(&project, "sarif")).expect("JSON");
        let results = sarif["runs"][0]["results"].as_array().expect("results").clone();
        results.into_iter().map(|result| result["partialFingerprints"].clone()).collect::<Vec<_>>()
    };
    let before = fingerprints("A=eighty\nB=1\nC=1\n");
    assert_eq!(before.len(), 3);
    assert_eq!(before, fingerprints("# moved\n\nA=ninety\n\nB=2\nC=3\n"));
    let mut distinct = before.clone();
    distinct.dedup();
    assert_eq!(distinct, before);
}
