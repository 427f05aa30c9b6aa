//! Lines and columns of an offset, worked out when somebody asks.

use crate::NotUtf8;
use crate::bytes::count_line_ends;

/// The byte order mark that some editors put before the first line.
pub(crate) const BOM: &str = "\u{feff}";

/// The text of `bytes`.
///
/// # Errors
///
/// [`NotUtf8`] with the place of the first byte that is not UTF-8.
pub fn decode(bytes: &[u8]) -> Result<&str, NotUtf8> {
    std::str::from_utf8(bytes).map_err(|error| {
        let good = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
        let line = count_line_ends(good.as_bytes()).saturating_add(1);
        NotUtf8 { line, column: column(&good, good.len()) }
    })
}

/// Where the line that holds `offset` begins, after a byte order mark.
pub(crate) fn line_start(text: &str, offset: usize) -> usize {
    match memchr::memrchr2(b'\n', b'\r', &text.as_bytes()[..offset]) {
        Some(end) => end + 1,
        None if text.starts_with(BOM) => BOM.len().min(offset),
        None => 0,
    }
}

/// The column of `offset`, from 1, in characters.
pub(crate) fn column(text: &str, offset: usize) -> u32 {
    let before = text[line_start(text, offset)..offset].chars().count();
    u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
}

/// The line end that the text uses first, or `\n`.
pub(crate) fn line_end_of(text: &str) -> &'static str {
    let bytes = text.as_bytes();
    match memchr::memchr2(b'\n', b'\r', bytes) {
        Some(at) if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') => "\r\n",
        Some(at) if bytes[at] == b'\r' => "\r",
        _ => "\n",
    }
}
