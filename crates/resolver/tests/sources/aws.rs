//! Region and account without asking AWS.

use envctl_resolver::sources::{AwsFacts, ConfiguredAws, Fact, ProcessSnapshot, SourceError, s3_endpoint};
use envctl_testkit::TempProject;
use envschema::Place;

const CONFIG: &str = "\
# accounts of the shop
[default]
output = json
region = eu-west-1

[profile dev]
s3 =
  region = xx-nested-9
sso_region = eu-north-1
REGION=eu-central-1 # Frankfurt
[profile \"two words\"]
region = ap-south-1
[sso-session dev]
region = us-west-1
[profile empty]
region =
[dev]
region = sa-east-1
";

fn given(value: &str) -> Fact {
    Fact { value: value.to_owned(), place: Place::Given { how: "envctl.toml".into() } }
}

fn aws(variables: &[(&str, &str)]) -> ConfiguredAws {
    ConfiguredAws::new(variables.iter().copied().collect())
}

fn region(aws: &ConfiguredAws) -> Option<String> {
    aws.region().unwrap().map(|fact| fact.value)
}

#[test]
fn the_order_is_given_variables_file() {
    let project = TempProject::new().file(".aws/config", CONFIG);
    let home = project.path().display().to_string();
    let all = [("AWS_REGION", "us-east-2"), ("AWS_DEFAULT_REGION", "us-west-2"), ("HOME", home.as_str())];
    let given_too = aws(&all).with_region(given("ca-central-1"));
    assert_eq!(region(&given_too).as_deref(), Some("ca-central-1"));
    assert_eq!(region(&aws(&all)).as_deref(), Some("us-east-2"));
    assert_eq!(region(&aws(&all[1..])).as_deref(), Some("us-west-2"));
    assert_eq!(region(&aws(&all[2..])).as_deref(), Some("eu-west-1"));
    assert_eq!(region(&aws(&[])), None);
    let empty = [("AWS_REGION", " "), ("AWS_DEFAULT_REGION", "us-west-2")];
    assert_eq!(region(&aws(&empty)).as_deref(), Some("us-west-2"));
}

#[test]
fn each_fact_has_its_place() {
    let project = TempProject::new().file("config", CONFIG);
    let path = project.join("config").display().to_string();
    let place = |aws: ConfiguredAws| aws.region().unwrap().unwrap().place;
    assert_eq!(place(aws(&[("AWS_REGION", "us-east-2")])), Place::Process { name: "AWS_REGION".into() });
    assert_eq!(place(aws(&[("AWS_CONFIG_FILE", &path)])), Place::file(path.as_str(), 4, 10));
    let dev = aws(&[("AWS_CONFIG_FILE", &path), ("AWS_PROFILE", "dev")]);
    assert_eq!(place(dev), Place::file(path.as_str(), 10, 8));
}

#[test]
fn profiles_of_the_shared_file() {
    let project = TempProject::new().file("config", CONFIG);
    let path = project.join("config").display().to_string();
    let of = |profile: &str| region(&aws(&[("AWS_CONFIG_FILE", &path), ("AWS_PROFILE", profile)]));
    assert_eq!(of("dev").as_deref(), Some("eu-central-1"));
    assert_eq!(of("two words").as_deref(), Some("ap-south-1"));
    assert_eq!(of("default").as_deref(), Some("eu-west-1"));
    assert_eq!(of("empty"), None);
    assert_eq!(of("none"), None);

    let both = TempProject::new()
        .file("config", "[profile default]\nregion=eu-west-2\n[default]\nregion=eu-west-3\n");
    let path = both.join("config").display().to_string();
    assert_eq!(region(&aws(&[("AWS_CONFIG_FILE", &path)])).as_deref(), Some("eu-west-2"));
}

#[test]
fn a_missing_file_knows_nothing_and_a_broken_one_is_an_error() {
    let project = TempProject::new().file("binary", b"[default]\nregion = \xff\n");
    let path = |name: &str| project.join(name).display().to_string();
    assert_eq!(region(&aws(&[("AWS_CONFIG_FILE", &path("none"))])), None);
    assert_eq!(region(&aws(&[("AWS_CONFIG_FILE", "~/none"), ("HOME", &path(""))])), None);
    let broken = aws(&[("AWS_CONFIG_FILE", "~/binary"), ("HOME", &path(""))]);
    assert!(matches!(broken.region(), Err(SourceError::NotUtf8 { line: 2, .. })));
    assert!(matches!(aws(&[("AWS_CONFIG_FILE", &path(""))]).region(), Err(SourceError::IsDirectory { .. })));
}

#[test]
fn shapes_are_checked() {
    for region in ["us-east-1", "us-gov-west-1", "eusc-de-east-1", "us-iso-east-1", "ap-southeast-12"] {
        assert!(aws(&[("AWS_REGION", region)]).region().is_ok(), "{region}");
    }
    let wrong = [
        "us-east",
        "US-EAST-1",
        "us_east_1",
        "useast1",
        "us-east-1a",
        "us-east-1/",
        "1-us-1",
        "us--1",
        "-",
        "é-é-1",
    ];
    for region in wrong {
        let error = aws(&[("AWS_REGION", region)]).region().unwrap_err();
        assert_eq!(error.to_string(), "environment variable AWS_REGION: is not the name of an AWS region");
    }
    let account = |number| aws(&[]).with_account(given(number)).account();
    assert_eq!(account("123456789012").unwrap().unwrap().value, "123456789012");
    for number in ["12345678901", "1234567890123", "12345678901a", "1234-5678-9012"] {
        assert!(matches!(account(number), Err(SourceError::Account { .. })), "{number}");
    }
    assert_eq!(ConfiguredAws::new(ProcessSnapshot::default()).account().unwrap(), None);
}

#[test]
fn endpoints_of_s3() {
    let cases = [
        ("us-east-1", "https://s3.amazonaws.com"),
        ("us-west-2", "https://s3.us-west-2.amazonaws.com"),
        ("us-gov-west-1", "https://s3.us-gov-west-1.amazonaws.com"),
        ("cn-north-1", "https://s3.cn-north-1.amazonaws.com.cn"),
    ];
    for (region, endpoint) in cases {
        assert_eq!(s3_endpoint(region), endpoint);
    }
}
