//! Targets that need no account.

mod command;
mod env_text;
mod file;
mod protocol;

pub use command::CommandTarget;
pub use file::FileTarget;
