//! `sync`: calls, time and memory of carrying bundles to Secrets Manager, beside a program that goes key by key and beside the
//! AWS CLI, all against one process of the stand-in.
//!
//! The stand-in answers one call at a time, some hundred a second, so the time says how many calls there are and not how fast
//! AWS is. What is promised are calls and memory.
//!
//! - [`fleet`]: the project, and what each bundle is to hold
//! - [`programs`]: the three programs
//! - [`timed`]: a process with its time and memory
//! - [`figures`]: table and budgets

pub mod figures;
pub mod fleet;
pub mod programs;
pub mod timed;

use std::fs;
use std::path::PathBuf;

use envctl_testkit::{AwsAccount, AwsStandIn};

use self::figures::{Row, Work};
use self::fleet::Fleet;
use self::programs::Program;
use self::timed::{Place, Spent};
use super::Measure;
use crate::installed::{self, Set};
use crate::{Failure, aws, process, workspace};

/// Numbers of bundles.
const BUNDLES: [usize; 3] = [10, 100, 1000];

/// The AWS CLI.
pub const SETS: &[Set] = &[Set {
    name: "AWS CLI",
    folder: "target/bench/awscli",
    source: "xtask/bench",
    files: &["requirements.txt"],
    program: "python3",
    install: installed::python,
}];

/// Builds and installs what is measured, and measures it.
///
/// # Errors
/// [`Failure`] if a build fails, something cannot be installed or written, or a program does not end well.
pub fn measure() -> Result<Vec<Measure>, Failure> {
    installed::install(aws::SETS)?;
    installed::install(SETS)?;
    process::run(&mut process::cargo(&[
        "build",
        "--release",
        "--package",
        "envctl-cloud",
        "--bin",
        "envctl-cloud",
    ]))?;
    let aws = AwsStandIn::start();
    let mut rows = Vec::new();
    for bundles in BUNDLES {
        for program in Program::ALL {
            let account = aws.account();
            rows.extend(rows_of(program, bundles, &account)?);
            account.reset();
        }
    }
    rows.sort_by_key(|row| (row.bundles, Work::ALL.iter().position(|work| *work == row.work)));
    print!("{}", figures::table(&rows));
    println!("~ reckoned from {} bundles, by calls", Program::AwsCli.sample(usize::MAX));
    Ok(figures::measures(&rows, |bundles| Fleet { bundles }.changed()))
}

/// All works of one program, in an account that has nothing yet.
fn rows_of(program: Program, bundles: usize, account: &AwsAccount) -> Result<Vec<Row>, Failure> {
    let folder = emptied_folder()?;
    let place = Place { folder: &folder, environment: &account.environment() };
    let sample = program.sample(bundles);
    let once = match program {
        // Its process starts once; the AWS CLI starts for each bundle, and envctl is measured whole.
        Program::PerKey => program.run(&place, Fleet { bundles: 0 }, Work::New)?,
        Program::Envctl | Program::AwsCli => Spent::default(),
    };
    let mut rows = Vec::new();
    for work in Work::ALL {
        account.clear_journal();
        let spent = program.run(&place, Fleet { bundles: sample }, work)?;
        let calls = account.counts().values().sum();
        let row = Row { bundles: sample, work, program, calls, spent, once, sample }.reckoned(bundles);
        println!(
            "{bundles} bundles, {}, {}: {sample} done in {:.2} s",
            work.name(),
            program.name(),
            spent.seconds
        );
        rows.push(row);
    }
    Ok(rows)
}

/// The folder for what is synced, with nothing in it.
fn emptied_folder() -> Result<PathBuf, Failure> {
    let folder = workspace::root().join("target/bench/sync");
    let file = |doing| {
        let path = folder.clone();
        move |source| Failure::File { doing, path, source }
    };
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(file("remove"))?;
    }
    fs::create_dir_all(&folder).map_err(file("make"))?;
    Ok(folder)
}
