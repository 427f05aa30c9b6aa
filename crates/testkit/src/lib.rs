//! Test helpers: a project in a temporary folder, a scripted runner and target, a scan for planted secrets, and
//! stand-ins for what is outside.
//!
//! For tests only, so everything here panics instead of giving errors, and says where.
//!
//! | helper | for |
//! |---|---|
//! | [`Canaries`] | secrets that must not turn up anywhere, in any form |
//! | [`TempProject`] | a folder with files, gone when dropped |
//! | [`MemoryTarget`] | a target of `sync` that keeps its records in memory, with faults and other writers |
//! | [`DockerServer`] | what docker sends of an env file |
//! | [`AwsStandIn`], [`AwsAccount`] | AWS on loopback, with an account for each test: faults, journal, leaks |
//! | [`ScriptedRunner`] | programs that are expected to run, with what they print |
//!
//! ```
//! use envctl_testkit::{Canaries, TempProject};
//!
//! let mut canaries = Canaries::new();
//! let token = canaries.plant("token");
//! let project = TempProject::new().file(".env.prod", format!("API_TOKEN={token}\n"));
//!
//! let printed = "API_TOKEN is set";
//! canaries.scan("the message", printed);
//! canaries.scan_folder_except(project.path(), &[".env.prod"]);
//! ```

mod aws;
mod canary;
mod docker;
mod memory;
mod project;
mod script;

pub use aws::{AwsAccount, AwsStandIn, Call};
pub use canary::Canaries;
pub use docker::DockerServer;
pub use memory::{Fault, MemoryTarget, TargetCall};
pub use project::TempProject;
pub use script::{Reply, ScriptedRunner};
