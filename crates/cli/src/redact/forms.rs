//! The forms in which a secret is likely to be printed.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use envschema::SecretValue;
use zeroize::Zeroizing;

use crate::spelling::{decoded, password, spell, wrapped};

/// What to look for in order to find a secret: its text, the lines of a text with several, the password of a URL, and
/// each of them in base64, hexadecimal, percent-encoded and as in JSON. Nothing shorter than [`SecretValue::TELLING`]
/// bytes is among them, and a form may be there twice.
pub(crate) fn forms(value: &SecretValue) -> Vec<Zeroizing<Vec<u8>>> {
    #[expect(clippy::disallowed_methods, reason = "to find it in what is printed; it goes nowhere")]
    let text = value.expose().trim();
    let mut forms = Vec::new();
    push_forms(&mut forms, text);
    if text.contains('\n') {
        // The frame of a PEM block is the same for everyone.
        for line in text.lines().map(str::trim).filter(|line| !line.starts_with("-----")) {
            push_forms(&mut forms, line);
        }
    } else if let Some(password) = password(text) {
        push_forms(&mut forms, password);
        push_forms(&mut forms, &decoded(password));
    }
    forms
}

fn push_forms(forms: &mut Vec<Zeroizing<Vec<u8>>>, text: &str) {
    if text.len() < SecretValue::TELLING {
        return;
    }
    let mut push = |form: String| {
        if form.len() >= SecretValue::TELLING {
            forms.push(Zeroizing::new(form.into_bytes()));
        }
    };
    spell(text, |_, form| push(form));
    wrapped(text, |_, lines| lines.iter().for_each(|line| push((*line).to_owned())));
    // Alone, each with the bits of the last byte.
    push(STANDARD.encode(text));
    push(STANDARD_NO_PAD.encode(text));
    push(URL_SAFE.encode(text));
    push(URL_SAFE_NO_PAD.encode(text));
}
