//! Our programs: the one with the SDK linked in, and the lean one that hands over to it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// `envctl-cloud`.
pub(crate) fn linked() -> PathBuf {
    env!("CARGO_BIN_EXE_envctl-cloud").into()
}

/// The lean `envctl`, which lies beside it. It is of another package, so nothing but a build of the whole workspace
/// makes it for these tests.
pub(crate) fn lean() -> PathBuf {
    static LEAN: OnceLock<PathBuf> = OnceLock::new();
    let made = || {
        let path = linked().with_file_name("envctl");
        if !path.exists() {
            let built = Command::new(env!("CARGO"))
                .args(["build", "--quiet", "--package", "envctl", "--bin", "envctl"])
                .current_dir(env!("CARGO_MANIFEST_DIR"))
                .status();
            assert!(built.is_ok_and(|status| status.success()), "`envctl` is built");
        }
        path
    };
    LEAN.get_or_init(made).clone()
}

/// The lean `envctl` in a folder where no other program is.
pub(crate) fn lean_alone(folder: &Path) -> PathBuf {
    let path = folder.join("envctl");
    if std::fs::hard_link(lean(), &path).is_err() {
        std::fs::copy(lean(), &path).expect("a program is copied");
    }
    path
}
