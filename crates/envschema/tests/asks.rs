//! What a condition asks: it never says more than the condition, whatever the other variables are.

use std::collections::BTreeMap;

use envschema::{Asks, Presence, Schema};

const CONTRACT: &str = r#"
[schema]
name = "asks"

[environments.dev]
[environments.prod]

[conditions]
loud = 'MODE == "loud"'
any  = 'loud || SWITCH'

[vars.MODE]
type       = "enum"
values     = ["loud", "low", "off"]
visibility = "plain"
required   = false

[vars.SWITCH]
type       = "boolean"
visibility = "plain"
required   = false

[vars.COUNT]
type       = "integer"
visibility = "plain"
required   = false
"#;

/// Conditions, and whether something of them stays open without an environment.
const CONDITIONS: &[(&str, bool)] = &[
    (r#"MODE == "loud""#, false),
    (r#"MODE != "loud""#, false),
    (r#""low" == MODE"#, false),
    (r#"MODE in ["loud", "low"]"#, false),
    ("SWITCH", false),
    ("!SWITCH", false),
    ("SWITCH == false", false),
    ("SWITCH != true", false),
    ("has(MODE)", false),
    ("!has(SWITCH) && !loud", false),
    ("any", false),
    (r#"any && !(MODE in ["off"] || SWITCH)"#, false),
    ("COUNT > 3", true),
    ("COUNT == 3 || loud", true),
    (r#"environment == "prod" && SWITCH"#, true),
    (r#"!(environment != "prod") || any"#, true),
];

fn has_open(asks: &Asks) -> bool {
    match asks {
        Asks::Open => true,
        Asks::Not(of) => has_open(of),
        Asks::All(of) | Asks::Any(of) => of.iter().any(has_open),
        _ => false,
    }
}

#[test]
fn what_is_decided_by_one_variable_holds_whatever_the_others_are() {
    let modes = [None, Some("loud"), Some("low"), Some("off")];
    let switches = [None, Some("true"), Some("1"), Some("false"), Some("0")];
    let counts = [None, Some("3"), Some("4")];
    let mut decided = 0;
    for (condition, open) in CONDITIONS {
        let text = format!("{CONTRACT}\n[vars.KEY]\nrequired = '{condition}'\n");
        let schema = Schema::parse("envschema.toml", &text).unwrap_or_else(|errors| panic!("{errors}"));
        for environment in [None, Some("dev"), Some("prod")] {
            let contract = schema.contract(environment, None).expect("an environment");
            let (_, key) = contract.variable("KEY").expect("a variable");
            let Presence::When(written) = &key.presence else { panic!("{condition} is a condition") };
            let asks = contract.asks(written);
            let is_open = *open && (environment.is_none() || condition.contains("COUNT"));
            assert_eq!(has_open(&asks), is_open, "{condition} in {environment:?}: {asks:?}");
            for mode in modes {
                for switch in switches {
                    for count in counts {
                        let given = [("MODE", mode), ("SWITCH", switch), ("COUNT", count)];
                        let values: BTreeMap<&str, &str> =
                            given.into_iter().filter_map(|(name, text)| Some((name, text?))).collect();
                        let holds = !contract.validate(&values).is_valid();
                        for (name, text) in given {
                            let (id, _) = contract.variable(name).expect("a variable");
                            if let Some(told) = asks.decided(id, text) {
                                // Without an environment, what asks for one is open, not false.
                                assert_eq!(
                                    told, holds,
                                    "{condition} in {environment:?}: {given:?} by {name}"
                                );
                                decided += 1;
                            }
                        }
                    }
                }
            }
        }
    }
    assert!(decided > 1_000, "{decided}");
}
