//! What somebody else changed, as Markdown; and what targets hold, taken into the env file.

use serde_json::json;

use crate::support::Site;

/// A bundle with a key that somebody changed, and one that is as it should be.
fn drifted() -> (Site, String) {
    let site = Site::shop(&[("api", &["API_KEY", "API_URL"]), ("web", &["WEB_KEY"])]);
    site.done("sync --to all --yes");
    let theirs = site.secret("theirs");
    let mut holds = site.holds("shop-api");
    holds["API_KEY"] = json!(theirs);
    site.overwrite("shop-api", &holds);
    (site, theirs)
}

/// The command behind a word of the report.
fn command<'t>(report: &'t str, word: &str) -> &'t str {
    let line = report.lines().find_map(|line| line.strip_prefix(&format!("- {word}: `envctl "))).expect(word);
    line.strip_suffix('`').expect("a command")
}

#[test]
fn without_drift_it_says_so() {
    let site = Site::shop(&[("api", &["API_KEY"])]);
    site.done("sync --to all --yes");
    let ran = site.run("drift -e prod").ended(0);
    assert_eq!(ran.out, "# Drift of shop prod\n\nNone: every target holds what it should.\n");
    site.assert_nothing_written();
}

#[test]
fn it_is_the_same_text_as_long_as_nothing_changes() {
    let (site, _) = drifted();
    let first = site.run("drift -e prod").ended(1).told(&[
        "# Drift of shop prod\n\n## `shop-api` (secretsmanager, ",
        "Somebody else changed these keys since envctl wrote them, at 20",
        "- `API_KEY` (ours: .env.prod:1)",
        "- Accept: `envctl sync --to api -e prod --accept-remote API_KEY`",
        "- Revert: `envctl sync --to api -e prod --overwrite API_KEY`",
    ]);
    let second = site.run("drift -e prod").ended(1);
    assert_eq!(first.out, second.out);
    assert!(!first.out.contains("shop-web"), "what is as it should be is left out");
    site.assert_nothing_written();
}

#[test]
fn the_commands_in_it_do_what_they_say() {
    let (site, theirs) = drifted();
    let report = site.run("drift -e prod").ended(1).out;
    site.run(&format!("{} --yes", command(&report, "Revert"))).ended(0);
    assert_eq!(site.holds("shop-api")["API_KEY"], site.value("API_KEY"));
    site.run("drift -e prod").ended(0);

    let mut holds = site.holds("shop-api");
    holds["API_KEY"] = json!(theirs);
    site.overwrite("shop-api", &holds);
    let report = site.run("drift -e prod").ended(1).out;
    site.run(&format!("{} --yes", command(&report, "Accept"))).ended(0);
    assert!(site.folder.read(".env.prod").contains(&format!("API_KEY={theirs}\n")));
    assert_eq!(site.holds("shop-api"), holds);
    site.run("drift -e prod").ended(0);
}

#[test]
fn what_is_still_to_be_carried_there_is_told_apart() {
    let (site, _) = drifted();
    site.change("WEB_KEY");
    let report = site
        .run("drift -e prod")
        .ended(1)
        .told(&["## `shop-web`", "These keys have newer values in the sources"])
        .out;
    site.run(&format!("{} --yes", command(&report, "Carry them there"))).ended(0);
    site.run("drift -e prod --to web").ended(0);
}

#[test]
fn what_cannot_be_looked_at_is_no_drift() {
    let (site, _) = drifted();
    site.aws.faults(json!([
        {"op": "secretsmanager:.*", "target": "shop-web", "do": "error", "code": "AccessDeniedException", "message": "", "status": 400},
        {"op": "secretsmanager:BatchGetSecretValue", "do": "error", "code": "AccessDeniedException", "message": "", "status": 400},
    ]));
    site.run("drift -e prod").ended(3).told(&[
        "## `shop-api`",
        "## `shop-web`",
        "not allowed (AccessDeniedException)",
    ]);
}

#[test]
fn one_report_for_each_environment_even_if_one_is_not_valid() {
    let site = Site::shop(&[("api", &["API_KEY"])]).open(".env.dev");
    site.edit("envctl.toml", "secret = \"shop-api\"", "secret = \"${environment}-api\"");
    let dev = site.secret("dev");
    site.folder.write(".env.dev", format!("API_KEY={dev}\n"));
    site.done("sync --to all -e prod --yes");
    site.done("sync --to all -e dev --yes");
    let none = "None: every target holds what it should.";
    let ran = site.run("drift -e all").ended(0);
    assert_eq!(ran.out, format!("# Drift of shop prod\n\n{none}\n\n# Drift of shop dev\n\n{none}\n"));
    site.edit("envschema.toml", "[vars.API_KEY]\n", "[vars.API_KEY]\nprefix = \"canary\"\n");
    site.folder.write(".env.dev", "API_KEY=something-else\n");
    let ran = site.run("drift -e all").ended(1);
    ran.told(&["# Drift of shop prod", none, "# Drift of shop dev", "not valid", "`envctl validate -e dev`"]);
}

#[test]
fn what_targets_hold_is_taken_into_the_env_file() {
    let (site, theirs) = drifted();
    site.run("pull --from all -e prod").ended(6).told(&[".env.prod would change", "API_KEY"]);
    assert!(!site.folder.read(".env.prod").contains(&theirs));
    site.run("pull --from api -e prod --only API_URL").ended(0).told(&[".env.prod holds 1 variable already"]);
    site.run("pull --from all -e prod --yes").ended(0).told(&[".env.prod changed"]);
    assert!(site.folder.read(".env.prod").contains(&format!("API_KEY={theirs}\n")));
    site.run("pull --from all -e prod --yes").ended(0).told(&["already"]);
    site.run("sync --to all --check").ended(0);
    site.assert_nothing_written();
}

#[test]
fn a_new_machine_gets_its_env_file_from_the_targets() {
    let (site, theirs) = drifted();
    std::fs::remove_file(site.folder.join(".env.prod")).expect("a file of ours");
    site.run("pull --from all -e prod --yes").ended(0);
    let text = site.folder.read(".env.prod");
    for (variable, value) in
        [("API_KEY", theirs), ("API_URL", site.value("API_URL")), ("WEB_KEY", site.value("WEB_KEY"))]
    {
        assert!(text.contains(&format!("{variable}={value}\n")), "{variable}");
    }
    site.run("validate").ended(0);
}
