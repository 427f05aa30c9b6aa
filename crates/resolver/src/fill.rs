//! [`fill`] and [`resolve_filled`]: fresh values for variables that have a generator and no value.

use std::collections::HashSet;

use envschema::{Place, State, Variable};

use crate::layer::{Layer, LayerKind};
use crate::producers::{ProduceError, RandomSource, generate};
use crate::resolution::Resolution;
use crate::resolver::Resolver;

/// Makes a value for every variable that has a generator and lacks a value or holds only a placeholder, of those
/// that the contract selects. A variable that is not needed gets none, unless `complete` asks for every variable. `agreed` is asked about
/// generators that want a person's consent.
///
/// Resolve again with the layer that comes back; its values are not made twice.
///
/// # Errors
/// [`ProduceError`] if the random source fails or a form is not built in.
pub fn fill(
    resolution: &Resolution,
    complete: bool,
    agreed: &dyn Fn(&Variable) -> bool,
    random: &mut dyn RandomSource,
) -> Result<Layer, ProduceError> {
    let mut layer = Layer::new(LayerKind::Generated, "generator");
    for (variable, state, _) in resolution.iter() {
        let Some(generator) = &variable.generate else { continue };
        let lacks = matches!(state, State::Missing | State::Unset) || (complete && state == State::NotNeeded);
        if lacks && (!generator.ask || agreed(variable)) {
            let value = generate(generator.form, &generator.prefix, random)?;
            let place = Place::Generated { form: generator.form.to_string().into() };
            layer.insert(variable.name.clone(), value, place);
        }
    }
    Ok(layer)
}

/// Resolves, fills, and resolves again until nothing more can be made: a value may make another variable needed.
///
/// # Errors
/// As [`fill`].
pub fn resolve_filled(
    mut resolver: Resolver<'_>,
    complete: bool,
    agreed: &dyn Fn(&Variable) -> bool,
    random: &mut dyn RandomSource,
) -> Result<Resolution, ProduceError> {
    let mut known = HashSet::new();
    loop {
        let resolution = resolver.resolve();
        let made = fill(&resolution, complete, agreed, random)?;
        // One that does not count is not made again and again.
        let fresh = made.names().filter(|name| known.insert((*name).to_owned())).count();
        if fresh == 0 {
            return Ok(resolution);
        }
        resolver = resolver.layer(made);
    }
}
