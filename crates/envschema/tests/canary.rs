//! Secrets stay out of everything that is told, whatever they are and however wrong they are.

use std::collections::BTreeMap;

use envschema::{Given, Schema, SecretValue, State, TypedValue, ValueType, Values, Variable, VariableId};
use proptest::prelude::*;

/// A secret variable of each type, with all that can be said about one.
fn schema() -> Schema {
    let mut text = "[schema]\nname = \"canary\"\n[vars]\n".to_owned();
    for kind in ValueType::NAMES {
        let more = match *kind {
            "enum" => ", values = [\"canary\", \"canaries\"]",
            "string" => ", pattern = \"[0-9]+\", prefix = \"sk_\", max_length = 9",
            "list" => ", items = \"enum\", values = [\"canary\"]",
            "url" => ", schemes = [\"https\"]",
            _ => "",
        };
        let name = kind.to_uppercase();
        text += &format!("S_{name} = {{ type = \"{kind}\"{more}, deprecated = true, required = false }}\n");
    }
    text += "NEXT_PUBLIC_SEEN = { visibility = \"public\", required = false }\n";
    text += "FREE = { required = false }\nOTHER = { required = false }\n";
    text += "NEEDED = { required = 'FREE == \"x\" || !has(OTHER) || FREE == OTHER || S_INTEGER > 3 || S_BOOLEAN' }\n";
    text += "[[rules]]\ndistinct = [\"FREE\", \"OTHER\"]\n[[rules]]\nassert = 'FREE == OTHER && S_BOOLEAN && S_NUMBER < 3'\n";
    text += "[[rules]]\nall_or_none = [\"FREE\", \"OTHER\", \"S_URL\"]\n[[rules]]\nexcludes = [\"FREE\", \"OTHER\"]\n";
    Schema::parse("canary", &text).unwrap_or_else(|errors| panic!("{errors}"))
}

struct Everywhere<'a>(&'a str);

impl Values for Everywhere<'_> {
    fn given(&self, _: VariableId, variable: &Variable) -> Given<'_> {
        // A public variable shows its value; it gets the secret in the second test only.
        Given { text: variable.is_secret().then_some(self.0), ..Given::default() }
    }
}

fn told(schema: &Schema, values: &dyn Values) -> String {
    let contract = schema.base();
    let assessment = contract.assess(values);
    let reasons: Vec<_> = (0..contract.variables().len()).map(|id| contract.why(values, id)).collect();
    assert_eq!(contract.reasons(values), reasons);
    let texts = reasons.iter().flatten().map(ToString::to_string).collect::<String>();
    let json = serde_json::to_string(&(&assessment.findings, &reasons)).expect("JSON");
    format!("{assessment:?} {reasons:?} {texts} {json} {contract:?}")
}

proptest! {
    #[test]
    fn no_secret_is_told(salt in "[a-z]{10}", frame in prop::sample::select(vec![
        "CANARY", "sk_CANARY", "https://user:CANARY@/path", "\"CANARY\"", "CANARY:443", "[CANARY]",
        "{\"a\": \"CANARY\"}", "12CANARY", "CANARY,CANARY", "-----BEGIN CANARY-----", "arn:aws:CANARY", "<CANARY>",
        "CANARY...", "Ann <CANARY@example>", " CANARY ", "CANARY\n", "canaryCANARY", "postgres://CANARY", "1CANARY3",
    ])) {
        let canary = format!("zq{salt}");
        let secret = frame.replace("CANARY", &canary);
        let told = told(&schema(), &Everywhere(&secret));
        prop_assert!(!told.contains(&canary), "{}", told);
    }

    #[test]
    fn no_secret_is_told_when_it_is_public_as_well(salt in "[a-z]{20}") {
        let values = BTreeMap::from([("FREE".to_owned(), salt.clone()), ("NEXT_PUBLIC_SEEN".to_owned(), salt.clone())]);
        let told = told(&schema(), &values);
        prop_assert!(told.contains("exposed") && !told.contains(&salt), "{}", told);
    }

    #[test]
    fn no_secret_is_in_a_debug_output(salt in "[a-z]{10}") {
        let secret = SecretValue::from(salt.clone());
        let typed = [TypedValue::Text(salt.clone()), TypedValue::List(vec![TypedValue::Text(salt.clone())])];
        let debug = format!("{secret:?} {typed:?}");
        prop_assert!(!debug.contains(&salt), "{}", debug);
    }
}

#[test]
fn the_length_of_a_secret_is_not_told_either() {
    let schema = schema();
    let of = |secret: &str| {
        let assessment = schema.base().assess(&Everywhere(secret));
        assert!(assessment.states.contains(&State::Invalid));
        serde_json::to_string(&assessment.findings).expect("JSON")
    };
    assert!(of(&"z".repeat(29)) == of(&"z".repeat(41)));
}
