//! [`SyncError`]: why nothing could be planned, or carried out.

use std::io;
use std::path::PathBuf;

use envctl_resolver::runner::RunError;
use envctl_sync::{Failure, JournalError, Mismatch, TargetError};

use crate::Exit;
use crate::error::said;
use crate::render::shown;
use crate::settings::{PROJECT_FILE, To};

/// Why nothing could be planned, or carried out. No variant holds a value.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SyncError {
    #[error("there is no target `{word}`")]
    Unknown { word: String, near: Option<String>, known: Vec<String> },
    #[error("{PROJECT_FILE} has no target with `to = \"{}\"`", .0.name())]
    NoneOfKind(To),
    #[error("{PROJECT_FILE} has no target that says where it goes")]
    Nothing,
    #[error("the target `{target}` does not say where it goes")]
    NoPlace { target: String },
    #[error("the target `{target}` goes to {}, and does not say `{key}`", .to.service())]
    Lacks { target: String, to: To, key: &'static str },
    #[error("`{key}` of the target `{target}` is of no use: it goes to {}", .to.service())]
    NoUse { target: String, to: To, key: &'static str },
    #[error("`{key}` of the target `{target}` refers to the environment, and none was chosen")]
    NoEnvironment { target: String, key: &'static str },
    #[error(
        "`{key}` of the target `{target}` does not refer to `${{variable}}`, and would be one name for all"
    )]
    OneName { target: String, key: &'static str },
    #[error("the target `{target}` is always for {fixed}, and something else is resolved here")]
    OtherEnvironment { target: String, fixed: String },
    #[error("`{first}` and `{second}` hold other values of {variable}, and nothing else has one")]
    Differ { variable: String, first: String, second: String },
    #[error("`{record}` is going to be deleted, and what would be made anew may be in it")]
    GoingToBeDeleted { record: String },
    #[error("`--prune` looks at whole targets, and `{option}` leaves variables out")]
    PruneInPart { option: &'static str },
    #[error("`{option}` would be passed over: {why}")]
    Useless { option: &'static str, why: &'static str },
    #[error("{name} comes from {place}, which would give the old value back")]
    RotatedElsewhere { name: String, place: String },
    #[error(
        "a rotation of {name} was stopped after some targets had a new value, and none of those is asked for now"
    )]
    RotationLost { name: String },
    #[error("{} is there already, and holds no plan", shown(.path))]
    NotAPlan { path: PathBuf },
    #[error("two targets write to `{name}` in {}: `{first}` and `{second}`", .to.service())]
    SameRecord { name: String, to: To, first: String, second: String },
    /// The lean command line was asked for it: `envctl-cloud` can do it.
    #[error("the target `{target}` is in {}, which this program cannot reach by itself", .to.service())]
    NeedsCloud { target: String, to: To },
    #[error("{of}: {error}")]
    Target { of: String, error: TargetError },
    #[error("cannot keep what is known of runs in {}: {}", shown(.path), said(.error))]
    State { path: PathBuf, error: io::Error },
    #[error("this machine has no folder to keep what is known of runs in")]
    NoState,
    #[error("{} is not a key that envctl has made", shown(.path))]
    BadKey { path: PathBuf },
    #[error("`{option}` names `{key}`, which no target has")]
    UnknownKey { option: &'static str, key: String, near: Option<String> },
    #[error("`{record}` of the target `{target}` is not there, and a container would not start")]
    NotThere { target: String, record: String },
    #[error("`{record}` of the target `{target}` has no `{key}`, and a container would not start")]
    NoKey { target: String, record: String, key: String },
    #[error("the secret of the target `{target}` is {found}, and {given} is given")]
    OtherArn { target: String, given: String, found: String },
    #[error("{name} is not secret, and there is nothing to rotate")]
    NotSecret { name: String },
    #[error("the contract has no generator for {name}")]
    NoGenerator { name: String },
    #[error("the new value is empty")]
    NoValue,
    #[error(transparent)]
    Stack(RunError),
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error("{0}")]
    SavedPlan(String),
    /// A saved plan was made for other places.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Elsewhere(Vec<Mismatch>),
    #[error("records would be written, and nobody can be asked: this is no terminal")]
    NobodyToAsk,
    #[error("nothing was written")]
    NoConsent,
    #[error("what is resolved is not valid any more with what the targets hold now")]
    NoLongerValid,
}

impl SyncError {
    /// What a target said, with what was asked.
    pub(crate) fn target(of: impl Into<String>, error: TargetError) -> Self {
        Self::Target { of: of.into(), error }
    }

    /// What to do, if there is something to say.
    pub(crate) fn help(&self) -> Option<String> {
        Some(match self {
            Self::Unknown { near: Some(near), .. } | Self::UnknownKey { near: Some(near), .. } => {
                format!("did you mean `{near}`?")
            }
            Self::Unknown { known, .. } => format!("`--to` takes {}", known.join(", ")),
            Self::UnknownKey { .. } => "`--plan` lists the keys of each target".to_owned(),
            Self::NoneOfKind(to) => format!("add one: `[targets.NAME]` with `to = \"{}\"`", to.name()),
            Self::Nothing => format!(
                "`envctl sync --to vault` needs no settings; for others add `to` to `[targets.NAME]` of {PROJECT_FILE}"
            ),
            Self::NoPlace { .. } => {
                let kinds: Vec<_> = To::ALL.iter().map(|(_, name)| format!("\"{name}\"")).collect();
                format!("add `to` to it in {PROJECT_FILE}: one of {}", kinds.join(", "))
            }
            Self::Lacks { key, .. } => match *key {
                "secret" => "say what the secret is called: `secret = \"NAME\"`".to_owned(),
                "path" => "say which file it is: `path = \".env.service\"`".to_owned(),
                _ => "say what is run: `command = [\"./store\", \"--prod\"]`".to_owned(),
            },
            Self::NoUse { .. } => "remove it, or correct `to`".to_owned(),
            Self::NoEnvironment { .. } => "choose one: `--environment NAME`".to_owned(),
            Self::OneName { key, .. } => format!("for example `{key} = \"app/${{environment}}/${{variable}}\"`"),
            Self::OtherEnvironment { fixed, .. } => format!("ask for it: `-e {fixed}`"),
            Self::Differ { variable, .. } => format!(
                "say which one counts: put it into the env file, or give it with `--set-from-file {variable}=FILE`"
            ),
            Self::GoingToBeDeleted { .. } => "bring it back with `--restore`, or leave `--generate` out".to_owned(),
            Self::PruneInPart { .. } | Self::Useless { .. } => "leave it out".to_owned(),
            Self::RotatedElsewhere { .. } => "change it there, and carry it with `envctl sync`".to_owned(),
            Self::RotationLost { .. } => "run it again with the same `--to`, or with `--to all`".to_owned(),
            Self::NotAPlan { .. } => "give `--out` another file".to_owned(),
            Self::SameRecord { .. } => "give each a name of its own".to_owned(),
            Self::NeedsCloud { .. } => {
                "install `envctl-cloud` beside it or on PATH (`cargo install envctl-cloud`): it is handed the command"
                    .to_owned()
            }
            Self::Target { error, .. } => return error.help.clone(),
            Self::State { .. } | Self::NoState => {
                "name a folder that can be written: `ENVCTL_STATE=DIR`, or `state` in envctl.toml".to_owned()
            }
            Self::BadKey { .. } => "remove it: a new one is made, and saved plans have to be made again".to_owned(),
            Self::NotThere { target, .. } | Self::NoKey { target, .. } => {
                format!("write it first: `envctl sync --to {target}`")
            }
            Self::OtherArn { .. } => "correct the file of `--arns`, or leave it out".to_owned(),
            Self::NotSecret { .. } => "change it where it is set, and carry it with `envctl sync`".to_owned(),
            Self::NoGenerator { .. } => {
                "give the new value with `--value-from FILE`, or `--value-from -` for standard input".to_owned()
            }
            Self::NoValue => "see that what writes it prints something".to_owned(),
            Self::Stack(error) => error.help().to_owned(),
            Self::Journal(_) => return None,
            Self::SavedPlan(_) => "make it again: `envctl sync --to TARGET --plan --out FILE`".to_owned(),
            Self::NoConsent | Self::Elsewhere(_) => return None,
            Self::NoLongerValid => "`envctl validate` tells what is wrong".to_owned(),
            Self::NobodyToAsk => "`--yes` writes without asking, `--plan` only shows what would change".to_owned(),
        })
    }

    /// The exit code.
    pub(crate) fn exit(&self) -> Exit {
        match self {
            Self::NotAPlan { .. }
            | Self::Differ { .. }
            | Self::GoingToBeDeleted { .. }
            | Self::RotationLost { .. } => Exit::Refused,
            Self::Target { error: TargetError { kind: Failure::Settings, .. }, .. } => Exit::Usage,
            Self::Journal(JournalError::Rotation { .. }) => Exit::Refused,
            Self::Target { .. } | Self::Journal(_) | Self::Stack(_) | Self::State { .. } => Exit::Outside,
            Self::NobodyToAsk | Self::NoConsent | Self::Elsewhere(_) => Exit::Refused,
            Self::OtherArn { .. } | Self::NoLongerValid | Self::NotThere { .. } | Self::NoKey { .. } => {
                Exit::No
            }
            _ => Exit::Usage,
        }
    }
}
