//! The process that answers.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{OnceLock, mpsc};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use super::AwsAccount;

/// A start takes a second or two; a machine that is busy may need more.
const PATIENCE: Duration = Duration::from_secs(60);

/// A process of its own, which ends when this is dropped, and with the test that started it however that ends.
///
/// Only a test that needs the process itself, such as one that ends it, starts one; any other takes an account of
/// [`AwsStandIn::shared`].
#[derive(Debug)]
pub struct AwsStandIn {
    child: Child,
    address: SocketAddr,
    accounts: AtomicU64,
}

impl AwsStandIn {
    /// Starts it on a free port of loopback, and waits until it answers.
    ///
    /// # Panics
    ///
    /// When it is not installed, or does not get ready within a minute.
    #[must_use]
    pub fn start() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let python = root.join("target/aws/bin/python3");
        assert!(python.exists(), "the stand-in for AWS is missing; run `cargo xtask aws`");
        let mut child = Command::new(&python)
            .args(["-B", "-m", "awsfake", "--until-stdin-closes"])
            .current_dir(root.join("tests/aws"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{} cannot be run: {error}", python.display()));
        let output = child.stdout.take().expect("its output is a pipe");
        let (send, receive) = mpsc::channel();
        thread::spawn(move || {
            let mut line = String::new();
            // The other end is gone once nobody waits any more.
            let _ = BufReader::new(output).read_line(&mut line).map(|_| send.send(line));
        });
        let told = receive.recv_timeout(PATIENCE).unwrap_or_default();
        let Some(address) = endpoint(&told) else {
            let _ = child.kill();
            let _ = child.wait();
            panic!("the stand-in for AWS ended, or was not ready within {PATIENCE:?}; it may have said why");
        };
        Self { child, address, accounts: AtomicU64::new(1) }
    }

    /// A new account of the process that the tests of this binary share.
    ///
    /// # Panics
    ///
    /// As [`AwsStandIn::start`].
    #[must_use]
    pub fn shared() -> AwsAccount {
        // Never dropped: it ends because its standard input closes with this process.
        static SHARED: OnceLock<AwsStandIn> = OnceLock::new();
        SHARED.get_or_init(Self::start).account()
    }

    /// A new account: nothing in it, and nobody else's.
    #[must_use]
    pub fn account(&self) -> AwsAccount {
        AwsAccount::new(self.address, self.accounts.fetch_add(1, Ordering::Relaxed))
    }

    /// The value of `AWS_ENDPOINT_URL`.
    #[must_use]
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for AwsStandIn {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The address in the line that it prints when it is ready.
fn endpoint(line: &str) -> Option<SocketAddr> {
    let told: Value = serde_json::from_str(line).ok()?;
    told["endpoint"].as_str()?.strip_prefix("http://")?.parse().ok()
}
