//! Facts of the AWS account: configured, or told by the account itself.

use envctl_resolver::Facts;
use envctl_resolver::sources::{AwsFacts, ConfiguredAws, Fact, SourceError};
use envschema::Place;
use envschema::template::Reference;

use crate::edge::Edge;
use crate::error::CliError;
use crate::project::Project;
use crate::settings::{AwsSettings, PROJECT_FILE};
use crate::sync::account;

/// Asks for the facts that the contract's templates use, and for no others.
pub(crate) fn facts(edge: &Edge, project: &Project) -> Result<Facts, CliError> {
    let variables = project.contract.variables();
    let uses = |wanted: &[Reference]| {
        variables.iter().flat_map(envschema::Variable::references).any(|to| wanted.contains(to))
    };
    let mut aws = ConfiguredAws::new(edge.environment.clone());
    if let Some(region) = given_fact(project, "region", |aws| aws.region.as_ref()) {
        aws = aws.with_region(region);
    }
    if let Some(account) = given_fact(project, "account", |aws| aws.account.as_ref()) {
        aws = aws.with_account(account);
    }
    // What is configured goes before what is asked of AWS.
    let live = edge.cloud.as_ref().map(|cloud| cloud.facts(&account(project, None, None)));
    let mut facts = Facts::default();
    if uses(&[Reference::AwsRegion, Reference::AwsS3Endpoint]) {
        facts.region = known(aws.region()?, live.as_deref(), |live| live.region())?;
    }
    if uses(&[Reference::AwsAccount]) {
        facts.account = known(aws.account()?, live.as_deref(), |live| live.account())?;
    }
    let references = variables.iter().flat_map(envschema::Variable::references);
    for reference in references {
        let (Reference::AwsServer(server, _), Some(live)) = (reference, live.as_deref()) else { continue };
        if facts.servers.contains_key(server) {
            continue;
        }
        if let Some(listening) = live.server(server)? {
            facts.servers.insert(server.clone(), listening);
        }
    }
    Ok(facts)
}

/// A fact that is configured, or else what the account tells, if this program can ask it.
fn known(
    configured: Option<Fact>,
    live: Option<&dyn AwsFacts>,
    ask: fn(&dyn AwsFacts) -> Result<Option<Fact>, SourceError>,
) -> Result<Option<Fact>, SourceError> {
    match (configured, live) {
        (None, Some(live)) => ask(live),
        (configured, _) => Ok(configured),
    }
}

/// A fact that the settings give. An option or a variable goes before the environment's own setting, one for
/// the whole project after it.
fn given_fact(project: &Project, what: &str, read: fn(&AwsSettings) -> Option<&String>) -> Option<Fact> {
    let origin = project.loaded.origin(&format!("aws.{what}"));
    let shared = project.loaded.settings.aws.as_ref().and_then(read).zip(origin);
    let own = project.environment.aws.as_ref().and_then(read).map(|value| (value, PROJECT_FILE.to_owned()));
    let given = shared.clone().filter(|(_, origin)| origin != PROJECT_FILE);
    let (value, origin) = given.or(own).or(shared)?;
    let how = if origin == PROJECT_FILE { format!("aws.{what} of {origin}") } else { origin };
    Some(Fact { value: value.clone(), place: Place::Given { how: how.into() } })
}
