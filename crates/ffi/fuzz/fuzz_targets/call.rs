//! Whatever bytes come as a request, there is an answer, and none says that envctl has a defect.

#![no_main]

use std::ffi::{CStr, CString};
use std::ptr::null_mut;
use std::sync::LazyLock;

use envctl_ffi::{envctl_call, envctl_free, envctl_open_text};
use libfuzzer_sys::fuzz_target;

const CONTRACT: &CStr = c"
[schema]
name = \"shop\"
[environments.dev]
[environments.prod]
[conditions]
paid = 'PLAN == \"pro\" || has(KEY)'
[vars.PLAN]
type = \"enum\"
values = [\"free\", \"pro\"]
visibility = \"plain\"
default = \"free\"
[vars.KEY]
required = 'paid'
generate = \"hex:8\"
[vars.LIST]
type = \"list\"
items = \"port\"
required = false
[vars.URL]
type = \"url\"
output = \"url\"
derive = \"https://${output.host}/${PLAN}\"
";

static CONTRACT_HANDLE: LazyLock<u64> = LazyLock::new(|| {
    // SAFETY: both end in a NUL byte, and no error is wanted.
    unsafe { envctl_open_text(c"fuzz.toml".as_ptr(), CONTRACT.as_ptr(), null_mut()) }
});

/// Requests with a text at `%`: what comes is a request only now and then, and a text of one always.
const WITH_TEXT: [&str; 5] = [
    "{\"resolve\":{\"input\":{\"files\":[{\"name\":\".env\",\"text\":%}],\"generate\":true}}}",
    "{\"resolve\":{\"input\":{\"env\":{\"KEY\":%,\"LIST\":%,\"URL\":%},\"environment\":%}}}",
    "{\"resolve\":{\"input\":{\"outputs\":{\"text\":%},\"example\":{\"text\":%}}}}",
    "{\"export\":{\"format\":\"yaml\",\"allow_invalid\":true,\"input\":{\"set\":{\"KEY\":%}}}}",
    "{\"lint\":{\"file\":{\"text\":%}}}",
];

fuzz_target!(|text: &str| {
    // Files of the machine are none of its business.
    if !text.contains("path") && !text.contains('\\') {
        answered(text);
    }
    let quoted: String = text.chars().map(|c| format!("\\u{:04x}", u32::from(c).min(0xD7FF))).collect();
    for with_text in WITH_TEXT {
        let call = with_text.replace('%', &format!("\"{quoted}\""));
        answered(&format!("{{\"version\":1,\"call\":{call}}}"));
    }
});

fn answered(request: &str) {
    let request = CString::new(request).unwrap_or_default();
    for handle in [0, *CONTRACT_HANDLE] {
        // SAFETY: the request ends in a NUL byte.
        let answer = unsafe { envctl_call(handle, request.as_ptr()) };
        // SAFETY: an answer ends in a NUL byte.
        let told = unsafe { CStr::from_ptr(answer) }.to_str().expect("an answer is UTF-8");
        assert!(told.starts_with("{\"version\":1,\"ok\":"), "{told}");
        assert!(!told.contains("\"code\":\"defect\""), "{told}");
        // SAFETY: it came from the library and was not freed.
        unsafe { envctl_free(answer) };
    }
}
