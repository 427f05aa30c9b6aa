//! The client of docker, which reads the env file and sends what it read to a server: here a socket of the test.

use std::process::Command;

use envctl_testkit::{DockerServer, TempProject};
use proptest::prelude::*;

use super::{any_values, awkward, few_cases, printed, reader, written};

/// The environment that the client asks for; none without the client.
fn read(text: &str) -> Option<Vec<String>> {
    let server = DockerServer::start();
    let project = TempProject::new().file("exported.env", text);
    let output = reader(
        "docker",
        Command::new("docker")
            .args(["create", "--env-file", "exported.env", "image"])
            .env("DOCKER_HOST", server.host())
            .env("DOCKER_CONFIG", project.path())
            .env_remove("DOCKER_CONTEXT")
            .env_remove("DOCKER_TLS_VERIFY")
            .current_dir(project.path()),
    );
    let body = server.asked();
    printed(&output?);
    let asked: serde_json::Value = serde_json::from_slice(&body).expect("JSON");
    Some(serde_json::from_value(asked["Env"].clone()).unwrap_or_default())
}

fn check(values: &[String]) {
    let (text, kept) = written("docker", values);
    let wanted: Vec<String> =
        kept.iter().enumerate().map(|(index, value)| format!("V{index}={value}")).collect();
    if let Some(read) = read(&text) {
        assert_eq!(read, wanted, "{text}");
    }
}

#[test]
fn docker_reads_awkward_values_back() {
    check(&awkward());
}

#[test]
fn docker_reads_the_longest_line_and_no_longer_one_is_written() {
    // `V0=` and the value.
    let longest = "x".repeat(64 * 1024 - 1 - 3);
    check(std::slice::from_ref(&longest));
    let (_, kept) = written("docker", &[format!("{longest}x"), "short".to_owned()]);
    assert_eq!(kept, ["short"]);
}

proptest! {
    #![proptest_config(few_cases())]

    #[test]
    fn docker_reads_what_is_not_refused(values in any_values()) {
        check(&values);
    }
}
