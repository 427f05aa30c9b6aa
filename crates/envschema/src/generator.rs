//! How a missing value is made: the `generate` attribute of a variable.

use std::fmt;
use std::str::FromStr;

/// What a generator makes. The contract only names it; drawing randomness is the resolver's work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GeneratorForm {
    /// Standard base64 with padding, of this many random bytes.
    Base64(usize),
    /// Lower-case hexadecimal, of this many random bytes.
    Hex(usize),
    /// This many characters of `A-Z a-z 0-9`.
    Alnum(usize),
    /// A random UUID (version 4).
    Uuid,
    /// An RSA private key of this many bits, PKCS#8 PEM.
    Rsa(usize),
    /// An Ed25519 private key, PKCS#8 PEM.
    Ed25519,
}

impl GeneratorForm {
    /// The spellings, for help texts.
    pub const SPELLINGS: &'static [&'static str] =
        &["base64:32", "hex:32", "alnum:32", "uuid", "rsa:2048", "ed25519"];

    /// How many characters it makes; `None` if that is not known before.
    pub(crate) fn length(self) -> Option<usize> {
        match self {
            Self::Base64(bytes) => Some(bytes.div_ceil(3) * 4),
            Self::Hex(bytes) => Some(bytes * 2),
            Self::Alnum(characters) => Some(characters),
            Self::Uuid => Some(36),
            Self::Rsa(_) | Self::Ed25519 => None,
        }
    }
}

/// A `generate` text that names no generator.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GeneratorError {
    /// No such form.
    #[error("`{0}` is not a generator")]
    Unknown(String),
    /// The form takes a number and none, or no usable one, follows the colon.
    #[error("`{form}` takes a whole number from {min} to {max} after a colon")]
    Size {
        /// The form's name.
        form: &'static str,
        /// The least size.
        min: usize,
        /// The greatest size.
        max: usize,
    },
    /// The form takes no number.
    #[error("`{0}` takes no number")]
    Sizeless(&'static str),
}

impl FromStr for GeneratorForm {
    type Err = GeneratorError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, size) = match text.split_once(':') {
            Some((name, size)) => (name, Some(size)),
            None => (text, None),
        };
        let sized = |form: &'static str, min: usize, max: usize| {
            size.and_then(|size| size.parse().ok())
                .filter(|size| (min..=max).contains(size))
                .ok_or(GeneratorError::Size { form, min, max })
        };
        let sizeless = |form: &'static str, made: Self| match size {
            None => Ok(made),
            Some(_) => Err(GeneratorError::Sizeless(form)),
        };
        match name {
            "base64" => sized("base64", 1, 65_536).map(Self::Base64),
            "hex" => sized("hex", 1, 65_536).map(Self::Hex),
            "alnum" => sized("alnum", 1, 65_536).map(Self::Alnum),
            "rsa" => sized("rsa", 2048, 8192).map(Self::Rsa),
            "uuid" => sizeless("uuid", Self::Uuid),
            "ed25519" => sizeless("ed25519", Self::Ed25519),
            _ => Err(GeneratorError::Unknown(text.to_owned())),
        }
    }
}

impl fmt::Display for GeneratorForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Base64(bytes) => write!(f, "base64:{bytes}"),
            Self::Hex(bytes) => write!(f, "hex:{bytes}"),
            Self::Alnum(characters) => write!(f, "alnum:{characters}"),
            Self::Uuid => f.write_str("uuid"),
            Self::Rsa(bits) => write!(f, "rsa:{bits}"),
            Self::Ed25519 => f.write_str("ed25519"),
        }
    }
}
