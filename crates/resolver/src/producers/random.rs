//! Where randomness comes from.

use zeroize::Zeroizing;

/// The random source failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no random bytes: {reason}")]
pub struct RandomError {
    /// What the source said.
    pub reason: String,
}

/// Gives bytes that nobody can guess.
pub trait RandomSource {
    /// Fills all of `bytes`.
    ///
    /// # Errors
    ///
    /// When the source cannot fill them; what is in `bytes` must not be used then.
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), RandomError>;
}

/// The operating system's source.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsRandom;

impl RandomSource for OsRandom {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), RandomError> {
        getrandom::fill(bytes).map_err(|error| RandomError { reason: error.to_string() })
    }
}

/// Draws this many bytes, wiped when dropped.
pub(super) fn draw(count: usize, random: &mut dyn RandomSource) -> Result<Zeroizing<Vec<u8>>, RandomError> {
    let mut bytes = Zeroizing::new(vec![0; count]);
    random.fill(&mut bytes)?;
    Ok(bytes)
}
