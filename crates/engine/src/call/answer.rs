//! [`Answer`]: the envelope around a result or an error, in memory that is wiped.

use serde::Serialize;
use zeroize::Zeroizing;

use super::{CallError, VERSION};
use crate::wiped::Growing;

/// The answer to a request, as compact JSON. Its memory is wiped when it is dropped.
#[derive(Clone)]
pub struct Answer {
    json: Zeroizing<Vec<u8>>,
    /// What the answer is.
    pub verdict: Verdict,
}

/// What an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// What was asked for, and it is valid.
    Yes,
    /// What was asked for, and it is not valid.
    No,
    /// An error.
    Refused,
}

#[derive(Serialize)]
struct Result<'a, R> {
    version: u32,
    ok: bool,
    result: &'a R,
}

#[derive(Serialize)]
struct Refusal<'a> {
    version: u32,
    ok: bool,
    error: &'a CallError,
}

impl Answer {
    /// The answer that there is none.
    #[must_use]
    pub fn refusal(error: &CallError) -> Self {
        let mut writer = Writer { verdict: Some(Verdict::Refused), ..Writer::default() };
        writer.write(&Refusal { version: VERSION, ok: false, error });
        writer.finish()
    }

    /// The JSON.
    #[must_use]
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.json).unwrap_or_default()
    }
}

/// Takes the one result of an operation.
#[derive(Default)]
pub(super) struct Writer {
    json: Growing,
    verdict: Option<Verdict>,
}

impl Writer {
    /// The result; `valid` says whether it is a yes.
    pub(super) fn result<R: Serialize>(&mut self, result: &R, valid: bool) {
        self.verdict = Some(if valid { Verdict::Yes } else { Verdict::No });
        self.write(&Result { version: VERSION, ok: true, result });
    }

    fn write(&mut self, envelope: &impl Serialize) {
        let written = serde_json::to_writer(&mut self.json, envelope);
        debug_assert!(written.is_ok(), "answers have texts as keys, and memory takes them all");
    }

    pub(super) fn finish(self) -> Answer {
        Answer { json: self.json.0, verdict: self.verdict.unwrap_or(Verdict::Refused) }
    }
}
