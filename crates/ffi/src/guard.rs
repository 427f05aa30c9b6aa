//! [`guarded`]: no panic reaches C, and none prints.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;
use std::thread::panicking;

use envctl_engine::call::{CallError, CallErrorCode};

thread_local! {
    /// Whether this thread is inside of an entry.
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// Does the work of an entry. A panic becomes an error that says nothing of what was worked on.
///
/// What is shared between calls is the table of handles and the views of a contract; both are whole whenever their lock
/// is free, so that a panic leaves nothing broken behind.
pub(crate) fn guarded<T>(work: impl FnOnce() -> Result<T, CallError>) -> Result<T, CallError> {
    INSIDE.set(true);
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        be_silent_inside();
        work()
    }));
    INSIDE.set(false);
    outcome.unwrap_or_else(|_| {
        Err(CallError::new(CallErrorCode::Defect, "envctl has a defect and could not answer")
            .help("please report it with the contract and the operation; leave values out"))
    })
}

/// The message of a panic may hold anything. Panics outside of entries, as in a Rust program that links this library,
/// are told as before.
fn be_silent_inside() {
    static ONCE: Once = Once::new();
    // A destructor may call while its thread unwinds, when the hook cannot be changed: that is for the next call to do.
    if panicking() {
        return;
    }
    ONCE.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |panic| {
            if !INSIDE.get() {
                before(panic);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_without_its_message() {
        let outcome: Result<(), CallError> = guarded(|| panic!("hunter2"));
        let error = outcome.expect_err("it panicked");
        assert_eq!(error.code, CallErrorCode::Defect);
        assert!(!format!("{error:?}").contains("hunter2"));
        assert_eq!(guarded(|| Ok(1)), Ok(1));
    }

    #[test]
    fn a_destructor_may_call_while_its_thread_unwinds() {
        struct Calls;
        impl Drop for Calls {
            fn drop(&mut self) {
                assert_eq!(guarded(|| Ok(1)), Ok(1));
                assert!(guarded::<()>(|| panic!("hunter2")).is_err());
            }
        }
        let unwound = catch_unwind(|| {
            let _calls = Calls;
            panic!("outside of an entry");
        });
        assert!(unwound.is_err());
    }
}
