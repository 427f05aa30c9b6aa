//! What a write costs, and what it leaves.

use std::collections::BTreeMap;

use envctl_sync::{Choices, Outcome, Service, Tier};
use serde_json::json;

use super::{call, labelled, one, open, overwrite, sync_with, theirs, value, world, world_with, write};
use crate::world::{actions, keys};

#[test]
fn each_change_is_one_write_and_one_label() {
    let world = world();
    let (before, after) = (world.secret("before"), world.secret("after"));
    let names: Vec<String> = (0..12).map(|number| format!("/tally/{number:02}")).collect();
    let all = |changed: usize| {
        let value = |at: usize| if at < changed { &after } else { &before };
        names.iter().enumerate().map(|(at, name)| one(name, value(at))).collect::<Vec<_>>()
    };
    assert!(world.apply(&world.plan(&all(0))).iter().all(Outcome::is_done));
    world.forget_calls();
    let plan = world.plan(&all(3));
    // Two batches; the tags of those that change tell that nobody else has written their first version.
    assert_eq!(world.calls(), "GetParameters=2 ListTagsForResource=3");
    assert_eq!(world.apply(&plan), vec![Outcome::Written { version: "2".to_owned() }; 3]);
    // A look before each write, and the reading back.
    assert_eq!(world.calls(), "GetParameters=4 LabelParameterVersion=3 PutParameter=3");
    assert_eq!(labelled(&world, "/tally/00"), Some(2));
    // Once there is a label it is looked at too.
    let plan = world.plan(&[one("/tally/00", &before)]);
    assert_eq!(keys(&plan.plan), ":Change");
    assert_eq!(world.calls(), "GetParameters=2 ListTagsForResource=1");
    assert_eq!(world.apply(&plan), [Outcome::Written { version: "3".to_owned() }]);
    assert_eq!(labelled(&world, "/tally/00"), Some(3));
    assert_eq!(value(&world, "/tally/00"), before);
}

#[test]
fn what_somebody_changed_is_drift_and_stays_until_somebody_decides() {
    let world = world();
    let [first, second, third, theirs] =
        ["first", "second", "third", "theirs"].map(|label| world.secret(label));
    let name = "/tally/token";
    // Over the first version, which has no label, and over one that has.
    write(&world, &one(name, &first));
    for (own, next) in [(&first, &second), (&second, &third)] {
        assert_eq!(value(&world, name), *own);
        overwrite(&world, name, &theirs);
        let plan = world.plan(&[one(name, next)]);
        assert_eq!(
            (actions(&plan.plan), keys(&plan.plan)),
            (vec!["drifted".to_owned()], ":Drift".to_owned())
        );
        assert!(plan.plan.records[0].since.is_some());
        assert_eq!(world.apply(&plan), []);
        let overwriting = Choices { overwrite: ["token".to_owned()].into(), ..Choices::default() };
        let reports = sync_with(&world, &[one(name, next)], &overwriting);
        assert!(reports[0].outcome.is_done(), "{reports:?}");
    }
    assert_eq!(value(&world, name), third);
}

#[test]
fn a_new_parameter_has_what_the_settings_give() {
    let world = world_with(|wiring| {
        wiring.service = Service::ParameterStore { tier: Some(Tier::Advanced), lock_table: None };
        wiring.kms_key = Some("alias/tally".to_owned());
        wiring.description = Some("made for tally".to_owned());
        wiring.tags = BTreeMap::from([("team".to_owned(), "money".to_owned())]);
    });
    let secret = world.secret("secret");
    write(&world, &one("/tally/token", &secret));
    write(&world, &open("/tally/level", "info"));
    let told = call(&world, "DescribeParameters", json!({}));
    let of =
        |name: &str| told["Parameters"].as_array().unwrap().iter().find(|one| one["Name"] == name).unwrap();
    let token = of("/tally/token");
    assert_eq!((&token["Tier"], &token["KeyId"]), (&json!("Advanced"), &json!("alias/tally")));
    assert_eq!(token["Description"], "made for tally");
    assert!(of("/tally/level")["KeyId"].is_null());
    let asked = json!({"ResourceType": "Parameter", "ResourceId": "/tally/token"});
    let tags = call(&world, "ListTagsForResource", asked)["TagList"].to_string();
    for tag in ["envctl:project", "envctl:environment", "envctl:managed", "team"] {
        assert!(tags.contains(tag), "{tags}");
    }
    world.aws.assert_no_leaks();
}

#[test]
fn a_run_that_was_killed_before_the_label_finds_its_write() {
    let world = world();
    let (before, after) = (world.secret("before"), world.secret("after"));
    let name = "/tally/token";
    write(&world, &one(name, &before));
    let plan = world.plan(&[one(name, &after)]);
    // What the killed run had done.
    overwrite(&world, name, &after);
    world.forget_calls();
    assert_eq!(world.apply(&plan), [Outcome::Already { version: "2".to_owned() }]);
    assert_eq!(world.calls(), "GetParameters=2 LabelParameterVersion=1");
    assert_eq!(labelled(&world, name), Some(2));
    // A new plan has nothing to do either way.
    assert!(world.plan(&[one(name, &after)]).plan.is_in_sync());
}

#[test]
fn a_write_without_its_label_is_told_and_asks_the_next_time() {
    let world = world();
    let [first, second, third] = ["first", "second", "third"].map(|label| world.secret(label));
    let name = "/tally/token";
    write(&world, &one(name, &first));
    world.aws.faults(json!([{"op": "ssm:LabelParameterVersion", "do": "error", "code": "AccessDeniedException", "status": 400}]));
    let reports = sync_with(&world, &[one(name, &second)], &Choices::default());
    assert_eq!(reports[0].outcome, Outcome::Written { version: "2".to_owned() });
    assert_eq!(
        reports[0].notes,
        ["its version 2 did not get the label `envctl`, so the next change of it will ask first: \
          `ssm:LabelParameterVersion` of `/tally/token`: not allowed (AccessDeniedException)"]
    );
    // Its last write cannot be told from somebody else's, so it is never overwritten unasked.
    assert_eq!(actions(&world.plan(&[one(name, &third)]).plan), ["drifted"]);
}

#[test]
fn a_string_does_not_become_a_secret_and_a_secret_stays_one() {
    let world = world();
    let secret = world.secret("secret");
    write(&world, &open("/tally/a", "public"));
    let outcome = world.sync(&one("/tally/a", &secret));
    let Outcome::Failed { why, help, .. } = outcome else { panic!("{outcome:?}") };
    assert_eq!(
        why,
        "`/tally/a` is a String, which everybody may read, and the value is secret; AWS changes no type"
    );
    assert!(help.unwrap().contains("aws ssm delete-parameter --name /tally/a"));
    assert_eq!(value(&world, "/tally/a"), "public");
    write(&world, &one("/tally/b", &secret));
    let reports = sync_with(&world, &[open("/tally/b", "public now")], &Choices::default());
    assert_eq!(reports[0].outcome, Outcome::Written { version: "2".to_owned() });
    assert_eq!(
        reports[0].notes,
        ["it stays a SecureString, although nothing in it is secret: AWS changes no type"]
    );
}

#[test]
fn a_label_on_the_oldest_version_is_explained() {
    let world = world();
    let (before, after) = (world.secret("before"), world.secret("after"));
    let name = "/tally/token";
    theirs(&world, name, &before);
    call(&world, "LabelParameterVersion", json!({"Name": name, "Labels": ["live"]}));
    for _ in 0..99 {
        overwrite(&world, name, &before);
    }
    let adopting = Choices { adopt: true, ..Choices::default() };
    let reports = sync_with(&world, &[one(name, &after)], &adopting);
    let Outcome::Failed { help, .. } = &reports[0].outcome else { panic!("{reports:?}") };
    assert!(help.as_deref().unwrap().contains("aws ssm unlabel-parameter-version"));
    assert_eq!(value(&world, name), before);
}
