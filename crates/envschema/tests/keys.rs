//! Names of a stack's configuration: what the contract takes, its JSON Schema takes, and conditions can name.

use envschema::{Kind, Schema, VariableBuilder};
use proptest::prelude::*;

/// A contract of a stack's configuration with one variable, which a condition names in each way.
fn contract(name: &str, condition: &str) -> Result<Schema, String> {
    Schema::builder("stack")
        .pulumi_config("shop")
        .condition("it", condition)
        .variable(VariableBuilder::new(name).plain().optional().kind("boolean"))
        .build()
        .map_err(|errors| errors.to_string())
}

#[test]
fn a_contract_tells_its_kind() {
    let schema = contract("size", "size").expect("a contract");
    let contract = schema.base();
    assert_eq!(contract.kind(), &Kind::PulumiConfig { namespace: "shop".to_owned() });
    assert_eq!((contract.kind().as_str(), contract.namespace()), ("pulumi-config", Some("shop")));
    assert_eq!(contract.full_key(&contract.variables()[0]), "shop:size");
    let env = Schema::builder("env").variable(VariableBuilder::new("SIZE")).build().expect("a contract");
    assert_eq!((env.base().kind().as_str(), env.base().namespace()), ("env", None));
    assert_eq!(env.base().full_key(&env.variables()[0]), "SIZE");
}

#[cfg(feature = "json-schema")]
static VALIDATOR: std::sync::LazyLock<jsonschema::Validator> = std::sync::LazyLock::new(|| {
    jsonschema::draft202012::new(&envschema::json_schema()).expect("the JSON Schema is one")
});

proptest! {
    #[test]
    fn what_is_a_name_can_be_used_in_conditions(name in "[aZ09_:.-]{1,8}") {
        let taken = contract(&name, "true");
        #[cfg(feature = "json-schema")]
        {
            let kind = serde_json::json!({ "name": "a", "kind": "pulumi-config", "namespace": "shop" });
            let written = serde_json::json!({ "schema": kind, "vars": { name.clone(): {} } });
            prop_assert_eq!(taken.is_ok(), VALIDATOR.is_valid(&written), "{}", name);
        }
        if taken.is_ok() {
            for condition in [name.clone(), format!("!has({name})&&{name}==true||({name})"), format!("{name} in [true]")] {
                prop_assert!(contract(&name, &condition).is_ok(), "{condition}");
            }
        }
    }
}
