//! A file in memory.

use std::sync::{Arc, Mutex};

use envctl_sync::{ApplyError, Storage, TargetError};
use envctl_testkit::MemoryTarget;
use zeroize::Zeroizing;

/// A file in memory; clones are the same file.
#[derive(Clone, Default)]
pub(crate) struct MemoryFile(Arc<Mutex<File>>);

#[derive(Default)]
struct File {
    content: Option<Vec<u8>>,
    is_out: bool,
    writes: usize,
}

impl MemoryFile {
    /// A file that holds this.
    pub(crate) fn of(content: impl AsRef<[u8]>) -> Self {
        let file = Self::default();
        file.other_writes(content);
        file
    }

    /// Somebody else writes it.
    pub(crate) fn other_writes(&self, content: impl AsRef<[u8]>) {
        self.0.lock().unwrap().content = Some(content.as_ref().to_vec());
    }

    /// From now on it cannot be read or written.
    pub(crate) fn breaks(&self) {
        self.0.lock().unwrap().is_out = true;
    }

    pub(crate) fn text(&self) -> Option<String> {
        self.0.lock().unwrap().content.clone().map(|content| String::from_utf8(content).unwrap())
    }

    pub(crate) fn writes(&self) -> usize {
        self.0.lock().unwrap().writes
    }

    fn replace(&self, content: Option<&[u8]>, before: Option<&[u8]>) -> Result<(), ApplyError> {
        let mut file = self.0.lock().unwrap();
        if file.is_out {
            return Err(ApplyError::Unchanged(MemoryTarget::outage()));
        }
        if file.content.as_deref() != before {
            return Err(ApplyError::Conflict);
        }
        file.content = content.map(<[u8]>::to_vec);
        file.writes += 1;
        Ok(())
    }
}

impl Storage for MemoryFile {
    fn shown(&self) -> String {
        "deploy/.env".to_owned()
    }

    fn read(&self) -> Result<Option<Zeroizing<Vec<u8>>>, TargetError> {
        let file = self.0.lock().unwrap();
        if file.is_out {
            return Err(MemoryTarget::outage());
        }
        Ok(file.content.clone().map(Zeroizing::new))
    }

    fn write(&self, bytes: &[u8], before: Option<&[u8]>) -> Result<(), ApplyError> {
        self.replace(Some(bytes), before)
    }

    fn remove(&self, before: &[u8]) -> Result<(), ApplyError> {
        self.replace(None, Some(before))
    }
}
