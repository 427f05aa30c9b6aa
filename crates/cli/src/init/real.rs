//! Whether a text looks like a secret that is in use, and not like the example of one.

use super::made_up::{Address, is_made_up};

/// How the keys of well-known services begin.
const BEGINNINGS: &[&str] = &[
    "sk_live_",
    "sk_test_",
    "rk_live_",
    "sk-",
    "pk_live_",
    "whsec_",
    "ghp_",
    "gho_",
    "ghs_",
    "ghu_",
    "github_pat_",
    "glpat-",
    "xoxb-",
    "xoxp-",
    "xoxa-",
    "xapp-",
    "AKIA",
    "ASIA",
    "AIza",
    "ya29.",
    "eyJ",
    "SG.",
    "npm_",
    "dop_v1_",
    "shpat_",
    "hf_",
    "re_",
    "phc_",
    "lin_api_",
    "pul-",
    "e2b_",
    "AGE-SECRET-KEY-",
];

/// How long a text of random characters is, at least.
const LONG: usize = 20;

/// How many different bits a character of it carries, at least.
const RANDOM: f64 = 3.3;

/// How long a scrambled word is, at least.
const SCRAMBLED: usize = 10;

/// Whether a text holds what looks like a secret in use: a key block, the password or token of an address, a key of a
/// well-known service, or many random characters.
pub(super) fn looks_real(text: &str) -> bool {
    if text.contains("-----BEGIN") && text.contains("PRIVATE KEY") {
        return text.len() > 200;
    }
    if let Some(address) = Address::of(text) {
        // What is random in an address is the token of a hook.
        return address.has_secret() || text.split(['/', '?', '&', '=', '#', ',', ' ']).any(is_random);
    }
    text.split([' ', ',', ';', ':', '=']).any(is_random)
}

fn is_random(word: &str) -> bool {
    let key = |c: char| c.is_ascii_alphanumeric() || "+/=_-.@!%^*~&$".contains(c);
    if is_made_up(word) || !word.chars().all(key) {
        return false;
    }
    let begins = BEGINNINGS.iter().any(|known| word.starts_with(known) && word.len() >= known.len() + 12);
    let long = word.len() >= LONG && mixes(word) && bits_each(word) >= RANDOM;
    (begins && mixes(word)) || long || is_scrambled(word)
}

/// Small letters, capitals and digits in turns, in one piece.
fn is_scrambled(word: &str) -> bool {
    let class = |byte: u8| match byte {
        b'0'..=b'9' => 0,
        b'A'..=b'Z' => 1,
        b'a'..=b'z' => 2,
        _ => 3,
    };
    let classes: Vec<u8> = word.bytes().map(class).collect();
    let turns = classes.windows(2).filter(|pair| pair[0] != pair[1]).count();
    let has = |class| classes.contains(&class);
    let in_one_piece = !word.contains(['/', '.', '_', '-', '=']);
    word.len() >= SCRAMBLED && in_one_piece && has(0) && has(1) && has(2) && mixes(word) && turns >= 4
}

/// Letters and digits among each other, as words and numbers are not.
fn mixes(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits >= 2 && text.bytes().filter(u8::is_ascii_alphabetic).count() >= 2
}

/// The entropy of the characters.
fn bits_each(text: &str) -> f64 {
    let mut counts = [0_u32; 256];
    text.bytes().for_each(|byte| counts[usize::from(byte)] += 1);
    let all = f64::from(u32::try_from(text.len()).unwrap_or(u32::MAX));
    let bits = |count: &u32| {
        let share = f64::from(*count) / all;
        -share * share.log2()
    };
    counts.iter().filter(|count| **count > 0).map(bits).sum()
}
