//! Whether a text looks like a secret that is in use, and not like the example of one.

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

/// What is said in examples only.
const MADE_UP: &[&str] = &[
    "example",
    "your",
    "change",
    "replace",
    "placeholder",
    "dummy",
    "sample",
    "insert",
    "todo",
    "fixme",
    "redacted",
    "secret",
    "password",
    "xxx",
    "...",
    "***",
    "1234",
    "abcd",
    "<",
    "${",
    "here",
    "test_key",
    "foobar",
    "default",
];

/// How long a text of random characters is, at least.
const LONG: usize = 20;

/// How many different bits a character of it carries, at least.
const RANDOM: f64 = 3.3;

/// Whether a text holds what looks like a secret in use: a key block, the password of an address elsewhere, a key of a
/// well-known service, or many random characters.
pub(super) fn looks_real(text: &str) -> bool {
    if text.contains("-----BEGIN") && text.contains("PRIVATE KEY") {
        return text.len() > 200;
    }
    if let Some(password) = password(text) {
        return password.len() >= 8 && !is_made_up(password) && mixes(password);
    }
    if text.contains("://") {
        // What is random in an address is the token of a hook.
        return text.split(['/', '?', '&', '=', '#']).any(is_random);
    }
    text.split([' ', ',', ';', ':']).any(is_random)
}

fn is_random(word: &str) -> bool {
    let key = |c: char| c.is_ascii_alphanumeric() || "+/=_-.@!%^*~&$".contains(c);
    if is_made_up(word) || !word.chars().all(key) || word.contains("..") {
        return false;
    }
    let begins = BEGINNINGS.iter().any(|known| word.starts_with(known) && word.len() >= known.len() + 12);
    let long = word.len() >= LONG && mixes(word) && bits_each(word) >= RANDOM;
    (begins && mixes(word)) || long
}

/// Letters and digits among each other, as words and numbers are not.
fn mixes(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits >= 2 && text.bytes().filter(u8::is_ascii_alphabetic).count() >= 2
}

fn is_made_up(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    MADE_UP.iter().any(|word| lower.contains(word))
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

fn password(text: &str) -> Option<&str> {
    let (_, after) = text.split_once("://")?;
    let (userinfo, _) = after.split(['/', '?', '#']).next()?.rsplit_once('@')?;
    Some(userinfo.split_once(':')?.1)
}

/// The text with `[...]` for each word that looks real.
pub(super) fn without_real(text: &str) -> String {
    let word = |word: &str| if looks_real(word) { "[...]".to_owned() } else { word.to_owned() };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}
