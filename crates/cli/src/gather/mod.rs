//! Reading every source of a project and resolving: the wiring between settings and the resolver.
//!
//! - `layers`: what is read from files, the process, and for this run

mod layers;

use std::path::PathBuf;
use std::sync::Arc;

use envctl_dotenv::Dialect;
use envctl_engine::{Judgement, unchosen};
use envctl_resolver::sources::{EnvFile, Examples};
use envctl_resolver::{CheckOptions, Facts, Layer, Resolution, Resolver, check, resolve_filled};
use envschema::{Contract, Finding, Findings};

use crate::arguments::InputArguments;
use crate::edge::Edge;
use crate::error::CliError;
use crate::facts::facts;
use crate::project::Project;
use crate::stack::Stack;
use crate::target::Target;
use layers::{env_files, only_of_stack, overrides, process_layers, read_examples};

/// A resolution with what reading its sources told.
pub(crate) struct Gathered {
    pub(crate) resolution: Resolution,
    pub(crate) sources: Sources,
    /// The target that the run is for.
    pub(crate) target: Option<Arc<Target>>,
}

impl Gathered {
    /// What there is to tell of the resolution and of its sources.
    pub(crate) fn findings(&self, complete: bool) -> Findings {
        self.findings_of(&self.resolution, complete)
    }

    /// What `validate` tells of these findings.
    pub(crate) fn judgement<'a>(&'a self, findings: &'a Findings) -> Judgement<'a> {
        Judgement::new(&self.resolution, findings, &self.sources.absent)
    }

    /// The same of another resolution from these sources.
    pub(crate) fn findings_of(&self, resolution: &Resolution, complete: bool) -> Findings {
        self.sources.findings(resolution, self.target.as_deref(), complete)
    }
}

/// What the sources of an environment told. They are read once, however many contracts are resolved from them.
pub(crate) struct Sources {
    overrides: Layer,
    process: Vec<Layer>,
    files: Vec<EnvFile>,
    /// What targets hold already.
    stored: Vec<Layer>,
    pub(crate) examples: Examples,
    /// What the stack told.
    pub(crate) stack: Stack,
    facts: Facts,
    /// Env files of the project that do not exist.
    pub(crate) absent: Vec<String>,
    /// What is to be told of sources, such as an optional one that failed.
    notes: Vec<Finding>,
}

/// What else decides what is read.
#[derive(Clone, Copy, Default)]
pub(crate) struct Reading<'a> {
    /// Whether the process environment is a layer.
    pub(crate) process: bool,
    /// Whether generators run for variables that are not needed too.
    pub(crate) complete: bool,
    /// What targets hold already, if they were asked; otherwise those of the settings are.
    pub(crate) stored: Option<&'a [Layer]>,
}

pub(crate) fn gather(
    edge: &mut Edge,
    project: &Project,
    input: &InputArguments,
    reading: Reading<'_>,
) -> Result<Gathered, CliError> {
    gather_with(edge, project, input, reading, None).map(|(gathered, _)| gathered)
}

/// As [`gather`], and what would be resolved if another layer went before all others of its kind.
pub(crate) fn gather_with(
    edge: &mut Edge,
    project: &Project,
    input: &InputArguments,
    reading: Reading<'_>,
    other: Option<Layer>,
) -> Result<(Gathered, Option<Resolution>), CliError> {
    let sources = Sources::read(edge, project, input, reading)?;
    let make = input.generate.then_some(reading.complete);
    let otherwise = match other {
        Some(other) => Some(sources.resolve(edge, &project.contract, &[other], make)?),
        None => None,
    };
    let resolution = sources.resolve(edge, &project.contract, &[], make)?;
    Ok((Gathered { resolution, sources, target: project.target.clone() }, otherwise))
}

impl Sources {
    /// Reads every source of the project's environment.
    pub(crate) fn read(
        edge: &mut Edge,
        project: &Project,
        input: &InputArguments,
        reading: Reading<'_>,
    ) -> Result<Self, CliError> {
        let (mut notes, mut absent) = (Vec::new(), Vec::new());
        // Before anything else is: a target that needs a cloud may have to be asked by another program.
        let stored = match reading.stored {
            Some(stored) => stored.to_vec(),
            None => crate::sync::stored(edge, project, input)?,
        };
        let overrides = overrides(edge, &project.contract, input)?;
        let (files, examples, stack);
        if project.is_of_stack() {
            only_of_stack(project, input)?;
            (files, examples) = (Vec::new(), Examples::default());
            stack = Stack::read_configuration(edge, project, &mut absent)?;
        } else {
            files = env_files(edge, project, input, &mut absent)?;
            examples = read_examples(project)?;
            stack = match project.configuration_only {
                true => Stack::read_configuration(edge, project, &mut absent)?,
                false => Stack::read(edge, project, input.outputs.as_deref(), &mut notes)?,
            };
        }
        let process = reading.process && !project.is_of_stack();
        let process = if process { process_layers(edge, project)? } else { Vec::new() };
        let facts = facts(edge, project)?;
        notes.extend(unchosen(&project.contract));
        Ok(Self { overrides, process, files, stored, examples, stack, facts, absent, notes })
    }

    /// Resolves a contract of this environment. `first` go before all others of their kind. With `make`, what is missing
    /// and has a generator is made, and with `Some(true)` what is not needed too.
    pub(crate) fn resolve(
        &self,
        edge: &mut Edge,
        contract: &Contract,
        first: &[Layer],
        make: Option<bool>,
    ) -> Result<Resolution, CliError> {
        // Of layers of one kind the first wins, and of files the last is to win.
        let layers = first.iter().chain(std::iter::once(&self.overrides)).chain(&self.process);
        let layers = layers.chain(self.files.iter().rev().map(|file| &file.layer)).chain(&self.stored);
        let resolver = Resolver::new(contract).examples(&self.examples).facts(self.facts.clone());
        let mut resolver = layers.fold(resolver, Resolver::layer);
        if let Some(outputs) = &self.stack.outputs {
            resolver = resolver.outputs(outputs);
        }
        if let Some(config) = &self.stack.config {
            resolver = resolver.config(config, self.stack.namespace.as_deref());
        }
        match make {
            None => Ok(resolver.resolve()),
            // Consent of a person is not to be had here: generators that want it stay silent.
            Some(complete) => Ok(resolve_filled(resolver, complete, &|_| false, &mut *edge.random)?),
        }
    }

    /// What there is to tell of a resolution from these sources, and of the sources.
    pub(crate) fn findings(
        &self,
        resolution: &Resolution,
        target: Option<&Target>,
        complete: bool,
    ) -> Findings {
        let mut findings = check(resolution, &CheckOptions { complete, files: &self.files });
        findings.extend(self.notes.iter().cloned());
        match target {
            Some(target) => findings.into_iter().map(|finding| with_own_name(target, finding)).collect(),
            None => findings,
        }
    }
}

/// A finding of a variable that is called differently at the target says so: its own name is the one to set there.
fn with_own_name(target: &Target, mut finding: Finding) -> Finding {
    let Some(variable) = finding.variable.as_deref() else { return finding };
    let own = target.own_name(variable);
    if own != variable {
        let told = format!("{} calls it {own}", target.name);
        finding.help = Some(match finding.help {
            Some(help) => format!("{help}; {told}"),
            None => told,
        });
    }
    finding
}

impl Project {
    /// Whose rules the env files of the environment are read and written by.
    pub(crate) fn dialect(&self) -> Dialect {
        self.environment.dialect.map_or(Dialect::Portable, |name| name.0)
    }

    /// The env files of the environment, those that may not exist yet included: `.env.NAME`, or `.env` without
    /// an environment, unless the settings name others.
    pub(crate) fn env_files(&self) -> Vec<PathBuf> {
        let one = self.environment.file.clone();
        let many = self.environment.files.clone().unwrap_or_default();
        let named: Vec<_> = one.into_iter().chain(many).collect();
        if !named.is_empty() {
            return named;
        }
        vec![match self.contract.environment() {
            Some(name) => PathBuf::from(format!(".env.{name}")),
            None => PathBuf::from(".env"),
        }]
    }
}
