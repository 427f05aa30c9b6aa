//! [`Objects`]: the contents of git's objects, one after the other, however large.

use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;

use crate::edge::Edge;
use crate::error::CliError;

use super::git::PASSED;

/// What an object is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Blob,
    Tree,
    /// A commit or tag.
    Message,
}

/// Reads objects through one `git cat-file --batch`.
pub(super) struct Objects {
    folder: PathBuf,
    environment: Vec<(&'static str, OsString)>,
}

impl Objects {
    pub(super) fn of(edge: &Edge, folder: &Path) -> Self {
        let names = ["PATH", "HOME"].into_iter().chain(PASSED);
        let value = |name| edge.environment.get_os(name).map(|value| (name, value.to_owned()));
        Self { folder: folder.to_owned(), environment: names.filter_map(value).collect() }
    }

    /// Hands over each of these objects, by name and path, with its content.
    pub(super) fn each(
        &self,
        objects: &[(String, String)],
        mut take: impl FnMut(&(String, String), Kind, &mut dyn Read) -> io::Result<()>,
    ) -> Result<(), CliError> {
        if objects.is_empty() {
            return Ok(());
        }
        let mut child = Ending(self.start().map_err(CliError::Objects)?);
        let (Some(mut input), Some(output)) = (child.0.stdin.take(), child.0.stdout.take()) else {
            return Ok(());
        };
        let mut output = BufReader::with_capacity(256 << 10, output);
        let read = thread::scope(|scope| {
            // A thread of its own: git answers before it has read all, and waits until the answer is taken.
            scope.spawn(move || objects.iter().try_for_each(|(object, _)| writeln!(input, "{object}")));
            let read = objects.iter().try_for_each(|object| one(&mut output, object, &mut take));
            // If that ended early, git must not wait for the rest.
            drop(output);
            read
        });
        read.map_err(CliError::Objects)?;
        let status = child.0.wait().map_err(CliError::Objects)?;
        if status.success() { Ok(()) } else { Err(CliError::Objects(io::Error::other(status.to_string()))) }
    }

    fn start(&self) -> io::Result<Child> {
        Command::new("git")
            .args(["--no-optional-locks", "cat-file", "--batch", "--buffer"])
            .env_clear()
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .current_dir(&self.folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
    }
}

/// Reads `NAME TYPE SIZE`, the content, and the line break after it.
fn one(
    output: &mut impl BufRead,
    object: &(String, String),
    take: &mut impl FnMut(&(String, String), Kind, &mut dyn Read) -> io::Result<()>,
) -> io::Result<()> {
    let mut head = String::new();
    output.read_line(&mut head)?;
    let mut words = head.split_whitespace().skip(1);
    let kind = match words.next() {
        Some("blob") => Kind::Blob,
        Some("tree") => Kind::Tree,
        Some("commit" | "tag") => Kind::Message,
        _ => return Err(io::Error::other(format!("it does not have the object {}", object.0))),
    };
    let size = words.next().and_then(|size| size.parse().ok()).unwrap_or(0);
    let mut content = output.take(size);
    take(object, kind, &mut content)?;
    io::copy(&mut content, &mut io::sink())?;
    output.read_exact(&mut [0])
}

/// A child that is ended if it has not ended by itself.
struct Ending(Child);

impl Drop for Ending {
    fn drop(&mut self) {
        // One that has ended already cannot be ended again, which is what is wanted.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
