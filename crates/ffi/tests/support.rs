//! The functions of the interface, with texts of Rust.

use std::ffi::{CStr, CString, c_char};
use std::ptr::null_mut;

use envctl_ffi::{envctl_call, envctl_close, envctl_free, envctl_open_path, envctl_open_text};
use serde_json::Value;

/// A contract that is open until it is dropped.
pub(crate) struct Open(pub(crate) u64);

impl Open {
    pub(crate) fn text(text: &str) -> Self {
        opened(text).unwrap_or_else(|error| panic!("{error}"))
    }

    pub(crate) fn call(&self, request: &str) -> Value {
        call(self.0, request)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        envctl_close(self.0);
    }
}

/// Opens a text, or gives the envelope that says why not.
pub(crate) fn opened(text: &str) -> Result<Open, Value> {
    let (name, text) = (CString::new("envschema.toml").unwrap(), CString::new(text).unwrap());
    let mut error = null_mut();
    // SAFETY: both end in a NUL byte, and `error` can be written to.
    let handle = unsafe { envctl_open_text(name.as_ptr(), text.as_ptr(), &raw mut error) };
    if error.is_null() { Ok(Open(handle)) } else { Err(taken(error)) }
}

/// Opens a file, or gives the envelope that says why not.
pub(crate) fn opened_path(path: &str) -> Result<Open, Value> {
    let path = CString::new(path).unwrap();
    let mut error = null_mut();
    // SAFETY: it ends in a NUL byte, and `error` can be written to.
    let handle = unsafe { envctl_open_path(path.as_ptr(), &raw mut error) };
    if error.is_null() { Ok(Open(handle)) } else { Err(taken(error)) }
}

/// Calls, and reads the answer.
pub(crate) fn call(handle: u64, request: &str) -> Value {
    let request = CString::new(request).unwrap();
    // SAFETY: it ends in a NUL byte.
    taken(unsafe { envctl_call(handle, request.as_ptr()) })
}

/// Reads an answer and frees it.
pub(crate) fn taken(answer: *mut c_char) -> Value {
    assert!(!answer.is_null());
    // SAFETY: an answer of the library ends in a NUL byte.
    let text = unsafe { CStr::from_ptr(answer) };
    let value = serde_json::from_slice(text.to_bytes()).expect("an answer is JSON");
    // SAFETY: it came from the library and was not freed.
    unsafe { envctl_free(answer) };
    value
}
