//! What can be asked. Unknown keys are mistakes: one that is mistyped would be passed over in silence.

use serde::Deserialize;

use super::VERSION;
use super::error::CallError;
use super::secret::{Text, Texts};

/// The version alone.
#[derive(Deserialize)]
struct Head {
    version: u32,
}

/// A request: the version, and one operation with what it takes.
#[derive(Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Request {
    /// The version of this form.
    version: u32,
    /// What is asked.
    call: Call,
}

/// Reads a request. No error repeats what stands in it.
pub(super) fn read(request: &str) -> Result<Call, CallError> {
    match serde_json::from_str::<Request>(request) {
        Ok(Request { version: VERSION, call }) => Ok(call),
        Ok(Request { version, .. }) => Err(CallError::version(version)),
        // Of another version, the form is not a mistake.
        Err(error) => match serde_json::from_str::<Head>(request) {
            Ok(Head { version }) if version != VERSION => Err(CallError::version(version)),
            _ => Err(CallError::unreadable(&error)),
        },
    }
}

/// An operation with what it takes.
#[derive(Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Call {
    /// What the contract says.
    Describe(Describe),
    /// Everything that is wrong, as `envctl validate --json` tells it.
    Validate(Validate),
    /// Every value, as text and checked, with where it came from and everything that is wrong.
    Resolve(Resolve),
    /// The values in a form, as `envctl export` prints them.
    Export(Export),
    /// All about one variable, as `envctl explain --json` tells it.
    Explain(Explain),
    /// A fresh secret.
    Generate(Generate),
    /// What an env file means to its readers, as `envctl lint --format json` tells it.
    Lint(Lint),
}

/// See [`Call::Describe`].
#[derive(Default, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Describe {
    /// The environment, as the contract names it.
    pub environment: Option<String>,
    /// A profile of the contract.
    pub profile: Option<String>,
}

/// See [`Call::Validate`].
#[derive(Default, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Validate {
    /// What is judged.
    pub input: Input,
    /// Whether every variable has to have a value, needed or not.
    pub complete: bool,
}

/// See [`Call::Resolve`].
#[derive(Default, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Resolve {
    /// What is resolved.
    pub input: Input,
    /// Whether every variable has to have a value, needed or not.
    pub complete: bool,
}

/// See [`Call::Explain`].
#[derive(Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Explain {
    /// What is resolved.
    #[serde(default)]
    pub input: Input,
    /// The variable.
    pub name: String,
}

/// See [`Call::Export`].
#[derive(Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Export {
    /// What is resolved.
    #[serde(default)]
    pub input: Input,
    /// The form.
    pub format: ExportForm,
    /// The reader that an env file is for: `vite`, `docker`, ...; without it, what most readers read alike.
    pub dialect: Option<String>,
    /// An env file to be changed: its text comes back with these values, and all else in it as it is. One that need not
    /// be there and is not is written anew.
    pub update: Option<Source>,
    /// Whether JSON holds numbers, booleans, lists and JSON as such.
    #[serde(default)]
    pub typed: bool,
    /// What objects of Kubernetes are called; the contract's name if left out.
    #[serde(default)]
    pub object: ObjectNames,
    /// The ARN of the secret that an ECS definition refers to.
    pub arn: Option<String>,
    /// Whether what has a value is exported although the environment is not valid.
    #[serde(default)]
    pub allow_invalid: bool,
}

/// What objects of Kubernetes are called, and where they live.
#[derive(Default, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ObjectNames {
    /// Their name.
    pub name: Option<String>,
    /// Their namespace.
    pub namespace: Option<String>,
}

/// The forms of `envctl export --format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "`format::Form` says what each is")]
pub enum ExportForm {
    Dotenv,
    Json,
    Yaml,
    Shell,
    Fish,
    PowerShell,
    Docker,
    Systemd,
    Github,
    K8s,
    Ecs,
    Tfvars,
    Pulumi,
}

/// See [`Call::Generate`]. Either a form, or a variable of the contract that has a generator.
#[derive(Default, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Generate {
    /// `base64:32`, `hex:32`, `alnum:32`, `uuid`, `rsa:2048`, `ed25519`.
    pub form: Option<String>,
    /// What is put in front.
    pub prefix: String,
    /// The variable whose generator is used.
    pub variable: Option<String>,
}

/// See [`Call::Lint`]. The contract, if there is one, says which values may be shown.
#[derive(Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Lint {
    /// The env file.
    pub file: Source,
    /// The readers that count; every one that knows quotes if none is given.
    #[serde(default)]
    pub readers: Vec<String>,
}

/// What is resolved, and from what. Nothing else is looked at: no environment of the process, no file that is not named.
#[derive(Default, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Input {
    /// The environment, as the contract names it.
    pub environment: Option<String>,
    /// A profile of the contract.
    pub profile: Option<String>,
    /// Values for this run; they win over everything.
    pub set: Texts,
    /// The process environment, as the caller has it; only names of the contract count.
    pub env: Texts,
    /// Env files; of those with the same name the last one wins.
    pub files: Vec<Source>,
    /// Whose rules env files are read by: `vite`, `docker`, ...
    pub dialect: Option<String>,
    /// The project's `.env.example`: a secret that was only copied from it is a placeholder.
    pub example: Option<Source>,
    /// Recorded outputs of a stack, as Pulumi or Terraform print them as JSON.
    pub outputs: Option<Source>,
    /// Facts of the cloud account, for templates.
    pub facts: Facts,
    /// Whether what is missing and has a generator is made.
    pub generate: bool,
}

/// Facts of the cloud account.
#[derive(Default, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Facts {
    /// The AWS region.
    pub region: Option<String>,
    /// The number of the AWS account.
    pub account: Option<String>,
}

/// A file by its path, or a text in its place.
#[derive(Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Where the file is.
    pub path: Option<String>,
    /// What it is called in places and errors; its path if left out.
    pub name: Option<String>,
    /// The text, in place of a file.
    pub text: Option<Text>,
    /// Whether a file that is not there counts as an empty one.
    #[serde(default)]
    pub optional: bool,
}
