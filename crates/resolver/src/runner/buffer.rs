//! A byte buffer that grows without leaving copies of its content behind.

use zeroize::Zeroizing;

/// Collects bytes up to a limit. `Vec` frees its old memory unwiped when it grows; this one wipes it.
#[derive(Default)]
pub(super) struct WipedBuffer(Zeroizing<Vec<u8>>);

impl WipedBuffer {
    /// Appends; false when the result would be longer than `limit`, and then nothing is added.
    pub(super) fn push(&mut self, bytes: &[u8], limit: usize) -> bool {
        let length = self.0.len() + bytes.len();
        if length > limit {
            return false;
        }
        if length > self.0.capacity() {
            let mut larger = Zeroizing::new(Vec::with_capacity(length.max(2 * self.0.capacity())));
            larger.extend_from_slice(&self.0);
            self.0 = larger;
        }
        self.0.extend_from_slice(bytes);
        true
    }

    pub(super) fn take(&mut self) -> Zeroizing<Vec<u8>> {
        std::mem::take(&mut self.0)
    }
}

/// Keeps the last bytes of a stream.
#[derive(Default)]
pub(super) struct Tail {
    bytes: Zeroizing<Vec<u8>>,
    cut: bool,
}

impl Tail {
    /// How many bytes are kept at least.
    const KEEP: usize = 64 << 10;

    pub(super) fn push(&mut self, bytes: &[u8]) {
        if self.bytes.capacity() == 0 {
            self.bytes.reserve_exact(2 * Self::KEEP);
        }
        for chunk in bytes.chunks(Self::KEEP) {
            if self.bytes.len() + chunk.len() > 2 * Self::KEEP {
                let extra = self.bytes.len() - Self::KEEP;
                self.bytes.drain(..extra);
                self.cut = true;
            }
            self.bytes.extend_from_slice(chunk);
        }
    }

    /// The kept bytes from the first whole line on: half a line could hold half a secret.
    pub(super) fn lines(&self) -> &[u8] {
        if !self.cut {
            return &self.bytes;
        }
        match self.bytes.iter().position(|&byte| byte == b'\n') {
            Some(end) => &self.bytes[end + 1..],
            None => &[],
        }
    }
}
