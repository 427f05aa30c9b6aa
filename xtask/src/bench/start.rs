//! Whole processes: from starting the program to its end, as a shell or a container sees it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use super::Measure;
use super::sample::{Sample, sample};
use super::stats::{median, median_ratio};
use crate::{Failure, process, workspace};

/// Variables in the contract and in the env file.
const VARIABLES: usize = 100;

/// How many times as long `envctl validate` may take as reading the same two files and parsing the TOML.
const BUDGET: f64 = 1.5;

/// The platform on which fully static programs are built.
const STATIC_TARGET: &str = "x86_64-unknown-linux-gnu";

/// `envctl` and the program it is compared with, built alike.
struct Pair {
    linkage: &'static str,
    envctl: Vec<String>,
    baseline: Vec<String>,
}

/// Builds both programs, dynamic and where possible static, and times them in turns.
///
/// # Errors
/// [`Failure`] if a build fails, a file cannot be written, or a program does not end well.
pub fn measure(runs: usize) -> Result<Vec<Measure>, Failure> {
    let target = workspace::metadata()?.target_directory.into_std_path_buf();
    let folder = target.join("bench");
    let (contract, env_file) = write_sample(&folder)?;
    let mut pairs = vec![build("dynamic", &target, None, &contract, &env_file)?];
    if cfg!(all(target_os = "linux", target_arch = "x86_64", target_env = "gnu")) {
        pairs.push(build("static", &folder.join("static"), Some(STATIC_TARGET), &contract, &env_file)?);
    }

    let nothing = ["/bin/true", "/usr/bin/true"].into_iter().find(|path| Path::new(path).exists());
    let nothing = vec![nothing.unwrap_or("true").to_owned()];
    let mut programs = vec![&nothing];
    programs.extend(pairs.iter().flat_map(|pair| [&pair.baseline, &pair.envctl]));
    let times = in_turns(&programs, runs)?;

    println!("{runs} runs of each, {VARIABLES} variables; median of the whole process");
    println!("{:<24} {:>6.2} ms", nothing[0], median(&times[0]));
    let mut measures = Vec::new();
    for (pair, times) in pairs.iter().zip(times[1..].chunks_exact(2)) {
        println!("{:<24} {:>6.2} ms", format!("baseline, {}", pair.linkage), median(&times[0]));
        println!("{:<24} {:>6.2} ms", format!("envctl validate, {}", pair.linkage), median(&times[1]));
        measures.push(Measure {
            name: format!("envctl validate over read and parse, {}", pair.linkage),
            figure: median_ratio(&times[1], &times[0]),
            budget: BUDGET,
        });
    }
    Ok(measures)
}

/// Builds the two programs in two runs of cargo: in one, the features that each asks of shared crates would
/// be in both.
fn build(
    linkage: &'static str,
    target_dir: &Path,
    triple: Option<&str>,
    contract: &str,
    env_file: &str,
) -> Result<Pair, Failure> {
    let mut folder = target_dir.to_owned();
    folder.extend(triple);
    folder.push("release");
    for package in ["xtask-baseline", "envctl"] {
        let mut command = process::cargo(&["build", "--release", "--package", package, "--bin", package]);
        command.arg("--target-dir").arg(target_dir);
        if let Some(triple) = triple {
            command.args(["--target", triple]).env("RUSTFLAGS", "-C target-feature=+crt-static");
        }
        println!("{linkage}: {}", process::shown(&command));
        process::run(&mut command)?;
    }
    let program = |name: &str, args: &[&str]| {
        let path = folder.join(name).with_extension(std::env::consts::EXE_EXTENSION);
        let words = std::iter::once(path.display().to_string());
        words.chain(args.iter().map(|arg| (*arg).to_owned())).collect()
    };
    Ok(Pair {
        linkage,
        envctl: program(
            "envctl",
            &["validate", "--schema", contract, "--env-file", env_file, "--no-process-env"],
        ),
        baseline: program("xtask-baseline", &[contract, env_file]),
    })
}

fn write_sample(folder: &Path) -> Result<(String, String), Failure> {
    let Sample { contract, env_file } = sample(VARIABLES);
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        let written = fs::create_dir_all(folder).and_then(|()| fs::write(&path, text));
        let shown = path.display().to_string();
        written.map(|()| shown).map_err(|source| Failure::File { doing: "write", path, source })
    };
    Ok((write("envschema.toml", &contract)?, write("sample.env", &env_file)?))
}

/// Milliseconds of each run of each program. The programs take turns and each round begins with another one,
/// so that none of them always runs after the same neighbour.
fn in_turns(programs: &[&Vec<String>], runs: usize) -> Result<Vec<Vec<f64>>, Failure> {
    let mut times = vec![Vec::with_capacity(runs); programs.len()];
    // The first round only fills the page cache.
    for round in 0..=runs {
        for turn in 0..programs.len() {
            let which = (round + turn) % programs.len();
            let time = run_once(programs[which])?;
            if round > 0 {
                times[which].push(time);
            }
        }
    }
    Ok(times)
}

fn run_once(words: &[String]) -> Result<f64, Failure> {
    let (program, args) =
        words.split_first().map_or((PathBuf::new(), words), |(program, args)| (PathBuf::from(program), args));
    let mut command = Command::new(program);
    command.args(args).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    process::run(&mut command)?;
    Ok(start.elapsed().as_secs_f64() * 1000.0)
}
