//! `base64` and `hex`. Only counted, never decoded: no copy of the bytes is made.

use std::borrow::Cow;

use super::words::plural;
use super::{EncodedType, Mismatch};

/// What has been read of a base64 text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Base64Scan {
    symbols: usize,
    padding: usize,
    standard: bool,
    url_safe: bool,
}

impl Base64Scan {
    /// Takes the next byte; `false` when it cannot stand here.
    pub(super) fn push(&mut self, byte: u8) -> bool {
        match byte {
            b'=' => {
                self.padding += 1;
                return self.padding <= 2;
            }
            b'+' | b'/' => self.standard = true,
            b'-' | b'_' => self.url_safe = true,
            _ if byte.is_ascii_alphanumeric() => {}
            _ => return false,
        }
        self.symbols += 1;
        self.padding == 0
    }

    /// How many bytes the text stands for; `None` when it is cut off, badly padded, or mixes two alphabets.
    pub(super) fn decoded(self) -> Option<usize> {
        let cut = self.symbols % 4 == 1;
        let padded = self.padding == 0 || (self.symbols + self.padding).is_multiple_of(4);
        (!cut && padded && !self.is_mixed()).then_some(self.symbols / 4 * 3 + self.symbols % 4 * 3 / 4)
    }

    /// Whether the text is in the standard alphabet and padded where it has to be.
    pub(super) fn is_standard(self) -> bool {
        !self.url_safe && (self.symbols + self.padding).is_multiple_of(4)
    }

    fn is_mixed(self) -> bool {
        self.standard && self.url_safe
    }

    fn of(text: &str) -> Option<Self> {
        let mut scan = Self::default();
        text.bytes().all(|byte| scan.push(byte)).then_some(scan)
    }
}

/// How many bytes a text of hexadecimal digits stands for.
fn hex_decoded(text: &str) -> Option<usize> {
    let digits = text.bytes().all(|byte| byte.is_ascii_hexdigit());
    (digits && text.len().is_multiple_of(2)).then_some(text.len() / 2)
}

fn is_right(of: EncodedType, decoded: Option<usize>) -> bool {
    decoded.is_some_and(|bytes| bytes > 0 && of.bytes.is_none_or(|wanted| bytes == wanted))
}

/// Bits that the last symbol leaves over may be set, as most decoders allow.
pub(super) fn base64(of: EncodedType, text: &str) -> Result<(), Mismatch> {
    let scan = Base64Scan::of(text);
    if is_right(of, scan.and_then(Base64Scan::decoded)) {
        return Ok(());
    }
    let help = if of.bytes.is_some() && is_right(of, hex_decoded(text)) {
        Some("this is the right number of bytes in hexadecimal; write them in base64")
    } else if scan.is_some_and(Base64Scan::is_mixed) {
        Some("use one alphabet: either `+` and `/`, or `-` and `_`")
    } else if text.trim().contains(char::is_whitespace) {
        Some("write it on one line, without white space")
    } else {
        None
    };
    Err(Mismatch::new(&base64_expectation(of), text, help))
}

pub(super) fn base64_expectation(of: EncodedType) -> Cow<'static, str> {
    match of.bytes {
        None => "base64 text".into(),
        Some(bytes) => format!("exactly {} of base64", plural(bytes, "byte")).into(),
    }
}

pub(super) fn hex(of: EncodedType, text: &str) -> Result<(), Mismatch> {
    if is_right(of, hex_decoded(text)) {
        return Ok(());
    }
    let help = if text.starts_with("0x") || text.starts_with("0X") {
        Some("leave out the `0x`")
    } else if of.bytes.is_some() && is_right(of, Base64Scan::of(text).and_then(Base64Scan::decoded)) {
        Some("this is the right number of bytes in base64; write them in hexadecimal")
    } else if text.trim().contains([':', '-', ' ', '\n']) {
        Some("write the digits without separators between them")
    } else {
        None
    };
    Err(Mismatch::new(&hex_expectation(of), text, help))
}

pub(super) fn hex_expectation(of: EncodedType) -> Cow<'static, str> {
    match of.bytes {
        None => "hexadecimal digits, two for each byte".into(),
        Some(bytes) => format!("exactly {} in hexadecimal, two digits each", plural(bytes, "byte")).into(),
    }
}
