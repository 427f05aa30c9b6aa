//! Random texts. Each is written into a buffer of its final size, so that no copy is left behind.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::random::{RandomError, RandomSource, draw};

type Text = Result<Zeroizing<String>, RandomError>;

const HEX: &[u8; 16] = b"0123456789abcdef";

const ALNUM: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// Standard base64 with padding.
pub(super) fn base64(bytes: usize, random: &mut dyn RandomSource) -> Text {
    let drawn = draw(bytes, random)?;
    let mut text = Zeroizing::new(String::with_capacity(bytes.div_ceil(3) * 4));
    STANDARD.encode_string(&*drawn, &mut text);
    Ok(text)
}

/// Lower-case hexadecimal.
pub(super) fn hex(bytes: usize, random: &mut dyn RandomSource) -> Text {
    let drawn = draw(bytes, random)?;
    let mut text = Zeroizing::new(String::with_capacity(bytes * 2));
    for byte in drawn.iter() {
        push_hex(&mut text, *byte);
    }
    Ok(text)
}

/// Letters and digits, each as likely as any other: bytes beyond the last multiple of 62 are drawn again.
pub(super) fn alnum(characters: usize, random: &mut dyn RandomSource) -> Text {
    let fair = 256 - 256 % ALNUM.len();
    let mut text = Zeroizing::new(String::with_capacity(characters));
    while text.len() < characters {
        // 64 bytes that are all beyond the limit come once in 2^320 draws: then the source is broken.
        let drawn = draw(64, random)?;
        let before = text.len();
        let kept = drawn.iter().map(|&byte| usize::from(byte)).filter(|&byte| byte < fair);
        for byte in kept.take(characters - before) {
            text.push(char::from(ALNUM[byte % ALNUM.len()]));
        }
        if text.len() == before {
            return Err(RandomError { reason: "the source repeats itself".to_owned() });
        }
    }
    Ok(text)
}

/// A UUID of version 4, RFC 9562.
pub(super) fn uuid(random: &mut dyn RandomSource) -> Text {
    let mut drawn = draw(16, random)?;
    drawn[6] = drawn[6] & 0x0f | 0x40;
    drawn[8] = drawn[8] & 0x3f | 0x80;
    let mut text = Zeroizing::new(String::with_capacity(36));
    for (position, byte) in drawn.iter().enumerate() {
        if [4, 6, 8, 10].contains(&position) {
            text.push('-');
        }
        push_hex(&mut text, *byte);
    }
    Ok(text)
}

fn push_hex(text: &mut String, byte: u8) {
    text.push(char::from(HEX[usize::from(byte >> 4)]));
    text.push(char::from(HEX[usize::from(byte & 0x0f)]));
}
