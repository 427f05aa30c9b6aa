//! The stand-in for AWS: what one test sets up, another does not meet.

use std::panic::catch_unwind;
use std::thread;

use envctl_testkit::{AwsAccount, AwsStandIn};
use serde_json::{Value, json};

const SM: &str = "secretsmanager";

fn create(aws: &AwsAccount, name: &str, value: &str) -> Value {
    aws.call(SM, "CreateSecret", json!({"Name": name, "SecretString": value})).unwrap()
}

fn value(aws: &AwsAccount, name: &str) -> Result<String, String> {
    let found = aws.ask(SM, "GetSecretValue", json!({"SecretId": name}))?;
    Ok(found["SecretString"].as_str().unwrap().to_owned())
}

#[test]
fn calls_are_answered_and_refused_as_by_aws() {
    let aws = AwsStandIn::shared();
    assert_eq!(value(&aws, "app/A"), Err("ResourceNotFoundException".to_owned()));
    create(&aws, "app/A", "one");
    assert_eq!(value(&aws, "app/A"), Ok("one".to_owned()));
    let again = aws.call(SM, "CreateSecret", json!({"Name": "app/A", "SecretString": "two"}));
    assert_eq!(again, Err("ResourceExistsException".to_owned()));
    let put = json!({"Name": "/app/A", "Value": "", "Type": "String"});
    assert_eq!(aws.ask("ssm", "PutParameter", put), Err("ValidationException".to_owned()));
}

#[test]
fn faults_hit_what_they_name_and_the_journal_tells() {
    let aws = AwsStandIn::shared();
    create(&aws, "app/A", "one");
    create(&aws, "app/B", "two");
    let put = "secretsmanager:PutSecretValue";
    aws.faults(json!([
        {"op": put, "target": "^app/A$", "do": "error", "code": "ThrottlingException", "status": 400, "left": 1},
        {"op": put, "target": "^app/A$", "do": "drop_after", "left": 1},
    ]));
    let token = "t".repeat(32);
    let params = |name| json!({"SecretId": name, "SecretString": "new", "ClientRequestToken": token, "VersionStages": ["STAGED"]});
    assert_eq!(aws.ask(SM, "PutSecretValue", params("app/A")), Err("ThrottlingException".to_owned()));
    assert!(aws.ask(SM, "PutSecretValue", params("app/B")).is_ok());
    assert_eq!(aws.ask(SM, "PutSecretValue", params("app/A")), Err("no answer".to_owned()));
    assert!(aws.ask(SM, "BatchGetSecretValue", json!({"SecretIdList": ["app/A", "app/B"]})).is_ok());

    let journal = aws.journal();
    let told: Vec<_> = journal
        .iter()
        .map(|call| (&*call.target, call.ids, call.code.as_deref(), call.fault.as_deref()))
        .collect();
    let expected = [
        ("app/A", 0, Some("ThrottlingException"), Some("error")),
        ("app/B", 0, None, None),
        ("app/A", 0, None, Some("drop_after")),
        ("", 2, None, None),
    ];
    assert_eq!(told, expected);
    assert_eq!(journal[0].token.as_deref(), Some(&*token));
    assert_eq!(journal[0].stages, ["STAGED"]);
    assert_eq!(aws.counts()[put], 3);
    aws.clear_journal();
    assert_eq!(aws.journal(), []);
}

#[test]
fn a_rule_with_a_mistake_is_refused() {
    let aws = AwsStandIn::shared();
    let failure = catch_unwind(|| aws.faults(json!([{"op": ".*", "do": "explode"}]))).unwrap_err();
    let message = failure.downcast_ref::<String>().unwrap();
    assert!(message.contains("explode") && message.contains("drop_after"), "{message}");
}

#[test]
fn somebody_else_meets_no_fault_and_is_in_no_journal() {
    let aws = AwsStandIn::shared();
    aws.faults(json!([{"do": "error", "code": "AccessDeniedException", "status": 400}]));
    create(&aws, "app/A", "theirs");
    assert_eq!(aws.journal(), []);
    assert_eq!(value(&aws, "app/A"), Err("AccessDeniedException".to_owned()));
    assert_eq!(aws.counts().into_values().sum::<usize>(), 1);
}

#[test]
fn leaks_are_found_and_a_search_for_nothing_is_no_proof() {
    let aws = AwsStandIn::shared();
    assert!(catch_unwind(|| aws.assert_no_leaks()).is_err(), "no canaries");
    aws.canaries(&["canary/1+2"]);
    assert!(catch_unwind(|| aws.assert_no_leaks()).is_err(), "no calls");
    let token = |letter: &str| letter.repeat(32);
    let params = json!({"Name": "app/A", "SecretString": "canary/1+2", "ClientRequestToken": token("a")});
    aws.ask(SM, "CreateSecret", params).unwrap();
    aws.assert_no_leaks();
    let described =
        json!({"SecretId": "app/A", "Description": "canary/1+2", "ClientRequestToken": token("b")});
    aws.ask(SM, "UpdateSecret", described).unwrap();
    let failure = catch_unwind(|| aws.assert_no_leaks()).unwrap_err();
    let message = failure.downcast_ref::<String>().unwrap();
    assert!(message.ends_with("secretsmanager:UpdateSecret in body.Description"), "{message}");
}

#[test]
fn accounts_do_not_meet() {
    let names: Vec<_> = thread::scope(|scope| {
        let test = |number: usize| {
            let aws = AwsStandIn::shared();
            create(&aws, "app/A", &number.to_string());
            if number.is_multiple_of(2) {
                aws.faults(json!([{"op": "secretsmanager:GetSecretValue", "do": "error", "code": "Denied"}]));
            }
            let expected =
                if number.is_multiple_of(2) { Err("Denied".to_owned()) } else { Ok(number.to_string()) };
            for _ in 0..5 {
                assert_eq!(value(&aws, "app/A"), expected);
            }
            assert_eq!(aws.journal().len(), 5);
            aws.id().to_owned()
        };
        let running: Vec<_> = (0..8).map(|number| scope.spawn(move || test(number))).collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let other = AwsStandIn::shared();
    assert!(!names.contains(&other.id().to_owned()));
    assert_eq!(value(&other, "app/A"), Err("ResourceNotFoundException".to_owned()));
}

#[test]
fn regions_of_an_account_share_its_journal() {
    let aws = AwsStandIn::shared();
    let there = aws.in_region("eu-west-1");
    let params =
        json!({"Name": "app/A", "SecretString": "x", "AddReplicaRegions": [{"Region": "eu-west-1"}]});
    aws.call(SM, "CreateSecret", params).unwrap();
    create(&there, "app/B", "there");
    assert_eq!(value(&there, "app/A"), Ok("x".to_owned()));
    assert_eq!(value(&aws, "app/B"), Err("ResourceNotFoundException".to_owned()));
    let regions: Vec<_> = aws.journal().into_iter().map(|call| call.region).collect();
    assert_eq!(regions, ["eu-west-1", "us-east-1"]);
}

#[test]
fn an_account_can_be_seeded_and_emptied() {
    let aws = AwsStandIn::shared();
    aws.seed_secret(json!({"name": "rds!db-1", "owning_service": "rds", "rotation": true}));
    let found = aws.ask(SM, "DescribeSecret", json!({"SecretId": "rds!db-1"})).unwrap();
    assert_eq!((&found["OwningService"], &found["RotationEnabled"]), (&json!("rds"), &json!(true)));
    aws.reset();
    assert_eq!(aws.journal(), []);
    assert_eq!(aws.call(SM, "ListSecrets", json!({})).unwrap()["SecretList"], json!([]));
}

#[test]
fn a_process_of_ones_own_ends_when_dropped() {
    let stand_in = AwsStandIn::start();
    let aws = stand_in.account();
    let variables = aws.environment();
    assert!(variables.contains(&("AWS_ENDPOINT_URL", stand_in.endpoint())));
    assert!(variables.contains(&("AWS_ACCESS_KEY_ID", aws.id().to_owned())));
    assert_eq!(value(&aws, "app/A"), Err("ResourceNotFoundException".to_owned()));
    drop(stand_in);
    assert_eq!(value(&aws, "app/A"), Err("no answer".to_owned()));
}
