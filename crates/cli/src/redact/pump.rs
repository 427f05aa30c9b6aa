//! [`Pump`]: carries one stream of a child to ours, masked.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::os::fd::OwnedFd;
use std::sync::{Arc, Mutex, PoisonError, TryLockError};
use std::thread;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::ioctl_fionread;
use zeroize::Zeroizing;

use super::Redactor;

/// More than a pipe holds: what comes after that was not written by a child that has ended before.
const PIPE: usize = 1 << 20;

/// One stream of a child on its way to ours, in a thread of its own.
pub(crate) struct Pump(Arc<Mutex<Stream>>);

struct Stream {
    /// Where the child writes to; none after its end.
    from: Option<File>,
    to: Box<dyn Write + Send>,
    redactor: Redactor,
    masked: Vec<u8>,
    /// How many bytes have come since the child ended, once it has.
    after_end: Option<usize>,
    /// Why ours cannot be written, other than that nobody reads it.
    failed: Option<io::Error>,
}

/// How far a stream is when the child has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Drained {
    /// Its other end is closed.
    Closed,
    /// What the child wrote is through; someone else keeps the other end open.
    Open,
    /// There is more to carry.
    NotYet,
}

impl Pump {
    /// Begins to carry `from` to `to`.
    ///
    /// # Errors
    ///
    /// What the system says when there are no more file descriptors.
    pub(crate) fn start(
        from: OwnedFd,
        to: impl Write + Send + 'static,
        redactor: Redactor,
    ) -> io::Result<Self> {
        let watched = File::from(from.try_clone()?);
        let stream = Stream {
            from: Some(File::from(from)),
            to: Box::new(to),
            redactor,
            masked: Vec::new(),
            after_end: None,
            failed: None,
        };
        let stream = Arc::new(Mutex::new(stream));
        let shared = Arc::clone(&stream);
        thread::spawn(move || {
            let mut chunk = Zeroizing::new(vec![0; 64 << 10]);
            // Waiting is done without the lock: what was read is always through when nobody holds it.
            while readable(&watched)
                && shared.lock().unwrap_or_else(PoisonError::into_inner).carry(&mut chunk)
            {}
        });
        Ok(Self(stream))
    }

    /// How far the stream is; to be asked when the child has ended.
    pub(crate) fn drained(&self) -> Drained {
        let mut stream = match self.0.try_lock() {
            Ok(stream) => stream,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return Drained::NotYet,
        };
        let Some(from) = &stream.from else { return Drained::Closed };
        let empty = ioctl_fionread(from).map_or(true, |waiting| waiting == 0);
        let enough = stream.after_end.is_some_and(|bytes| bytes > PIPE);
        stream.after_end.get_or_insert(0);
        if empty || enough { Drained::Open } else { Drained::NotYet }
    }

    /// Ends the stream: what was held back goes out. One that cannot be written now is left as it is.
    pub(crate) fn finish(&self) {
        if let Ok(mut stream) = self.0.try_lock() {
            stream.end();
        }
    }

    /// Why something that came is not written, if that is so. That nobody reads it is no reason.
    pub(crate) fn failure(&self) -> Option<io::Error> {
        self.0.try_lock().ok()?.failed.take()
    }
}

impl Stream {
    /// Carries what has come. `false` at the end, and when nobody reads ours any more: the child then finds its
    /// stream closed, as it would have without us.
    fn carry(&mut self, chunk: &mut [u8]) -> bool {
        let Some(mut from) = self.from.as_ref() else { return false };
        match from.read(chunk) {
            Ok(0) => {
                self.end();
                false
            }
            Ok(length) => {
                if let Some(bytes) = &mut self.after_end {
                    *bytes += length;
                }
                self.redactor.push(&chunk[..length], &mut self.masked);
                let written = self.write();
                if written.is_err() {
                    self.from = None;
                }
                written.is_ok()
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => true,
            Err(_) => {
                self.end();
                false
            }
        }
    }

    fn end(&mut self) {
        if self.from.take().is_some() {
            self.redactor.finish(&mut self.masked);
            // It is told by `failure`.
            let _ = self.write();
        }
    }

    fn write(&mut self) -> io::Result<()> {
        let written = self.to.write_all(&self.masked).and_then(|()| self.to.flush());
        self.masked.clear();
        written.map_err(|error| {
            let kind = error.kind();
            if kind != ErrorKind::BrokenPipe {
                self.failed.get_or_insert(error);
            }
            kind.into()
        })
    }
}

/// Waits until there is something to read, or the end.
fn readable(pipe: &File) -> bool {
    loop {
        match poll(&mut [PollFd::new(pipe, PollFlags::IN)], None) {
            Err(rustix::io::Errno::INTR) => {}
            done => return done.is_ok(),
        }
    }
}
