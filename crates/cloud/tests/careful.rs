//! Ways in which a run could take the wrong values, delete, or overwrite: each is refused, or asked about.
#![cfg(unix)]

use serde_json::json;

use crate::support::{Site, lean_alone};

/// Two bundles that share a generated variable which is in no file.
fn stored_only() -> Site {
    let site = Site::shop(&[("api", &["SHARED", "API_KEY"]), ("web", &["SHARED", "WEB_KEY"])]);
    site.edit("envschema.toml", "[vars.SHARED]\n", "[vars.SHARED]\ngenerate = \"base64:32\"\n");
    site.done("sync --to all --yes");
    let file = site.folder.read(".env.prod");
    let rest: String =
        file.lines().filter(|line| !line.starts_with("SHARED=")).map(|line| format!("{line}\n")).collect();
    site.folder.write(".env.prod", rest);
    site
}

#[test]
fn a_target_of_another_environment_takes_no_values_of_this_one() {
    let site = Site::shop(&[("api", &["API_KEY"]), ("web", &["WEB_KEY"])]);
    site.edit("envctl.toml", "secret = \"shop-api\"", "secret = \"shop-api\"\nenvironment = \"dev\"");
    // The project's own choice is prod.
    let ran = site.run("sync --to api,web --yes").ended(2);
    ran.told(&[
        "the target `api` is always for dev, and something else is resolved here",
        "ask for it: `-e dev`",
    ]);
    assert!(site.aws.journal().is_empty());
    // Alone it is what it is always for.
    let ran = site.run("sync --to api --plan");
    ran.without(".env.prod");
}

#[test]
fn pruning_looks_at_whole_targets() {
    let site = Site::shop(&[("api", &["API_KEY"]), ("web", &["WEB_KEY"])]);
    // A target that is called like its kind.
    site.edit("envctl.toml", "[targets.api]", "[targets.secretsmanager]");
    site.done("sync --to all --yes");
    site.run("sync --to all --prune --yes").ended(0).without("delete");
    assert_eq!(site.names(), ["shop-api", "shop-web"]);
    site.append("envschema.toml", "\n[profiles.small]\nrequired = [\"API_KEY\"]\n");
    let ran = site.run("sync --to all --prune --profile small --plan");
    assert_eq!(ran.code, Some(2), "{}", ran.err);
    site.run("sync --to all --prune --only API_KEY --plan").ended(2).told(&["--only"]);
    site.assert_nothing_written();
}

#[test]
fn an_empty_word_decides_nothing() {
    let site = Site::shop(&[("api", &["API_KEY"])]);
    site.done("sync --to api --yes");
    for option in ["--overwrite", "--accept-remote", "--only"] {
        let mut command = site.command("sync --to api --yes");
        let ran = command.args([option, ""]).output().expect("the program runs");
        assert_eq!(ran.status.code(), Some(2), "{option}");
    }
    site.run("sync --to api --yes --only API_KYE").ended(2).told(&["`--only` names `API_KYE`", "API_KEY"]);
    site.assert_nothing_written();
}

#[test]
fn targets_that_disagree_about_a_value_are_asked_about() {
    let site = stored_only();
    let theirs = site.secret("theirs");
    let mut holds = site.holds("shop-api");
    holds["SHARED"] = json!(theirs);
    site.overwrite("shop-api", &holds);
    let ran = site.run("sync --to all --yes").ended(6);
    ran.told(&["hold other values of SHARED, and nothing else has one", "--set-from-file SHARED=FILE"]);
    site.assert_nothing_written();
}

#[test]
fn what_is_going_to_be_deleted_may_hold_what_would_be_made_anew() {
    let site = stored_only();
    for name in ["shop-api", "shop-web"] {
        site.call("DeleteSecret", json!({"SecretId": name, "RecoveryWindowInDays": 7}));
    }
    let ran = site.run("sync --to all --generate --yes").ended(6);
    ran.told(&["`shop-api` is going to be deleted, and what would be made anew may be in it", "--restore"]);
    site.assert_nothing_written();
    let before = site.value("SHARED");
    site.run("sync --to all --generate --restore --yes").ended(0);
    assert_eq!(site.holds("shop-web")["SHARED"], before);
}

#[test]
fn what_somebody_else_deleted_is_not_brought_back() {
    let site = Site::shop(&[("api", &["API_KEY"])]);
    let theirs = site.secret("theirs");
    let content = json!({"THEIRS": theirs}).to_string();
    site.call("CreateSecret", json!({"Name": "shop-api", "SecretString": content}));
    site.call("DeleteSecret", json!({"SecretId": "shop-api", "RecoveryWindowInDays": 7}));
    let ran = site.run("sync --to api --restore --yes").ended(3);
    ran.told(&["`shop-api` was deleted by somebody", "aws secretsmanager restore-secret"]);
    site.assert_nothing_written();
}

#[test]
fn a_rotation_that_would_be_undone_is_refused() {
    let site = Site::shop(&[("api", &["API_KEY"])]);
    let output = site.secret("output");
    site.edit(
        "envschema.toml",
        "[vars.API_KEY]\n",
        "[vars.API_KEY]\ngenerate = \"hex:16\"\noutput = \"apiKey\"\n",
    );
    site.folder.write(".env.prod", "");
    site.folder.write("outputs.json", json!({"apiKey": output}).to_string());
    let site = site.open("outputs.json");
    let ran = site.run("rotate API_KEY --outputs outputs.json --yes").ended(2);
    ran.told(&["API_KEY comes from output apiKey of outputs.json, which would give the old value back"]);
    assert!(site.aws.journal().is_empty());
    site.run("rotate API_KEY --env-file .env.prod --yes")
        .ended(2)
        .told(&["`--env-file` would be passed over"]);
}

#[test]
fn a_rotation_takes_what_is_made_of_it_along() {
    let site = Site::shop(&[("api", &["API_KEY", "API_URL"])]);
    site.edit("envschema.toml", "[vars.API_KEY]\n", "[vars.API_KEY]\ngenerate = \"hex:16\"\n");
    site.edit(
        "envschema.toml",
        "[vars.API_URL]\n",
        "[vars.API_URL]\nderive = \"https://x:${API_KEY}@api.test\"\n",
    );
    let key = site.value("API_KEY");
    site.folder.write(".env.prod", format!("API_KEY={key}\n"));
    site.done("sync --to api --yes");
    site.run("rotate API_KEY --yes").ended(0);
    let holds = site.holds("shop-api");
    let (key, url) = (holds["API_KEY"].as_str().expect("a text"), holds["API_URL"].as_str().expect("a text"));
    assert_eq!(url, format!("https://x:{key}@api.test"));
    site.run("sync --to api --check").ended(0);
}

#[test]
fn standard_input_is_the_same_however_often_it_is_planned() {
    let site = Site::shop(&[("api", &["API_KEY"])]);
    let (key, file) = (site.value("API_KEY"), site.folder.read(".env.prod"));
    site.folder.write(".env.prod", "");
    // An identity is made on the way, and everything is planned anew.
    site.run_with("sync --to vault --env-file - --yes", &file)
        .ended(0)
        .told(&["made an identity", "ok: 1 written"]);
    site.run_with("sync --to vault --env-file - --check", &file).ended(0);
    let got = site.command("vault get API_KEY").output().expect("the program runs");
    assert_eq!(String::from_utf8_lossy(&got.stdout).trim_end(), key);
}

#[test]
fn a_plan_is_kept_over_a_plan_only() {
    let site = Site::shop(&[("api", &["API_KEY"])]);
    let before = site.folder.read(".env.prod");
    let ran = site.run("sync --to api --plan --out .env.prod").ended(6);
    ran.told(&[".env.prod is there already, and holds no plan"]);
    assert_eq!(site.folder.read(".env.prod"), before);
    site.run("sync --to api --plan --out plan.json").ended(1);
    site.run("sync --to api --plan --out plan.json").ended(1);
}

#[test]
fn a_program_hands_nothing_to_itself() {
    let site = Site::shop(&[("api", &["API_KEY"])]);
    let bin = site.folder.join("bin");
    std::fs::create_dir(&bin).expect("a folder of ours");
    let alone = lean_alone(&bin);
    std::os::unix::fs::symlink("envctl", bin.join("envctl-cloud")).expect("a link");
    let site = site
        .program(&alone)
        .variable("PATH", bin.to_string_lossy())
        .open("bin/envctl")
        .open("bin/envctl-cloud");
    site.run("sync --to api --yes").ended(2).told(&["which this program cannot reach by itself"]);
    std::fs::remove_file(site.folder.join("bin/envctl-cloud")).expect("a file of ours");
    std::fs::copy(site.folder.join("bin/envctl"), site.folder.join("bin/envctl-cloud")).expect("a copy");
    site.run("sync --to api --yes").ended(2).told(&["which this program cannot reach by itself"]);
}
