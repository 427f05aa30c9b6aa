//! Which values of the environment go into its stack's configuration: those of variables that name a key.

use std::collections::HashMap;
use std::sync::Arc;

use envctl_resolver::{Layer, LayerKind, Resolution};
use envschema::{Contract, State};

/// What the environment has for keys of the configuration.
pub(crate) struct Flow {
    /// The values, by variable of the stack's contract.
    pub(crate) layer: Layer,
    /// The environment's variable for each variable of the stack's contract that has one, with its state.
    pub(crate) variables: HashMap<Arc<str>, (Arc<str>, State)>,
}

/// The values that somebody gave to the environment, or that were made for it. What the stack itself told, and what the
/// services have as a default, do not flow back.
pub(crate) fn flow(environment: &Resolution, stack: &Contract) -> Flow {
    let mut layer = Layer::new(LayerKind::Existing, "environment");
    let mut variables = HashMap::new();
    for (variable, state, resolved) in environment.iter() {
        let Some(key) = variable.config.as_deref() else { continue };
        let own = stack.namespace().and_then(|own| key.strip_prefix(own)?.strip_prefix(':'));
        let Some((_, of_stack)) = stack.variable(own.unwrap_or(key)) else { continue };
        variables.insert(of_stack.name.clone(), (variable.name.clone(), state));
        let given = |kind| !matches!(kind, LayerKind::StackOutput | LayerKind::Default);
        let chosen = resolved.chosen.as_ref().filter(|chosen| given(chosen.kind) && !chosen.live);
        if let (Some(chosen), State::Resolved) = (chosen, state) {
            layer.insert(of_stack.name.clone(), chosen.value.clone(), chosen.place.clone());
        }
    }
    Flow { layer, variables }
}
