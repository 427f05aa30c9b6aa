//! Targets of the settings, opened: grouped by where they go, so that one look tells what all of them hold.

use std::collections::{BTreeSet, HashMap};
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

/// How many targets are named one by one.
const SHOWN: usize = 3;

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

    /// The names of its targets.
    pub(crate) fn names(&self) -> String {
        self.members.iter().map(|member| member.name.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// Its targets in few words, for people who read that something is wrong with all of them.
    pub(crate) fn shown(&self) -> String {
        match &self.members[..] {
            [first, .., _] if self.members.len() > SHOWN => {
                format!("{} and {} more targets", first.name, self.members.len() - 1)
            }
            _ => self.names(),
        }
    }
}

/// Opens targets for what is resolved in `environment`, and asks none of them anything yet.
///
/// # Errors
///
/// `NeedsCloud` for one that this program cannot reach, `OtherEnvironment` for one that is always for another environment;
/// settings that are wrong.
pub(crate) fn open(
    edge: &mut Edge,
    environment: Option<&str>,
    chosen: Vec<Chosen>,
    input: &InputArguments,
    deadline: Option<Duration>,
) -> Result<Vec<Opened>, CliError> {
    let mut opened: Vec<(Wiring, Opened)> = Vec::new();
    let mut parts = Parts::read(edge, input)?;
    for one in chosen {
        let target = one.described.then(|| one.name.clone());
        let part = parts.open(&InputArguments { target, ..input.clone() })?;
        if part.contract.environment() != environment {
            let fixed = part.contract.environment().unwrap_or_default().to_owned();
            return Err(SyncError::OtherEnvironment { target: one.name, fixed }.into());
        }
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
    edge.contract.get_or_insert(parts.schema);
    each_record_once(&opened)?;
    Ok(opened.into_iter().map(|(_, opened)| opened).collect())
}

/// Two targets that write to one record would each take the other's keys for foreign.
fn each_record_once(opened: &[(Wiring, Opened)]) -> Result<(), SyncError> {
    let mut seen: HashMap<(String, &str), &str> = HashMap::new();
    for (wiring, opened) in opened {
        for member in &opened.members {
            for record in &member.records {
                if let Some(first) = seen.insert((wiring.place(), &record.name), &member.name) {
                    return Err(SyncError::SameRecord {
                        name: record.name.clone(),
                        to: opened.to,
                        first: first.to_owned(),
                        second: member.name.clone(),
                    });
                }
            }
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
    /// Where its records have their names from: other settings make no other place.
    fn place(&self) -> String {
        match self {
            Self::Cloud(cloud, to) => {
                let Account { region, account, profile, deadline: _ } = &cloud.account;
                format!("{} {region:?} {account:?} {profile:?}", to.name())
            }
            Self::Vault { .. } | Self::File { .. } => "file".to_owned(),
            Self::Command { target, .. } => format!("command {target}"),
        }
    }

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
        Ok(match self {
            Self::Cloud(cloud, to) => {
                let Some(opens) = &edge.cloud else {
                    return Err(SyncError::NeedsCloud { target: member.name.clone(), to: *to }.into());
                };
                opens.target(cloud).map_err(|error| SyncError::target(&*member.name, error))?
            }
            // The name for people starts from the working folder.
            Self::File { file, dialect } => {
                let storage = Box::new(FileStorage::private(edge.path(file.as_ref()), file.into()));
                let key = State::reading_key(edge, &member.part)?;
                Box::new(FileTarget::new(storage, *dialect, key))
            }
            Self::Vault { file } => {
                let storage = Box::new(FileStorage::shared(edge.path(file.as_ref()), file.into()));
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
    let is_single = chosen.to == To::Ssm || settings.layout == Some(Layout::PerVariable);
    let bundles = if is_single { BTreeSet::new() } else { To::ALL.iter().map(|(to, _)| *to).collect() };
    let rows = [
        ("secret", settings.secret.is_some(), &secrets),
        ("remove", !settings.remove.is_empty(), &bundles),
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
