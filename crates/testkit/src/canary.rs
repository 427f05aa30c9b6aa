//! [`Canaries`]: planted secrets, and the search for them.

use std::fmt::Write;
use std::fs;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

/// Secret values that a test plants, and that nothing it produces may hold: not as they are, and not in
/// base64, hexadecimal, percent-encoded, JSON-escaped or reversed.
#[derive(Clone, Debug, Default)]
pub struct Canaries {
    planted: Vec<Canary>,
}

#[derive(Clone, Debug)]
struct Canary {
    label: String,
    /// A form's name with the bytes to look for.
    forms: Vec<(&'static str, Vec<u8>)>,
}

impl Canaries {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A new secret, different in each run. Its characters need encoding in URLs (`+ / @`), and none of them
    /// needs quotes in a .env file.
    pub fn plant(&mut self, label: &str) -> String {
        let random = RandomState::new().build_hasher().finish();
        let value = format!("canary+{label}/{random:016x}@end");
        self.plant_value(label, &value);
        value
    }

    /// A secret of the test's own choice.
    ///
    /// # Panics
    ///
    /// When it is shorter than 8 bytes: it would be found everywhere.
    pub fn plant_value(&mut self, label: &str, value: &str) {
        assert!(value.len() >= 8, "the canary `{label}` is too short to be searched for");
        self.planted.push(Canary { label: label.to_owned(), forms: forms(value) });
    }

    /// Searches what a test produced; `place` names it.
    ///
    /// # Panics
    ///
    /// When a planted secret is in it. The message names the canary, its form and the place.
    pub fn scan(&self, place: &str, bytes: impl AsRef<[u8]>) {
        if let Some((label, form, offset)) = self.find(bytes.as_ref()) {
            panic!("the secret `{label}` is in {place}, {form}, at byte {offset}");
        }
    }

    /// The first planted secret in `bytes`: its label, its form, and the offset.
    #[must_use]
    pub fn find(&self, bytes: &[u8]) -> Option<(&str, &'static str, usize)> {
        self.planted.iter().find_map(|canary| {
            canary.forms.iter().find_map(|(form, needle)| {
                let offset = bytes.windows(needle.len()).position(|window| window == needle)?;
                Some((canary.label.as_str(), *form, offset))
            })
        })
    }

    /// Searches the names, contents and link targets of everything below a folder.
    ///
    /// # Panics
    ///
    /// When a planted secret is there, or when something cannot be read.
    pub fn scan_folder(&self, folder: &Path) {
        self.scan_folder_except(folder, &[]);
    }

    /// The same, without these paths, which are relative to the folder and may hold secrets.
    ///
    /// # Panics
    ///
    /// As [`Canaries::scan_folder`].
    pub fn scan_folder_except(&self, folder: &Path, except: &[&str]) {
        self.walk(folder, folder, except);
    }

    fn walk(&self, root: &Path, folder: &Path, except: &[&str]) {
        for entry in fs::read_dir(folder).unwrap_or_else(|error| unreadable(folder, &error)) {
            let path = entry.unwrap_or_else(|error| unreadable(folder, &error)).path();
            let relative = path.strip_prefix(root).unwrap_or(&path);
            if except.iter().any(|except| relative == Path::new(except)) {
                continue;
            }
            let place = path.display().to_string();
            self.scan("the name of a file", &place);
            let kind = fs::symlink_metadata(&path).unwrap_or_else(|error| unreadable(&path, &error));
            if kind.is_symlink() {
                let target = fs::read_link(&path).unwrap_or_else(|error| unreadable(&path, &error));
                self.scan(&place, target.as_os_str().as_encoded_bytes());
            } else if kind.is_dir() {
                self.walk(root, &path, except);
            } else if kind.is_file() {
                self.scan(&place, fs::read(&path).unwrap_or_else(|error| unreadable(&path, &error)));
            }
        }
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> ! {
    panic!("{} cannot be searched: {error}", path.display())
}

/// Every form in which a value may leak.
fn forms(value: &str) -> Vec<(&'static str, Vec<u8>)> {
    let mut forms = vec![("as it is", value.as_bytes().to_vec())];
    for shift in 0..3 {
        forms.push(("in base64", base64_core(&STANDARD, value, shift)));
        forms.push(("in base64 for URLs", base64_core(&URL_SAFE, value, shift)));
    }
    forms.push(("in hexadecimal", each_byte(value, |text, byte| write!(text, "{byte:02x}"))));
    forms.push(("in hexadecimal", each_byte(value, |text, byte| write!(text, "{byte:02X}"))));
    forms.push(("percent-encoded", each_byte(value, |text, byte| write!(text, "%{byte:02X}"))));
    forms.push(("percent-encoded", each_byte(value, |text, byte| write!(text, "%{byte:02x}"))));
    for plain in ["-._~", "-._~/@:+"] {
        forms.push(("percent-encoded", percent(value, plain, |text, byte| write!(text, "%{byte:02X}"))));
        forms.push(("percent-encoded", percent(value, plain, |text, byte| write!(text, "%{byte:02x}"))));
    }
    forms.push(("reversed", value.chars().rev().collect::<String>().into_bytes()));
    forms.push(("escaped", value.escape_default().to_string().into_bytes()));
    forms.push(("escaped", value.replace('/', "\\/").into_bytes()));
    forms
}

fn each_byte(value: &str, put: impl Fn(&mut String, u8) -> std::fmt::Result) -> Vec<u8> {
    let mut text = String::new();
    for byte in value.bytes() {
        put(&mut text, byte).expect("writing to a text does not fail");
    }
    text.into_bytes()
}

fn percent(value: &str, plain: &str, put: impl Fn(&mut String, u8) -> std::fmt::Result) -> Vec<u8> {
    each_byte(value, |text, byte| match char::from(byte) {
        c if c.is_ascii_alphanumeric() || plain.contains(c) => write!(text, "{c}"),
        _ => put(text, byte),
    })
}

/// The base64 characters that depend on the value only, when `shift` other bytes stand before it.
fn base64_core(engine: &impl Engine, value: &str, shift: usize) -> Vec<u8> {
    let padded = [&b"\0\0"[..shift], value.as_bytes()].concat();
    let encoded = engine.encode(&padded).into_bytes();
    let start = (shift * 8).div_ceil(6);
    let end = padded.len() * 8 / 6;
    encoded[start..end].to_vec()
}
