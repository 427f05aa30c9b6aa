//! What somebody put there that must not be touched, and what does not fit.

use serde_json::json;

use crate::world::{World, actions, object, our_tags, wanted};

#[test]
fn what_is_no_object_with_each_key_once_is_refused_untouched() {
    let world = World::new();
    let value = world.secret("value");
    let cases = [
        (value.clone(), "it holds no JSON that can be read"),
        (format!("[\"{value}\"]"), "it holds JSON that is no object"),
        (format!("{{\"TOKEN\":\"{value}\",\"TOKEN\":\"{value}\"}}"), "its key `TOKEN` stands there twice"),
    ];
    for (number, (content, what)) in cases.iter().enumerate() {
        let name = format!("tally/{number}");
        world.tagged(&name, content);
        let prepared = world.plan(&[wanted(&name, &[("TOKEN", &value)])]);
        assert_eq!(actions(&prepared.plan), [format!("refuse: {what}")]);
        assert_eq!(world.apply(&prepared), []);
        assert_eq!(world.content(&name), *content);
    }
}

#[test]
fn binary_data_and_a_secret_without_a_value_are_refused() {
    let world = World::new();
    let value = world.secret("value");
    world.call(
        "CreateSecret",
        json!({"Name": "tally/binary", "SecretBinary": "AAEC/w==", "Tags": our_tags()}),
    );
    world.call("CreateSecret", json!({"Name": "tally/empty", "Tags": our_tags()}));
    let all = ["tally/binary", "tally/empty"].map(|name| wanted(name, &[("TOKEN", &value)]));
    let prepared = world.plan(&all);
    assert_eq!(actions(&prepared.plan), ["refuse: it holds binary data, no text", "refuse: it has no value"]);
}

#[test]
fn what_is_too_large_with_others_keys_is_refused_with_numbers() {
    let world = World::new();
    let (value, theirs) = (world.secret("value"), world.secret("theirs"));
    // Two bytes for each of these characters: bytes count.
    let before = object(&[("THEIRS", &(theirs + &"é".repeat(32_600)))]);
    world.tagged("tally/api", &before);
    let prepared = world.plan(&[wanted("tally/api", &[("TOKEN", &value.repeat(9))])]);
    let [told] = &actions(&prepared.plan)[..] else { panic!("one record") };
    assert!(told.starts_with("refuse: it would hold 65"), "{told}");
    assert!(told.ends_with(" bytes, and Secrets Manager takes 65536"), "{told}");
    assert_eq!(world.content("tally/api"), before);
}

#[test]
fn names_that_cannot_be_spoil_no_batch() {
    let world = World::new();
    let value = world.secret("value");
    world.tagged("tally/api", &object(&[("TOKEN", &value)]));
    let long = "x".repeat(513);
    let all = ["tally/api", "tally api", &long].map(|name| wanted(name, &[("TOKEN", &value)]));
    let prepared = world.plan(&all);
    assert_eq!(
        actions(&prepared.plan),
        [
            "keep",
            "unknown Settings: `tally api` has characters that the name of a secret cannot have",
            "unknown Settings: the name has 513 characters, and Secrets Manager takes 512",
        ]
    );
    assert_eq!(world.calls(), "BatchGetSecretValue=1 GetCallerIdentity=1");
}

#[test]
fn secrets_that_rotate_or_belong_to_a_service_are_refused() {
    let world = World::new();
    let (old, new) = (world.secret("old"), world.secret("new"));
    let content = object(&[("TOKEN", &old)]);
    world.aws.seed_secret(json!({"name": "tally/rotates", "value": content, "rotation": true}));
    world.aws.seed_secret(json!({"name": "tally/owned", "value": content, "owning_service": "rds"}));
    let all = ["tally/rotates", "tally/owned"].map(|name| wanted(name, &[("TOKEN", &new)]));
    let prepared = world.plan(&all);
    assert_eq!(
        actions(&prepared.plan),
        [
            "refuse: its rotation is on, which would replace what is written",
            "refuse: the AWS service `rds` manages it",
        ]
    );
}

#[test]
fn a_secret_whose_labels_are_used_up_is_refused_with_numbers() {
    let world = World::new();
    let (old, new) = (world.secret("old"), world.secret("new"));
    world.tagged("tally/api", &object(&[("TOKEN", &old)]));
    let labels: Vec<String> = (0..19).map(|number| format!("label-{number}")).collect();
    world.call(
        "PutSecretValue",
        json!({"SecretId": "tally/api", "SecretString": object(&[("TOKEN", &old)]), "VersionStages": labels}),
    );
    let prepared = world.plan(&[wanted("tally/api", &[("TOKEN", &new)])]);
    let [told] = &actions(&prepared.plan)[..] else { panic!("one record") };
    assert!(told.contains("22 staging labels") && told.ends_with("Secrets Manager takes 20"), "{told}");
}
