//! [`Storage`]: one file that is replaced whole.

use zeroize::Zeroizing;

use crate::change::ApplyError;
use crate::target::TargetError;

/// A file that is read and replaced whole, and only as long as it is what it was when it was read.
pub trait Storage: Send + Sync {
    /// What it is called, for people: its path as the user gave it.
    fn shown(&self) -> String;

    /// All that it holds; nothing if it is not there.
    ///
    /// # Errors
    /// [`TargetError`] if it is there and cannot be read.
    fn read(&self) -> Result<Option<Zeroizing<Vec<u8>>>, TargetError>;

    /// Makes it hold `bytes` in one step: whoever reads meanwhile gets all of the old or all of the new. `before` is what
    /// it held when it was read; nothing if it was not there.
    ///
    /// # Errors
    /// - [`ApplyError::Conflict`]: it holds something else by now.
    /// - [`ApplyError::Unchanged`]: it could not be written, and holds what it held.
    fn write(&self, bytes: &[u8], before: Option<&[u8]>) -> Result<(), ApplyError>;

    /// Removes it. `before` is what it held when it was read.
    ///
    /// # Errors
    /// As [`Storage::write`].
    fn remove(&self, before: &[u8]) -> Result<(), ApplyError>;
}
