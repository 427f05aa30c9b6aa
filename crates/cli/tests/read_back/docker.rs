//! The client of docker, which reads the env file and sends what it read to a server: here a socket of the test.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::thread;

use envctl_testkit::TempProject;
use proptest::prelude::*;

use super::{any_values, awkward, few_cases, printed, reader, written};

/// The environment that the client asks for; none without the client.
fn read(text: &str) -> Option<Vec<String>> {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let host = format!("tcp://{}", listener.local_addr().expect("an address"));
    let server = thread::spawn(move || serve(&listener));
    let project = TempProject::new().file("exported.env", text);
    let output = reader(
        "docker",
        Command::new("docker")
            .args(["create", "--env-file", "exported.env", "image"])
            .env("DOCKER_HOST", &host)
            .env("DOCKER_CONFIG", project.path())
            .env_remove("DOCKER_CONTEXT")
            .env_remove("DOCKER_TLS_VERIFY")
            .current_dir(project.path()),
    );
    let Some(output) = output else {
        // The server waits for a request that will not come.
        let _ = TcpStream::connect(host.trim_start_matches("tcp://")).map(drop);
        return None;
    };
    printed(&output);
    let body = server.join().expect("the server ends");
    let asked: serde_json::Value = serde_json::from_slice(&body).expect("JSON");
    Some(serde_json::from_value(asked["Env"].clone()).unwrap_or_default())
}

/// Answers until a container is to be made, and gives that request's body.
fn serve(listener: &TcpListener) -> Vec<u8> {
    loop {
        let (stream, _) = listener.accept().expect("a client");
        let mut stream = BufReader::new(stream);
        while let Some((line, body)) = request(&mut stream) {
            let create = line.starts_with("POST ") && line.contains("/containers/create");
            let reply = if create { r#"{"Id":"made","Warnings":[]}"# } else { "{}" };
            let status = if create { "201 Created" } else { "200 OK" };
            let length = reply.len();
            let head = format!(
                "HTTP/1.1 {status}\r\nApi-Version: 1.41\r\nOstype: linux\r\nContent-Type: application/json\r\n"
            );
            let reply = if line.starts_with("HEAD ") { "" } else { reply };
            let _ = write!(stream.get_mut(), "{head}Content-Length: {length}\r\n\r\n{reply}");
            if create {
                return body;
            }
        }
        if thread::panicking() {
            return Vec::new();
        }
    }
}

/// The first line and the body of a request; none at the end.
fn request(stream: &mut BufReader<TcpStream>) -> Option<(String, Vec<u8>)> {
    let mut first = String::new();
    let mut length = 0;
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).ok().filter(|read| *read > 0)?;
        if first.is_empty() {
            first = line.clone();
        }
        let lower = line.to_ascii_lowercase();
        if let Some(told) = lower.strip_prefix("content-length:") {
            length = told.trim().parse().expect("a number");
        }
        if line == "\r\n" {
            break;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    Some((first, body))
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
