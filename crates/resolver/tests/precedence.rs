//! Which value wins, and what becomes of the others.

use envctl_resolver::producers::OsRandom;
use envctl_resolver::sources::{ConfigValue, EnvFile, Outputs, ProcessSnapshot, StackConfig};
use envctl_resolver::{Layer, LayerKind, Lost, Resolution, Resolver, fill};
use envschema::{Schema, State};
use proptest::prelude::*;

use crate::support::{KINDS, layer, resolved, schema, shadowed, state, value, winner};

const ONE: &str = "[vars.KEY]\n";

#[test]
fn kinds_are_listed_in_their_order() {
    assert!(KINDS.is_sorted());
    let texts: Vec<String> = KINDS.iter().map(ToString::to_string).collect();
    assert_eq!(
        texts,
        [
            "override",
            "process environment",
            "existing file",
            "stack output",
            "derived",
            "stored",
            "generated",
            "prompt",
            "default"
        ]
    );
}

/// Five sources may have a value: an existing file, an output, a template, a generator, a person. In every
/// mix of them the first one wins, all others are kept as losers, and with none the value is missing.
#[test]
fn every_mix_of_the_five_sources() {
    let schema = schema(
        "[vars.KEY]\noutput = \"key\"\nderive = \"derived from ${BASE}\"\ngenerate = \"hex:8\"\n\
         [vars.BASE]\nrequired = false\nvisibility = \"plain\"\n",
    );
    let sources = [
        LayerKind::Existing,
        LayerKind::StackOutput,
        LayerKind::Derived,
        LayerKind::Generated,
        LayerKind::Prompt,
    ];
    for mix in 0_u32..32 {
        let present = |index: usize| mix & (1 << index) != 0;
        let outputs = if present(1) { r#"{"key": "output"}"# } else { "{}" };
        let outputs = Outputs::from_json(outputs, "outputs.json").expect("JSON");
        let mut file = String::new();
        if present(0) {
            file.push_str("KEY=existing\n");
        }
        if present(2) {
            file.push_str("BASE=base\n");
        }
        let mut resolver =
            Resolver::new(schema.base()).outputs(&outputs).layer(EnvFile::parse(&file, ".env.prod").layer);
        if present(4) {
            resolver = resolver.layer(layer(LayerKind::Prompt, &[("KEY", "prompted")]));
        }
        if present(3) {
            // A generator works only when nothing before it has a value; here it is made to have one anyway.
            resolver = resolver.layer(layer(LayerKind::Generated, &[("KEY", "generated")]));
        }
        let resolution = resolver.resolve();
        let expected: Vec<LayerKind> =
            (0..5).filter(|&index| present(index)).map(|index| sources[index]).collect();
        let won = winner(&resolution, "KEY").map(|(kind, _)| kind);
        assert_eq!(won, expected.first().copied(), "mix {mix:05b}");
        // A template that lacks its input has no value, and says so.
        let valued =
            shadowed(&resolution, "KEY").iter().filter(|lost| !matches!(lost.reason, Lost::Lacks(_)));
        let lost: Vec<_> = valued.map(|lost| (lost.kind, lost.reason.clone())).collect();
        let others: Vec<_> = expected.iter().skip(1).map(|&kind| (kind, Lost::Differs)).collect();
        assert_eq!(lost, others, "mix {mix:05b}");
        let state = state(&resolution, "KEY");
        assert_eq!(state, if mix == 0 { State::Missing } else { State::Resolved }, "mix {mix:05b}");
        // The generator itself runs in one case only: nothing else has a value.
        let made = fill(&resolution, false, &|_| true, &mut OsRandom).expect("randomness");
        assert_eq!(made.get("KEY").is_some(), mix == 0, "mix {mix:05b}");
    }
}

/// A resolution in which exactly these kinds have a value.
fn with_kinds(schema: &Schema, kinds: &[LayerKind]) -> Resolution {
    let mut resolver = Resolver::new(schema.base());
    for kind in kinds.iter().filter(|kind| **kind != LayerKind::Default) {
        resolver = resolver.layer(layer(*kind, &[("KEY", &kind.to_string())]));
    }
    resolver.resolve()
}

#[test]
fn of_any_two_kinds_the_higher_wins_in_whatever_order_they_come() {
    for (index, &higher) in KINDS.iter().enumerate() {
        for &lower in &KINDS[index + 1..] {
            let default = if lower == LayerKind::Default { "default = \"default\"\n" } else { "" };
            let schema = schema(&format!("[vars.KEY]\n{default}"));
            for kinds in [[higher, lower], [lower, higher]] {
                let resolution = with_kinds(&schema, &kinds);
                let text = higher.to_string();
                assert_eq!(winner(&resolution, "KEY"), Some((higher, text.as_str())), "{kinds:?}");
                let lost = &shadowed(&resolution, "KEY")[0];
                assert_eq!((lost.kind, lost.reason.clone()), (lower, Lost::Differs), "{kinds:?}");
            }
        }
    }
}

#[test]
fn all_nine_kinds_at_once_are_kept_in_order() {
    let schema = schema("[vars.KEY]\ndefault = \"default\"\n");
    let mut kinds = KINDS;
    kinds.reverse();
    let resolution = with_kinds(&schema, &kinds);
    assert_eq!(winner(&resolution, "KEY"), Some((LayerKind::Override, "override")));
    let lost: Vec<_> = shadowed(&resolution, "KEY").iter().map(|lost| lost.kind).collect();
    assert_eq!(lost, KINDS[1..]);
}

#[test]
fn of_one_kind_the_layer_added_first_wins() {
    let schema = schema(ONE);
    let file = |value: &str, name: &str| EnvFile::parse(&format!("KEY={value}\n"), name).layer;
    let resolution = Resolver::new(schema.base())
        .layer(file("second", ".env.local"))
        .layer(file("first", ".env"))
        .resolve();
    assert_eq!(winner(&resolution, "KEY"), Some((LayerKind::Existing, "second")));
    assert_eq!(shadowed(&resolution, "KEY")[0].place.to_string(), ".env:1");
}

#[test]
fn losers_say_why_they_lost() {
    let schema = schema("[vars.KEY]\nexample = \"sk_example\"\n");
    let resolution = Resolver::new(schema.base())
        .layer(layer(LayerKind::Override, &[("KEY", "")]))
        .layer(layer(LayerKind::Process, &[("KEY", "changeme")]))
        .layer(layer(LayerKind::Existing, &[("KEY", "sk_example")]))
        .layer(layer(LayerKind::StackOutput, &[("KEY", "real")]))
        .layer(layer(LayerKind::Stored, &[("KEY", "real")]))
        .layer(layer(LayerKind::Prompt, &[("KEY", "other")]))
        .resolve();
    assert_eq!(winner(&resolution, "KEY"), Some((LayerKind::StackOutput, "real")));
    let lost: Vec<_> =
        shadowed(&resolution, "KEY").iter().map(|lost| (lost.kind, lost.reason.clone())).collect();
    assert_eq!(
        lost,
        [
            (LayerKind::Override, Lost::Empty),
            (LayerKind::Process, Lost::Placeholder),
            (LayerKind::Existing, Lost::Placeholder),
            (LayerKind::Stored, Lost::Same),
            (LayerKind::Prompt, Lost::Differs),
        ]
    );
}

#[test]
fn an_empty_value_is_what_the_contract_says() {
    let schema = schema(
        "[vars.UNSET]\ndefault = \"default\"\n[vars.VALUE]\nallow_empty = true\ndefault = \"default\"\n\
         [vars.ERROR]\nallow_empty = false\ndefault = \"default\"\n",
    );
    let file = EnvFile::parse("UNSET=\nVALUE=\nERROR=\n", ".env");
    let resolution = Resolver::new(schema.base()).layer(file.layer).resolve();
    assert_eq!(winner(&resolution, "UNSET"), Some((LayerKind::Default, "default")));
    assert_eq!(winner(&resolution, "VALUE"), Some((LayerKind::Existing, "")));
    assert_eq!(state(&resolution, "VALUE"), State::Resolved);
    assert_eq!(winner(&resolution, "ERROR"), Some((LayerKind::Existing, "")));
    assert_eq!(state(&resolution, "ERROR"), State::Invalid);
    assert_eq!(value(&resolution, "ERROR"), None, "what is not valid is no value");
}

#[test]
fn an_invalid_value_is_not_passed_over() {
    let schema = schema("[vars.PORT]\ntype = \"port\"\nvisibility = \"plain\"\ndefault = 80\n");
    let file = EnvFile::parse("PORT=http\n", ".env");
    let resolution = Resolver::new(schema.base()).layer(file.layer).resolve();
    assert_eq!(winner(&resolution, "PORT"), Some((LayerKind::Existing, "http")));
    assert_eq!((state(&resolution, "PORT"), value(&resolution, "PORT")), (State::Invalid, None));
}

#[test]
fn every_variable_is_in_exactly_one_state() {
    let schema = schema(
        "[environments.prod]\n[vars.RESOLVED]\n[vars.SEALED]\nconfig = \"sealed\"\n[vars.UNSET]\nrequired = false\n\
         [vars.NOT_NEEDED]\nrequired = 'has(UNSET)'\n[vars.MISSING]\n[vars.INVALID]\ntype = \"integer\"\n",
    );
    let file = EnvFile::parse("RESOLVED=x\nINVALID=x\n", ".env");
    let config =
        StackConfig::from_yaml("config:\n  sealed: { secure: v1:x }\n", "Pulumi.prod.yaml").expect("YAML");
    let resolution = Resolver::new(schema.base()).layer(file.layer).config(&config, None).resolve();
    let states: Vec<_> =
        resolution.iter().map(|(variable, state, _)| (variable.name.to_string(), state)).collect();
    let expected = [
        ("RESOLVED", State::Resolved),
        ("SEALED", State::Sealed),
        ("UNSET", State::Unset),
        ("NOT_NEEDED", State::NotNeeded),
        ("MISSING", State::Missing),
        ("INVALID", State::Invalid),
    ];
    let expected: Vec<_> = expected.into_iter().map(|(name, state)| (name.to_owned(), state)).collect();
    assert_eq!(states, expected);
    assert_eq!(
        resolution.iter().count(),
        schema.variables().len(),
        "every variable of the contract is there"
    );
}

#[test]
fn an_encrypted_value_stands_below_files_and_above_all_that_could_be_made() {
    let schema = schema(
        "[vars.KEY]\nconfig = \"key\"\nderive = \"x-${OTHER}\"\ndefault = \"default\"\n[vars.OTHER]\n",
    );
    let config =
        StackConfig::from_yaml("config:\n  key: { secure: v1:x }\n", "Pulumi.prod.yaml").expect("YAML");
    assert!(matches!(config.get("key", None), ConfigValue::Encrypted(_)));
    let resolver =
        Resolver::new(schema.base()).config(&config, None).layer(layer(LayerKind::Stored, &[("OTHER", "o")]));
    let resolution = resolver.resolve();
    assert_eq!((state(&resolution, "KEY"), winner(&resolution, "KEY")), (State::Sealed, None));
    let sealed = resolved(&resolution, "KEY").sealed.as_ref().expect("the place");
    assert_eq!(sealed.to_string(), "config key of Pulumi.prod.yaml");
    assert_eq!(fill(&resolution, true, &|_| true, &mut OsRandom).expect("randomness").len(), 0);

    let resolution = resolver.layer(EnvFile::parse("KEY=known\n", ".env").layer).resolve();
    assert_eq!(winner(&resolution, "KEY"), Some((LayerKind::Existing, "known")));
    assert_eq!(resolved(&resolution, "KEY").sealed, None);
}

#[test]
fn one_value_from_the_configuration_and_one_from_the_environment() {
    let schema = schema("[vars.SIZE]\nconfig = \"size\"\n[vars.TOKEN]\n");
    let config = StackConfig::from_yaml("config:\n  shop-infra:size: 2\n", "Pulumi.prod.yaml").expect("YAML");
    let process: ProcessSnapshot = [("TOKEN", "t"), ("SIZE_", "9")].into_iter().collect();
    let names = schema.variables().iter().map(|variable| &*variable.name);
    let resolution = Resolver::new(schema.base())
        .layer(process.layer(names).expect("text"))
        .config(&config, Some("shop-infra"))
        .resolve();
    let told = |name| {
        let chosen = resolved(&resolution, name).chosen.as_ref().expect("a value");
        (chosen.kind, chosen.place.to_string())
    };
    assert_eq!(
        told("SIZE"),
        (LayerKind::StackOutput, "config shop-infra:size of Pulumi.prod.yaml".to_owned())
    );
    assert_eq!(told("TOKEN"), (LayerKind::Process, "environment variable TOKEN".to_owned()));
}

#[test]
fn the_first_output_that_is_there_wins() {
    let schema = schema("[vars.URL]\noutput = [\"missing\", \"empty\", \"nested.url\", \"url\"]\n");
    let outputs =
        Outputs::from_json(r#"{"empty": "", "url": "flat", "nested": {"url": "deep"}}"#, "o").expect("JSON");
    let resolution = Resolver::new(schema.base()).outputs(&outputs).resolve();
    assert_eq!(winner(&resolution, "URL"), Some((LayerKind::StackOutput, "deep")));
}

/// What a layer may have for a variable.
fn text() -> impl Strategy<Value = Option<&'static str>> {
    prop_oneof![
        Just(None),
        Just(Some("")),
        Just(Some("changeme")),
        Just(Some("<fill in>")),
        Just(Some("one")),
        Just(Some("two")),
    ]
}

fn is_usable(text: &str) -> bool {
    !["", "changeme", "<fill in>"].contains(&text)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the layers hold and in whatever order they come: the first usable value in the order of kinds
    /// wins, a stable order decides within one kind, and nothing that any layer gave is lost.
    #[test]
    fn no_lower_layer_is_picked_while_a_higher_has_a_usable_value(
        given in proptest::collection::vec((0_usize..8, text()), 0..12),
    ) {
        let schema = schema(ONE);
        let mut resolver = Resolver::new(schema.base());
        let mut expected: Vec<(LayerKind, &str)> = Vec::new();
        for (kind, text) in &given {
            let kind = KINDS[*kind];
            let values: Vec<_> = text.iter().map(|text| ("KEY", *text)).collect();
            let layer: Layer = layer(kind, &values);
            resolver = resolver.layer(layer);
            expected.extend(text.map(|text| (kind, text)));
        }
        expected.sort_by_key(|(kind, _)| *kind);
        let resolution = resolver.resolve();
        let first = expected.iter().find(|(_, text)| is_usable(text)).copied();
        prop_assert_eq!(winner(&resolution, "KEY"), first);
        let lost = shadowed(&resolution, "KEY");
        prop_assert_eq!(lost.len() + usize::from(first.is_some()), expected.len());
        prop_assert!(lost.is_sorted_by_key(|lost| lost.kind));
        for lost in lost {
            let unusable = matches!(lost.reason, Lost::Empty | Lost::Placeholder);
            prop_assert!(unusable || first.is_some_and(|(kind, _)| kind <= lost.kind));
        }
    }
}
