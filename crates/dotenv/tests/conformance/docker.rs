//! The client of docker. It reads the env file and sends what it read to a server, which is a socket of the test.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::thread;

use envctl_dotenv::Dialect;

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
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let server = thread::spawn(move || serve(&listener));
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("read.env"), text).expect("a file");
    let output = Command::new("docker")
        .args(["create", "--env-file", "read.env", "image"])
        .env_clear()
        .env("PATH", "/usr/local/bin:/usr/bin:/bin")
        .env("DOCKER_HOST", format!("tcp://{address}"))
        .env("DOCKER_CONFIG", folder.path())
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output();
    // The server may wait for a request that does not come.
    let _ = TcpStream::connect(address).map(drop);
    let output = output.ok()?;
    let asked = server.join().expect("the server ends");
    if !output.status.success() {
        return Some(Sight::Refused(String::from_utf8_lossy(&output.stderr).trim().to_owned()));
    }
    let asked: serde_json::Value = serde_json::from_slice(&asked).expect("JSON");
    let lines: Vec<String> = serde_json::from_value(asked["Env"].clone()).unwrap_or_default();
    let pairs = lines.iter().map(|line| line.split_once('=').unwrap_or((line, "")));
    let values: BTreeMap<_, _> = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    Some(Sight::Values(values))
}

/// Answers until a container is to be made, and gives that request's body; or until the client says nothing.
fn serve(listener: &TcpListener) -> Vec<u8> {
    loop {
        let (stream, _) = listener.accept().expect("a client");
        let mut stream = BufReader::new(stream);
        let mut silent = true;
        while let Some((line, body)) = request(&mut stream) {
            silent = false;
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
        if silent {
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
