//! Texts with secrets that grow, and leave nothing behind when they move to a larger place.

use std::io;

use zeroize::{Zeroize, Zeroizing};

/// The most bytes that a form writes for one byte of a value.
const WIDEST: usize = 8;

/// Makes room for what a form writes of a value of so many bytes, with its name and what is around them.
pub(crate) fn make_room(text: &mut Zeroizing<String>, of_value: usize, around: usize) {
    let needed = text.len() + of_value * WIDEST + around;
    if needed > text.capacity() {
        let mut larger = String::with_capacity(needed.next_power_of_two().max(1024));
        larger.push_str(text);
        std::mem::replace(&mut **text, larger).zeroize();
    }
}

/// Bytes that are written one after the other.
#[derive(Default)]
pub(crate) struct Growing(pub(crate) Zeroizing<Vec<u8>>);

impl io::Write for Growing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let needed = self.0.len() + bytes.len();
        if needed > self.0.capacity() {
            let mut larger = Vec::with_capacity(needed.next_power_of_two().max(1024));
            larger.extend_from_slice(&self.0);
            std::mem::replace(&mut *self.0, larger).zeroize();
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
