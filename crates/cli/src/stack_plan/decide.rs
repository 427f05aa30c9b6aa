//! Deciding what is to be done about each key.

use envctl_resolver::sources::{ConfigValue, StackConfig};
use envctl_resolver::{LayerKind, Resolution, Resolved};
use envschema::{Code, Findings, SecretValue, State, Variable};

use super::commands::{Again, set_command};
use super::{Flow, Key, Plan, Status, VERSION};
use crate::stack::StackAddress;

/// What a plan is made of.
pub(crate) struct Inputs<'a> {
    /// The contract of the configuration, resolved with what the environment has for it.
    pub(crate) resolution: &'a Resolution,
    /// What there is to tell of that.
    pub(crate) findings: Findings,
    /// The environment, resolved.
    pub(crate) environment: &'a Resolution,
    pub(crate) flow: &'a Flow,
    /// The configuration as it is, if there is one.
    pub(crate) present: Option<&'a StackConfig>,
    /// The variables of the contract without any environment: what the program has for itself.
    pub(crate) program: &'a [Variable],
    pub(crate) address: &'a StackAddress,
    /// How to ask for a value again.
    pub(crate) again: &'a Again,
    /// Whether encrypted values are replaced.
    pub(crate) replace_encrypted: bool,
}

/// What is to be done about every key.
pub(crate) fn plan(inputs: Inputs<'_>) -> Plan {
    let contract = inputs.resolution.contract();
    let keys: Vec<Key> =
        inputs.resolution.iter().map(|(variable, state, of)| key(&inputs, variable, state, of)).collect();
    let mut findings = inputs.findings;
    // That the configuration has another value is what the plan is about.
    findings.retain(|finding| finding.code != Code::Stale);
    Plan {
        version: VERSION,
        contract: contract.name().to_owned(),
        environment: contract.environment().map(str::to_owned),
        stack: inputs.address.name.clone(),
        directory: inputs.address.folder.clone(),
        namespace: contract.namespace().map(str::to_owned),
        source: inputs.present.map(|present| present.source().to_owned()),
        done: findings.is_valid() && !keys.iter().any(|key| key.status.is_pending()),
        keys,
        findings,
    }
}

fn key(inputs: &Inputs<'_>, variable: &Variable, state: State, resolved: &Resolved) -> Key {
    let contract = inputs.resolution.contract();
    let present = match inputs.present {
        Some(config) => config.get(&variable.name, contract.namespace()),
        None => ConfigValue::Absent,
    };
    let source = inputs.flow.variables.get(&variable.name);
    let secret = is_secret(inputs, variable);
    let (status, note) = decide(inputs, variable, state, resolved, &present);
    let note = match (note, status) {
        (None, Status::Missing) => remedy(inputs, variable),
        (note, _) => note.map(str::to_owned),
    };
    let hidden = |value: &SecretValue| {
        secret || inputs.resolution.is_a_secret(value) || inputs.environment.is_a_secret(value)
    };
    let chosen = resolved.chosen.as_ref().filter(|_| state == State::Resolved);
    let shown = |value: &SecretValue| {
        #[expect(clippy::disallowed_methods, reason = "neither contract has a secret with this value")]
        let text = || value.expose().to_owned();
        (!hidden(value)).then(text)
    };
    let full_key = contract.full_key(variable).into_owned();
    let command = chosen.filter(|_| status.is_pending()).map(|chosen| {
        let plain = shown(&chosen.value);
        let from = match (chosen.kind, source) {
            (LayerKind::Existing, Some((name, _))) => inputs.again.of_environment(name, chosen),
            _ => inputs.again.of_stack(&variable.name, chosen),
        };
        set_command(inputs.address, &full_key, secret, plain, from)
    });
    Key {
        key: full_key,
        variable: variable.name.to_string(),
        group: variable.group.map(|group| contract.groups()[group].title.clone()),
        secret,
        status,
        value: chosen.and_then(|chosen| shown(&chosen.value)),
        present: match &present {
            ConfigValue::Known(candidate) => shown(&candidate.value),
            _ => None,
        },
        layer: chosen.map(|chosen| chosen.kind),
        place: chosen.map(|chosen| chosen.place.clone()).or_else(|| resolved.sealed.as_deref().cloned()),
        note,
        command,
    }
}

/// What would give a missing key its value.
fn remedy(inputs: &Inputs<'_>, variable: &Variable) -> Option<String> {
    let makes = |variable: &Variable| variable.generate.as_ref().is_some_and(|generate| !generate.ask);
    let source = inputs.flow.variables.get(&variable.name);
    let of_environment = source.and_then(|(name, _)| inputs.environment.contract().variable(name));
    if makes(variable) || of_environment.is_some_and(|(_, variable)| makes(variable)) {
        return Some("`--generate` makes it".to_owned());
    }
    source.map(|(name, state)| match state {
        State::Invalid => format!("{name} of the environment is not valid"),
        _ => format!("{name} of the environment would give it"),
    })
}

/// Whether a key is kept as a secret: either contract is enough to make it one.
fn is_secret(inputs: &Inputs<'_>, variable: &Variable) -> bool {
    let source = inputs.flow.variables.get(&variable.name);
    let of_environment = source.and_then(|(name, _)| inputs.environment.contract().variable(name));
    variable.is_secret() || of_environment.is_some_and(|(_, variable)| variable.is_secret())
}

fn decide(
    inputs: &Inputs<'_>,
    variable: &Variable,
    state: State,
    resolved: &Resolved,
    present: &ConfigValue,
) -> (Status, Option<&'static str>) {
    let unexpanded = "a literal ${NAME} stands there, which Pulumi does not expand";
    let chosen = match (state, &resolved.chosen) {
        (State::Resolved, Some(chosen)) => chosen,
        (State::Sealed, _) => return (Status::Unchanged, Some("encrypted; nothing else gives a value")),
        (State::Invalid, _) => return (Status::Invalid, None),
        (State::Missing, _) => {
            return (Status::Missing, matches!(present, ConfigValue::Unexpanded(_)).then_some(unexpanded));
        }
        (State::NotNeeded, _) => return (Status::NotNeeded, None),
        _ => return (Status::Unset, None),
    };
    let contract = inputs.resolution.contract();
    match present {
        ConfigValue::Encrypted(_) if inputs.replace_encrypted => {
            (Status::Change, Some("replaces an encrypted value that cannot be compared"))
        }
        ConfigValue::Encrypted(_) => (Status::Encrypted, Some("`--replace-encrypted` sets it")),
        ConfigValue::Known(candidate) if !same(&candidate.value, &chosen.value) => (Status::Change, None),
        ConfigValue::Known(_) => {
            let encrypted = inputs
                .present
                .is_some_and(|config| config.is_encrypted(&variable.name, contract.namespace()));
            if is_secret(inputs, variable) && !encrypted {
                (Status::Change, Some("stands there unencrypted"))
            } else {
                (Status::Unchanged, None)
            }
        }
        ConfigValue::Unexpanded(_) => (Status::Set, Some(unexpanded)),
        ConfigValue::Absent if is_own_default(inputs.program, variable, &chosen.value) => {
            (Status::Default, None)
        }
        ConfigValue::Absent => (Status::Set, None),
    }
}

/// Whether the program has this value for itself. What configures a provider does not reach the program.
fn is_own_default(program: &[Variable], variable: &Variable, value: &SecretValue) -> bool {
    let own = program.iter().find(|own| own.name == variable.name);
    let default = own.and_then(|own| own.default.as_deref()).filter(|_| !variable.name.contains(':'));
    #[expect(clippy::disallowed_methods, reason = "compared, not kept")]
    default.is_some_and(|default| default == value.expose())
}

/// Whether two values are the same for Pulumi, which takes white space around them away.
fn same(one: &SecretValue, other: &SecretValue) -> bool {
    #[expect(clippy::disallowed_methods, reason = "compared, not kept")]
    let same = one.expose().trim() == other.expose().trim();
    same
}
