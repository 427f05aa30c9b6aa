//! Secrets that somebody else has, or that were something else before.

use serde_json::{Value, json};

use crate::support::{Site, writes};

fn api() -> Site {
    Site::shop(&[("api", &["API_KEY"]), ("web", &["WEB_KEY"])])
}

#[test]
fn one_that_is_going_to_be_deleted_is_brought_back_only_when_asked() {
    let site = api();
    site.done("sync --to all --yes");
    site.change("API_KEY");
    site.call("DeleteSecret", json!({"SecretId": "shop-api", "RecoveryWindowInDays": 7}));
    let ran = site.run("sync --to all --yes").ended(6);
    ran.told(&["! shop-api  going to be deleted", "it is going to be deleted on ", "`--restore`"]);
    site.assert_nothing_written();
    site.run("sync --to all --yes --restore").ended(0).told(&["ok: 1 written"]);
    assert_eq!(site.holds("shop-api"), json!({"API_KEY": site.value("API_KEY")}));
    assert_eq!(writes(&site.aws), "PutSecretValue=1 RestoreSecret=1 UpdateSecretVersionStage=1");
    site.run("sync --to all --check").ended(0);
}

#[test]
fn one_that_nobody_marked_is_taken_over_only_when_asked() {
    let site = api();
    let theirs = json!({"THEIRS": site.secret("theirs"), "API_KEY": site.secret("old")});
    site.call("CreateSecret", json!({"Name": "shop-api", "SecretString": theirs.to_string()}));
    let ran = site.run("sync --to api --yes").ended(6);
    ran.told(&["! shop-api  not touched", "envctl did not make it", "`--adopt`"]);
    assert_eq!(site.holds("shop-api"), theirs);
    site.assert_nothing_written();
    site.run("sync --to api --yes --adopt").ended(0).told(&[
        "~ shop-api  taken over",
        "1 not ours (kept)",
        "ok: 1 written",
    ]);
    assert_eq!(site.holds("shop-api"), json!({"THEIRS": theirs["THEIRS"], "API_KEY": site.value("API_KEY")}));
    site.run("sync --to api --check").ended(0);
}

#[test]
fn one_of_another_project_says_whose_it_is() {
    let site = api();
    let tags =
        json!([{"Key": "envctl:project", "Value": "other"}, {"Key": "envctl:managed", "Value": "true"}]);
    let content = json!({"API_KEY": site.secret("theirs")}).to_string();
    site.call("CreateSecret", json!({"Name": "shop-api", "SecretString": content, "Tags": tags}));
    site.run("sync --to api --yes").ended(6).told(&["it belongs to project other"]);
    site.assert_nothing_written();
}

#[test]
fn what_is_no_object_with_each_key_once_is_refused_untouched() {
    let site = api();
    let hidden = site.secret("hidden");
    for (content, told) in [
        (json!({"SecretBinary": "AAECAw=="}), "binary"),
        (
            json!({"SecretString": format!("{{\"A\":\"{hidden}\",\"A\":\"2\"}}")}),
            "its key `A` stands there twice",
        ),
        (json!({"SecretString": format!("{hidden} is no JSON")}), "it holds no JSON that can be read"),
        (json!({"SecretString": format!("[\"{hidden}\"]")}), "it holds JSON that is no object"),
    ] {
        let mut asked = content.clone();
        asked["Name"] = json!("shop-api");
        site.call("CreateSecret", asked);
        for line in ["sync --to api --yes", "sync --to api --yes --adopt --overwrite API_KEY"] {
            site.run(line).ended(6).told(&["! shop-api  not touched", told, "help:"]);
        }
        site.assert_nothing_written();
        let held = site.call("GetSecretValue", json!({"SecretId": "shop-api"}));
        let given = content.as_object().and_then(|content| content.iter().next()).expect("one field");
        assert_eq!(&held[given.0], given.1);
        site.call("DeleteSecret", json!({"SecretId": "shop-api", "ForceDeleteWithoutRecovery": true}));
    }
}

#[test]
fn what_others_put_there_stays_byte_for_byte() {
    let site = api();
    site.done("sync --to api --yes");
    let old = site.value("API_KEY");
    let before = format!(
        "{{ \"z\": 1.50,\n\t\"nested\": {{\"b\":[1, 2e3]}}, \"API_KEY\" : \"{old}\" , \"u\":\"\\u00e9\" }}"
    );
    site.call("PutSecretValue", json!({"SecretId": "shop-api", "SecretString": before}));
    let new = site.change("API_KEY");
    site.run("sync --to api --yes").ended(0).told(&["1 change, 3 not ours (kept)"]);
    assert_eq!(site.text("shop-api"), before.replace(&old, &new));
}

#[test]
fn what_would_be_too_large_is_refused_with_the_numbers() {
    let site = api();
    site.done("sync --to api --yes");
    let mut holds = site.holds("shop-api");
    holds["THEIRS"] = json!("x".repeat(65_400));
    site.overwrite("shop-api", &holds);
    let long = site.secret("long") + &"y".repeat(200);
    site.plant("the long one", &long);
    site.folder.write(".env.prod", format!("API_KEY={long}\nWEB_KEY=anything\n"));
    let ran = site.run("sync --to api --yes").ended(6);
    ran.told(&["! shop-api  not touched", "it would hold ", " bytes, and Secrets Manager takes 65536"]);
    site.assert_nothing_written();
    assert_eq!(site.holds("shop-api"), holds);
}

#[test]
fn a_key_goes_only_if_it_is_named() {
    let site = api();
    site.done("sync --to api --yes");
    site.edit("envctl.toml", "vars = [\"API_KEY\"]", "vars = [\"API_KEY\", \"WEB_KEY\"]");
    site.done("sync --to api --yes");
    site.edit("envctl.toml", "vars = [\"API_KEY\", \"WEB_KEY\"]", "vars = [\"API_KEY\"]");
    site.run("sync --to api --yes").ended(0).told(&["ok: nothing to do"]);
    assert_eq!(site.holds("shop-api")["WEB_KEY"], site.value("WEB_KEY"));
    site.edit("envctl.toml", "vars = [\"API_KEY\"]", "vars = [\"API_KEY\"]\nremove = [\"WEB_KEY\"]");
    site.run("sync --to api --yes").ended(0).told(&["- WEB_KEY", "remove"]);
    assert_eq!(site.holds("shop-api"), json!({"API_KEY": site.value("API_KEY")}));
    site.run("sync --to api --check").ended(0);
}

#[test]
fn only_what_is_ours_and_wanted_by_no_target_goes_and_can_come_back() {
    let site = api();
    site.done("sync --to all --yes");
    let tags = json!([{"Key": "envctl:project", "Value": "shop"}, {"Key": "envctl:environment", "Value": "dev"},
                      {"Key": "envctl:managed", "Value": "true"}]);
    site.call("CreateSecret", json!({"Name": "shop-dev", "SecretString": "{}", "Tags": tags}));
    site.call("CreateSecret", json!({"Name": "theirs", "SecretString": "{}"}));
    let settings = site.folder.read("envctl.toml");
    let (kept, _) = settings.split_once("[targets.web]").expect("a target");
    site.folder.write(
        "envctl.toml",
        format!(
            "{kept}[targets.other]\nto = \"secretsmanager\"\nsecret = \"shop-web\"\nvars = [\"WEB_KEY\"]\n"
        ),
    );

    // Another target of the project has it, although this run does not write to that.
    site.run("sync --to api --yes --prune").ended(0).told(&["ok: nothing to do"]);
    site.assert_nothing_written();

    site.folder.write("envctl.toml", kept);
    site.run("sync --to api --yes").ended(0).told(&["ok: nothing to do"]);
    let ran = site.run("sync --to api --yes --prune").ended(0);
    ran.told(&["- shop-web  to be deleted; it can be brought back", "ok: 1 written"]);
    assert_eq!(writes(&site.aws), "DeleteSecret=1");
    let told = site.call("DescribeSecret", json!({"SecretId": "shop-web"}));
    assert!(told["DeletedDate"].is_number(), "{told}");
    for name in ["shop-api", "shop-dev", "theirs"] {
        assert_eq!(
            site.call("DescribeSecret", json!({"SecretId": name}))["DeletedDate"],
            Value::Null,
            "{name}"
        );
    }
    site.run("sync --to api --yes --prune").ended(0).told(&["ok: nothing to do"]);
}
