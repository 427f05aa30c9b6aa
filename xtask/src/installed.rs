//! Programs that tests run and that no package of the system has: installed under `target`, at versions that are written
//! down beside what uses them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Failure, process, workspace};

/// A set of programs and how they are installed.
pub struct Set {
    /// Its name in messages.
    pub name: &'static str,
    /// Where it is installed, from the root of the workspace.
    pub folder: &'static str,
    /// Where the files lie that say what is installed, from the root of the workspace.
    pub source: &'static str,
    /// Those files. They are copied to the folder.
    pub files: &'static [&'static str],
    /// The program that installs.
    pub program: &'static str,
    /// Installs in that folder.
    pub install: fn(&Path) -> Result<(), Failure>,
}

impl Set {
    /// The files that say what is installed.
    pub fn sources(&self) -> impl Iterator<Item = PathBuf> {
        self.files.iter().map(|name| workspace::root().join(self.source).join(name))
    }
}

/// Installs every set that is not there as its files say. A set whose installing program is missing is passed over.
///
/// # Errors
/// [`Failure::Start`] and [`Failure::Command`] of the program that installs; [`Failure::File`].
pub fn install(sets: &[Set]) -> Result<(), Failure> {
    for set in sets {
        let folder = workspace::root().join(set.folder);
        if !process::exists(set.program) {
            println!("{}: not installed, {} not found", set.name, set.program);
            continue;
        }
        let wanted = contents(set)?;
        let stamp = folder.join(".installed");
        if fs::read_to_string(&stamp).is_ok_and(|there| there == wanted) {
            println!("{}: there already", set.name);
            continue;
        }
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(file("remove", &folder))?;
        }
        fs::create_dir_all(&folder).map_err(file("make", &folder))?;
        for from in set.sources() {
            let to = folder.join(from.file_name().unwrap_or_default());
            fs::copy(&from, &to).map_err(file("copy", &from))?;
        }
        (set.install)(&folder)?;
        fs::write(&stamp, wanted).map_err(file("write", &stamp))?;
        println!("{}: installed", set.name);
    }
    Ok(())
}

/// What the files of a set say.
fn contents(set: &Set) -> Result<String, Failure> {
    set.sources().map(|path| fs::read_to_string(&path).map_err(file("read", &path))).collect()
}

fn file(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Failure {
    let path = path.to_owned();
    move |source| Failure::File { doing, path, source }
}

/// Makes the folder an environment of Python with what its `requirements.txt` names.
///
/// # Errors
/// [`Failure::Start`] and [`Failure::Command`].
pub fn python(folder: &Path) -> Result<(), Failure> {
    process::run(Command::new("python3").args(["-m", "venv"]).arg(folder))?;
    let args = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", "requirements.txt"];
    process::run(Command::new(folder.join("bin/python3")).args(args).current_dir(folder))
}
