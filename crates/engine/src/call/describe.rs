//! `describe`: what a contract says, for programs that show it or build on it.

use envschema::{Contract, Guard, Presence, Schema, ValueType, Variable, Visibility};
use serde::Serialize;

use super::answer::Writer;
use super::request::Describe;
use super::{CallError, Opened, VERSION};

/// What a contract says. It holds no value but defaults and examples, which stand in the contract.
#[derive(Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
pub(super) struct Described<'a> {
    /// The version of this form.
    version: u32,
    /// The contract's name.
    contract: &'a str,
    /// One sentence about it.
    about: Option<&'a str>,
    /// `env` for environment variables, `pulumi-config` for the configuration of a stack.
    kind: &'static str,
    /// The environment; null if none was asked for.
    environment: Option<&'a str>,
    /// The profile; null if none was asked for.
    profile: Option<&'a str>,
    /// Every environment that the contract names.
    environments: Vec<DescribedEnvironment<'a>>,
    /// The names of its profiles.
    profiles: Vec<&'a str>,
    /// The headings of variables, in order.
    groups: Vec<DescribedGroup<'a>>,
    /// The named conditions, in order.
    conditions: Vec<DescribedCondition<'a>>,
    /// The variables, in order.
    variables: Vec<DescribedVariable<'a>>,
}

/// An environment that the contract names.
#[derive(Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
struct DescribedEnvironment<'a> {
    /// Its name.
    name: &'a str,
    /// One sentence about it.
    about: Option<&'a str>,
    /// How careful commands are that change it.
    #[cfg_attr(feature = "json-schema", schemars(schema_with = "super::schema::guard"))]
    guard: Guard,
}

/// A heading for variables.
#[derive(Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
struct DescribedGroup<'a> {
    /// The name that variables use.
    id: &'a str,
    /// The heading.
    title: &'a str,
    /// One sentence about it.
    about: Option<&'a str>,
}

/// A named condition.
#[derive(Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
struct DescribedCondition<'a> {
    /// Its name.
    name: &'a str,
    /// The expression as written.
    text: &'a str,
}

/// A variable.
#[derive(Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
struct DescribedVariable<'a> {
    /// Its name.
    name: &'a str,
    /// One sentence about it.
    about: Option<&'a str>,
    /// The id of its group.
    group: Option<&'a str>,
    /// The name of its type in the contract.
    r#type: &'static str,
    /// What a value has to look like, in words.
    expects: String,
    /// What may be chosen, for an enum.
    choices: Option<&'a [String]>,
    /// Who may see the value.
    #[cfg_attr(feature = "json-schema", schemars(schema_with = "super::schema::visibility"))]
    visibility: Visibility,
    /// The rule in the contract's words: `always`, `never` or a condition.
    required: &'a str,
    /// The value if nothing gives one; null for a secret.
    default: Option<&'a str>,
    /// What a value looks like.
    example: Option<&'a str>,
    /// How a missing value is made, such as `base64:32`.
    generate: Option<String>,
    /// Stack outputs that hold it; the first that is there wins.
    outputs: &'a [String],
    /// What happens when it is absent.
    without: Option<&'a str>,
    /// A page to read.
    docs: Option<&'a str>,
    /// Whether it should no longer be used.
    deprecated: bool,
}

pub(super) fn describe(opened: &Opened, asked: &Describe, out: &mut Writer) -> Result<(), CallError> {
    let contract = opened.view(asked.environment.as_deref(), asked.profile.as_deref())?;
    out.result(&described(opened.schema(), &contract), true);
    Ok(())
}

fn described<'a>(schema: &'a Schema, contract: &'a Contract) -> Described<'a> {
    let environments = contract.environments().iter().map(|one| DescribedEnvironment {
        name: &one.name,
        about: one.about.as_deref(),
        guard: one.guard,
    });
    let groups = contract.groups().iter().map(|group| DescribedGroup {
        id: &group.id,
        title: &group.title,
        about: group.about.as_deref(),
    });
    let conditions = contract
        .conditions()
        .iter()
        .map(|named| DescribedCondition { name: &named.name, text: &named.condition.text });
    Described {
        version: VERSION,
        contract: contract.name(),
        about: contract.about(),
        kind: contract.kind().as_str(),
        environment: contract.environment(),
        profile: contract.profile(),
        environments: environments.collect(),
        profiles: schema.profiles().map(|(name, _)| name).collect(),
        groups: groups.collect(),
        conditions: conditions.collect(),
        variables: contract.selected().map(|(_, variable)| of_variable(contract, variable)).collect(),
    }
}

fn of_variable<'a>(contract: &'a Contract, variable: &'a Variable) -> DescribedVariable<'a> {
    DescribedVariable {
        name: &variable.name,
        about: variable.about.as_deref(),
        group: variable.group.map(|group| contract.groups()[group].id.as_str()),
        r#type: variable.kind.name(),
        expects: variable.kind.expectation().into_owned(),
        choices: match &variable.kind {
            ValueType::Enum(choice) => Some(&choice.values),
            _ => None,
        },
        visibility: variable.visibility,
        required: match &variable.presence {
            Presence::Required => "always",
            Presence::Optional => "never",
            Presence::When(condition) => &condition.text,
        },
        default: variable.default.as_deref().filter(|_| !variable.is_secret()),
        example: variable.example.as_deref(),
        generate: variable.generate.as_ref().map(|generate| generate.form.to_string()),
        outputs: &variable.outputs,
        without: variable.without.as_deref(),
        docs: variable.docs.as_deref(),
        deprecated: variable.deprecated.is_some(),
    }
}
