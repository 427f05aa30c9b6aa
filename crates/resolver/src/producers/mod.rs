//! Making what is missing: fresh secrets in the forms that a contract names.
//!
//! Randomness comes through one small trait. [`OsRandom`] is the operating system's source; a test scripts
//! its own, and then [`generate`] gives the same value each time.
//!
//! ```
//! use envctl_resolver::producers::{OsRandom, generate};
//! use envschema::GeneratorForm;
//!
//! let token = generate(GeneratorForm::Base64(32), "sk-", &mut OsRandom)?;
//! assert!(!token.is_empty());
//! # Ok::<(), envctl_resolver::producers::ProduceError>(())
//! ```

mod keys;
mod random;
mod text;

use envschema::{GeneratorForm, SecretValue};
use zeroize::Zeroizing;

pub use random::{OsRandom, RandomError, RandomSource};

/// Why no value could be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProduceError {
    /// The random source failed.
    #[error(transparent)]
    Random(#[from] RandomError),
    /// This program was built without RSA.
    #[error("RSA keys cannot be made: this program was built without the feature `rsa`")]
    NoRsa,
    /// No RSA key of this size could be made.
    #[error("an RSA key of {bits} bits could not be made")]
    Rsa {
        /// The size in bits.
        bits: usize,
    },
    /// A form that is newer than this crate.
    #[error("no generator for `{form}` is built in")]
    Unknown {
        /// The form.
        form: GeneratorForm,
    },
}

impl ProduceError {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::Random(_) => {
                "the system's random source must work before secrets are made; try again later"
            }
            Self::NoRsa => {
                "make one with `openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048` and set it in the \
                 environment's file"
            }
            Self::Rsa { .. } => "ask for 2048, 3072 or 4096 bits",
            Self::Unknown { .. } => "use a newer release of this program",
        }
    }
}

/// Makes a value: `prefix` and then what `form` names. All that is drawn on the way is wiped.
///
/// # Errors
///
/// `Random` when the source fails; `NoRsa` and `Rsa` for RSA keys only; `Unknown` for a form without a
/// generator.
pub fn generate(
    form: GeneratorForm,
    prefix: &str,
    random: &mut dyn RandomSource,
) -> Result<SecretValue, ProduceError> {
    let made = match form {
        GeneratorForm::Base64(bytes) => text::base64(bytes, random)?,
        GeneratorForm::Hex(bytes) => text::hex(bytes, random)?,
        GeneratorForm::Alnum(characters) => text::alnum(characters, random)?,
        GeneratorForm::Uuid => text::uuid(random)?,
        GeneratorForm::Ed25519 => keys::ed25519(random)?,
        GeneratorForm::Rsa(bits) => keys::rsa(bits, random)?,
        form => return Err(ProduceError::Unknown { form }),
    };
    let mut value = Zeroizing::new(String::with_capacity(prefix.len() + made.len()));
    value.push_str(prefix);
    value.push_str(&made);
    Ok(SecretValue::from(value))
}
