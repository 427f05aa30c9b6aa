//! Reading what a request names, and resolving it.

use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

use envctl_dotenv::Dialect;
use envctl_resolver::sources::{
    AwsFacts, ConfiguredAws, EnvFile, Examples, Fact, FileRef, Outputs, ProcessSnapshot, SourceError,
    read_text,
};
use envctl_resolver::{CheckOptions, Facts, Layer, LayerKind, Resolution, Resolver, check, resolve_filled};
use envschema::{Contract, Findings, Place};
use zeroize::Zeroizing;

use super::request::{Facts as GivenFacts, Input, Source};
use super::{CallError, Caller, Opened};
use crate::unchosen;

/// A resolution with what reading its sources told.
pub(super) struct Gathered {
    pub(super) resolution: Resolution,
    files: Vec<EnvFile>,
    pub(super) examples: Examples,
    /// Env files that are not there.
    pub(super) absent: Vec<String>,
}

impl Gathered {
    /// What there is to tell of the resolution and of its sources.
    pub(super) fn findings(&self, complete: bool) -> Findings {
        let mut findings = check(&self.resolution, &CheckOptions { complete, files: &self.files });
        findings.extend(unchosen(self.resolution.contract()));
        findings
    }
}

/// Reads every source that is named and resolves. `complete` lets generators run for what is not needed too.
pub(super) fn gather(
    caller: &mut Caller<'_>,
    opened: &Opened,
    input: &Input,
    complete: bool,
) -> Result<Gathered, CallError> {
    let contract = opened.view(input.environment.as_deref(), input.profile.as_deref())?;
    let folder = caller.folder;
    let dialect = dialect(input.dialect.as_deref())?;
    let (mut files, mut absent) = (Vec::new(), Vec::new());
    for source in &input.files {
        match source.text(folder)? {
            Some(text) => files.push(EnvFile::parse_as(&text, source.called(), dialect)),
            None => absent.push(source.called().to_owned()),
        }
    }
    let read = |source: &Option<Source>| match source {
        Some(source) => Ok(source.text(folder)?.map(|text| (text, source.called().to_owned()))),
        None => Ok::<_, CallError>(None),
    };
    let examples = match read(&input.example)? {
        Some((text, name)) => Examples::parse(&text, name.as_str()),
        None => Examples::default(),
    };
    let outputs = match read(&input.outputs)? {
        Some((text, name)) => Some(Outputs::from_json(&text, name.as_str())?),
        None => None,
    };
    let (set, env) = (overrides(&contract, input)?, process(&contract, input));
    let mut resolver =
        Resolver::new(&contract).examples(&examples).facts(facts(&input.facts)?).layer(&set).layer(&env);
    // Of layers of one kind the first wins, and of files the last is to win.
    for file in files.iter().rev() {
        resolver = resolver.layer(&file.layer);
    }
    if let Some(outputs) = &outputs {
        resolver = resolver.outputs(outputs);
    }
    let resolution = match input.generate {
        // Nobody can be asked here: generators that want consent stay silent.
        true => resolve_filled(resolver, complete, &|_| false, &mut *caller.random)?,
        false => resolver.resolve(),
    };
    Ok(Gathered { resolution, files, examples, absent })
}

/// The reader of that name; what most read alike if none is given.
pub(super) fn dialect(name: Option<&str>) -> Result<Dialect, CallError> {
    let Some(name) = name else { return Ok(Dialect::Portable) };
    Dialect::from_str(name).map_err(|_| {
        let known: Vec<_> = Dialect::ALL.iter().map(|one| one.name()).collect();
        CallError::options(format!("`{name}` is not a reader of env files"))
            .help(format!("one of {}", known.join(", ")))
    })
}

/// Values for this run. A name that the contract lacks is a mistake: nothing would come of it.
fn overrides(contract: &Contract, input: &Input) -> Result<Layer, CallError> {
    let mut layer = Layer::new(LayerKind::Override, "set");
    for (name, value) in &input.set.0 {
        if contract.variable(name).is_none() {
            return Err(CallError::no_variable(contract, name));
        }
        layer.insert(name.as_str(), value.clone(), Place::Given { how: "set".into() });
    }
    Ok(layer)
}

fn process(contract: &Contract, input: &Input) -> Layer {
    let mut layer = Layer::new(LayerKind::Process, "process environment");
    layer.reserve(input.env.0.len().min(contract.variables().len()));
    for (name, value) in &input.env.0 {
        if let Some((_, variable)) = contract.variable(name) {
            let name = &variable.name;
            layer.insert(Arc::clone(name), value.clone(), Place::Process { name: Arc::clone(name) });
        }
    }
    layer
}

fn facts(given: &GivenFacts) -> Result<Facts, CallError> {
    let place = |what| Place::Given { how: format!("facts.{what}").into() };
    let fact = |what: &'static str, value: &Option<String>| {
        value.as_ref().map(|value| Fact { value: value.clone(), place: place(what) })
    };
    // What is not given is not looked for: that would be a look at the process and its home folder.
    let aws = || ConfiguredAws::new(ProcessSnapshot::default());
    let region = fact("region", &given.region).map(|fact| aws().with_region(fact).region()).transpose()?;
    let account =
        fact("account", &given.account).map(|fact| aws().with_account(fact).account()).transpose()?;
    Ok(Facts { region: region.flatten(), account: account.flatten(), ..Facts::default() })
}

impl Source {
    /// What people call it.
    pub(super) fn called(&self) -> &str {
        self.name.as_deref().or(self.path.as_deref()).unwrap_or("text")
    }

    /// Its text; none of a file that need not be there.
    pub(super) fn text(&self, folder: &Path) -> Result<Option<Zeroizing<String>>, CallError> {
        let path = match (&self.path, &self.text) {
            #[expect(clippy::disallowed_methods, reason = "read as the file that it stands for")]
            (None, Some(text)) => return Ok(Some(Zeroizing::new(text.0.expose().to_owned()))),
            (Some(path), None) => folder.join(path),
            _ => {
                let message = format!("the source `{}` has not one of `path` and `text`", self.called());
                return Err(CallError::options(message).help("give the path of a file, or its text"));
            }
        };
        match read_text(&FileRef::new(&path, self.called())) {
            Err(SourceError::NotFound { .. }) if self.optional => Ok(None),
            read => Ok(Some(read?)),
        }
    }
}
