//! Where the workspace is and what it consists of.

use std::path::Path;

use cargo_metadata::{CargoOpt, Metadata, MetadataCommand};

use crate::Failure;

/// The folder of the workspace.
#[must_use]
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// The workspace and the graph of its dependencies on every platform, all features of our own crates on: a
/// crate that must not be reached must not be reached behind a feature either.
///
/// # Errors
/// [`Failure::Metadata`] if cargo cannot read the workspace.
pub fn metadata() -> Result<Metadata, Failure> {
    Ok(MetadataCommand::new().current_dir(root()).features(CargoOpt::AllFeatures).exec()?)
}
