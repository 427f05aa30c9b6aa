//! The C interface of envctl. A contract is opened to a handle; a call takes a request as JSON and gives an answer as
//! JSON. `docs/embedding.md` tells how it is used, `schema/json/ffi.schema.json` what requests and answers look like.
//!
//! Nothing here prints, reads the environment of the process or changes it. No entry lets a panic through: it becomes an
//! answer with the code `defect`. That takes a build that unwinds, such as `--profile ffi`; the profile `release` of this
//! workspace ends the process instead.
//!
//! # Map
//! - `handles`: the table of open contracts; a handle that is closed is never valid again
//! - `guard`: panics, caught and silent
//! - `text`: texts of C in, answers out

mod guard;
mod handles;
mod text;

use std::ffi::c_char;
use std::path::Path;

use envctl_engine::call::{Answer, CallError, CallErrorCode, Caller, Opened, OsRandom};

use guard::guarded;
use handles::Handles;
use text::{borrowed, hand_over, take_back};

/// The version of the functions in this header. It changes when one is removed or means something else.
pub const ENVCTL_ABI_VERSION: u32 = 1;

/// No contract: what opening gives when it fails. A call with it answers what needs none: `generate` and `lint`.
pub const ENVCTL_NO_CONTRACT: u64 = 0;

static OPEN: Handles = Handles::new();

/// The version of the functions that the library has, to be compared with `ENVCTL_ABI_VERSION`.
#[unsafe(no_mangle)]
pub extern "C" fn envctl_abi_version() -> u32 {
    ENVCTL_ABI_VERSION
}

/// Opens the contract in `text`, UTF-8. `name` is what errors call it, usually its path. It may not extend files.
///
/// Gives a handle, which any thread may use until it is closed, or 0. Then `*error` is set to an answer that says why,
/// to be given to `envctl_free`; `error` may be NULL. Otherwise `*error` is set to NULL.
///
/// # Safety
///
/// `name` and `text` are NULL or end in a NUL byte; `error` is NULL or can be written to.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn envctl_open_text(
    name: *const c_char,
    text: *const c_char,
    error: *mut *mut c_char,
) -> u64 {
    let opened = guarded(|| {
        // SAFETY: the caller promises that it is NULL or ends in a NUL byte.
        let name = unsafe { borrowed("name", name) }?;
        // SAFETY: the caller promises that it is NULL or ends in a NUL byte.
        let text = unsafe { borrowed("text", text) }?;
        Ok(OPEN.insert(Opened::parse(name, text)?))
    });
    // SAFETY: the caller promises that it is NULL or can be written to.
    unsafe { told(opened, error) }
}

/// Opens the contract in the file at `path`, UTF-8, and the files that it extends. Otherwise as `envctl_open_text`.
///
/// # Safety
///
/// `path` is NULL or ends in a NUL byte; `error` is NULL or can be written to.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn envctl_open_path(path: *const c_char, error: *mut *mut c_char) -> u64 {
    let opened = guarded(|| {
        // SAFETY: the caller promises that it is NULL or ends in a NUL byte.
        let path = Path::new(unsafe { borrowed("path", path) }?);
        Ok(OPEN.insert(Opened::read(path, path)?))
    });
    // SAFETY: the caller promises that it is NULL or can be written to.
    unsafe { told(opened, error) }
}

/// Closes a contract. Calls that other threads have begun end as usual. Gives `false` for a handle that is closed
/// already or was never given out.
#[unsafe(no_mangle)]
pub extern "C" fn envctl_close(handle: u64) -> bool {
    guarded(|| Ok(OPEN.remove(handle))).unwrap_or(false)
}

/// Answers a request, JSON in UTF-8. The answer, JSON too, is never NULL; it may hold secrets, and is to be given to
/// `envctl_free`. Whatever is wrong, the handle included, is told in it.
///
/// # Safety
///
/// `request` is NULL or ends in a NUL byte.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn envctl_call(handle: u64, request: *const c_char) -> *mut c_char {
    let answered = guarded(|| {
        // SAFETY: the caller promises that it is NULL or ends in a NUL byte.
        let request = unsafe { borrowed("request", request) }?;
        let opened = match handle {
            ENVCTL_NO_CONTRACT => None,
            handle => Some(OPEN.get(handle).ok_or_else(not_open)?),
        };
        let mut caller = Caller { folder: Path::new(""), random: &mut OsRandom };
        Ok(caller.answer(opened.as_deref(), request))
    });
    hand_over(&answered.unwrap_or_else(|error| Answer::refusal(&error)))
}

/// Wipes an answer and gives its memory back. NULL is allowed.
///
/// # Safety
///
/// `answer` is NULL, or came from this library, was not freed before, and has the text that it came with.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn envctl_free(answer: *mut c_char) {
    // SAFETY: the caller promises that it is NULL or an answer of this library, unchanged and not freed.
    unsafe { take_back(answer) }
}

fn not_open() -> CallError {
    CallError::new(
        CallErrorCode::Handle,
        "the contract is not open: its handle is closed, or was never given out",
    )
    .help("open it again, and close it after the last call")
}

/// The handle, or 0 and why.
///
/// # Safety
///
/// `error` is NULL or can be written to.
unsafe fn told(opened: Result<u64, CallError>, error: *mut *mut c_char) -> u64 {
    let (handle, why) = match opened {
        Ok(handle) => (handle, std::ptr::null_mut()),
        Err(_) if error.is_null() => (ENVCTL_NO_CONTRACT, std::ptr::null_mut()),
        Err(why) => (ENVCTL_NO_CONTRACT, hand_over(&Answer::refusal(&why))),
    };
    if !error.is_null() {
        // SAFETY: it is not NULL, and the caller promises that it can be written to then.
        unsafe { error.write(why) };
    }
    handle
}
