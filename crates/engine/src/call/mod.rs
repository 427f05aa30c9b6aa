//! One call: a request as JSON in, an answer as JSON out. What C, Node and `envctl call` speak.
//!
//! A request names one operation and what it works on; the answer is an envelope around what the command line prints for
//! the same question. Both have a [`VERSION`], and `schema/json/ffi.schema.json` describes them.
//!
//! ```
//! use std::path::Path;
//!
//! use envctl_engine::call::{Caller, Opened};
//! use envctl_resolver::producers::OsRandom;
//!
//! let opened = Opened::parse("envschema.toml", r#"
//!     [schema]
//!     name = "shop"
//!     [vars.PORT]
//!     type       = "port"
//!     visibility = "plain"
//! "#)?;
//! let request = r#"{"version": 1, "call": {"validate": {"input": {"env": {"PORT": "http"}}}}}"#;
//! let mut caller = Caller { folder: Path::new(""), random: &mut OsRandom };
//! let answer = caller.answer(Some(&opened), request);
//! assert!(answer.text().starts_with(r#"{"version":1,"ok":true,"result":{"version":1,"valid":false,"#));
//! # Ok::<(), envctl_engine::ContractError>(())
//! ```
//!
//! # Map
//! - `request`: what can be asked; `secret`: texts of a request that are wiped after use
//! - `opened`: a contract, and its views; `input`: what is read and resolved
//! - `judge`, `values`, `describe`: the operations
//! - `answer`: the envelope, written into memory that is wiped; `error`: why there is no answer
//! - `schema`: the JSON Schema of it all

mod answer;
mod describe;
mod error;
mod input;
mod judge;
mod opened;
mod request;
#[cfg(feature = "json-schema")]
mod schema;
mod secret;
mod values;

use std::path::Path;

use envctl_resolver::producers::RandomSource;

pub use answer::{Answer, Verdict};
pub use envctl_resolver::producers::OsRandom;
pub use error::{CallError, CallErrorCode};
pub use opened::Opened;
pub use request::{
    Call, Describe, Explain, Export, ExportForm, Facts, Generate, Input, Lint, ObjectNames, Resolve, Source,
    Validate,
};
#[cfg(feature = "json-schema")]
pub use schema::json_schema;
pub use secret::{Text, Texts};

use answer::Writer;

/// The version of requests and answers. It changes when something is renamed, removed or means something else; new
/// properties come without a new version.
pub const VERSION: u32 = 1;

/// Who calls: where relative paths start, and where randomness comes from.
pub struct Caller<'a> {
    /// The folder that relative paths of a request start from; the empty path for that of the process.
    pub folder: &'a Path,
    /// Draws randomness for generators.
    pub random: &'a mut dyn RandomSource,
}

impl Caller<'_> {
    /// Answers a request about a contract; `generate` and `lint` need none. Whatever is wrong is told in the answer.
    #[must_use]
    pub fn answer(&mut self, opened: Option<&Opened>, request: &str) -> Answer {
        let mut writer = Writer::default();
        match self.carry_out(opened, request, &mut writer) {
            Ok(()) => writer.finish(),
            Err(error) => Answer::refusal(&error),
        }
    }

    fn carry_out(
        &mut self,
        opened: Option<&Opened>,
        request: &str,
        out: &mut Writer,
    ) -> Result<(), CallError> {
        let call = request::read(request)?;
        let contract = || opened.ok_or_else(CallError::no_contract);
        match &call {
            Call::Describe(asked) => describe::describe(contract()?, asked, out),
            Call::Validate(asked) => judge::validate(self, contract()?, asked, out),
            Call::Explain(asked) => judge::explain(self, contract()?, asked, out),
            Call::Lint(asked) => judge::lint(self, opened, asked, out),
            Call::Resolve(asked) => values::resolve(self, contract()?, asked, out),
            Call::Export(asked) => values::export(self, contract()?, asked, out),
            Call::Generate(asked) => values::generate(self, opened, asked, out),
        }
    }
}
