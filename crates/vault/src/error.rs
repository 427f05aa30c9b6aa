//! [`VaultError`]: why a vault cannot be read or changed.

use std::fmt;
use std::sync::Arc;

use envctl_resolver::producers::RandomError;

/// Where in a vault, or in a file of identities, something is wrong: `secrets.toml:12`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At {
    /// The file as the caller named it.
    pub file: Arc<str>,
    /// The line, from 1, where one is to blame.
    pub line: Option<usize>,
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        self.line.map_or(Ok(()), |line| write!(f, ":{line}"))
    }
}

/// Why a vault cannot be read or changed. Each variant has its place; none has a value, a passphrase or a private key.
/// Nothing was changed when one is given.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VaultError {
    /// The text is not TOML.
    #[error("{at}: this is not a vault: {reason}")]
    Syntax {
        /// Where the reader gave up.
        at: At,
        /// What it expected.
        reason: String,
    },
    /// The text has the marks of a merge that was not finished.
    #[error("{at}: a merge is not finished here")]
    Unmerged {
        /// The first mark.
        at: At,
    },
    /// A part that every vault has is not there.
    #[error("{at}: this is not a vault: `{key}` is missing")]
    Missing {
        /// The block that lacks it, or the file.
        at: At,
        /// The key or table.
        key: &'static str,
    },
    /// A version of the format that this program does not know.
    #[error("{at}: this vault has a version that is not known; expected 1")]
    Version {
        /// The line of `version`.
        at: At,
    },
    /// A key that the format does not have.
    #[error("{at}: unknown key `{}`", key.escape_debug())]
    UnknownKey {
        /// Its line.
        at: At,
        /// The key as written.
        key: String,
        /// The key that was probably meant.
        meant: Option<&'static str>,
    },
    /// A part has another form than the format says.
    #[error("{at}: `{}` has to be {expected}", what.escape_debug())]
    Form {
        /// Its line.
        at: At,
        /// The key or table.
        what: String,
        /// The form.
        expected: &'static str,
    },
    /// A text is not base64 as this crate writes it.
    #[error("{at}: the text of `{}` is not base64", what.escape_debug())]
    Base64 {
        /// Its line.
        at: At,
        /// The key: `wrapped`, `seal` or the name of a variable.
        what: String,
    },
    /// No public key that values can be encrypted to.
    #[error("{at}: this is no recipient: {reason}")]
    BadRecipient {
        /// The line of its key.
        at: At,
        /// Why not.
        reason: BadRecipient,
    },
    /// The words about a recipient have a line end or another control character.
    #[error("{at}: the words about a recipient have to be one line of printable text")]
    BadAbout {
        /// The line of the words.
        at: At,
    },
    /// A recipient is there already.
    #[error("{at}: {recipient} is a recipient already")]
    DuplicateRecipient {
        /// The first block of that recipient.
        at: At,
        /// Its key, or `passphrase`.
        recipient: String,
    },
    /// A vault was to be made without recipients.
    #[error("{at}: a vault needs a recipient")]
    NoRecipients {
        /// The file.
        at: At,
    },
    /// The last recipient was to be removed.
    #[error("{at}: the last recipient cannot be removed")]
    LastRecipient {
        /// The block of that recipient.
        at: At,
    },
    /// No block has this recipient. What was asked for is not told: it could be a private key.
    #[error("{at}: no such recipient; there are {}", list(recipients))]
    UnknownRecipient {
        /// The file.
        at: At,
        /// The keys of those that there are.
        recipients: Vec<String>,
    },
    /// Blocks of recipients were not written, or were changed, by somebody who can read the vault.
    #[error("{at}: {} not sealed with this vault's key", subject(recipients))]
    Unsealed {
        /// The first of the blocks.
        at: At,
        /// The keys of all of them.
        recipients: Vec<String>,
    },
    /// An identity fits a recipient, and the key that is wrapped for it does not come out.
    #[error("{at}: the key that is wrapped for {recipient} cannot be read: {reason}")]
    Wrapped {
        /// The block of the recipient.
        at: At,
        /// Its key, or `passphrase`.
        recipient: String,
        /// Why not.
        reason: BadWrapping,
    },
    /// The vault's key could not be encrypted to a recipient.
    #[error("{at}: nothing can be encrypted to {recipient}")]
    Unwrappable {
        /// The file.
        at: At,
        /// Its key, or `passphrase`.
        recipient: String,
    },
    /// No identity belongs to a recipient.
    #[error("{at}: no identity fits this vault; its recipients are {}", list(recipients))]
    NoIdentity {
        /// The file.
        at: At,
        /// The keys of its recipients.
        recipients: Vec<String>,
        /// What could not be asked for: the passphrase of the vault or of a private key.
        not_asked: Option<String>,
    },
    /// A passphrase is needed and nobody can be asked.
    #[error("{at}: the vault's passphrase is needed")]
    NotAsked {
        /// The block of the passphrase.
        at: At,
    },
    /// The passphrase is another one.
    #[error("{at}: wrong passphrase")]
    WrongPassphrase {
        /// The vault, or the file of the private key.
        at: At,
    },
    /// A file of identities has something else in it.
    #[error("{at}: this is no identity: {reason}")]
    BadIdentity {
        /// The line.
        at: At,
        /// Why not.
        reason: BadIdentity,
    },
    /// A value was changed, comes from another name or another vault, or was sealed with an earlier key.
    #[error("{at}: the value of {} was not sealed for this name in this vault with its present key", name.escape_debug())]
    Tampered {
        /// Its line.
        at: At,
        /// The variable.
        name: String,
    },
    /// The vault has no value of this name.
    #[error("{at}: {} is not in the vault", name.escape_debug())]
    NotInVault {
        /// The file.
        at: At,
        /// The variable.
        name: String,
        /// The name that was probably meant.
        meant: Option<String>,
    },
    /// A text that cannot name a value: it is empty or has a control character.
    #[error("{at}: this cannot name a value: {:?}", name)]
    BadName {
        /// Its line, or the file.
        at: At,
        /// The text.
        name: String,
    },
    /// The random source failed.
    #[error("{at}: {source}")]
    Random {
        /// The file that was to be changed.
        at: At,
        /// What the source said.
        source: RandomError,
    },
}

/// Why a text is no recipient. The text is not told, as it could be a private key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadRecipient {
    /// It begins like neither.
    #[error("expected `age1…`, `ssh-ed25519 …` or `ssh-rsa …`")]
    NotAKey,
    /// It is the private part.
    #[error("this is a private key")]
    Private,
    /// It is a key of age of a kind that needs a plugin or is not supported.
    #[error("this kind of age key is not supported, or it has a typing error")]
    Age,
    /// It is a key of SSH that cannot be encrypted to, or has a typing error.
    #[error("this SSH key cannot be encrypted to, or it has a typing error")]
    Ssh,
    /// It is a passphrase without characters.
    #[error("the passphrase is empty")]
    Empty,
    /// An RSA key that age does not take.
    #[error("an RSA key needs 2048 to 4096 bits")]
    RsaSize,
    /// It is written in another way than it would be here, such as with a comment behind it.
    #[error("the key is not in the form in which it is kept here")]
    Spelling,
}

/// Why a wrapped key does not come out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadWrapping {
    /// The identity fits the key of the block, but not what is wrapped there.
    #[error("it was made for another key, or changed")]
    OtherKey,
    /// It asks for more work than is done; whoever can edit the file could ask for hours.
    #[error("its passphrase is stretched further than is allowed here")]
    TooMuchWork,
    /// A version of age that is not known.
    #[error("it is of a newer version of age")]
    Newer,
    /// It is no age file, or was changed.
    #[error("it was changed")]
    Changed,
    /// It is an age file with something else in it.
    #[error("it holds no key")]
    NoKey,
}

/// Why a file is no identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadIdentity {
    /// A line that is neither a private key nor a comment.
    #[error("expected `AGE-SECRET-KEY-1…`, a comment, or an SSH private key")]
    NotAKey,
    /// No line has a private key.
    #[error("the file has no private key")]
    Empty,
    /// The file itself is encrypted with age.
    #[error("the file is encrypted")]
    Encrypted,
    /// An SSH key in a form, or under a cipher, that cannot be read.
    #[error("this kind of SSH key, or its encryption, is not supported")]
    Ssh,
}

/// `a`, `b` and `c`.
fn list(names: &[String]) -> String {
    match names {
        [] => "none".to_owned(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

fn subject(names: &[String]) -> String {
    let verb = if names.len() == 1 { "is" } else { "are" };
    format!("{} {verb}", list(names))
}
