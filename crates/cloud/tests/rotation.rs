//! A new value of one variable, everywhere it is kept.

use std::os::unix::fs::PermissionsExt;
use std::thread;
use std::time::Duration;

use serde_json::json;

use crate::support::{Site, writes};

/// A generated variable that three bundles share, beside a key of each, and one that is not generated.
fn shared() -> Site {
    let site = Site::shop(&[
        ("api", &["SHARED", "API_KEY"]),
        ("web", &["SHARED", "WEB_KEY"]),
        ("job", &["SHARED", "JOB_KEY"]),
    ]);
    site.edit("envschema.toml", "[vars.SHARED]\n", "[vars.SHARED]\ngenerate = \"base64:32\"\n");
    site.edit(
        "envctl.toml",
        "secret = \"shop-web\"",
        "secret = \"shop-web\"\nservice = \"shop-web-service\"",
    );
    site.done("sync --to all --yes");
    site
}

/// The one value that the env file and all bundles have, which is planted.
fn everywhere(site: &Site) -> String {
    let file = site.folder.read(".env.prod");
    let line = file.lines().find_map(|line| line.strip_prefix("SHARED=")).expect("a line of it");
    let value = line.trim_matches(['\'', '"']).to_owned();
    for name in ["shop-api", "shop-web", "shop-job"] {
        assert_eq!(site.holds(name)["SHARED"], value, "{name}");
    }
    value
}

#[test]
fn one_new_value_goes_to_every_bundle_and_to_the_env_file() {
    let site = shared();
    let before = site.value("SHARED");
    let ran = site.run("rotate SHARED --plan").ended(1);
    ran.told(&["~ shop-api", "~ SHARED", "~ shop-job", "~ shop-web", "write it to the env file"]);
    site.assert_nothing_written();
    let ran = site.run("rotate SHARED --yes").ended(0);
    let value = everywhere(&site);
    assert_ne!(value, before);
    assert!(!format!("{}{}", ran.out, ran.err).contains(&value));
    ran.told(&[
        ".env.prod has the new value",
        "ok: 3 written",
        "restart what read the old value at its start: api, job, shop-web-service",
    ]);
    assert_eq!(writes(&site.aws), "PutSecretValue=3 UpdateSecretVersionStage=3");
    for (name, key) in [("shop-api", "API_KEY"), ("shop-web", "WEB_KEY"), ("shop-job", "JOB_KEY")] {
        assert_eq!(site.holds(name)[key], site.value(key), "the others stay");
    }
    site.run("sync --to all --check").ended(0);
}

#[test]
fn one_that_is_killed_goes_on_with_the_same_value() {
    let site = shared();
    let before = site.value("SHARED");
    site.aws.faults(json!([
        {"op": "secretsmanager:PutSecretValue", "target": "shop-job", "do": "drop", "ms": 600_000}
    ]));
    let run = site.start("rotate SHARED --yes");
    while site.holds("shop-api")["SHARED"] == before {
        thread::sleep(Duration::from_millis(5));
    }
    run.kill();
    site.aws.faults(json!([]));
    let begun = site.holds("shop-api")["SHARED"].as_str().expect("a text").to_owned();
    site.plant("the new value", &begun);
    assert_eq!(site.holds("shop-web")["SHARED"], before, "it was stopped on the way");

    // Nothing else is carried anywhere before it is finished: the old value would be.
    site.run("sync --to all --yes")
        .ended(6)
        .told(&["a rotation of `SHARED` has not come to its end", "envctl rotate SHARED"]);
    let ran = site.run("rotate SHARED --yes").ended(0);
    ran.told(&[
        "going on with a rotation of SHARED that was stopped",
        "restart what read the old value at its start: api, job, shop-web-service",
    ]);
    assert_eq!(everywhere(&site), begun);
    site.run("sync --to all --yes").ended(0).told(&["ok: nothing to do"]);
}

#[test]
fn a_value_that_is_given_counts_even_if_another_one_was_begun() {
    let site = shared();
    site.aws.faults(json!([{
        "op": "secretsmanager:PutSecretValue", "target": "shop-web", "do": "error",
        "code": "AccessDeniedException", "message": "", "status": 400,
    }]));
    let (first, second) = (site.secret("first"), site.secret("second"));
    site.run_with("rotate SHARED --value-from - --yes", &first)
        .ended(4)
        .told(&["not allowed", "running it again completes it"]);
    site.aws.faults(json!([]));
    site.run_with("rotate SHARED --value-from - --yes", &second).ended(0);
    assert_eq!(everywhere(&site), second);
}

#[test]
fn what_cannot_be_rotated_says_why() {
    let site = shared();
    site.append("envschema.toml", "[vars.LOG_LEVEL]\nvisibility = \"plain\"\ndefault = \"info\"\n");
    for (line, code, told) in [
        ("rotate LOG_LEVEL --yes", 2, "LOG_LEVEL is not secret, and there is nothing to rotate"),
        ("rotate API_KEY --yes", 2, "the contract has no generator for API_KEY"),
        ("rotate API_KEI --yes", 2, "did you mean `API_KEY`?"),
        ("rotate SHARED", 6, "nobody can be asked"),
    ] {
        site.run(line).ended(code).told(&[told]);
    }
    site.run_with("rotate API_KEY --value-from - --yes", "\n").ended(2).told(&["the new value is empty"]);
    site.assert_nothing_written();

    let new = site.secret("new");
    site.run_with("rotate API_KEY --value-from - --yes", &format!("{new}\n")).ended(0);
    assert_eq!(site.holds("shop-api")["API_KEY"], new);
    assert!(site.folder.read(".env.prod").contains(&format!("API_KEY={new}\n")));
}

#[test]
fn a_bundle_that_somebody_changed_stops_it_before_the_first_write() {
    let site = shared();
    let mut holds = site.holds("shop-web");
    holds["SHARED"] = json!(site.secret("theirs"));
    site.overwrite("shop-web", &holds);
    site.run("rotate SHARED --yes")
        .ended(6)
        .told(&["! SHARED", "nothing was rotated: a target may not be written to"]);
    site.assert_nothing_written();
    site.aws.faults(json!([{
        "op": "secretsmanager:.*", "target": "shop-api", "do": "error",
        "code": "AccessDeniedException", "message": "", "status": 400,
    }]));
    site.run("rotate SHARED --yes").ended(3).told(&["nothing was rotated: a target could not be looked at"]);
    site.assert_nothing_written();
}

/// Two steps, as an operator of Tally does them by hand: set the secret, then bring it up.
#[test]
fn a_key_of_a_stacks_configuration_is_two_steps() {
    let site = Site::example("tally").open("bin/stdin").open(".env").open("tally-web/.env.local");
    let script = "#!/bin/sh\necho \"$@\" >>bin/argv\ncat >>bin/stdin\n";
    site.folder.write("bin/pulumi", script);
    std::fs::set_permissions(site.folder.join("bin/pulumi"), PermissionsExt::from_mode(0o755))
        .expect("a file of ours");
    let bin = site.folder.join("bin").display().to_string();
    let site = site.variable("PATH", format!("{bin}:/usr/bin:/bin"));

    let value = format!("sk_live_{}", site.secret("clerk").replace(['+', '/', '@'], ""));
    site.plant("clerk", &value);
    let line = "rotate CLERK_SECRET_KEY -e production --value-from -";
    let ran = site.run_with(&format!("{line} --plan"), &value).ended(1);
    let steps: Vec<&str> = ran.out.lines().filter(|line| line.starts_with("step ")).collect();
    assert_eq!(
        steps,
        [
            "step 1: pulumi config set --secret tally-infra:clerkSecretKey --stack prod --cwd infra   (the value through a pipe)",
            "step 2: pulumi up --stack prod --cwd infra   (by you)",
        ]
    );
    assert!(!site.folder.join("bin/argv").exists());
    let ran = site.run_with(&format!("{line} --yes"), &value).ended(0);
    ran.told(&[
        "the configuration of stack prod has the new value",
        "next: `pulumi up --stack prod --cwd infra`",
    ]);
    assert_eq!(
        site.folder.read("bin/argv"),
        "config set --secret tally-infra:clerkSecretKey --stack prod --cwd infra\n"
    );
    assert_eq!(site.folder.read("bin/stdin"), value);

    // A key of the other instance is refused as it is everywhere.
    let wrong = value.replace("sk_live_", "sk_test_");
    site.plant("the wrong one", &wrong);
    site.run_with(&format!("{line} --yes"), &wrong)
        .ended(1)
        .told(&["CLERK_SECRET_KEY", "nothing was rotated"]);
    assert_eq!(site.folder.read("bin/stdin"), value);
}
