//! Short ways to contracts, layers and their results.

use envctl_resolver::{Chosen, Layer, LayerKind, Resolution, Resolved, Shadowed};
use envschema::{Place, Schema, SecretValue, State};

/// Every kind of layer, highest first.
pub(crate) const KINDS: [LayerKind; 9] = [
    LayerKind::Override,
    LayerKind::Process,
    LayerKind::Existing,
    LayerKind::StackOutput,
    LayerKind::Derived,
    LayerKind::Stored,
    LayerKind::Generated,
    LayerKind::Prompt,
    LayerKind::Default,
];

/// A contract named `shop` with these tables.
pub(crate) fn schema(tables: &str) -> Schema {
    Schema::parse("envschema.toml", &format!("[schema]\nname = \"shop\"\n{tables}"))
        .unwrap_or_else(|errors| panic!("{errors}"))
}

/// A layer with these values; each place tells the kind.
pub(crate) fn layer(kind: LayerKind, values: &[(&str, &str)]) -> Layer {
    let mut layer = Layer::new(kind, kind.to_string());
    for (name, value) in values {
        let how = format!("{kind} of {name}");
        layer.insert(*name, SecretValue::from(*value), Place::Given { how: how.into() });
    }
    layer
}

pub(crate) fn resolved<'a>(resolution: &'a Resolution, name: &str) -> &'a Resolved {
    resolution.get(name).unwrap_or_else(|| panic!("{name} is not in the contract")).2
}

pub(crate) fn state(resolution: &Resolution, name: &str) -> State {
    resolution.get(name).unwrap_or_else(|| panic!("{name} is not in the contract")).1
}

/// The winner's kind and text.
pub(crate) fn winner<'a>(resolution: &'a Resolution, name: &str) -> Option<(LayerKind, &'a str)> {
    let chosen: &Chosen = resolved(resolution, name).chosen.as_ref()?;
    Some((chosen.kind, crate::sources::text(&chosen.value)))
}

/// The text of a variable's value, if it has a valid one.
pub(crate) fn value<'a>(resolution: &'a Resolution, name: &str) -> Option<&'a str> {
    resolution.value(name).map(crate::sources::text)
}

pub(crate) fn shadowed<'a>(resolution: &'a Resolution, name: &str) -> &'a [Shadowed] {
    &resolved(resolution, name).shadowed
}
