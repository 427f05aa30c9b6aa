//! Whose a parameter is: by its tags.

use envctl_sync::{Choices, Outcome};
use serde_json::json;

use super::{call, labelled, one, ours, overwrite, sync_with, theirs, value, world};
use crate::world::{actions, our_tags};

fn adopting() -> Choices {
    Choices { adopt: true, ..Choices::default() }
}

#[test]
fn nobody_s_is_refused_until_it_is_adopted() {
    let world = world();
    let [theirs_now, mine, next] = ["theirs", "mine", "next"].map(|label| world.secret(label));
    theirs(&world, "/tally/a", &theirs_now);
    let plan = world.plan(&[one("/tally/a", &mine)]).plan;
    assert_eq!(
        actions(&plan),
        ["refuse: envctl did not make it, and nobody has marked it as this project's"]
    );
    world.forget_calls();
    let reports = sync_with(&world, &[one("/tally/a", &mine)], &adopting());
    assert_eq!(reports[0].outcome, Outcome::Written { version: "2".to_owned() });
    assert_eq!(
        world.calls(),
        "AddTagsToResource=1 DescribeParameters=1 GetParameters=3 LabelParameterVersion=1 ListTagsForResource=1 PutParameter=1"
    );
    // From now on it is ours.
    assert!(sync_with(&world, &[one("/tally/a", &next)], &Choices::default())[0].outcome.is_done());
    assert_eq!((value(&world, "/tally/a"), labelled(&world, "/tally/a")), (next, Some(3)));
}

#[test]
fn another_environment_s_is_named() {
    let world = world();
    let (before, after) = (world.secret("before"), world.secret("after"));
    let tags =
        json!([{"Key": "envctl:project", "Value": "shop"}, {"Key": "envctl:environment", "Value": "dev"}]);
    call(
        &world,
        "PutParameter",
        json!({"Name": "/x", "Value": before, "Type": "SecureString", "Tags": tags}),
    );
    let plan = world.plan(&[one("/x", &after)]).plan;
    assert_eq!(actions(&plan), ["refuse: it belongs to project shop, environment dev"]);
}

#[test]
fn one_with_another_key_is_not_adopted() {
    let world = world();
    let (before, after) = (world.secret("before"), world.secret("after"));
    let params = json!({"Name": "/x", "Value": before, "Type": "SecureString", "KeyId": "alias/vault"});
    call(&world, "PutParameter", params);
    let plan = crate::world::prepared(&*world.target, &[one("/x", &after)], &adopting()).plan;
    assert_eq!(
        actions(&plan),
        [
            "refuse: it is encrypted with the KMS key `alias/vault`, and this target encrypts with `alias/aws/ssm`"
        ]
    );
}

#[test]
fn what_nobody_wants_any_more_is_deleted_if_it_is_ours_and_unchanged() {
    let world = world();
    let value_of = world.secret("all");
    for name in ["/tally/a", "/tally/b", "/tally/c"] {
        ours(&world, name, &value_of);
    }
    theirs(&world, "/tally/d", &value_of);
    let tags =
        json!([{"Key": "envctl:project", "Value": "tally"}, {"Key": "envctl:environment", "Value": "dev"}]);
    let params = json!({"Name": "/tally/e", "Value": value_of, "Type": "SecureString", "Tags": tags});
    call(&world, "PutParameter", params);
    world.aws.faults(json!([{"op": "ssm:DescribeParameters", "do": "empty_page", "left": 1}]));
    let choices = Choices { prune: true, ..Choices::default() };
    let plan = crate::world::prepared(&*world.target, &[one("/tally/a", &value_of)], &choices);
    let names: Vec<_> = plan.plan.records.iter().map(|record| record.name.as_str()).collect();
    assert_eq!(names, ["/tally/a", "/tally/b", "/tally/c"]);
    assert_eq!(actions(&plan.plan), ["keep", "remove", "remove"]);
    let newer = world.secret("newer");
    overwrite(&world, "/tally/c", &newer);
    let reports = crate::world::carry_out(&*world.target, &plan);
    world.show(&reports);
    assert_eq!(reports[0].outcome, Outcome::Written { version: "1".to_owned() });
    assert_eq!(
        reports[0].notes,
        ["it is gone for good, with all its versions: Parameter Store keeps nothing of what is deleted"]
    );
    assert_eq!(reports[1].outcome, Outcome::Conflict);
    assert_eq!(value(&world, "/tally/c"), newer);
    assert!(world.aws.call("ssm", "GetParameter", json!({"Name": "/tally/b"})).is_err());
}

#[test]
fn one_that_lost_our_tags_is_not_deleted() {
    let world = world();
    let secret = world.secret("all");
    ours(&world, "/tally/a", &secret);
    let choices = Choices { prune: true, ..Choices::default() };
    let plan = crate::world::prepared(&*world.target, &[], &choices);
    let keys: Vec<_> = our_tags().as_array().unwrap().iter().map(|tag| tag["Key"].clone()).collect();
    let params = json!({"ResourceType": "Parameter", "ResourceId": "/tally/a", "TagKeys": keys});
    call(&world, "RemoveTagsFromResource", params);
    let outcomes = world.apply(&plan);
    let [Outcome::Failed { why, .. }] = &outcomes[..] else { panic!("{outcomes:?}") };
    assert_eq!(why, "`/tally/a` does not carry the tags of this project and environment");
    assert_eq!(value(&world, "/tally/a"), secret);
}
