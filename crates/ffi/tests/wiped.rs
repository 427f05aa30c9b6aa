//! Memory that is given back holds no secret of an answer any more.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::ffi::{CStr, CString};

use envctl_ffi::{envctl_call, envctl_free};

use crate::support::Open;

/// What no memory that is given back may hold; its beginning, so that a text that is cut off is found too.
const SECRET: &[u8] = b"wiped-canary-9d41";

thread_local! {
    /// How often it was found in memory that this thread gave back; none while nobody looks.
    static FOUND: Cell<Option<usize>> = const { Cell::new(None) };
}

/// The memory of the system, looked through before it is given back. Growing in place is left out: what grows is moved, so
/// that a secret in what it leaves is found.
pub(crate) struct Watched;

// SAFETY: all memory comes from the system's allocator and goes back there, with the same layouts.
unsafe impl GlobalAlloc for Watched {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promises are those of the system's allocator.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        if let Ok(Some(found)) = FOUND.try_with(Cell::get) {
            // SAFETY: it was given out zeroed and with this size, and nobody else uses it any more.
            let bytes = unsafe { std::slice::from_raw_parts(memory, layout.size()) };
            if bytes.windows(SECRET.len()).any(|window| window == SECRET) {
                FOUND.set(Some(found + 1));
            }
        }
        // SAFETY: the caller's promises are those of the system's allocator.
        unsafe { System.dealloc(memory, layout) }
    }
}

/// How often a call leaves the secret behind; the request stays with the caller.
fn left_behind(shop: &Open, call: &str) -> usize {
    let request = CString::new(format!(r#"{{"version": 1, "call": {call}}}"#)).unwrap();
    FOUND.set(Some(0));
    // SAFETY: it ends in a NUL byte.
    let answer = unsafe { envctl_call(shop.0, request.as_ptr()) };
    // SAFETY: an answer of the library ends in a NUL byte.
    let text = unsafe { CStr::from_ptr(answer) };
    let is_answer = text.to_bytes().starts_with(br#"{"version":1,"ok":true"#);
    let printed = if is_answer { String::new() } else { text.to_string_lossy().into_owned() };
    // SAFETY: it came from the library and was not freed.
    unsafe { envctl_free(answer) };
    let found = FOUND.take().unwrap_or_default();
    assert!(is_answer, "{printed}");
    found
}

/// Those that take nothing else. How an env file spells a value is found out by trying, in memory that is not wiped.
const FORMATS: [&str; 9] =
    ["json", "yaml", "shell", "fish", "powershell", "github", "k8s", "tfvars", "pulumi"];

#[test]
fn no_secret_is_left_behind() {
    let shop = Open::text(
        "[schema]\nname = \"shop\"\n[vars.KEY]\n[vars.LIST]\ntype = \"list\"\nrequired = false\n\
         [vars.TREE]\ntype = \"json\"\nrequired = false\n[vars.URL]\ntype = \"url\"\nrequired = false\n",
    );
    let secret = "wiped-canary-9d41/of/the/test";
    let inputs = [
        format!(r#"{{"env": {{"KEY": "{secret}"}}}}"#),
        format!(r#"{{"env": {{"KEY": "line\n{secret}\n"}}}}"#),
        format!(r#"{{"set": {{"KEY": "{secret}"}}, "env": {{"KEY": "{secret} too", "OTHER": "{secret}"}}}}"#),
        format!(r#"{{"files": [{{"name": ".env", "text": "KEY={secret}\n"}}]}}"#),
        format!(
            r#"{{"env": {{"KEY": "{secret}", "LIST": "{secret},b", "TREE": "{{\"a\": [\"{secret}\"]}}"}}}}"#
        ),
        format!(r#"{{"env": {{"KEY": "{secret}", "URL": "https://{secret}@example.com"}}}}"#),
    ];
    let mut left = Vec::new();
    for input in &inputs {
        let operations = [
            format!(r#"{{"validate": {{"input": {input}}}}}"#),
            format!(r#"{{"resolve": {{"input": {input}}}}}"#),
            format!(r#"{{"explain": {{"input": {input}, "name": "KEY"}}}}"#),
            format!(r#"{{"export": {{"input": {input}, "format": "json", "typed": true}}}}"#),
            format!(r#"{{"export": {{"input": {input}, "format": "ecs", "arn": "arn:aws:test"}}}}"#),
        ];
        let exports = FORMATS
            .iter()
            .map(|format| format!(r#"{{"export": {{"input": {input}, "format": "{format}"}}}}"#));
        for call in operations.into_iter().chain(exports) {
            let found = left_behind(&shop, &call);
            if found > 0 {
                left.push(format!("{found} times: {call}"));
            }
        }
    }
    assert!(left.is_empty(), "left in memory\n{}", left.join("\n"));
}
