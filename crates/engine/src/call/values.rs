//! `resolve`, `export` and `generate`: what holds values.

use envctl_resolver::{LayerKind, Resolution, producers};
use envschema::{Findings, GeneratorForm, Place, SecretValue, State, Visibility};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::answer::Writer;
use super::input::{dialect, gather};
use super::request::{Export, ExportForm, Generate, Resolve};
use super::{CallError, Caller, Opened, VERSION};
use crate::format::{self, Exported, Form, NotUpdated, ObjectName, References};
use crate::typed::Typed;

/// The values of an environment, and all there is to tell of them.
#[derive(Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
pub(super) struct Resolved<'a> {
    /// The version of this form.
    version: u32,
    /// Whether nothing is an error.
    valid: bool,
    /// The contract's name.
    contract: &'a str,
    /// The environment; null if none was asked for.
    environment: Option<&'a str>,
    /// The profile; null if none was asked for.
    profile: Option<&'a str>,
    /// Every valid value as text, in the contract's order.
    #[cfg_attr(feature = "json-schema", schemars(with = "std::collections::BTreeMap<String, String>"))]
    values: Texts<'a>,
    /// The same checked: numbers, booleans, lists and JSON as such, durations in seconds.
    #[cfg_attr(
        feature = "json-schema",
        schemars(with = "std::collections::BTreeMap<String, serde_json::Value>")
    )]
    typed: Checked<'a>,
    /// Everything there is to tell, in the contract's order.
    #[cfg_attr(feature = "json-schema", schemars(schema_with = "super::schema::findings"))]
    findings: &'a Findings,
    /// What became of each variable, by its name.
    #[cfg_attr(
        feature = "json-schema",
        schemars(with = "std::collections::BTreeMap<String, Provenance<'_>>")
    )]
    provenance: Origins<'a>,
}

/// What became of one variable.
#[derive(Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
struct Provenance<'a> {
    /// Every variable is in exactly one state.
    #[cfg_attr(feature = "json-schema", schemars(schema_with = "super::schema::state"))]
    state: State,
    /// The name of its type in the contract.
    r#type: &'static str,
    /// Who may see the value.
    #[cfg_attr(feature = "json-schema", schemars(schema_with = "super::schema::visibility"))]
    visibility: Visibility,
    /// The kind of layer that gave the value; null without one.
    #[cfg_attr(feature = "json-schema", schemars(schema_with = "super::schema::layer"))]
    layer: Option<LayerKind>,
    /// The source for people; null without a value.
    source: Option<&'a str>,
    /// Where the value stands; null without one.
    #[cfg_attr(feature = "json-schema", schemars(schema_with = "super::schema::place"))]
    place: Option<&'a Place>,
}

struct Texts<'a>(&'a Resolution);

impl Serialize for Texts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (variable, value) in self.0.values() {
            #[expect(clippy::disallowed_methods, reason = "the answer, which is wiped by whoever takes it")]
            map.serialize_entry(&*variable.name, value.expose())?;
        }
        map.end()
    }
}

struct Checked<'a>(&'a Resolution);

impl Serialize for Checked<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (variable, _) in self.0.values() {
            if let Some(typed) = Typed::of(self.0, &variable.name) {
                map.serialize_entry(&*variable.name, &typed)?;
            }
        }
        map.end()
    }
}

struct Origins<'a>(&'a Resolution);

impl Serialize for Origins<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entries = self.0.iter().map(|(variable, state, resolved)| {
            let chosen = resolved.chosen.as_ref();
            let provenance = Provenance {
                state,
                r#type: variable.kind.name(),
                visibility: variable.visibility,
                layer: chosen.map(|chosen| chosen.kind),
                source: chosen.map(|chosen| &*chosen.source),
                place: chosen.map(|chosen| &chosen.place),
            };
            (&*variable.name, provenance)
        });
        serializer.collect_map(entries)
    }
}

pub(super) fn resolve(
    caller: &mut Caller<'_>,
    opened: &Opened,
    asked: &Resolve,
    out: &mut Writer,
) -> Result<(), CallError> {
    let gathered = gather(caller, opened, &asked.input, asked.complete)?;
    let (resolution, findings) = (&gathered.resolution, gathered.findings(asked.complete));
    let contract = resolution.contract();
    let resolved = Resolved {
        version: VERSION,
        valid: findings.is_valid(),
        contract: contract.name(),
        environment: contract.environment(),
        profile: contract.profile(),
        values: Texts(resolution),
        typed: Checked(resolution),
        findings: &findings,
        provenance: Origins(resolution),
    };
    out.result(&resolved, findings.is_valid());
    Ok(())
}

/// Values in a form.
#[derive(Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "json-schema", schemars(rename = "Printed"))]
pub(super) struct Printed<'a> {
    /// The version of this form.
    version: u32,
    /// Whether there is a text.
    valid: bool,
    /// What `envctl export` prints; null if the environment is not valid, or the form cannot hold a value.
    text: Option<&'a str>,
    /// For GitHub Actions: the commands that mask the secrets, to be printed before anything else.
    masks: Option<&'a str>,
    /// Everything there is to tell; what the form cannot hold comes last.
    #[cfg_attr(feature = "json-schema", schemars(schema_with = "super::schema::findings"))]
    findings: &'a Findings,
}

pub(super) fn export(
    caller: &mut Caller<'_>,
    opened: &Opened,
    asked: &Export,
    out: &mut Writer,
) -> Result<(), CallError> {
    let gathered = gather(caller, opened, &asked.input, false)?;
    let resolution = &gathered.resolution;
    let mut findings = gathered.findings(false);
    let form = form(caller, asked, resolution.contract().name())?;
    let exported = resolution.values().map(|(variable, value)| {
        let open = !variable.is_secret();
        Exported { name: &variable.name, variable, value, open }
    });
    let values: Vec<_> = exported.collect();
    let is_secret = |exported: &Exported<'_>| !exported.open;
    if matches!(form, Form::Ecs(References::None)) && values.iter().any(is_secret) {
        return Err(
            CallError::options("`ecs` needs the ARN of the secret that holds the secrets").help("give `arn`")
        );
    }
    let mut text = None;
    if findings.is_valid() || asked.allow_invalid {
        match printed(caller, asked, &form, resolution, &values)? {
            Ok(printed) => text = Some(printed),
            Err(refused) => findings.extend(refused),
        }
    }
    let masks = matches!(form, Form::Github(_)).then(|| format::github_masks(&values));
    let printed = Printed {
        version: VERSION,
        valid: text.is_some(),
        text: text.as_ref().map(|text| text.as_str()),
        masks: masks.as_ref().filter(|_| text.is_some()).map(|masks| masks.as_str()),
        findings: &findings,
    };
    out.result(&printed, text.is_some());
    Ok(())
}

/// The text that the values make, with what the file to be changed has already.
fn printed(
    caller: &Caller<'_>,
    asked: &Export,
    form: &Form<'_>,
    resolution: &Resolution,
    values: &[Exported<'_>],
) -> Result<format::Printed, CallError> {
    if let (Form::Dotenv(dialect), Some(file)) = (form, &asked.update)
        && let Some(before) = file.text(caller.folder)?
    {
        return match format::update(&before, values, *dialect) {
            Ok(text) => Ok(Ok(text)),
            Err(NotUpdated::Refused(refused)) => Ok(Err(refused)),
            Err(NotUpdated::NotAnEnvFile(problem)) => {
                Err(CallError::not_an_env_file(file.called(), &problem))
            }
            Err(NotUpdated::InTheWay(error)) => Err(CallError::not_updated(file.called(), &error)),
        };
    }
    Ok(format::print(form, resolution, values))
}

/// The form with what it takes; `contract` names objects that have no other name.
fn form<'a>(caller: &mut Caller<'_>, asked: &'a Export, contract: &'a str) -> Result<Form<'a>, CallError> {
    let misplaced = [
        ("dialect", asked.dialect.is_some(), ExportForm::Dotenv),
        ("update", asked.update.is_some(), ExportForm::Dotenv),
        ("typed", asked.typed, ExportForm::Json),
        ("object", asked.object.name.is_some() || asked.object.namespace.is_some(), ExportForm::K8s),
        ("arn", asked.arn.is_some(), ExportForm::Ecs),
    ];
    if let Some((option, ..)) = misplaced.iter().find(|(_, given, its)| *given && asked.format != *its) {
        return Err(CallError::options(format!("`{option}` belongs to another format")));
    }
    Ok(match asked.format {
        ExportForm::Dotenv => Form::Dotenv(dialect(asked.dialect.as_deref())?),
        ExportForm::Json if asked.typed => Form::TypedJson,
        ExportForm::Json => Form::Json,
        ExportForm::Yaml => Form::Yaml,
        ExportForm::Shell => Form::Shell,
        ExportForm::Fish => Form::Fish,
        ExportForm::PowerShell => Form::PowerShell,
        ExportForm::Docker => Form::Docker,
        ExportForm::Systemd => Form::Systemd,
        ExportForm::Github => Form::Github(format::github_delimiter(&mut *caller.random)?),
        ExportForm::K8s => Form::Kubernetes(object(asked, contract)?),
        ExportForm::Ecs => Form::Ecs(asked.arn.clone().map_or(References::None, References::Bundle)),
        ExportForm::Tfvars => Form::Tfvars,
        ExportForm::Pulumi => Form::Pulumi,
    })
}

fn object<'a>(asked: &'a Export, contract: &'a str) -> Result<ObjectName<'a>, CallError> {
    let name = asked.object.name.as_deref().unwrap_or(contract);
    let namespace = asked.object.namespace.as_deref();
    if !format::is_object_name(name) {
        let message = format!("`{name}` cannot be the name of an object of Kubernetes");
        return Err(
            CallError::options(message).help("use lower-case letters, digits, `-` and `.`: `object.name`")
        );
    }
    if let Some(namespace) = namespace.filter(|name| !format::is_namespace(name)) {
        let message = format!("`{namespace}` cannot be the name of a namespace");
        return Err(CallError::options(message).help("use lower-case letters, digits and `-`"));
    }
    Ok(ObjectName { name, namespace })
}

/// A fresh secret.
#[derive(Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
pub(super) struct Generated<'a> {
    /// The version of this form.
    version: u32,
    /// The secret.
    value: &'a str,
}

pub(super) fn generate(
    caller: &mut Caller<'_>,
    opened: Option<&Opened>,
    asked: &Generate,
    out: &mut Writer,
) -> Result<(), CallError> {
    let value = match (&asked.form, &asked.variable) {
        (Some(form), None) => {
            let form: GeneratorForm = form.parse().map_err(|error: envschema::GeneratorError| {
                let forms = GeneratorForm::SPELLINGS.join(", ");
                CallError::options(error.to_string()).help(format!("forms are {forms}"))
            })?;
            producers::generate(form, &asked.prefix, &mut *caller.random)?
        }
        (None, Some(name)) if asked.prefix.is_empty() => of_variable(caller, opened, name)?,
        _ => return Err(CallError::options("give either `form`, with a `prefix` or without, or `variable`")),
    };
    #[expect(clippy::disallowed_methods, reason = "the answer, which is wiped by whoever takes it")]
    out.result(&Generated { version: VERSION, value: value.expose() }, true);
    Ok(())
}

/// A value by the generator of a variable.
fn of_variable(
    caller: &mut Caller<'_>,
    opened: Option<&Opened>,
    name: &str,
) -> Result<SecretValue, CallError> {
    let contract = opened.ok_or_else(CallError::no_contract)?.schema().base();
    let (_, variable) = contract.variable(name).ok_or_else(|| CallError::no_variable(contract, name))?;
    let Some(generate) = &variable.generate else {
        let message = format!("{name} has no generator");
        return Err(
            CallError::options(message).help("give it `generate` in the contract, or ask for a `form`")
        );
    };
    Ok(producers::generate(generate.form, &generate.prefix, &mut *caller.random)?)
}
