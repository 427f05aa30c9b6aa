//! Targets of the settings, opened: grouped by where they go, so that one look tells what all of them hold.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use envctl_dotenv::Dialect;
use envctl_resolver::runner::{Command, SystemRunner};
use envctl_sync::{
    Account, CloudTarget, CommandTarget, FileTarget, Mark, Observed, Service, Shape, Target, Tier,
};

use super::records::{Record, records};
use super::storage::FileStorage;
use super::{Chosen, State, SyncError};
use crate::arguments::InputArguments;
use crate::edge::Edge;
use crate::error::CliError;
use crate::project::{Parts, Project};
use crate::settings::{AwsSettings, Layout, TargetAws, TierName, To};

/// Targets that are one place: their records are looked at and written together.
pub(crate) struct Opened {
    pub(crate) to: To,
    pub(crate) target: Box<dyn Target>,
    pub(crate) members: Vec<Member>,
}

/// A target with its part of the contract.
pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) part: Project,
    /// What it is called outside, if that is said.
    pub(crate) service: Option<String>,
    pub(crate) records: Vec<Record>,
}

impl Opened {
    /// What is there under the name of every record, in the order of the members and their records.
    pub(crate) fn observe(&self) -> Vec<Observed> {
        let names: Vec<&str> = self.records().map(|record| record.name.as_str()).collect();
        if names.is_empty() { Vec::new() } else { self.target.observe(&names) }
    }

    pub(crate) fn records(&self) -> impl Iterator<Item = &Record> {
        self.members.iter().flat_map(|member| &member.records)
    }

    /// The names of its targets, for people.
    pub(crate) fn names(&self) -> String {
        self.members.iter().map(|member| member.name.as_str()).collect::<Vec<_>>().join(", ")
    }
}

/// Opens targets, and asks none of them anything yet.
///
/// # Errors
///
/// `NeedsCloud` for one that this program cannot reach; settings that are wrong.
pub(crate) fn open(
    edge: &mut Edge,
    chosen: Vec<Chosen>,
    input: &InputArguments,
    deadline: Option<Duration>,
) -> Result<Vec<Opened>, CliError> {
    let mut opened: Vec<(Wiring, Opened)> = Vec::new();
    let mut parts = Parts::read(edge, input)?;
    for one in chosen {
        let target = one.described.then(|| one.name.clone());
        let part = parts.open(&InputArguments { target, ..input.clone() })?;
        let wiring = Wiring::of(&one, &part, deadline)?;
        let member = Member {
            name: one.name.clone(),
            records: records(&part, &one)?,
            service: one.settings.service.clone(),
            part,
        };
        match opened.iter_mut().find(|(other, _)| *other == wiring) {
            Some((_, opened)) => opened.members.push(member),
            None => {
                let target = wiring.open(edge, &member)?;
                opened.push((wiring, Opened { to: one.to, target, members: vec![member] }));
            }
        }
    }
    edge.contract = Some(parts.schema);
    let opened: Vec<Opened> = opened.into_iter().map(|(_, opened)| opened).collect();
    opened.iter().try_for_each(each_record_once)?;
    Ok(opened)
}

/// Two targets that write to one record would each take the other's keys for foreign.
fn each_record_once(opened: &Opened) -> Result<(), SyncError> {
    let mut seen: Vec<(&str, &str)> = Vec::new();
    for member in &opened.members {
        for record in &member.records {
            if let Some((_, first)) = seen.iter().find(|(name, _)| *name == record.name) {
                return Err(SyncError::SameRecord {
                    name: record.name.clone(),
                    to: opened.to,
                    first: (*first).to_owned(),
                    second: member.name.clone(),
                });
            }
            seen.push((&record.name, &member.name));
        }
    }
    Ok(())
}

/// What opens a target. Equal ones are one place.
#[derive(Clone, Debug, PartialEq)]
enum Wiring {
    Cloud(Box<CloudTarget>, To),
    Vault { file: String },
    File { file: String, dialect: Dialect },
    Command { target: String, words: Vec<String> },
}

impl Wiring {
    fn of(chosen: &Chosen, part: &Project, deadline: Option<Duration>) -> Result<Self, CliError> {
        check(chosen)?;
        let settings = &chosen.settings;
        let file = || records(part, chosen).map(|records| records[0].name.clone());
        let service = match chosen.to {
            To::Vault => return Ok(Self::Vault { file: file()? }),
            To::File => {
                let dialect = settings.dialect.map_or(Dialect::Portable, |name| name.0);
                return Ok(Self::File { file: file()?, dialect });
            }
            To::Command => {
                let words = settings.command.clone().filter(|words| !words.is_empty());
                let (target, to) = (chosen.name.clone(), chosen.to);
                let words = words.ok_or(SyncError::Lacks { target, to, key: "command" })?;
                return Ok(Self::Command { target: chosen.name.clone(), words });
            }
            To::SecretsManager => Service::SecretsManager {
                shape: match settings.layout.unwrap_or_default() {
                    Layout::Bundle => Shape::Keys,
                    Layout::PerVariable => Shape::Single,
                },
                replicas: settings.replicas.clone(),
                recovery_days: settings.recovery_days,
            },
            To::Ssm => Service::ParameterStore {
                tier: settings.tier.map(|tier| match tier {
                    TierName::Standard => Tier::Standard,
                    TierName::Advanced => Tier::Advanced,
                    TierName::Intelligent => Tier::Intelligent,
                }),
                lock_table: settings.lock_table.clone(),
            },
        };
        let cloud = CloudTarget {
            account: account(part, settings.aws.as_ref(), deadline),
            service,
            mark: Mark {
                project: part.contract.name().to_owned(),
                environment: part.contract.environment().map(str::to_owned),
            },
            kms_key: settings.kms_key.clone(),
            description: settings.description.clone(),
            tags: settings.tags.clone(),
        };
        Ok(Self::Cloud(Box::new(cloud), chosen.to))
    }

    fn open(&self, edge: &mut Edge, member: &Member) -> Result<Box<dyn Target>, CliError> {
        // The name for people starts from the working folder.
        let storage = |edge: &Edge, file: &str| {
            Box::new(FileStorage { path: edge.path(file.as_ref()), shown: file.into() })
        };
        Ok(match self {
            Self::Cloud(cloud, to) => {
                let Some(opens) = &edge.cloud else {
                    return Err(SyncError::NeedsCloud { target: member.name.clone(), to: *to }.into());
                };
                opens.target(cloud).map_err(|error| SyncError::target(&*member.name, error))?
            }
            Self::File { file, dialect } => {
                let storage = storage(edge, file);
                let key = State::of(edge, &member.part)?.key(&mut *edge.random)?;
                Box::new(FileTarget::new(storage, *dialect, key))
            }
            Self::Vault { file } => {
                let storage = storage(edge, file);
                crate::vault::target(edge, &member.part, storage)?
            }
            Self::Command { words, .. } => {
                let folder = &member.part.loaded.folder;
                let (program, arguments) = words.split_first().unwrap_or((&words[0], &[]));
                // A path starts from the project's folder, where it runs.
                let program = match program.contains('/') {
                    true => edge.absolute_folder().join(folder).join(program).to_string_lossy().into_owned(),
                    false => program.clone(),
                };
                let command = Command::new(program).args(arguments).folder(folder);
                let runner = Arc::new(SystemRunner::new(edge.environment.clone()));
                Box::new(CommandTarget::new(command, runner))
            }
        })
    }
}

/// Which account of AWS: the target's own settings, then those of the run, the environment and the project.
pub(crate) fn account(part: &Project, own: Option<&TargetAws>, deadline: Option<Duration>) -> Account {
    let loaded = &part.loaded;
    let fact = |what: &str, own: Option<&String>, read: fn(&AwsSettings) -> Option<&String>| {
        let shared = loaded.settings.aws.as_ref().and_then(read);
        let given = shared.filter(|_| loaded.is_given(&format!("aws.{what}")));
        let environment = part.environment.aws.as_ref().and_then(read);
        given.or(own).or(environment).or(shared).cloned()
    };
    Account {
        region: fact("region", own.and_then(|own| own.region.as_ref()), |aws| aws.region.as_ref()),
        account: fact("account", own.and_then(|own| own.account.as_ref()), |aws| aws.account.as_ref()),
        profile: own.and_then(|own| own.profile.clone()),
        deadline,
    }
}

/// Settings that say nothing about where a target goes are mistakes.
fn check(chosen: &Chosen) -> Result<(), SyncError> {
    let settings = &chosen.settings;
    let cloud = BTreeSet::from([To::SecretsManager, To::Ssm]);
    let only = |kinds: &[To]| kinds.iter().copied().collect::<BTreeSet<_>>();
    let secrets = only(&[To::SecretsManager]);
    let rows = [
        ("layout", settings.layout.is_some(), &secrets),
        ("replicas", !settings.replicas.is_empty(), &secrets),
        ("recovery_days", settings.recovery_days.is_some(), &secrets),
        ("path", settings.path.is_some(), &only(&[To::Ssm, To::File, To::Vault])),
        ("dialect", settings.dialect.is_some(), &only(&[To::File])),
        ("command", settings.command.is_some(), &only(&[To::Command])),
        ("aws", settings.aws.is_some(), &cloud),
        ("kms_key", settings.kms_key.is_some(), &cloud),
        ("description", settings.description.is_some(), &cloud),
        ("tags", !settings.tags.is_empty(), &cloud),
        ("tier", settings.tier.is_some(), &only(&[To::Ssm])),
        ("lock_table", settings.lock_table.is_some(), &only(&[To::Ssm])),
    ];
    match rows.into_iter().find(|(_, given, takes)| *given && !takes.contains(&chosen.to)) {
        None => Ok(()),
        Some((key, ..)) => Err(SyncError::NoUse { target: chosen.name.clone(), to: chosen.to, key }),
    }
}
