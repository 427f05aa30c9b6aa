//! Byte searches that a scan of one line needs, eight bytes at a time where it pays.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH_BITS: u64 = 0x8080_8080_8080_8080;
/// Every byte that can end a bare value (`\0`, `\n`, `\r`, `#`) is below this one; few others are.
const LOW_END: u8 = b'#' + 1;

/// Spaces inside a line: space, tab, vertical tab, form feed.
pub(crate) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | 0x0b | 0x0c)
}

/// The first index at or after `at` that holds no blank.
#[inline]
pub(crate) fn skip_blanks(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(|&byte| is_blank(byte)) {
        at += 1;
    }
    at
}

/// The first index at or after `at` whose byte is `#` or below, or the length.
#[inline]
pub(crate) fn find_low(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let word = u64::from_le_bytes(*chunk);
        let low = word.wrapping_sub(ONES * u64::from(LOW_END)) & !word & HIGH_BITS;
        if low != 0 {
            return at + (low.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while bytes.get(at).is_some_and(|&byte| byte >= LOW_END) {
        at += 1;
    }
    at
}

/// The index of the line end at or after `at`, or the length.
pub(crate) fn line_end(bytes: &[u8], at: usize) -> usize {
    memchr::memchr2(b'\n', b'\r', &bytes[at..]).map_or(bytes.len(), |offset| at + offset)
}

/// The index after the line end at `end`: `\n`, `\r\n` and a lone `\r` are line ends.
#[inline]
pub(crate) fn next_line(bytes: &[u8], end: usize) -> usize {
    match bytes.get(end) {
        None => end,
        Some(b'\r') if bytes.get(end + 1) == Some(&b'\n') => end + 2,
        Some(_) => end + 1,
    }
}

/// How many line ends `bytes` holds.
pub(crate) fn count_line_ends(bytes: &[u8]) -> u32 {
    memchr::memchr2_iter(b'\n', b'\r', bytes)
        .filter(|&at| bytes[at] == b'\r' || at == 0 || bytes[at - 1] != b'\r')
        .fold(0, |count, _| count.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::{count_line_ends, find_low};

    #[test]
    fn find_low_agrees_with_the_plain_search() {
        for fill in [b'$', b'a', 0x7f, 0x80, 0xff] {
            for low in 0..=b'#' {
                for at in 0..20 {
                    let mut bytes = [fill; 20];
                    bytes[at] = low;
                    bytes[19] = low;
                    assert_eq!(find_low(&bytes, 0), at, "{fill} {low} {at}");
                }
            }
            assert_eq!(find_low(&[fill; 20], 3), 20);
        }
    }

    #[test]
    fn every_kind_of_line_end_counts_once() {
        assert_eq!(count_line_ends(b"a\nb\r\nc\rd\r\r\n\n"), 6);
        assert_eq!(count_line_ends(b"\n"), 1);
        assert_eq!(count_line_ends(b""), 0);
    }
}
