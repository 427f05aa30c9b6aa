//! The three programs, each doing the three works on the bundles of a fleet.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Serialize;

use super::figures::Work;
use super::fleet::{Fleet, Moment};
use super::timed::{Place, Spent};
use crate::{Failure, workspace};

/// A program that carries bundles to Secrets Manager.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// `envctl-cloud sync`, one run for all bundles.
    Envctl,
    /// As chamber does it: one process that reads, describes and puts for each key.
    PerKey,
    /// As a script does it with the AWS CLI: for each bundle it reads, compares, and creates or puts, a process each time.
    AwsCli,
}

impl Program {
    /// Every one, envctl first.
    pub const ALL: [Self; 3] = [Self::Envctl, Self::PerKey, Self::AwsCli];

    /// Its name in the table.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Envctl => "envctl",
            Self::PerKey => "chamber-like",
            Self::AwsCli => "AWS CLI",
        }
    }

    /// How many bundles it is given of so many; what it would take for all is reckoned from these.
    #[must_use]
    pub fn sample(self, bundles: usize) -> usize {
        match self {
            Self::Envctl => bundles,
            Self::PerKey | Self::AwsCli => bundles.min(10),
        }
    }

    /// Does the work, on what the works before it left there.
    pub(super) fn run(self, place: &Place<'_>, fleet: Fleet, work: Work) -> Result<Spent, Failure> {
        match self {
            Self::Envctl => envctl(place, fleet, work),
            Self::PerKey => per_key(place, fleet, work),
            Self::AwsCli => aws_cli(place, fleet, work),
        }
    }
}

fn moment(work: Work) -> Moment {
    match work {
        Work::New | Work::Unchanged => Moment::Before,
        Work::Changed => Moment::After,
    }
}

fn envctl(place: &Place<'_>, fleet: Fleet, work: Work) -> Result<Spent, Failure> {
    let texts = [
        ("envschema.toml", fleet.contract()),
        ("envctl.toml", fleet.settings()),
        (".env", fleet.env_file(moment(work))),
    ];
    for (name, text) in texts {
        let path = place.folder.join(name);
        std::fs::write(&path, text).map_err(|source| Failure::File { doing: "write", path, source })?;
    }
    let program = workspace::metadata()?.target_directory.into_std_path_buf().join("release/envctl-cloud");
    let program = program.with_extension(std::env::consts::EXE_EXTENSION);
    let last = if work == Work::Unchanged { "--check" } else { "--yes" };
    Ok(place.run_well(&program, &["sync", "--to", "all", last], "")?.spent)
}

/// The bundles that a work is about, with the keys that it writes. Chamber compares nothing: what is unchanged it writes as
/// well, and of a change it has to be told the key.
fn per_key(place: &Place<'_>, fleet: Fleet, work: Work) -> Result<Spent, Failure> {
    #[derive(Serialize)]
    struct Bundle {
        name: String,
        keys: BTreeMap<String, String>,
    }
    let bundles = fleet.contents(moment(work)).map(|(name, mut keys)| {
        if work == Work::Changed {
            keys.retain(|key, _| key == "SELDOM");
        }
        Bundle { name, keys }
    });
    let input = serde_json::to_string(&bundles.collect::<Vec<_>>())?;
    let script = workspace::root().join("xtask/bench/per_key.py");
    let python = workspace::root().join("target/aws/bin/python3");
    Ok(place.run_well(&python, &["-B", &script.display().to_string()], &input)?.spent)
}

fn aws_cli(place: &Place<'_>, fleet: Fleet, work: Work) -> Result<Spent, Failure> {
    let aws: PathBuf = workspace::root().join("target/bench/awscli/bin/aws");
    let mut all = Spent::default();
    for (name, keys) in fleet.contents(moment(work)) {
        let wanted = serde_json::to_string(&keys)?;
        let get = ["get-secret-value", "--query", "SecretString", "--output", "text", "--secret-id", &name];
        let get: Vec<&str> = std::iter::once("secretsmanager").chain(get).collect();
        let held = place.run(&aws, &get, "")?;
        all.add(held.spent);
        // Values go through standard input, since everybody on the machine sees arguments.
        let write = match held.code {
            0 if held.output.trim_end() == wanted => continue,
            0 => ["put-secret-value", "--secret-id"],
            _ if held.messages.contains("(ResourceNotFoundException)") => ["create-secret", "--name"],
            code => return Err(Failure::Problems(format!("aws ended with {code}:\n{}", held.messages))),
        };
        let write = ["secretsmanager", write[0], write[1], &name, "--secret-string", "file:///dev/stdin"];
        all.add(place.run_well(&aws, &write, &wanted)?.spent);
    }
    Ok(all)
}
