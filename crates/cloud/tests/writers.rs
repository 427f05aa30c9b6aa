//! Others write at the same time: nobody's write is lost.

use serde_json::{Value, json};

use crate::support::{Site, labels, writes};

/// A bundle with two of our keys, written twice so that our label is on it.
fn api() -> Site {
    let site = Site::shop(&[("api", &["API_KEY", "API_URL"])]);
    site.done("sync --to api --yes");
    site.change("API_URL");
    site.done("sync --to api --yes");
    site
}

/// Somebody writes this right after our new version was put beside, before it becomes current.
fn writer_at_the_swap(site: &Site, content: &Value) {
    site.aws.faults(json!([{
        "op": "secretsmanager:PutSecretValue", "do": "writer", "when": "after", "left": 1,
        "call": ["secretsmanager", "PutSecretValue", {"SecretId": "shop-api", "SecretString": content.to_string()}],
    }]));
}

#[test]
fn who_writes_another_key_at_the_swap_is_planned_around() {
    let site = api();
    let theirs = site.secret("theirs");
    let mut content = site.holds("shop-api");
    content["THEIRS"] = json!(theirs);
    writer_at_the_swap(&site, &content);
    let ours = site.change("API_KEY");
    site.run("sync --to api --yes").ended(0).told(&["ok: 1 written"]);
    content["API_KEY"] = json!(ours);
    assert_eq!(site.holds("shop-api"), content, "both are there");
    assert_eq!(
        writes(&site.aws),
        "PutSecretValue=2 UpdateSecretVersionStage=3",
        "put, refused, back, put, done"
    );
    site.run("sync --to api --check").ended(0);
}

#[test]
fn who_writes_our_key_at_the_swap_stands_until_somebody_decides() {
    let site = api();
    let theirs = site.secret("theirs");
    let mut content = site.holds("shop-api");
    content["API_KEY"] = json!(theirs);
    writer_at_the_swap(&site, &content);
    let ours = site.change("API_KEY");
    let ran = site.run("sync --to api --yes").ended(5);
    ran.told(&[
        "error: shop-api: somebody else changed it meanwhile; theirs stands",
        "run it again to plan anew",
    ]);
    assert_eq!(site.holds("shop-api"), content);

    // The next run tells whose value is there, and leaves it.
    let ran = site.run("sync --to api --yes").ended(6);
    ran.told(&[
        "! shop-api  not touched, 1 drifted",
        "! API_KEY",
        "somebody else changed it",
        "--overwrite KEY",
    ]);
    assert_eq!(site.holds("shop-api"), content);

    site.run("sync --to api --yes --overwrite API_KEY")
        .ended(0)
        .told(&["overwrite what somebody else wrote"]);
    content["API_KEY"] = json!(ours);
    assert_eq!(site.holds("shop-api"), content);
    site.run("sync --to api --check").ended(0);
}

#[test]
fn theirs_is_accepted_into_the_env_file() {
    let site = api();
    let theirs = site.secret("theirs");
    let mut content = site.holds("shop-api");
    content["API_KEY"] = json!(theirs);
    site.overwrite("shop-api", &content);
    site.run("sync --to api --check").ended(1);
    let ran = site.run("sync --to api --yes --accept-remote API_KEY").ended(0);
    ran.told(&["keep what somebody else wrote", ".env.prod has what somebody else wrote of API_KEY"]);
    assert!(site.folder.read(".env.prod").contains(&format!("API_KEY={theirs}\n")));
    assert_eq!(site.holds("shop-api"), content);
    site.assert_nothing_written();
    site.run("sync --to api --check").ended(0);
}

#[test]
fn accepting_one_key_writes_the_others() {
    let site = api();
    let theirs = site.secret("theirs");
    let mut content = site.holds("shop-api");
    content["API_KEY"] = json!(theirs);
    site.overwrite("shop-api", &content);
    let url = site.change("API_URL");
    site.run("sync --to api --yes --accept-remote API_KEY").ended(0).told(&["ok: 1 written"]);
    content["API_URL"] = json!(url);
    assert_eq!(site.holds("shop-api"), content);
    site.run("sync --to api --check").ended(0);
}

#[test]
fn a_decision_about_a_key_that_nobody_has_is_a_mistake() {
    let site = api();
    for option in ["--overwrite", "--accept-remote"] {
        let ran = site.run(&format!("sync --to api --yes {option} API_KEI")).ended(2);
        ran.told(&[&format!("`{option}` names `API_KEI`, which no target has"), "did you mean `API_KEY`?"]);
    }
    site.assert_nothing_written();
}

#[test]
fn two_runs_at_once_on_one_bundle_lose_no_key() {
    let site = api();
    for _ in 0..4 {
        let (key, url) = (site.change("API_KEY"), site.change("API_URL"));
        let runs =
            ["API_KEY", "API_URL"].map(|only| site.start(&format!("sync --to api --yes --only {only}")));
        let codes = runs.map(|run| site.end(run).code);
        assert!(codes.iter().all(|code| matches!(code, Some(0 | 5))), "{codes:?}");
        assert!(codes.contains(&Some(0)), "{codes:?}");
        let holds = site.holds("shop-api");
        for (only, value, code) in [("API_KEY", &key, codes[0]), ("API_URL", &url, codes[1])] {
            assert!(code != Some(0) || holds[only] == **value, "{only} was told to be written");
        }
        site.run("sync --to api --yes").ended(0);
        assert_eq!(site.holds("shop-api"), json!({"API_KEY": key, "API_URL": url}));
        assert_eq!(
            labels(&site.aws, "shop-api").values().flatten().filter(|label| *label == "AWSCURRENT").count(),
            1
        );
    }
}

#[test]
fn of_two_runs_that_make_a_bundle_none_loses_it() {
    let site = Site::shop(&[("api", &["API_KEY"])]);
    let codes = [(), ()].map(|()| site.start("sync --to api --yes")).map(|run| site.end(run).code);
    assert_eq!(codes, [Some(0); 2], "they make the same");
    assert_eq!(site.holds("shop-api"), json!({"API_KEY": site.value("API_KEY")}));
}

#[test]
fn who_makes_the_bundle_first_stands() {
    let site = Site::shop(&[("api", &["API_KEY"])]);
    let theirs = json!({"THEIRS": site.secret("theirs")});
    site.aws.faults(json!([{
        "op": "secretsmanager:CreateSecret", "do": "writer", "when": "before", "left": 1,
        "call": ["secretsmanager", "CreateSecret", {"Name": "shop-api", "SecretString": theirs.to_string()}],
    }]));
    site.run("sync --to api --yes").ended(5).told(&["somebody else changed it meanwhile; theirs stands"]);
    assert_eq!(site.holds("shop-api"), theirs);
    site.run("sync --to api --yes").ended(6).told(&["envctl did not make it", "--adopt"]);
}

#[test]
fn a_value_that_comes_back_is_written_again() {
    let site = api();
    let first = site.holds("shop-api");
    let before = site.folder.read(".env.prod");
    site.change("API_KEY");
    site.done("sync --to api --yes");
    site.folder.write(".env.prod", before);
    site.run("sync --to api --yes").ended(0).told(&["ok: 1 written"]);
    assert_eq!(site.holds("shop-api"), first);
}
