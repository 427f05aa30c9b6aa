//! Needles in a text of any length, with their lines and columns.

use std::io::{self, Read};

use memchr::{memchr_iter, memrchr};

use super::needles::Needles;

/// How much of a text is looked at at once.
const CHUNK: usize = 128 << 10;

/// A needle that was found. Line and column count from 1, columns in characters.
#[derive(Clone, Copy)]
pub(super) struct Hit {
    pub(super) pattern: usize,
    pub(super) line: u32,
    pub(super) column: u32,
}

/// Looks for needles in one text after the other, and keeps its buffer between them.
pub(super) struct Stream<'a> {
    needles: &'a Needles,
    buffer: Vec<u8>,
}

impl<'a> Stream<'a> {
    pub(super) fn new(needles: &'a Needles) -> Self {
        Self { needles, buffer: vec![0; CHUNK + needles.longest] }
    }

    /// Reads a text to its end: what was found, and how many bytes there were.
    pub(super) fn search(&mut self, input: &mut dyn Read) -> io::Result<(Vec<Hit>, u64)> {
        let Self { needles, buffer } = self;
        let mut hits = Vec::new();
        let mut position = Position::default();
        let (mut held, mut total) = (0, 0);
        loop {
            let read = fill(input, &mut buffer[held..])?;
            total += read as u64;
            let text = &buffer[..held + read];
            let is_last = text.len() < buffer.len();
            // A needle that begins before this is here to its end, whichever it is.
            let limit = if is_last { text.len() } else { text.len() - needles.longest.saturating_sub(1) };
            let mut done = 0;
            let mut counted = 0;
            while let Some(found) = needles.find(text, done).filter(|found| found.start() < limit) {
                position.pass(&text[counted..found.start()]);
                counted = found.start();
                hits.push(position.hit(found.pattern().as_usize()));
                done = found.end();
            }
            if is_last {
                return Ok((hits, total));
            }
            let keep = done.max(limit);
            position.pass(&text[counted..keep]);
            held = text.len() - keep;
            buffer.copy_within(keep.., 0);
        }
    }
}

/// Reads until the buffer is full or the text ends.
fn fill(input: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut length = 0;
    while length < buffer.len() {
        match input.read(&mut buffer[length..]) {
            Ok(0) => break,
            Ok(read) => length += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(length)
}

/// How many lines, and characters of the last one, stand before.
#[derive(Default)]
struct Position {
    lines: u32,
    characters: u32,
}

impl Position {
    fn pass(&mut self, text: &[u8]) {
        let rest = match memrchr(b'\n', text) {
            Some(last) => {
                self.lines = self.lines.saturating_add(length(memchr_iter(b'\n', text).count()));
                self.characters = 0;
                &text[last + 1..]
            }
            None => text,
        };
        let begins = rest.iter().filter(|byte| !(0x80..0xc0).contains(*byte)).count();
        self.characters = self.characters.saturating_add(length(begins));
    }

    fn hit(&self, pattern: usize) -> Hit {
        Hit { pattern, line: self.lines.saturating_add(1), column: self.characters.saturating_add(1) }
    }
}

fn length(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
