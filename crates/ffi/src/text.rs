//! Texts of C in, answers out.

use std::ffi::{CStr, c_char};

use envctl_engine::call::{Answer, CallError, CallErrorCode};
use zeroize::Zeroize;

/// The text at a pointer; `what` names it in errors.
///
/// # Safety
///
/// `text` is NULL or ends in a NUL byte, and stays as it is for `'t`.
pub(crate) unsafe fn borrowed<'t>(what: &str, text: *const c_char) -> Result<&'t str, CallError> {
    if text.is_null() {
        return Err(CallError::new(CallErrorCode::Text, format!("`{what}` is NULL")).help("give a text"));
    }
    // SAFETY: it is not NULL, and the caller promises a NUL byte at its end.
    let text = unsafe { CStr::from_ptr(text) };
    text.to_str().map_err(|error| {
        let at = error.valid_up_to();
        CallError::new(CallErrorCode::Text, format!("`{what}` is not UTF-8 from byte {at} on"))
            .help("give it in UTF-8")
    })
}

/// The answer's text in memory of its own, which [`take_back`] wipes. JSON has no NUL byte inside.
pub(crate) fn hand_over(answer: &Answer) -> *mut c_char {
    let text = answer.text();
    // Of the right size from the beginning: nothing is moved and left behind.
    let mut bytes = Vec::with_capacity(text.len() + 1);
    bytes.extend_from_slice(text.as_bytes());
    bytes.push(0);
    Box::into_raw(bytes.into_boxed_slice()).cast()
}

/// Wipes what [`hand_over`] gave and frees it.
///
/// # Safety
///
/// `answer` is NULL, or came from [`hand_over`], was not taken back, and has the text that it came with.
pub(crate) unsafe fn take_back(answer: *mut c_char) {
    if answer.is_null() {
        return;
    }
    // SAFETY: an answer ends in a NUL byte, and has none before.
    let length = unsafe { CStr::from_ptr(answer) }.count_bytes() + 1;
    let bytes = std::ptr::slice_from_raw_parts_mut(answer.cast::<u8>(), length);
    // SAFETY: `hand_over` gave a box of this length, which nobody has freed.
    let mut bytes = unsafe { Box::from_raw(bytes) };
    bytes.zeroize();
}
