//! Parts of a contract: what counts, what is seen, and which rules hold.

use std::collections::BTreeMap;

use envschema::{Contract, Schema, Selection, State};
use proptest::prelude::*;

const CONTRACT: &str = r#"
[schema]
name = "shop"

[environments.prod]

[conditions]
direct = 'has(A)'
nested = 'direct || B == "on"'

[vars.A]
required = false

[vars.B]
visibility = "plain"
required   = 'has(A)'

[vars.C]
required   = false
deprecated = true

[vars.D]
visibility = "public"
required   = false

[[rules]]
all_or_none = ["A", "B"]

[[rules]]
requires = { if = "A", then = ["D"] }

[[rules]]
assert = 'nested && has(D)'
"#;

fn schema() -> Schema {
    Schema::parse("shop.toml", CONTRACT).expect("a contract without mistakes")
}

fn ids(contract: &Contract, names: &[&str]) -> Vec<usize> {
    names.iter().map(|name| contract.variable(name).expect("a variable").0).collect()
}

fn part(names: &[&str], required: &[&str], optional: &[&str]) -> Contract {
    let schema = schema();
    let contract = schema.base();
    contract.select(&Selection {
        name: "part".to_owned(),
        variables: ids(contract, names),
        required: ids(contract, required),
        optional: ids(contract, optional),
    })
}

fn messages(contract: &Contract, values: &[(&str, &str)]) -> Vec<String> {
    let values: BTreeMap<&str, &str> = values.iter().copied().collect();
    contract.validate(&values).iter().map(|finding| finding.message.clone()).collect()
}

#[test]
fn conditions_see_what_is_not_selected() {
    let contract = part(&["B"], &[], &[]);
    assert_eq!(messages(&contract, &[("A", "x")]), ["B is not set; it is required because A is set"]);
    assert_eq!(messages(&contract, &[]), [""; 0]);
}

#[test]
fn a_presence_of_its_own_counts() {
    assert_eq!(messages(&part(&["C"], &["C"], &[]), &[]), ["C is not set; it is required"]);
    assert_eq!(messages(&part(&["B"], &[], &["B"]), &[("A", "x")]), [""; 0]);
    let states = part(&["B"], &[], &["B"]).assess(&BTreeMap::from([("A", "x")])).states;
    assert_eq!(states[1], State::Unset, "an optional variable is not one that is not needed");
}

#[test]
fn a_rule_counts_when_all_its_variables_do() {
    let broken = [("A", "x")];
    assert_eq!(messages(&part(&["A"], &[], &[]), &broken), [""; 0]);
    assert_eq!(
        messages(&part(&["A", "B"], &[], &["B"]), &broken),
        ["A and B belong together, but B is not set"]
    );
    assert_eq!(messages(&part(&["A", "D"], &[], &[]), &broken), ["A needs D"]);
    // The assertion asks about B through two named conditions.
    let all = part(&["A", "B", "D"], &[], &["B"]);
    assert!(messages(&all, &[]).iter().any(|message| message.starts_with("`nested && has(D)`")));
    assert_eq!(messages(&part(&["A", "D"], &[], &[]), &[]), [""; 0]);
}

#[test]
fn what_should_no_longer_be_used_is_told_of_what_is_selected() {
    assert_eq!(messages(&part(&["C"], &[], &[]), &[("C", "x")]), ["C is deprecated"]);
    assert_eq!(messages(&part(&["A"], &[], &[]), &[("C", "x")]), [""; 0]);
}

#[test]
fn a_public_variable_with_a_secret_that_is_not_selected_is_told() {
    let same = [("A", "long-enough-to-tell"), ("D", "long-enough-to-tell")];
    let found = messages(&part(&["D"], &[], &[]), &same);
    assert_eq!(found, ["D is public and has the value of A, which is secret"]);
}

#[test]
fn a_number_that_is_none_is_passed_over() {
    let schema = schema();
    let (variables, required, optional) = (vec![9], vec![10], vec![11]);
    let selection = Selection { name: "none".to_owned(), variables, required, optional };
    let contract = schema.base().select(&selection);
    assert_eq!(contract.selected().count(), 0);
    assert_eq!((contract.part(), schema.base().part()), (Some("none"), None));
}

#[test]
fn names_follow_from_the_environment() {
    let text = "[schema]\nname = \"shop\"\n[environments.dev]\naliases = { suffix = \"-dev\" }\n";
    let schema = Schema::parse("shop.toml", text).expect("a contract without mistakes");
    let contract = schema.contract(Some("dev"), None).expect("an environment");
    let name = |text: &str| contract.name_in_environment(text);
    assert_eq!(name("a-${environment}"), Ok(Some("a-dev".to_owned())));
    assert_eq!(name("a${environment.suffix}"), Ok(Some("a-dev".to_owned())));
    assert_eq!(name("$${environment}"), Ok(Some("${environment}".to_owned())));
    assert_eq!(name(""), Ok(Some(String::new())));
    let without = |text: &str| schema.base().name_in_environment(text);
    assert_eq!(without("a${environment.suffix}"), Ok(None));
    assert_eq!(without("a${environment:-x}"), Ok(Some("ax".to_owned())));
    let error = name("${environment.sufix}").unwrap_err();
    assert_eq!(error.to_string(), "no environment says what `sufix` calls it");
    assert_eq!(error.help(), "did you mean `${environment.suffix}`?");
    let error = name("${output.x}").unwrap_err();
    assert_eq!(error.to_string(), "a name cannot refer to `output.x`");
    assert_eq!(name("${").unwrap_err().to_string(), "this `${` has no `}`");
}

proptest! {
    /// A part never finds what the whole does not, as long as it has no presence of its own.
    #[test]
    fn a_part_finds_no_more_than_the_whole(
        selected in proptest::collection::vec(any::<bool>(), 4),
        values in proptest::collection::btree_map("[ABCD]", "on|off|long-enough-to-tell", 0..4),
    ) {
        let schema = schema();
        let variables = (0..4).filter(|id| selected[*id]).collect();
        let contract = schema.base().select(&Selection { variables, ..Selection::default() });
        let whole = schema.base().validate(&values);
        let part = contract.validate(&values);
        for finding in part.iter() {
            prop_assert!(whole.iter().any(|one| one == finding));
            let about = finding.variable.as_deref().and_then(|name| contract.variable(name));
            prop_assert!(about.is_none_or(|(id, _)| selected[id]));
        }
        prop_assert_eq!(contract.assess(&values).states, schema.base().assess(&values).states);
    }
}
