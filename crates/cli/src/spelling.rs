//! The ways in which writers spell a text: as it is, and in common encodings.

use std::fmt::Write as _;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use zeroize::Zeroizing;

/// How a text is spelt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Spelling {
    Plain,
    Base64,
    Hex,
    Percent,
    Json,
}

impl Spelling {
    /// As it follows "the text is here".
    pub(crate) fn told(self) -> &'static str {
        match self {
            Self::Plain => "as it is",
            Self::Base64 => "in base64",
            Self::Hex => "in hexadecimal",
            Self::Percent => "percent-encoded",
            Self::Json => "escaped as in JSON",
        }
    }
}

/// Bytes that different writers leave alone in a percent-encoded text, beside letters and digits.
const UNENCODED: [&str; 6] = ["-._~", "-._~/", "-._~!*'()", "-._~!$&'()*+,;=", "-._~!$&'()*+,;=:@/?", "*-._"];

/// Characters that different writers escape in JSON beside those that they have to: in JavaScript, Go, Gson, PHP with
/// and without slashes, and .NET.
const ESCAPED: [&str; 7] = ["", "/", "<>&", "<>&'=", "<>&'\"", "<>&'\"/", "<>&'\"+`"];

/// Hands over every spelling of a text, itself first; some may be alike. Of base64 it is what depends on this text
/// only, whatever stands around it in what was encoded.
pub(crate) fn spell(text: &str, mut add: impl FnMut(Spelling, String)) {
    add(Spelling::Plain, text.to_owned());
    for shift in 0..3 {
        add(Spelling::Base64, base64_core(&STANDARD, text, shift));
        add(Spelling::Base64, base64_core(&URL_SAFE, text, shift));
    }
    add(Spelling::Hex, each_byte(text, |spelt, byte| write!(spelt, "{byte:02x}")));
    add(Spelling::Hex, each_byte(text, |spelt, byte| write!(spelt, "{byte:02X}")));
    for plain in UNENCODED.into_iter().chain([""]) {
        add(Spelling::Percent, percent(text, plain, |spelt, byte| write!(spelt, "%{byte:02X}")));
        add(Spelling::Percent, percent(text, plain, |spelt, byte| write!(spelt, "%{byte:02x}")));
    }
    for also in ESCAPED {
        for ascii in [false, true] {
            add(Spelling::Json, json(text, ascii, also, |spelt, unit| write!(spelt, "\\u{unit:04x}")));
            add(Spelling::Json, json(text, ascii, also, |spelt, unit| write!(spelt, "\\u{unit:04X}")));
        }
    }
}

/// How many characters of an encoded text tools put into a line: `base64` 76, PEM 64, `xxd -p` 60.
const LINES: [(Spelling, &[usize]); 2] = [(Spelling::Base64, &[76, 64]), (Spelling::Hex, &[60])];

/// Hands over the lines of a text that is encoded by itself and broken into lines as common tools do it, if there are
/// several. The last one is the part of it that whatever follows the text does not change.
pub(crate) fn wrapped(text: &str, mut add: impl FnMut(Spelling, &[&str])) {
    for (spelling, widths) in LINES {
        let encoded = Zeroizing::new(match spelling {
            Spelling::Hex => each_byte(text, |spelt, byte| write!(spelt, "{byte:02x}")),
            _ => base64_core(&STANDARD, text, 0),
        });
        for width in widths.iter().filter(|width| **width < encoded.len()) {
            let ends = (0..encoded.len()).step_by(*width);
            let lines: Vec<_> = ends.map(|start| &encoded[start..encoded.len().min(start + width)]).collect();
            add(spelling, &lines);
        }
    }
}

/// The base64 characters that depend on the value only, when `shift` other bytes stand before it.
fn base64_core(engine: &impl Engine, value: &str, shift: usize) -> String {
    let padded = Zeroizing::new([&b"\0\0"[..shift], value.as_bytes()].concat());
    let encoded = Zeroizing::new(engine.encode(&*padded));
    let (start, end) = ((shift * 8).div_ceil(6), padded.len() * 8 / 6);
    encoded[start..end].to_owned()
}

fn each_byte(value: &str, put: impl Fn(&mut String, u8) -> std::fmt::Result) -> String {
    // With room for all of it, writing never moves the text and leaves none behind.
    let mut text = String::with_capacity(6 * value.len());
    for byte in value.bytes() {
        let _ = put(&mut text, byte);
    }
    text
}

/// A form's space is a `+`, which only its set of plain bytes encodes.
fn percent(value: &str, plain: &str, put: impl Fn(&mut String, u8) -> std::fmt::Result) -> String {
    let (all, form) = (plain.is_empty(), plain == "*-._");
    each_byte(value, |text, byte| match char::from(byte) {
        ' ' if form => text.write_char('+'),
        c if !all && (c.is_ascii_alphanumeric() || plain.contains(c)) => text.write_char(c),
        _ => put(text, byte),
    })
}

/// The inside of a JSON string: what has to be escaped, perhaps all that is not ASCII, and these.
fn json(value: &str, ascii: bool, also: &str, put: impl Fn(&mut String, u16) -> std::fmt::Result) -> String {
    let mut text = String::with_capacity(6 * value.len());
    for c in value.chars() {
        match c {
            '"' if !also.contains('"') => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '/' if also.contains('/') => text.push_str("\\/"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '\u{8}' => text.push_str("\\b"),
            '\u{c}' => text.push_str("\\f"),
            c if c < ' ' || also.contains(c) || (ascii && !c.is_ascii()) => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let _ = put(&mut text, *unit);
                }
            }
            c => text.push(c),
        }
    }
    text
}

/// The password of `scheme://user:password@host`, as it stands there.
pub(crate) fn password(text: &str) -> Option<&str> {
    let (_, after) = text.split_once("://")?;
    let authority = after.split(['/', '?', '#']).next()?;
    let (userinfo, _) = authority.rsplit_once('@')?;
    Some(userinfo.split_once(':')?.1)
}

/// A text with its `%XX` decoded; as it is if that gives no text.
pub(crate) fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let pair = text.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}
