//! The tables of the format, one struct each.

use toml::de::DeValue;

use super::Field;
use super::decode::{Decode, Decoder, Node, Table, document, in_text_order, key_of};
use crate::text::{Span, Spanned};

document! {
    /// A whole `envschema.toml`.
    pub struct Document in "the contract" {
        /// What the contract is for.
        schema: SchemaTable,
        /// The environments, in the order in which people speak of them.
        environments: Table<EnvironmentTable>,
        /// Named conditions, usable in other conditions.
        conditions: Table<Spanned<String>>,
        /// Headings for variables, in the order in which they are shown.
        groups: Vec<GroupTable>,
        /// The variables, in the order in which they are written out.
        vars: Table<VariableTable>,
        /// Rules across variables.
        rules: Vec<RuleTable>,
        /// Names that were variables once, each with what to do instead.
        removed: Table<Spanned<String>>,
        /// Other views of the same contract, such as the least that a deployment needs.
        profiles: Table<ProfileTable>,
    }

    /// What the contract is for.
    pub struct SchemaTable in "[schema]" {
        /// The system's name.
        name: String,
        /// What it describes: environment variables (`env`, if absent) or the configuration of a Pulumi stack (`pulumi-config`).
        kind: String,
        /// `pulumi-config`: the namespace of keys that carry none, which is the Pulumi project's name.
        namespace: String,
        /// Other contract files that this one stands on, from its folder; what a later one says counts more, and what this one says counts most.
        extends: OneOrMany,
        /// One sentence about it.
        about: String,
        /// A page to read.
        docs: String,
    }

    /// One environment, such as `production`.
    pub struct EnvironmentTable in "an environment" {
        /// One sentence about it.
        about: String,
        /// What outside services call it.
        aliases: Table<Spanned<String>>,
        /// How careful commands are that change it: `lenient`, `moderate` or `strict`.
        guard: String,
    }

    /// A heading for variables.
    pub struct GroupTable in "a group" {
        /// The name that variables use.
        id: String,
        /// The heading.
        title: String,
        /// One sentence about it.
        about: String,
    }

    /// One variable.
    pub struct VariableTable in "a variable" {
        /// What it is for and where its value comes from, in one sentence.
        about: String,
        /// The group it is shown in.
        group: String,
        /// The type of its value; `string` if absent.
        r#type: String,
        /// Whether it has to be there: `true` (if absent), `false`, or a condition.
        required: RequiredSpec,
        /// Who may see it: `secret` (if absent), `plain`, or `public` (also browsers).
        visibility: String,
        /// The value if nothing gives one.
        default: DefaultSpec,
        /// What a value looks like. For a secret, it is never taken as a value.
        example: DefaultSpec,
        /// What happens when an optional variable is absent.
        without: String,
        /// What a report says in place of "NAME is not set" when it is missing.
        missing: String,
        /// A page to read.
        docs: String,
        /// That it should no longer be used, and what to use.
        deprecated: DeprecatedSpec,
        /// How to make a value: `base64:32`, `hex:32`, `alnum:32`, `uuid`, `rsa:2048` or `ed25519`.
        generate: GenerateSpec,
        /// The stack outputs that hold it; the first one that is there wins.
        output: OneOrMany,
        /// A template that builds it from outputs, cloud facts and other variables.
        derive: OneOrMany,
        /// Its key in the stack's configuration.
        config: String,
        /// What an empty value is: not set (if absent), a value (`true`) or an error (`false`).
        allow_empty: bool,
        /// Other attributes in one environment.
        on: Table<VariableTable>,

        /// `enum`, and `list` of enum: the values allowed.
        values: Vec<Spanned<String>>,
        /// `enum`: whether case does not matter.
        ignore_case: bool,
        /// `integer`, `number`, `port`, `duration`, `bytes`: the least value.
        min: BoundSpec,
        /// `integer`, `number`, `port`, `duration`, `bytes`: the greatest value.
        max: BoundSpec,
        /// `string`: the least number of characters. `list`: of items.
        min_length: u64,
        /// `string`: the greatest number of characters. `list`: of items.
        max_length: u64,
        /// `string`: a regular expression that matches the whole value.
        pattern: String,
        /// `string`, `url`: what the value begins with.
        prefix: String,
        /// `url`: the schemes allowed.
        schemes: Vec<Spanned<String>>,
        /// `list`: what stands between items; `,` if absent.
        separator: String,
        /// `list`: the type of each item; `string` if absent.
        items: String,
        /// `base64`, `hex`: the exact decoded length in bytes.
        bytes: u64,
        /// `pem`: the label of the first block.
        label: String,
        /// `arn`: the service.
        service: String,
    }

    /// What replaces a deprecated variable.
    pub struct DeprecatedTable in "deprecated" {
        /// The variable to use.
        replacement: String,
        /// Why, or what to do.
        message: String,
    }

    /// A generator with more to say.
    pub struct GenerateTable in "generate" {
        /// What is made, such as `base64:32`.
        form: String,
        /// What is put in front of it.
        prefix: String,
        /// Whether a person has to agree first.
        ask: bool,
    }

    /// A rule across variables. It holds exactly one of the rules, and may have a message and a condition.
    pub struct RuleTable in "a rule" {
        /// Exactly one of these is set.
        one_of: Vec<Spanned<String>>,
        /// One of these or more are set.
        at_least_one: Vec<Spanned<String>>,
        /// All of these are set, or none.
        all_or_none: Vec<Spanned<String>>,
        /// At most one of these is set.
        excludes: Vec<Spanned<String>>,
        /// No two of these have the same value.
        distinct: Vec<Spanned<String>>,
        /// When one is set, others have to be.
        requires: RequiresTable,
        /// A condition that has to hold.
        assert: String,
        /// What to tell when the rule is broken.
        message: String,
        /// The rule counts only while this condition holds.
        when: String,
    }

    /// When one variable is set, others have to be.
    pub struct RequiresTable in "requires" {
        /// The variable that asks.
        r#if: String,
        /// The variables that have to be set then.
        then: Vec<Spanned<String>>,
    }

    /// Another view of the contract.
    pub struct ProfileTable in "a profile" {
        /// One sentence about it.
        about: String,
        /// What becomes of variables that the profile does not list: `keep` (if absent) or `optional`.
        others: String,
        /// Overrides for variables of the contract, and variables that only this profile has.
        vars: Table<VariableTable>,
        /// More rules.
        rules: Vec<RuleTable>,
    }
}

/// `required`: a flag or a condition.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema), schemars(untagged))]
pub enum RequiredSpec {
    /// Always, or never.
    Flag(bool),
    /// While the condition holds.
    When(String),
}

/// `default` and `example`: text, or a number or boolean that stands for its text.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema), schemars(untagged))]
pub enum DefaultSpec {
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A boolean.
    Boolean(bool),
}

/// `min` and `max`: a number, or text for durations and sizes.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema), schemars(untagged))]
pub enum BoundSpec {
    /// A whole number.
    Integer(i64),
    /// A decimal number.
    Number(f64),
    /// A duration or a size.
    Text(String),
}

/// One text or several.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema), schemars(untagged))]
pub enum OneOrMany {
    /// One.
    One(Spanned<String>),
    /// Several, in order.
    Many(Vec<Spanned<String>>),
}

/// `deprecated`: a flag, a reason or a table.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema), schemars(untagged))]
pub enum DeprecatedSpec {
    /// Only that it is.
    Flag(bool),
    /// Why.
    Reason(String),
    /// What replaces it.
    Table(DeprecatedTable),
}

/// `generate`: a form or a table.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema), schemars(untagged))]
pub enum GenerateSpec {
    /// What is made.
    Form(String),
    /// With more to say.
    Table(GenerateTable),
}

impl OneOrMany {
    /// The texts, in order.
    #[must_use]
    pub fn as_slice(&self) -> &[Spanned<String>] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many,
        }
    }
}

impl DefaultSpec {
    /// The text that a variable would have.
    #[must_use]
    pub fn to_text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Integer(number) => number.to_string(),
            Self::Boolean(truth) => truth.to_string(),
        }
    }
}

impl Decode for RequiredSpec {
    fn decode(node: &Node<'_>, decoder: &mut Decoder) -> Option<Self> {
        match node.get_ref() {
            DeValue::Boolean(flag) => Some(Self::Flag(*flag)),
            DeValue::String(condition) => Some(Self::When(condition.clone().into_owned())),
            _ => decoder.wrong_type(node, "`true`, `false` or a condition in quotes"),
        }
    }
}

impl Decode for DefaultSpec {
    fn decode(node: &Node<'_>, decoder: &mut Decoder) -> Option<Self> {
        match node.get_ref() {
            DeValue::String(text) => Some(Self::Text(text.clone().into_owned())),
            DeValue::Boolean(truth) => Some(Self::Boolean(*truth)),
            DeValue::Integer(number) => {
                i64::from_str_radix(number.as_str(), number.radix()).ok().map(Self::Integer)
            }
            _ => None,
        }
        .or_else(|| decoder.wrong_type(node, "a string, an integer or a boolean"))
    }
}

impl Decode for BoundSpec {
    fn decode(node: &Node<'_>, decoder: &mut Decoder) -> Option<Self> {
        match node.get_ref() {
            DeValue::String(text) => Some(Self::Text(text.clone().into_owned())),
            DeValue::Float(number) => number.as_str().parse().ok().map(Self::Number),
            DeValue::Integer(number) => {
                i64::from_str_radix(number.as_str(), number.radix()).ok().map(Self::Integer)
            }
            _ => None,
        }
        .or_else(|| decoder.wrong_type(node, "a number, or text such as \"30s\" or \"10MB\""))
    }
}

impl Decode for OneOrMany {
    fn decode(node: &Node<'_>, decoder: &mut Decoder) -> Option<Self> {
        match node.get_ref() {
            DeValue::String(_) => Spanned::decode(node, decoder).map(Self::One),
            DeValue::Array(_) => Vec::decode(node, decoder).map(Self::Many),
            _ => decoder.wrong_type(node, "a string or an array of strings"),
        }
    }
}

impl Decode for DeprecatedSpec {
    fn decode(node: &Node<'_>, decoder: &mut Decoder) -> Option<Self> {
        match node.get_ref() {
            DeValue::Boolean(flag) => Some(Self::Flag(*flag)),
            DeValue::String(reason) => Some(Self::Reason(reason.clone().into_owned())),
            DeValue::Table(_) => DeprecatedTable::decode(node, decoder).map(Self::Table),
            _ => decoder.wrong_type(node, "`true`, a reason, or a table with `replacement`"),
        }
    }
}

impl Decode for GenerateSpec {
    fn decode(node: &Node<'_>, decoder: &mut Decoder) -> Option<Self> {
        match node.get_ref() {
            DeValue::String(form) => Some(Self::Form(form.clone().into_owned())),
            DeValue::Table(_) => GenerateTable::decode(node, decoder).map(Self::Table),
            _ => decoder.wrong_type(node, "a generator such as \"base64:32\", or a table with `form`"),
        }
    }
}
