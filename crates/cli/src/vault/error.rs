//! [`VaultCommandError`]: why a command of `vault` cannot do what it is asked for.

use std::io;
use std::path::PathBuf;

use envctl_vault::VaultError;

use crate::Exit;
use crate::error::said;
use crate::render::{counted, shown};
use crate::settings::{PROJECT_FILE, To};

/// Why a command of `vault` cannot do what it is asked for. No variant holds a value.
#[derive(Debug, thiserror::Error)]
pub(crate) enum VaultCommandError {
    #[error("there is no vault {}", shown(.path))]
    NoVault { path: PathBuf, init: String },
    #[error("{} is there already", shown(.path))]
    Exists { path: PathBuf },
    #[error("the target `{target}` goes to {}, not to a vault", .to.service())]
    OtherTarget { target: String, to: To },
    #[error("several targets of {PROJECT_FILE} go to a vault: {}", .targets.join(", "))]
    SeveralTargets { targets: Vec<String> },
    #[error("the target `{target}` does not have {name}")]
    NotOfTarget { name: String, target: String },
    #[error("there is no variable `{name}` in {contract}")]
    Undeclared { name: String, contract: String, near: Option<String> },
    // What was given is not repeated.
    #[error("a value is never an argument: other programs can read it there, and the shell keeps it")]
    ValueAsArgument { name: String },
    #[error("{name} would get an empty value")]
    EmptyValue { name: String },
    #[error("{name} would get a placeholder; a real value is required")]
    Placeholder { name: String },
    #[error("there is no value for {name}, and nobody can be asked: this is no terminal")]
    NoValue { name: String },
    #[error("a passphrase is asked for, and nobody can be asked: this is no terminal")]
    NoPassphrase,
    #[error("the two passphrases are not the same")]
    OtherPassphrase,
    /// The word is not repeated: it could be a private key.
    #[error("a recipient is neither a public key nor a file")]
    NoRecipient,
    #[error("{} has no public key", shown(.path))]
    NoKeys { path: PathBuf },
    #[error("{} has several keys, and this command takes one", shown(.path))]
    SeveralKeys { path: PathBuf },
    #[error("`--about` is about one recipient, and several are given")]
    AboutSeveral,
    #[error("nothing on this machine would open {} any more", shown(.path))]
    LocksOut { path: PathBuf },
    #[error("neither `VISUAL` nor `EDITOR` is set")]
    NoEditor,
    #[error("cannot run the editor `{editor}`: {error}")]
    EditorFailed { editor: String, error: String },
    #[error("the editor `{editor}` ended with exit code {code}")]
    EditorRefused { editor: String, code: u8 },
    #[error("envctl was told to end while the editor was open")]
    Stopped,
    #[error("no file system of this machine is in memory, and values are not put on a disk")]
    NoMemory,
    #[error("cannot make a folder for the editor in {}: {}", shown(.folder), said(.error))]
    NoFolder { folder: PathBuf, error: io::Error },
    #[error("values may still lie in {}: {}", shown(.folder), said(.error))]
    NotRemoved { folder: PathBuf, error: io::Error },
    #[error("the text of the editor is not UTF-8")]
    EditedNotText,
    #[error("the text of the editor cannot be read back: {}", said(.0))]
    EditedUnreadable(io::Error),
    #[error("the text of the editor has {}", counted(*.0, "mistake"))]
    Mistakes(usize),
    #[error("{names} cannot stand in an env file", names = .names.join(", "))]
    NotEditable { names: Vec<String> },
}

impl VaultCommandError {
    /// What to do, if there is something to say.
    pub(crate) fn help(&self) -> Option<String> {
        Some(match self {
            Self::NoVault { init, .. } => format!("make it: `{init}`"),
            Self::Exists { .. } => {
                "it was left as it is; `--file FILE` makes another one, `envctl vault recipients add` lets somebody read this one"
                    .to_owned()
            }
            Self::OtherTarget { .. } => {
                "name a target with `to = \"vault\"`, or leave `--target` out".to_owned()
            }
            Self::SeveralTargets { targets } => {
                format!("say which one: `--target {}`", targets.first().map_or("NAME", String::as_str))
            }
            Self::NotOfTarget { .. } => format!(
                "add it to the target in {PROJECT_FILE}; `--allow-undeclared` takes it as it is"
            ),
            Self::Undeclared { near: Some(near), .. } => {
                format!("did you mean `{near}`? `--allow-undeclared` takes the name as it is")
            }
            Self::Undeclared { .. } => {
                "add it to the contract; `--allow-undeclared` takes the name as it is".to_owned()
            }
            Self::ValueAsArgument { name } => format!(
                "leave it out and type it when you are asked, or pipe it in: `… | envctl vault set {name} -`; if it is \
                 a real one, replace it where it is used"
            ),
            Self::EmptyValue { .. } => "an empty value counts as not set; give a value".to_owned(),
            Self::Placeholder { .. } => return None,
            Self::NoValue { name } => {
                format!("pipe it in: `… | envctl vault set {name} -`, or give `--from-file FILE`")
            }
            Self::NoPassphrase => "run this in a terminal".to_owned(),
            Self::OtherPassphrase => "nothing was changed; try again".to_owned(),
            Self::NoRecipient => {
                "give a key that begins with `age1` or `ssh-`, or a file of such keys, one on each line".to_owned()
            }
            Self::NoKeys { .. } => "put one key on each line".to_owned(),
            Self::SeveralKeys { .. } => "give the key itself".to_owned(),
            Self::AboutSeveral => {
                "leave it out, and say it of each: `envctl vault recipients describe KEY WORDS`".to_owned()
            }
            Self::LocksOut { .. } => {
                "the last way in that this machine has is the one to be removed; `--yes` removes it".to_owned()
            }
            Self::NoEditor => "set one: `EDITOR=vi envctl vault edit`".to_owned(),
            Self::EditorFailed { .. } => "correct `VISUAL` or `EDITOR`".to_owned(),
            Self::EditorRefused { code: 126 | 127, .. } => {
                "nothing was changed; correct `VISUAL` or `EDITOR`".to_owned()
            }
            Self::EditorRefused { .. } => "nothing was changed".to_owned(),
            Self::Stopped => "nothing was changed".to_owned(),
            Self::NoMemory => {
                "change one value after the other with `envctl vault set`; `--allow-disk` lets all of them lie on a disk \
                 while the editor is open"
                    .to_owned()
            }
            Self::NoFolder { .. } => "check its mode, and whether there is room".to_owned(),
            Self::NotRemoved { .. } => "remove that folder".to_owned(),
            Self::EditedNotText => "save it as UTF-8".to_owned(),
            Self::EditedUnreadable(_) => "let the editor save to the file that it was given".to_owned(),
            Self::Mistakes(_) => "nothing was changed".to_owned(),
            Self::NotEditable { .. } => "change them with `envctl vault set`".to_owned(),
        })
    }

    /// The exit code.
    pub(crate) fn exit(&self) -> Exit {
        match self {
            Self::Exists { .. } | Self::LocksOut { .. } | Self::NoMemory => Exit::Refused,
            Self::EditorFailed { .. }
            | Self::EditorRefused { .. }
            | Self::NoFolder { .. }
            | Self::NotRemoved { .. }
            | Self::EditedUnreadable(_) => Exit::Outside,
            Self::Stopped => Exit::Interrupted,
            _ => Exit::Usage,
        }
    }
}

/// The exit code for what a vault says.
pub(crate) fn exit_of(error: &VaultError) -> Exit {
    match error {
        VaultError::NotInVault { .. } => Exit::No,
        VaultError::LastRecipient { .. } => Exit::Refused,
        // What opens the vault is missing, or what is in it is not what was put there.
        VaultError::NoIdentity { .. }
        | VaultError::NotAsked { .. }
        | VaultError::WrongPassphrase { .. }
        | VaultError::Wrapped { .. }
        | VaultError::Unsealed { .. }
        | VaultError::Tampered { .. }
        | VaultError::Random { .. } => Exit::Outside,
        _ => Exit::Usage,
    }
}
