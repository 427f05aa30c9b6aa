//! What to do about each error.

use crate::error::{BadIdentity, BadRecipient, BadWrapping, VaultError};

impl VaultError {
    /// What to do about it, as a sentence without a full stop.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::UnknownKey { meant: Some(meant), .. } => format!("did you mean `{meant}`?"),
            Self::NotInVault { meant: Some(meant), .. } => format!("did you mean {meant}?"),
            Self::BadRecipient { reason, .. } => reason.help().to_owned(),
            Self::BadIdentity { reason, .. } => reason.help().to_owned(),
            Self::NoIdentity { not_asked: Some(what), .. } => {
                format!("give the identity of a recipient, or run this where {what} can be asked for")
            }
            Self::Wrapped { reason, .. } => reason.help().to_owned(),
            other => other.fixed_help().to_owned(),
        }
    }

    /// The help that does not depend on what the variant holds.
    const fn fixed_help(&self) -> &'static str {
        match self {
            Self::Syntax { .. } | Self::Form { .. } | Self::Base64 { .. } | Self::Missing { .. } => {
                "take this part from an earlier version of the file"
            }
            Self::Unmerged { .. } => {
                "keep the lines of both sides where they are about different names, remove the marks, and read the \
                 vault again; if one side has a new key, take that side and set the other side's values again"
            }
            Self::Version { .. } => {
                "use a newer envctl, or take the version from an earlier state of the file"
            }
            Self::UnknownKey { .. } => "remove it; values stand under [values]",
            Self::BadRecipient { .. } | Self::BadIdentity { .. } | Self::Wrapped { .. } => "",
            Self::BadAbout { .. } => "say it in one line",
            Self::DuplicateRecipient { .. } => "remove one of the two",
            Self::NoRecipients { .. } => "name at least one public key, or a passphrase",
            Self::LastRecipient { .. } => "add another one first: nobody could read the vault any more",
            Self::UnknownRecipient { .. } => "give the key as it stands in the file, or `passphrase`",
            Self::Unsealed { .. } => {
                "nothing was encrypted to them; find out who changed the file, take these lines from an earlier \
                 version, and have a recipient add whoever belongs there"
            }
            Self::Unwrappable { .. } => "ask for another key of this recipient",
            Self::NoIdentity { .. } => {
                "give the identity of one of them (`ENVCTL_VAULT_IDENTITY=FILE`), or ask one of them to add you as a \
                 recipient"
            }
            Self::NotAsked { .. } => "run this in a terminal, or remove the passphrase from the recipients",
            Self::WrongPassphrase { .. } => "try again",
            Self::Tampered { .. } => {
                "take the line from an earlier version of the file, or set the value again; after a merge with a \
                 branch from before a change of the key, set what that branch had set"
            }
            Self::NotInVault { .. } => "give it a value first",
            Self::BadName { .. } => "use the name of a variable",
            Self::Random { .. } => "the system's random source must work before values are encrypted",
        }
    }
}

impl BadRecipient {
    const fn help(self) -> &'static str {
        match self {
            Self::NotAKey | Self::Age => {
                "give the line after `public key:` in a file of age-keygen, or an SSH public key"
            }
            Self::Private => {
                "keep it to yourself and give its public key: `age-keygen -y FILE`, or the file that ends in .pub"
            }
            Self::Ssh => "give a public key of the type ssh-ed25519 or ssh-rsa",
            Self::Empty => "use several words that nobody else would choose",
            Self::RsaSize => "make a key with `ssh-keygen -t ed25519`",
            Self::Spelling => "write the type and the key alone; words about it stand in `about`",
        }
    }
}

impl BadIdentity {
    const fn help(self) -> &'static str {
        match self {
            Self::NotAKey | Self::Empty => "give a file of age-keygen, or an SSH private key",
            Self::Encrypted => "decrypt it with age first",
            Self::Ssh => {
                "use a key of the type ed25519 or rsa in OpenSSH's own form: `ssh-keygen -p -f FILE` rewrites one"
            }
        }
    }
}

impl BadWrapping {
    const fn help(self) -> &'static str {
        match self {
            Self::TooMuchWork => "use another identity, then remove the passphrase and add it again",
            Self::Newer => "use a newer envctl, or another identity",
            Self::OtherKey | Self::Changed | Self::NoKey => {
                "take the block of this recipient from an earlier version of the file, or use another identity"
            }
        }
    }
}
