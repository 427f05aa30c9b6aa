//! Targets that need no account.

mod env_text;
mod file;

pub use file::FileTarget;
