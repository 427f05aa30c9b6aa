//! The contract, checked: [`Contract`], the view of a schema for one environment and one profile.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;

use crate::condition::{Condition, ConditionId, VariableId};
use crate::kind::Kind;
use crate::rule::{Rule, RuleKind};
use crate::selection::Selected;
use crate::suggest::nearest;
use crate::variable::{Presence, Variable};

/// An environment that the contract names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    /// The name.
    pub name: String,
    /// One sentence about it.
    pub about: Option<String>,
    /// Service to the name that the service uses.
    pub aliases: Vec<(String, String)>,
    /// How careful commands are that change it.
    pub guard: Guard,
}

/// How careful commands are that change an environment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Guard {
    /// No questions.
    #[default]
    Lenient,
    /// Asks before what cannot be undone.
    Moderate,
    /// Asks before every change, and forbids destruction.
    Strict,
}

/// A heading for variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The name that variables use.
    pub id: String,
    /// The heading.
    pub title: String,
    /// One sentence about it.
    pub about: Option<String>,
}

/// A named condition.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedCondition {
    /// The name.
    pub name: String,
    /// What it asks.
    pub condition: Condition,
}

/// What every view of a contract shares.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shared {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) about: Option<String>,
    pub(crate) environments: Vec<Environment>,
    pub(crate) groups: Vec<Group>,
    pub(crate) removed: Vec<(String, String)>,
    pub(crate) profiles: Vec<(String, Option<String>)>,
}

/// What is looked up often, found once: going through all variables for it would cost more than judging them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    pub(crate) by_name: HashMap<Arc<str>, VariableId>,
    /// Variables before those whose templates refer to them; `None` if no template refers to a variable.
    pub(crate) derive_order: Option<Vec<VariableId>>,
    pub(crate) public: Vec<VariableId>,
    pub(crate) deprecated: Vec<VariableId>,
    /// Whether an environment would change anything.
    pub(crate) environment_matters: bool,
}

/// A contract as it counts for one environment and one profile, with every override applied.
#[derive(Clone, Debug)]
pub struct Contract {
    pub(crate) shared: Arc<Shared>,
    pub(crate) environment: Option<Arc<str>>,
    pub(crate) profile: Option<Arc<str>>,
    pub(crate) variables: Arc<[Variable]>,
    pub(crate) index: Arc<Index>,
    pub(crate) conditions: Arc<[NamedCondition]>,
    /// The conditions' numbers, each after all that it mentions.
    pub(crate) condition_order: Arc<[ConditionId]>,
    pub(crate) rules: Arc<[Rule]>,
    /// The part of the contract that this view is, if not the whole.
    pub(crate) selection: Option<Arc<Selected>>,
}

impl Contract {
    /// The system's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.shared.name
    }

    /// Which key space it describes.
    #[must_use]
    pub fn kind(&self) -> &Kind {
        &self.shared.kind
    }

    /// The namespace of a stack's configuration; none for environment variables.
    #[must_use]
    pub fn namespace(&self) -> Option<&str> {
        self.kind().namespace()
    }

    /// What a variable is called outside; see [`Kind::full_key`].
    #[must_use]
    pub fn full_key<'v>(&self, variable: &'v Variable) -> Cow<'v, str> {
        self.kind().full_key(&variable.name)
    }

    /// The same contract for a stack whose project has another name. A contract of environment variables has no
    /// namespace, and stays as it is.
    #[must_use]
    pub fn in_namespace(&self, namespace: &str) -> Self {
        let mut view = self.clone();
        if let Kind::PulumiConfig { .. } = self.kind() {
            let kind = Kind::PulumiConfig { namespace: namespace.to_owned() };
            view.shared = Arc::new(Shared { kind, ..Shared::clone(&self.shared) });
        }
        view
    }

    /// One sentence about the system.
    #[must_use]
    pub fn about(&self) -> Option<&str> {
        self.shared.about.as_deref()
    }

    /// The environment this view is for.
    #[must_use]
    pub fn environment(&self) -> Option<&str> {
        self.environment.as_deref()
    }

    /// What a service calls the environment; the environment's own name if it has no other.
    #[must_use]
    pub fn alias(&self, service: &str) -> Option<&str> {
        let name = self.environment()?;
        let environment = self.shared.environments.iter().find(|one| one.name == name);
        let alias = environment.and_then(|one| one.aliases.iter().find(|(of, _)| of == service));
        Some(alias.map_or(name, |(_, alias)| alias))
    }

    /// The profile this view is for.
    #[must_use]
    pub fn profile(&self) -> Option<&str> {
        self.profile.as_deref()
    }

    /// Every variable, in the contract's order. A variable's number is its index here.
    #[must_use]
    pub fn variables(&self) -> &[Variable] {
        &self.variables
    }

    /// The variable called `name`, with its number.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<(VariableId, &Variable)> {
        self.index.by_name.get(name).map(|&id| (id, &self.variables[id]))
    }

    /// Every variable, those that `derive` templates refer to before those that have the templates; `None` if no
    /// template refers to a variable, and any order will do.
    #[must_use]
    pub fn derive_order(&self) -> Option<&[VariableId]> {
        self.index.derive_order.as_deref()
    }

    /// Whether the environment changes anything: an override, a condition or a template asks for it.
    #[must_use]
    pub fn environment_matters(&self) -> bool {
        self.index.environment_matters
    }

    /// The groups, in the contract's order.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.shared.groups
    }

    /// The environments, in the contract's order.
    #[must_use]
    pub fn environments(&self) -> &[Environment] {
        &self.shared.environments
    }

    /// The named conditions, in the contract's order.
    #[must_use]
    pub fn conditions(&self) -> &[NamedCondition] {
        &self.conditions
    }

    /// The rules across variables.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// What to do instead of using a name that was a variable once.
    #[must_use]
    pub fn removed(&self, name: &str) -> Option<&str> {
        self.shared.removed.iter().find(|(removed, _)| removed == name).map(|(_, instead)| instead.as_str())
    }

    /// The known name most like `name`.
    #[must_use]
    pub fn nearest(&self, name: &str) -> Option<&str> {
        nearest(name, self.variables.iter().map(|variable| &*variable.name))
    }

    /// Visits every condition as it is written: the named ones, those of presence, and those of rules.
    pub(crate) fn each_condition<'a>(&'a self, mut visit: impl FnMut(&'a Condition)) {
        self.conditions().iter().for_each(|named| visit(&named.condition));
        for variable in self.variables() {
            if let Presence::When(condition) = &variable.presence {
                visit(condition);
            }
        }
        for rule in self.rules() {
            rule.when.iter().for_each(&mut visit);
            if let RuleKind::Assert(condition) = &rule.kind {
                visit(condition);
            }
        }
    }

    pub(crate) fn named_condition(&self, id: ConditionId) -> &NamedCondition {
        &self.conditions[id]
    }
}

/// A name that the contract does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{contract} has no {kind} `{name}`")]
pub struct UnknownSelection {
    /// The contract's name.
    pub contract: String,
    /// `environment` or `profile`.
    pub kind: &'static str,
    /// What was asked for.
    pub name: String,
    /// The names there are.
    pub known: Vec<String>,
}

impl UnknownSelection {
    /// What to do.
    #[must_use]
    pub fn help(&self) -> String {
        let known = self.known.iter().map(String::as_str);
        match nearest(&self.name, known.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if self.known.is_empty() => format!("the contract defines no {}s", self.kind),
            None => format!("choose {}", crate::suggest::one_of(known)),
        }
    }
}
