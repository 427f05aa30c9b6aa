//! What a change costs, and what becomes of what others put there.

use std::collections::BTreeSet;

use envctl_sync::{Choices, Observed, Outcome, Service, Shape};
use serde_json::json;

use crate::world::{World, actions, keys, object, our_tags, wanted};

#[test]
fn each_changed_secret_costs_two_writes() {
    let world = World::new();
    let (old, new) = (world.secret("old"), world.secret("new"));
    let names: Vec<String> = (0..5).map(|number| format!("tally/{number}")).collect();
    let all = |changed: usize| -> Vec<_> {
        let value = |number| if number < changed { &new } else { &old };
        names.iter().enumerate().map(|(number, name)| wanted(name, &[("TOKEN", value(number))])).collect()
    };
    world.apply(&world.plan(&all(0)));
    assert_eq!(world.calls(), "BatchGetSecretValue=2 CreateSecret=5 DescribeSecret=5 GetCallerIdentity=1");
    let outcomes = world.apply(&world.plan(&all(3)));
    assert!(outcomes.iter().all(|outcome| matches!(outcome, Outcome::Written { .. })), "{outcomes:?}");
    assert_eq!(
        world.calls(),
        "BatchGetSecretValue=2 DescribeSecret=3 PutSecretValue=3 UpdateSecretVersionStage=3",
        "three describe before, two writes for each, one batch reads back"
    );
    assert_eq!(world.content("tally/0"), object(&[("TOKEN", &new)]));
    assert_eq!(world.content("tally/3"), object(&[("TOKEN", &old)]));
}

#[test]
fn what_others_put_beside_ours_stays_byte_for_byte() {
    let world = World::new();
    let (old, new, theirs) = (world.secret("old"), world.secret("new"), world.secret("theirs"));
    world.sync(&wanted("tally/api", &[("TOKEN", &old)]));
    let before =
        format!(r#"{{ "THEIRS" : "{theirs}",  "n": 1.50, "TOKEN":"{old}" , "deep": {{"a":[1, 2]}} }}"#);
    world.overwrite("tally/api", &before);
    assert!(world.sync(&wanted("tally/api", &[("TOKEN", &new)])).is_done());
    assert_eq!(world.content("tally/api"), before.replace(&old, &new));
}

#[test]
fn a_value_may_come_back() {
    let world = World::new();
    let (a, b) = (world.secret("a"), world.secret("b"));
    for value in [&a, &b, &a, &b, &a] {
        let outcome = world.sync(&wanted("tally/api", &[("TOKEN", value)]));
        assert!(matches!(outcome, Outcome::Written { .. }), "{outcome:?}");
        assert_eq!(world.content("tally/api"), object(&[("TOKEN", value)]));
    }
}

#[test]
fn a_new_secret_has_what_the_settings_say() {
    let world = World::with(|wiring| {
        wiring.kms_key = Some("alias/tally".to_owned());
        wiring.description = Some("Of tally".to_owned());
        wiring.tags.insert("team".to_owned(), "platform".to_owned());
    });
    let value = world.secret("value");
    assert!(world.sync(&wanted("tally/api", &[("TOKEN", &value)])).is_done());
    let told = world.call("DescribeSecret", json!({"SecretId": "tally/api"}));
    assert_eq!(told["KmsKeyId"], "alias/tally");
    assert_eq!(told["Description"], "Of tally");
    let mut tags = our_tags();
    tags.as_array_mut().unwrap().push(json!({"Key": "team", "Value": "platform"}));
    assert_eq!(told["Tags"], tags);
}

#[test]
fn a_secret_of_nobody_or_of_another_project_is_adopted_only_when_asked() {
    let world = World::new();
    let (old, new) = (world.secret("old"), world.secret("new"));
    world.theirs("tally/api", &object(&[("TOKEN", &old), ("THEIRS", &old)]));
    let all = [wanted("tally/api", &[("TOKEN", &new)])];
    let refused = world.plan(&all);
    assert_eq!(
        actions(&refused.plan),
        ["refuse: envctl did not make it, and nobody has marked it as this project's"]
    );
    world.calls();
    let choices = Choices { adopt: true, ..Choices::default() };
    let outcomes = world.apply(&world.plan_with(&all, &choices));
    assert!(matches!(outcomes[..], [Outcome::Written { .. }]), "{outcomes:?}");
    assert_eq!(
        world.calls(),
        "BatchGetSecretValue=2 DescribeSecret=1 PutSecretValue=1 TagResource=1 UpdateSecretVersionStage=1"
    );
    assert_eq!(world.content("tally/api"), object(&[("TOKEN", &new), ("THEIRS", &old)]));
    assert_eq!(world.call("DescribeSecret", json!({"SecretId": "tally/api"}))["Tags"], our_tags());
}

#[test]
fn a_key_that_somebody_changed_is_drift_however_often_they_wrote() {
    for (writes, changed) in [(1, false), (2, false), (3, false), (1, true), (2, true), (3, true)] {
        let world = World::new();
        let (first, second) = (world.secret("first"), world.secret("second"));
        let (theirs, other) = (world.secret("theirs"), world.secret("other"));
        assert!(world.sync(&wanted("tally/api", &[("TOKEN", &first), ("URL", &first)])).is_done());
        let mut ours = &first;
        if changed {
            ours = &second;
            assert!(world.sync(&wanted("tally/api", &[("TOKEN", ours), ("URL", &first)])).is_done());
        }
        for write in 0..writes {
            let note = write.to_string();
            world.overwrite("tally/api", &object(&[("TOKEN", &theirs), ("URL", &first), ("NOTE", &note)]));
        }
        let all = [wanted("tally/api", &[("TOKEN", ours), ("URL", &other)])];
        let prepared = world.plan(&all);
        assert_eq!(actions(&prepared.plan), ["drifted"], "{writes} writes, changed before: {changed}");
        assert_eq!(keys(&prepared.plan), "TOKEN:Drift URL:Change");
        assert!(prepared.plan.records[0].since.is_some());
        assert_eq!(world.apply(&prepared), []);
        let overwrite = BTreeSet::from(["TOKEN".to_owned()]);
        let outcomes = world.apply(&world.plan_with(&all, &Choices { overwrite, ..Choices::default() }));
        assert!(outcomes.iter().all(Outcome::is_done), "{outcomes:?}");
        let note = (writes - 1).to_string();
        assert_eq!(world.content("tally/api"), object(&[("TOKEN", ours), ("URL", &other), ("NOTE", &note)]));
    }
}

#[test]
fn what_a_secret_held_before_its_first_sync_is_somebodys() {
    let world = World::new();
    let (theirs, ours) = (world.secret("theirs"), world.secret("ours"));
    // Such as by a tool that makes secrets with tags for us.
    world.tagged("tally/api", &object(&[("TOKEN", &theirs)]));
    let prepared = world.plan(&[wanted("tally/api", &[("TOKEN", &ours), ("URL", &ours)])]);
    assert_eq!(keys(&prepared.plan), "TOKEN:Drift URL:Add");
    assert!(world.sync(&wanted("tally/api", &[("URL", &ours)])).is_done());
    assert_eq!(world.content("tally/api"), object(&[("TOKEN", &theirs), ("URL", &ours)]));
}

#[test]
fn a_version_that_somebody_rolled_back_is_drift() {
    let world = World::new();
    let (first, second) = (world.secret("first"), world.secret("second"));
    world.sync(&wanted("tally/api", &[("TOKEN", &first)]));
    let before = world.version("tally/api", "AWSCURRENT").unwrap();
    world.sync(&wanted("tally/api", &[("TOKEN", &second)]));
    let after = world.version("tally/api", "AWSCURRENT").unwrap();
    world.call(
        "UpdateSecretVersionStage",
        json!({"SecretId": "tally/api", "VersionStage": "AWSCURRENT", "MoveToVersionId": before, "RemoveFromVersionId": after}),
    );
    assert_eq!(keys(&world.plan(&[wanted("tally/api", &[("TOKEN", &second)])]).plan), "TOKEN:Drift");
}

#[test]
fn a_secret_goes_with_a_window_in_which_it_comes_back() {
    let world = World::with(|wiring| {
        wiring.service =
            Service::SecretsManager { shape: Shape::Keys, replicas: Vec::new(), recovery_days: Some(7) };
    });
    let value = world.secret("value");
    world.sync(&wanted("tally/api", &[("TOKEN", &value)]));
    world.forget_calls();
    let choices = Choices { prune: true, ..Choices::default() };
    let prepared = world.plan_with(&[], &choices);
    assert_eq!(actions(&prepared.plan), ["remove"]);
    assert!(matches!(world.apply(&prepared)[..], [Outcome::Written { .. }]));
    assert_eq!(world.aws.counts()["secretsmanager:DeleteSecret"], 1);
    assert!(matches!(world.target.observe(&["tally/api"])[..], [Observed::Scheduled { on: Some(_) }]));

    let all = [wanted("tally/api", &[("TOKEN", &value)])];
    assert_eq!(actions(&world.plan(&all).plan), ["restore"]);
    let restore = envctl_sync::Change { name: "tally/api", kind: envctl_sync::ChangeKind::Restore };
    let applied = world.target.apply(&restore).unwrap();
    assert_eq!(Some(applied.version), world.version("tally/api", "AWSCURRENT"));
    assert!(world.plan(&all).plan.is_in_sync());
}

#[test]
fn a_secret_that_somebody_wrote_after_the_plan_is_not_removed() {
    let world = World::new();
    let (value, theirs) = (world.secret("value"), world.secret("theirs"));
    world.sync(&wanted("tally/api", &[("TOKEN", &value)]));
    let prepared = world.plan_with(&[], &Choices { prune: true, ..Choices::default() });
    world.overwrite("tally/api", &object(&[("TOKEN", &theirs)]));
    assert_eq!(world.apply(&prepared), [Outcome::Conflict]);
    assert_eq!(world.content("tally/api"), object(&[("TOKEN", &theirs)]));
}

#[test]
fn one_value_for_each_secret() {
    let world = World::with(|wiring| {
        wiring.service =
            Service::SecretsManager { shape: Shape::Single, replicas: Vec::new(), recovery_days: None };
    });
    let (old, new) = (world.secret("old"), world.secret("new"));
    assert!(world.sync(&wanted("tally/TOKEN", &[("", &old)])).is_done());
    assert_eq!(world.content("tally/TOKEN"), old);
    assert!(world.sync(&wanted("tally/TOKEN", &[("", &new)])).is_done());
    assert_eq!(world.content("tally/TOKEN"), new);
    let empty = world.plan(&[wanted("tally/TOKEN", &[("", "")])]);
    assert_eq!(actions(&empty.plan), ["refuse: Secrets Manager takes no empty value"]);
}

#[test]
fn a_copy_that_fails_is_told() {
    let world = World::with(|wiring| {
        let replicas = vec!["eu-west-1".to_owned(), "eu-central-1".to_owned()];
        wiring.service = Service::SecretsManager { shape: Shape::Keys, replicas, recovery_days: None };
    });
    let value = world.secret("value");
    world.aws.faults(json!([
        {"op": "secretsmanager:(CreateSecret|DescribeSecret)", "do": "replica_failed", "region": "eu-west-1", "message": "no key"},
    ]));
    let prepared = world.plan(&[wanted("tally/api", &[("TOKEN", &value)])]);
    let reports = crate::world::carry_out(&*world.target, &prepared);
    assert!(reports[0].outcome.is_done());
    assert_eq!(
        reports[0].notes,
        ["its copy in eu-west-1 failed; `aws secretsmanager describe-secret` tells why"]
    );
}
