//! The JSON Schema of an environment: it is one, and says what envctl says.

use std::collections::BTreeMap;

use envctl_testkit::TempProject;
use envschema::Contract;
use proptest::prelude::*;
use serde_json::Value;

use super::{CONTRACTS, STACKS, generated, schema};

fn read(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// Types of which a JSON Schema can say all.
const EXACT: &[&str] = &["string", "boolean", "enum", "integer", "number", "port", "uuid", "hex"];

type Texts = BTreeMap<String, String>;

/// Whether the JSON Schema takes an environment, and whether envctl does.
fn judged(validator: &jsonschema::Validator, contract: &Contract, texts: &Texts) -> (bool, bool) {
    let instance = serde_json::to_value(texts).expect("texts");
    (validator.is_valid(&instance), contract.validate(texts).is_valid())
}

/// Values that a variable takes, one for each type of these contracts.
fn right(contract: &Contract) -> Texts {
    let example = |variable: &envschema::Variable| {
        let candidates = ["good-value", "https://g.t", "12", "true", "a@good.t", "e2b"];
        let pem = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
        let key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        let own =
            variable.default.as_deref().into_iter().chain(candidates).chain([pem, key, "dev:good-value"]);
        let begun = match &variable.kind {
            envschema::ValueType::Enum(of) => of.values.first().cloned(),
            envschema::ValueType::String(of) => {
                of.prefix.as_ref().map(|prefix| format!("{prefix}good-value"))
            }
            _ => None,
        };
        let own = own.into_iter().chain(begun.as_deref());
        own.into_iter().find(|text| variable.accepts(text)).map(str::to_owned)
    };
    let each = contract.variables().iter();
    each.filter_map(|variable| Some((variable.name.to_string(), example(variable)?))).collect()
}

#[test]
fn a_json_schema_is_one() {
    for contract in CONTRACTS.iter().chain(STACKS) {
        let schema = read(&generated("json-schema", contract));
        if let Err(error) = jsonschema::meta::validate(&schema) {
            panic!("{contract}: {error}");
        }
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    }
}

#[test]
fn a_json_schema_agrees_on_what_is_missing_and_what_is_chosen() {
    for path in ["schema/proliferate.toml", "crates/cli/tests/generated/types.toml"] {
        let validator = jsonschema::validator_for(&read(&generated("json-schema", path))).expect("a schema");
        let schema = schema(path);
        let contract = schema.base();
        let right = right(contract);
        assert_eq!(judged(&validator, contract, &right), (true, true), "{path}");
        let mut refused = 0;
        for variable in contract.variables() {
            let name = variable.name.to_string();
            for text in [
                None,
                Some(""),
                Some("replace-me"),
                Some("<key>"),
                Some("no such value"),
                Some("true"),
                Some("false"),
                Some("modal"),
                Some("cloud"),
                Some("HIGH"),
                Some("very-loud"),
                Some("sk-..."),
            ] {
                // Each value in what is complete, and in what has nothing but that.
                let mut full = right.clone();
                full.remove(&name);
                full.extend(text.map(|text| (name.clone(), text.to_owned())));
                let mut small: Texts = right
                    .iter()
                    .filter(|(name, _)| {
                        let (_, variable) = contract.variable(name).expect("a variable");
                        matches!(variable.presence, envschema::Presence::Required)
                    })
                    .map(|(name, text)| (name.clone(), text.clone()))
                    .collect();
                small.remove(&name);
                small.extend(text.map(|text| (name.clone(), text.to_owned())));
                for texts in [full, small] {
                    let (said, told) = judged(&validator, contract, &texts);
                    // Some types are told in words only.
                    let is_exact = EXACT.contains(&variable.kind.name());
                    let agrees = if is_exact { said == told } else { said || !told };
                    assert!(agrees, "{path}: {said} and not {told}: {name} = {text:?} in {texts:?}");
                    refused += usize::from(!told);
                }
            }
        }
        assert!(refused > 100, "{path}: {refused}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    /// What envctl takes is never refused, whatever the values are.
    #[test]
    fn a_json_schema_refuses_nothing_that_envctl_takes(
        changes in prop::collection::vec((any::<prop::sample::Index>(), "|true|[a-z0-9+./ -]{1,9}|\\PC{0,6}|\n|[1-9]{1,6}|https://[a-z]{3}"), 0..6),
    ) {
        let path = "crates/cli/tests/generated/types.toml";
        let schema = schema(path);
        let contract = schema.base();
        thread_local! {
            static VALIDATOR: jsonschema::Validator = jsonschema::validator_for(&read(&generated("json-schema", "crates/cli/tests/generated/types.toml"))).expect("a schema");
        }
        let mut texts = right(contract);
        for (index, text) in &changes {
            texts.insert(contract.variables()[index.index(contract.variables().len())].name.to_string(), text.clone());
        }
        let (said, told) = VALIDATOR.with(|validator| judged(validator, contract, &texts));
        prop_assert!(said || !told, "{:?}", changes);
    }
}

/// Without an environment the schema is for each of them.
#[test]
fn a_json_schema_without_an_environment_takes_what_is_right_in_any() {
    let varies = "[schema]\nname = \"varies\"\n[environments.dev]\n[environments.prod]\n\
        [vars.ON]\ntype = \"boolean\"\nvisibility = \"plain\"\ndefault = true\n[vars.ON.on.dev]\ndefault = false\n\
        [vars.KEY]\nrequired = 'ON'\n[vars.SEED]\n[vars.SEED.on.dev]\nrequired = false\n";
    let project = TempProject::new().file("envschema.toml", varies);
    let file = project.path().join("envschema.toml").display().to_string();
    for path in [CONTRACTS[1], CONTRACTS[2], STACKS[0], &file] {
        let validator = jsonschema::validator_for(&read(&generated("json-schema", path))).expect("a schema");
        let schema = schema(path);
        for environment in schema.base().environments() {
            let contract = schema.contract(Some(&environment.name), None).expect("an environment");
            let mut texts = right(&contract);
            let (said, told) = judged(&validator, &contract, &texts);
            assert!(said || !told, "{path} in {}", environment.name);
            // And with nothing that need not be there.
            texts.retain(|name, _| {
                let (_, variable) = contract.variable(name).expect("a variable");
                variable.default.is_none() && !matches!(variable.presence, envschema::Presence::Optional)
            });
            if environment.name == "dev" {
                texts.remove("KEY");
            }
            let findings = contract.validate(&texts);
            let findings: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
            let both = judged(&validator, &contract, &texts);
            assert_eq!(both, (true, true), "{path} in {}: {findings:?}", environment.name);
        }
    }
}

/// Of rules there is what can be said.
#[test]
fn a_json_schema_knows_the_rules() {
    let contract = "[schema]\nname = \"rules\"\n".to_owned()
        + &["A", "B", "C"]
            .map(|name| format!("[vars.{name}]\nrequired = false\nvisibility = \"plain\"\n"))
            .concat();
    let rules = [
        "one_of = [\"A\", \"B\", \"C\"]",
        "at_least_one = [\"A\", \"B\", \"C\"]",
        "all_or_none = [\"A\", \"B\", \"C\"]",
        "excludes = [\"A\", \"B\", \"C\"]",
        "requires = { if = \"A\", then = [\"B\", \"C\"] }",
        "assert = 'A == \"1\" || has(B)'",
        "assert = 'A in [\"1\", \"2\"]'\nwhen = '!has(C)'",
    ];
    for rule in rules {
        let text = format!("{contract}[[rules]]\n{rule}\n");
        let project = TempProject::new().file("envschema.toml", &text);
        let file = project.path().join("envschema.toml").display().to_string();
        let validator = jsonschema::validator_for(&read(&generated("json-schema", &file))).expect("a schema");
        let schema = envschema::Schema::parse("envschema.toml", &text).expect("a contract");
        for set in 0..27 {
            let value = |place: u32| match set / 3_usize.pow(place) % 3 {
                0 => None,
                1 => Some("1".to_owned()),
                _ => Some(String::new()),
            };
            let each = ["A", "B", "C"].into_iter().zip(0..);
            let texts: Texts =
                each.filter_map(|(name, place)| Some((name.to_owned(), value(place)?))).collect();
            let (said, told) = judged(&validator, schema.base(), &texts);
            assert_eq!(said, told, "{rule}: {texts:?}");
        }
    }
}
