//! Which account it is, and who asks.

use std::path::Path;
use std::process::Command;

use envctl_aws::Pace;
use envctl_sync::{Account, Cloud, Failure, Observed};
use envschema::template::{AwsServer, AwsService};
use serde_json::json;

use crate::world::{PACE, World, cloud, object, wiring};

#[test]
fn the_identity_tells_account_region_who_asks_and_a_foreign_endpoint() {
    let world = World::new();
    world.secret("none");
    let identity = world.target.identity().unwrap();
    assert_eq!(identity.kind, "secretsmanager");
    assert_eq!(identity.account.as_deref(), Some(world.aws.id()));
    assert_eq!(identity.region.as_deref(), Some("us-east-1"));
    assert_eq!(identity.address, world.aws.endpoint());
    assert!(identity.principal.unwrap().starts_with("arn:aws:"));
    world.target.identity().unwrap();
    assert_eq!(world.calls(), "GetCallerIdentity=1", "it is asked once");
}

#[test]
fn another_account_than_the_configured_one_is_refused_before_anything_is_read() {
    let world = World::with(|wiring| wiring.account.account = Some("999999999999".to_owned()));
    let value = world.secret("value");
    world.tagged("tally/api", &object(&[("TOKEN", &value)]));
    let observed = world.target.observe(&["tally/api"]);
    world.show(&observed);
    let [Observed::Unknown(error)] = &observed[..] else { panic!("{observed:?}") };
    assert_eq!(error.kind, Failure::Settings);
    let told = format!("the credentials are of account {}, and 999999999999 is configured", world.aws.id());
    assert_eq!(error.message, told);
    assert_eq!(world.target.identity().unwrap_err().message, told);
    assert_eq!(world.target.marked().unwrap_err().message, told);
    assert_eq!(world.calls(), "GetCallerIdentity=1");
}

#[test]
fn targets_of_one_account_ask_who_they_are_once() {
    let world = World::new();
    let cloud = cloud(&world.aws, PACE);
    for _ in 0..2 {
        cloud.target(&wiring()).unwrap().identity().unwrap();
    }
    assert_eq!(world.calls(), "GetCallerIdentity=1");
}

#[test]
fn facts_tell_region_and_account() {
    let world = World::new();
    let facts = cloud(&world.aws, PACE).facts(&wiring().account);
    assert_eq!(facts.region().unwrap().unwrap().value, "us-east-1");
    assert_eq!(world.calls(), "", "the region costs no call");
    let account = facts.account().unwrap().unwrap();
    assert_eq!(account.value, world.aws.id());
    assert_eq!(account.place.to_string(), "output Account of sts:GetCallerIdentity");
    world.aws.faults(json!([{"op": "sts:.*", "do": "error", "code": "ExpiredToken", "status": 403}]));
    let facts = cloud(&world.aws, PACE).facts(&wiring().account);
    let error = facts.account().unwrap_err();
    assert_eq!(error.to_string(), "`sts:GetCallerIdentity`: the AWS credentials have expired (ExpiredToken)");
    assert!(error.help().contains("aws sso login"));
}

/// Fills the account with what a project has, such as databases.
fn seed(world: &World) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let seeded = Command::new(root.join("target/aws/bin/python3"))
        .arg("-B")
        .arg(root.join("tests/aws/seed.py"))
        .args([&world.aws.endpoint(), world.aws.id()])
        .output()
        .unwrap();
    assert!(seeded.status.success(), "{}", String::from_utf8_lossy(&seeded.stderr));
}

#[test]
fn facts_tell_where_databases_and_caches_listen() {
    let world = World::new();
    let facts = cloud(&world.aws, PACE).facts(&wiring().account);
    let server = |service, id: &str| AwsServer { service, id: id.to_owned() };
    seed(&world);
    world.aws.clear_journal();
    let told = facts.server(&server(AwsService::Rds, "app-db")).unwrap().unwrap();
    assert!(told.host.starts_with("app-db.") && told.host.ends_with(".rds.amazonaws.com"), "{told:?}");
    assert_eq!(
        (told.port, told.place.to_string()),
        (5432, "output app-db of rds:DescribeDBInstances".to_owned())
    );
    assert_eq!(world.calls(), "DescribeDBInstances=1");
    let told = facts.server(&server(AwsService::Rds, "app-cluster")).unwrap().unwrap();
    assert!(told.host.starts_with("app-cluster.cluster-"), "{told:?}");
    assert_eq!(world.calls(), "DescribeDBClusters=1 DescribeDBInstances=1");
    let told = facts.server(&server(AwsService::ElastiCache, "app-redis")).unwrap().unwrap();
    assert_eq!(told.port, 6379);
    for service in [AwsService::Rds, AwsService::ElastiCache] {
        assert_eq!(facts.server(&server(service, "nowhere")).unwrap(), None);
    }
    world.aws.faults(json!([{"op": "rds:.*", "do": "error", "code": "AccessDenied", "status": 403}]));
    let error = facts.server(&server(AwsService::Rds, "app-db")).unwrap_err();
    assert_eq!(error.to_string(), "`rds:DescribeDBInstances` of `app-db`: not allowed (AccessDenied)");
}

#[test]
fn an_endpoint_where_nobody_listens_is_an_outage() {
    let cloud = envctl_aws::Aws::at(
        "http://127.0.0.1:9",
        "1",
        &envschema::SecretValue::from("test"),
        Pace { ..PACE },
    );
    let account = Account { region: Some("us-east-1".to_owned()), ..Account::default() };
    let target = cloud.target(&envctl_sync::CloudTarget { account, ..wiring() }).unwrap();
    let error = target.identity().unwrap_err();
    assert_eq!(error.kind, Failure::Outage);
    let told = "`sts:GetCallerIdentity`: AWS was not reached, or the connection ended before an answer";
    assert_eq!(error.message, told);
}

#[test]
fn settings_that_cannot_be_are_refused() {
    let world = World::new();
    let refused = |change: &dyn Fn(&mut envctl_sync::CloudTarget)| {
        let mut wiring = wiring();
        change(&mut wiring);
        let error = cloud(&world.aws, PACE).target(&wiring).err().expect("it is refused");
        assert_eq!(error.kind, Failure::Settings);
        error.message
    };
    let reserved = refused(&|wiring| drop(wiring.tags.insert("aws:x".to_owned(), "y".to_owned())));
    assert_eq!(reserved, "the tag `aws:x` is reserved");
    let many = |wiring: &mut envctl_sync::CloudTarget| {
        wiring.tags = (0..48).map(|number| (format!("tag{number}"), String::new())).collect();
    };
    assert_eq!(refused(&many), "51 tags, and AWS takes 50");
    let days = |wiring: &mut envctl_sync::CloudTarget| {
        let shape = envctl_sync::Shape::Keys;
        wiring.service =
            envctl_sync::Service::SecretsManager { shape, replicas: Vec::new(), recovery_days: Some(31) };
    };
    assert_eq!(refused(&days), "a removed secret cannot be kept for 31 days");
}
