//! Reading what exists: the process environment, env files, stacks and facts of the cloud account.
//!
//! Every reader gives values with their [`Place`](envschema::Place) or a [`SourceError`]. A source that is
//! there and cannot be read is an error, never "absent": an outage must not look like a missing value.
//! Nothing here reads the live environment; the edge of the program hands in a [`ProcessSnapshot`].
//!
//! | source | type |
//! |---|---|
//! | the process environment | [`ProcessSnapshot`] |
//! | `.env.prod` and `.env.example` | [`EnvFile`], [`Examples`] |
//! | outputs of `pulumi`, `terraform` or `tofu`, live or recorded | [`Outputs`] |
//! | configuration of a Pulumi stack | [`StackConfig`], [`ConfigValue`] |
//! | region and account | [`AwsFacts`], [`ConfiguredAws`], [`s3_endpoint`] |

mod aws;
mod aws_profile;
mod env_file;
mod error;
mod outputs;
mod process;
mod read;
mod stack_config;
mod stack_tool;
mod tree;
mod yaml;

pub use envctl_dotenv::Severity;

pub use aws::{AwsFacts, ConfiguredAws, Fact, Listening, s3_endpoint};
pub use env_file::{Duplicate, EnvFile, Examples, Problem};
pub use error::SourceError;
pub use outputs::Outputs;
pub use process::ProcessSnapshot;
pub use read::{FileRef, text as read_text};
pub use stack_config::{ConfigValue, StackConfig};
pub use stack_tool::Tool;
