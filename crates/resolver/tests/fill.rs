//! Which variables get a fresh value, and that nobody gets a second one.

use std::collections::HashSet;

use envctl_resolver::producers::{OsRandom, RandomError, RandomSource};
use envctl_resolver::sources::EnvFile;
use envctl_resolver::{Layer, LayerKind, Resolver, fill};
use envschema::State;

use crate::support::{layer, resolved, schema, state, value, winner};

const CONTRACT: &str = r#"
    [vars.MISSING]
    generate = "base64:32"
    [vars.OPTIONAL]
    required = false
    generate = { form = "hex:8", prefix = "sk-" }
    [vars.PLACEHOLDER]
    generate = "uuid"
    [vars.GIVEN]
    generate = "hex:8"
    [vars.DEFAULTED]
    generate = "hex:8"
    default = "default"
    [vars.INVALID]
    type = "hex"
    generate = "hex:8"
    [vars.NOT_NEEDED]
    required = 'has(NEVER)'
    generate = "alnum:12"
    [vars.ASKED]
    generate = { form = "hex:8", ask = true }
    [vars.NEVER]
    required = false
"#;

const FILE: &str = "PLACEHOLDER=changeme\nGIVEN=given\nINVALID=not hex\n";

fn names(layer: &Layer) -> Vec<&str> {
    layer.names().collect()
}

#[test]
fn only_what_is_missing_or_a_placeholder_is_made() {
    let schema = schema(CONTRACT);
    let file = EnvFile::parse(FILE, ".env").layer;
    let resolver = Resolver::new(schema.base()).layer(file);
    let resolution = resolver.resolve();
    let made = fill(&resolution, false, &|_| false, &mut OsRandom).expect("randomness");
    assert_eq!(names(&made), ["MISSING", "OPTIONAL", "PLACEHOLDER"]);
    let made = fill(&resolution, true, &|_| false, &mut OsRandom).expect("randomness");
    assert_eq!(names(&made), ["MISSING", "OPTIONAL", "PLACEHOLDER", "NOT_NEEDED"], "needed or not");
    let made =
        fill(&resolution, false, &|variable| &*variable.name == "ASKED", &mut OsRandom).expect("randomness");
    assert_eq!(names(&made), ["MISSING", "OPTIONAL", "PLACEHOLDER", "ASKED"], "with a person's consent");

    let resolution = resolver.layer(made).resolve();
    assert_eq!(winner(&resolution, "GIVEN"), Some((LayerKind::Existing, "given")));
    assert_eq!(winner(&resolution, "DEFAULTED"), Some((LayerKind::Default, "default")));
    assert_eq!(state(&resolution, "INVALID"), State::Invalid, "a mistake is not painted over");
    assert_eq!(winner(&resolution, "PLACEHOLDER").map(|(kind, _)| kind), Some(LayerKind::Generated));
    let chosen = resolved(&resolution, "MISSING").chosen.as_ref().expect("made");
    assert_eq!(chosen.place.to_string(), "generator base64:32");
    assert_eq!(value(&resolution, "MISSING").map(str::len), Some(44), "32 bytes in base64");
    assert!(value(&resolution, "OPTIONAL").is_some_and(|text| text.starts_with("sk-") && text.len() == 19));
}

/// The second run finds what the first one made, wherever it was put, and makes nothing.
#[test]
fn a_second_run_keeps_every_value() {
    let schema = schema(CONTRACT);
    for kind in [LayerKind::Existing, LayerKind::Stored] {
        let resolution = Resolver::new(schema.base()).resolve();
        let made = fill(&resolution, true, &|_| true, &mut OsRandom).expect("randomness");
        let values: Vec<(&str, &str)> =
            made.iter().map(|(name, candidate)| (name, crate::sources::text(&candidate.value))).collect();
        assert_eq!(values.len(), 7);
        let second = Resolver::new(schema.base()).layer(layer(kind, &values)).resolve();
        assert!(fill(&second, true, &|_| true, &mut OsRandom).expect("randomness").is_empty(), "{kind}");
        for (name, text) in values {
            assert_eq!(winner(&second, name), Some((kind, text)));
        }
    }
}

#[test]
fn fresh_values_stand_below_what_is_stored() {
    let schema = schema("[vars.KEY]\ngenerate = \"hex:8\"\n");
    let made =
        fill(&Resolver::new(schema.base()).resolve(), false, &|_| false, &mut OsRandom).expect("randomness");
    let stored = layer(LayerKind::Stored, &[("KEY", "stored")]);
    let resolution = Resolver::new(schema.base()).layer(made).layer(stored).resolve();
    assert_eq!(winner(&resolution, "KEY"), Some((LayerKind::Stored, "stored")));
}

#[test]
fn ten_thousand_draws_are_all_different() {
    let schema = schema("[vars.KEY]\ngenerate = \"base64:32\"\n");
    let resolution = Resolver::new(schema.base()).resolve();
    let drawn: HashSet<String> = (0..10_000)
        .map(|_| {
            let made = fill(&resolution, false, &|_| false, &mut OsRandom).expect("randomness");
            crate::sources::text(&made.get("KEY").expect("made").value).to_owned()
        })
        .collect();
    assert_eq!(drawn.len(), 10_000);
}

struct Broken;

impl RandomSource for Broken {
    fn fill(&mut self, _: &mut [u8]) -> Result<(), RandomError> {
        Err(RandomError { reason: "gone".to_owned() })
    }
}

#[test]
fn without_randomness_nothing_is_made() {
    let schema = schema("[vars.KEY]\ngenerate = \"hex:8\"\n");
    let resolution = Resolver::new(schema.base()).resolve();
    let error = fill(&resolution, false, &|_| false, &mut Broken).expect_err("no randomness");
    assert_eq!(error.to_string(), "no random bytes: gone");
}
