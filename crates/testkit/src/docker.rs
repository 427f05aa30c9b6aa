//! [`DockerServer`]: what a client of docker talks to.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread::{self, JoinHandle};

/// A server of docker that knows one request, to make a container, and keeps what was asked for.
#[derive(Debug)]
pub struct DockerServer {
    address: SocketAddr,
    answering: JoinHandle<Vec<u8>>,
}

impl DockerServer {
    /// Listens on a port of this machine's own.
    #[must_use]
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        Self { address, answering: thread::spawn(move || serve(&listener)) }
    }

    /// The value of `DOCKER_HOST`.
    #[must_use]
    pub fn host(&self) -> String {
        format!("tcp://{}", self.address)
    }

    /// The body of the request, once the client has ended; empty if it asked for no container.
    #[must_use]
    pub fn asked(self) -> Vec<u8> {
        // The server may wait for a request that does not come.
        let _ = TcpStream::connect(self.address).map(drop);
        self.answering.join().expect("the server ends")
    }
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
