//! The client of docker. It reads the env file and sends what it read to a server, which is a socket of the test.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};

use envctl_dotenv::Dialect;
use envctl_testkit::DockerServer;

use super::{Driver, Real, Sight, random_files_are_read_alike, written_values_come_back};

const DOCKER: Real =
    Real { name: "docker", dialect: Dialect::Docker, batch: 20, driver: Driver::Function(read_all) };

#[test]
fn docker_reads_back_what_is_written_for_it() {
    written_values_come_back(&DOCKER);
}

#[test]
fn docker_reads_files_as_our_rules_do() {
    random_files_are_read_alike(&DOCKER, |_| None);
}

fn read_all(texts: &[String]) -> Option<Vec<Sight>> {
    texts.iter().map(|text| read(text)).collect()
}

/// The environment that the client asks for; none without the client.
fn read(text: &str) -> Option<Sight> {
    let server = DockerServer::start();
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("read.env"), text).expect("a file");
    let output = Command::new("docker")
        .args(["create", "--env-file", "read.env", "image"])
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .env("DOCKER_HOST", server.host())
        .env("DOCKER_CONFIG", folder.path())
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output();
    let asked = server.asked();
    let output = output.ok()?;
    if !output.status.success() {
        return Some(Sight::Refused(String::from_utf8_lossy(&output.stderr).trim().to_owned()));
    }
    let asked: serde_json::Value = serde_json::from_slice(&asked).expect("JSON");
    let lines: Vec<String> = serde_json::from_value(asked["Env"].clone()).unwrap_or_default();
    let pairs = lines.iter().map(|line| line.split_once('=').unwrap_or((line, "")));
    let values: BTreeMap<_, _> = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    Some(Sight::Values(values))
}
