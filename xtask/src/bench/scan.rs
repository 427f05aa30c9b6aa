//! `envctl scan` beside `grep` over the same files: what every spelling costs over the values alone.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use super::Measure;
use super::sample::{Sample, sample};
use super::stats::{median, median_ratio};
use crate::{Failure, process, workspace};

/// Variables in the contract; three of ten are secrets with a value to look for.
const VARIABLES: usize = 100;

/// The tree: so many folders, files in each, and bytes in a file; 200 MB in all.
const FOLDERS: usize = 40;
const FILES: usize = 50;
const BYTES: usize = 100_000;

/// More runs tell no more: each takes as long as reading 200 MB.
const MOST_RUNS: usize = 15;

/// How many times as long `envctl scan` may take as `grep -rF` with the values as they are.
const BUDGET: f64 = 1.0;

/// Writes the tree if it is not there, and times both programs in turns.
///
/// # Errors
/// [`Failure`] if a build fails, a file cannot be written, or a program does not end well.
pub fn measure(runs: usize) -> Result<Vec<Measure>, Failure> {
    let target = workspace::metadata()?.target_directory.into_std_path_buf();
    let folder = target.join("bench").join("scan");
    let Sample { contract, env_file } = sample(VARIABLES);
    write(&folder.join("envschema.toml"), &contract)?;
    write(&folder.join("sample.env"), &env_file)?;
    let secrets = ["_DATABASE_URL=", "_API_KEY=", "_SESSION_SECRET="];
    let is_secret = |line: &&str| secrets.iter().any(|name| line.contains(name));
    let values = env_file.lines().filter(is_secret).filter_map(|line| line.split_once('='));
    let values: String = values.map(|(_, value)| format!("{value}\n")).collect();
    write(&folder.join("values"), &values)?;
    write_tree(&folder.join("tree"))?;

    process::run(&mut process::cargo(&["build", "--release", "--package", "envctl", "--bin", "envctl"]))?;
    let envctl = target.join("release/envctl").with_extension(std::env::consts::EXE_EXTENSION);
    let scan = ["scan", "--schema", "envschema.toml", "--env-file", "sample.env", "--no-process-env", "tree"];
    let mut scan_times = Vec::new();
    let mut grep_times = Vec::new();
    // The first round only fills the page cache.
    for round in 0..=runs.min(MOST_RUNS) {
        let scan = run(&folder, &envctl, &scan)?;
        let grep = run(&folder, Path::new("grep"), &["-rF", "-f", "values", "tree"])?;
        if round > 0 {
            scan_times.push(scan);
            grep_times.push(grep);
        }
    }
    let megabytes = (FOLDERS * FILES * BYTES) as f64 / 1e6;
    for (name, times) in [("grep -rF", &grep_times), ("envctl scan", &scan_times)] {
        let time = median(times);
        println!("{name:<12} {time:>8.1} ms, {:>6.0} MB/s", megabytes / time * 1000.0);
    }
    Ok(vec![Measure {
        name: format!("envctl scan, every spelling, over grep -rF, {megabytes:.0} MB"),
        figure: median_ratio(&scan_times, &grep_times),
        budget: BUDGET,
    }])
}

/// Milliseconds of one run. Both programs end with 0 or 1, whether or not something was found.
fn run(folder: &Path, program: &Path, arguments: &[&str]) -> Result<f64, Failure> {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null());
    let start = Instant::now();
    let status = command.status();
    let time = start.elapsed().as_secs_f64() * 1000.0;
    match status {
        Ok(status) if status.code().is_some_and(|code| code <= 1) => Ok(time),
        Ok(status) => Err(Failure::Problems(format!("{}: {status}", process::shown(&command)))),
        Err(error) => Err(Failure::Problems(format!("{}: {error}", process::shown(&command)))),
    }
}

/// Files that look like programs, with long words in between as bundles have them.
fn write_tree(tree: &Path) -> Result<(), Failure> {
    let last = tree.join(format!("{}/{}.js", FOLDERS - 1, FILES - 1));
    if last.exists() {
        return Ok(());
    }
    let words =
        ["const", "return", "(", ")", "{", "}", "=>", "postgresql", "value", "await", ";\n", "\n    ", "\""];
    let mut state = 1_u64;
    let mut draw = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    for number in 0..FOLDERS * FILES {
        let mut text = String::with_capacity(BYTES + 32);
        while text.len() < BYTES {
            let drawn = draw();
            match usize::try_from(drawn % 16).unwrap_or(0) {
                word @ 0..13 => text.push_str(words[word]),
                _ => text.push_str(&format!("{drawn:x}{:x}", draw())),
            }
            text.push(' ');
        }
        text.truncate(BYTES);
        write(&tree.join(format!("{}/{}.js", number / FILES, number % FILES)), &text)?;
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(path);
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(path, text));
    written.map_err(|source| Failure::File { doing: "write", path: path.to_owned(), source })
}
