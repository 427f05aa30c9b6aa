//! The project's wiring: `envctl.toml`, `ENVCTL_*` and options, in that order, each setting knowing where it
//! came from.

mod load;
mod model;
mod provider;
mod target;

pub(crate) use load::{Flags, Loaded, PROJECT_FILE, SettingsError, load};
pub(crate) use model::{AwsSettings, ConfigSource, EnvironmentSettings, StackSettings, StackTool};
pub(crate) use target::{Layout, TargetAws, TargetSettings, TierName, To};
