//! The lean `envctl` hands what needs an account to `envctl-cloud`.

use crate::support::{Site, lean, lean_alone, linked, only_sync};

#[test]
fn to_the_program_beside_it() {
    let site = Site::shop(&[("api", &["API_KEY"])]).program(&lean());
    site.run("sync --to api --yes").ended(0).told(&["+ shop-api  new", "ok: 1 written"]);
    site.run("sync --to api --check").ended(0);
    site.run("export --target api --format ecs --no-process-env").ended(0).told(&["arn:aws:secretsmanager:"]);
    site.run("drift -e prod").ended(0).told(&["None: every target holds what it should."]);
    site.change("API_KEY");
    site.run("sync --to api --check").ended(1);
}

#[test]
fn to_the_program_on_the_path() {
    let site = Site::shop(&[("api", &["API_KEY"])]);
    let bin = site.folder.join("bin");
    std::fs::create_dir(&bin).expect("a folder of ours");
    let alone = lean_alone(&bin);
    let path = linked().parent().expect("a folder").to_string_lossy().into_owned();
    let site = site.program(&alone).variable("PATH", path).open("bin/envctl");
    site.run("sync --to api --yes").ended(0).told(&["ok: 1 written"]);
}

#[test]
fn without_it_says_what_to_install() {
    let site = Site::shop(&[("api", &["API_KEY"])]);
    let bin = site.folder.join("bin");
    std::fs::create_dir(&bin).expect("a folder of ours");
    let alone = lean_alone(&bin);
    let site = site.program(&alone).variable("PATH", "/nowhere").open("bin/envctl");
    let ran = site.run("sync --to api --yes").ended(2);
    ran.told(&[
        "the target `api` is in AWS Secrets Manager, which this program cannot reach",
        "envctl-cloud",
    ]);
    // What needs no account is done without it.
    site.run("validate").ended(0);
    assert!(site.aws.journal().is_empty());
}

#[test]
fn what_comes_through_a_pipe_is_handed_over_too() {
    let site = Site::shop(&[("api", &["API_KEY"])]).program(&lean());
    site.done("sync --to api --yes");
    let new = site.secret("new");
    site.run_with("rotate API_KEY --value-from - --yes", &format!("{new}\n")).ended(0);
    assert_eq!(site.holds("shop-api")["API_KEY"], new);
}

#[test]
fn the_program_with_one_command_has_the_same_options() {
    let site = Site::shop(&[("api", &["API_KEY"])]).program(&only_sync());
    site.run("--to api --check").ended(1).told(&["+ shop-api  new"]);
    site.run("--to api --yes").ended(0).told(&["ok: 1 written"]);
    site.run("--to api --check").ended(0);
}

#[test]
fn what_runs_does_not_learn_of_it() {
    let site = Site::shop(&[("api", &["API_KEY"])]).program(&lean()).variable("PATH", "/usr/bin:/bin");
    site.done("sync --to api --yes");
    site.edit("envctl.toml", "file = \".env.prod\"", "file = \".env.prod\"\nstored = [\"api\"]");
    let ran = site.command("run -- env").output().expect("the program runs");
    let told = String::from_utf8_lossy(&ran.stdout);
    assert!(
        told.contains("API_KEY=") && !told.contains("_ENVCTL"),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
}
