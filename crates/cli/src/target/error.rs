//! [`TargetError`]: what is wrong with the targets of `envctl.toml`, or with the one that was asked for.

use envschema::NamingError;

use crate::settings::PROJECT_FILE;

/// Why a target cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TargetError {
    #[error("{PROJECT_FILE} has no target `{name}`")]
    Unknown { name: String, near: Option<String>, known: Vec<String> },
    #[error("`{name}` cannot be the name of a target")]
    Name { name: String, reserved: bool },
    #[error("`targets.{target}` is for the environment `{fixed}`, and `--environment` asks for `{asked}`")]
    Environment { target: String, fixed: String, asked: String },
    /// What the contract does not have: a variable, group, profile or environment.
    #[error("`targets.{target}.{key}` names `{name}`, which the contract does not have")]
    NotInContract { target: String, key: &'static str, name: String, near: Option<String> },
    #[error("`targets.{target}.{key}` names `{name}`, which is not one of its variables")]
    NotItsVariable { target: String, key: &'static str, name: String },
    #[error("`targets.{target}` says that `{name}` is required and that it is optional")]
    BothPresences { target: String, name: String },
    #[error("`targets.{target}` calls {variable} `{own}`, which cannot be the name of a variable")]
    BadOwnName { target: String, variable: String, own: String },
    #[error("`targets.{target}`: {first} and {second} would both be called {own} there")]
    Clash { target: String, first: String, second: String, own: String },
    #[error("`targets.{target}.{key}` of {PROJECT_FILE}: {error}")]
    Naming { target: String, key: &'static str, error: NamingError },
    #[error("`{target}` and `{other}` are both called `{service}` outside")]
    SameService { target: String, other: String, service: String },
    /// Both by the names that they have outside.
    #[error("{target} needs {needed}, which is not a target of {PROJECT_FILE}")]
    NeedsUnknown { target: String, needed: String, near: Option<String> },
    /// The chain begins and ends with the same name; all are those that targets have outside.
    #[error("targets need each other: {}", .chain.join(" -> "))]
    Cycle { chain: Vec<String> },
    #[error("`--only` does not know `{word}`")]
    Only { word: String, near: Option<String>, known: String },
}

impl TargetError {
    /// What to do.
    pub(crate) fn help(&self) -> String {
        let meant = |near: &str| format!("did you mean `{near}`?");
        match self {
            Self::Unknown { near: Some(near), .. }
            | Self::NotInContract { near: Some(near), .. }
            | Self::NeedsUnknown { near: Some(near), .. }
            | Self::Only { near: Some(near), .. } => meant(near),
            Self::Unknown { known, .. } if known.is_empty() => {
                format!("describe it in {PROJECT_FILE}: `[targets.NAME]`")
            }
            Self::Unknown { known, .. } => format!("the targets are {}", known.join(", ")),
            Self::Name { reserved: true, .. } => "`--only` has `secret`, `plain` and `public` for visibilities, and `--to` has `all` for every target".to_owned(),
            Self::Name { .. } => {
                "use letters, digits, `.`, `_` and `-`, and begin with a letter or digit".to_owned()
            }
            Self::Environment { .. } => {
                format!("leave `--environment` out, or `environment` of the target in {PROJECT_FILE}")
            }
            Self::NotInContract { key, .. } => {
                format!("correct `{key}` in {PROJECT_FILE}, or add it to the contract")
            }
            Self::NotItsVariable { .. } => "add it to `vars`, or remove it here".to_owned(),
            Self::BothPresences { .. } => "keep one of them".to_owned(),
            Self::BadOwnName { .. } => "use letters, digits and `_`, and begin with no digit".to_owned(),
            Self::Clash { .. } => "give each a name of its own in `names` or `also`".to_owned(),
            Self::Naming { error, .. } => error.help().to_owned(),
            Self::SameService { .. } => "give each a `service` of its own".to_owned(),
            Self::NeedsUnknown { .. } => "add the target, or remove it from `needs`".to_owned(),
            Self::Cycle { .. } => "remove one of them from `needs`".to_owned(),
            Self::Only { known, .. } => format!("the words are {known}"),
        }
    }
}
