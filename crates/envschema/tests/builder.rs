//! Contracts built in code.

use std::collections::BTreeMap;

use envschema::document::BoundSpec;
use envschema::{Code, Guard, RuleBuilder, Schema, SchemaBuilder, VariableBuilder};

fn shop() -> SchemaBuilder {
    let bounds = (Some(BoundSpec::Integer(1024)), None);
    Schema::builder("shop")
        .about("A shop")
        .environment("dev")
        .guarded_environment("prod", Guard::Strict)
        .condition("cloud", r#"PROFILE == "cloud""#)
        .group("core", "Core")
        .variable(VariableBuilder::new("PROFILE").values(["cloud", "self_host"]).plain().default("self_host"))
        .variable(
            VariableBuilder::new("PORT")
                .about("Port")
                .group("core")
                .kind("port")
                .bounds(bounds.0, bounds.1)
                .plain()
                .default(3000),
        )
        .variable(
            VariableBuilder::new("KEY")
                .prefix("sk_test_")
                .on("prod", VariableBuilder::new("").prefix("sk_live_")),
        )
        .variable(
            VariableBuilder::new("CLOUD_ID")
                .required_when("cloud")
                .example("c_...")
                .output(["cloudId", "cloud.id"]),
        )
        .variable(
            VariableBuilder::new("CLOUD_KEY")
                .optional()
                .without("nothing is uploaded")
                .generate("hex:16", false),
        )
        .variable(VariableBuilder::new("URL").public().derive("https://${output.host}:${PORT}").optional())
        .variable(VariableBuilder::new("NOTE").plain().pattern("[a-z]*").allow_empty(true).default(""))
        .variable(VariableBuilder::new("OLD_KEY").optional().deprecated(Some("KEY")))
        .rule(
            RuleBuilder::all_or_none(["CLOUD_ID", "CLOUD_KEY"]).when("cloud").message("the cloud needs both"),
        )
        .rule(RuleBuilder::one_of(["KEY", "OLD_KEY"]))
        .rule(RuleBuilder::at_least_one(["KEY", "OLD_KEY"]))
        .rule(RuleBuilder::excludes(["OLD_KEY", "CLOUD_KEY"]))
        .rule(RuleBuilder::distinct(["KEY", "CLOUD_KEY"]))
        .rule(RuleBuilder::requires("CLOUD_KEY", ["CLOUD_ID"]))
        .rule(RuleBuilder::assert("PORT != 8080"))
        .removed("SECRET", "use KEY")
        .profile(
            "small",
            true,
            [
                VariableBuilder::new("KEY").required_when("has(SIZE)"),
                VariableBuilder::new("SIZE").kind("integer"),
            ],
        )
}

const SHOP: &str = r#"
[schema]
name = "shop"
about = "A shop"
[environments.dev]
guard = "lenient"
[environments.prod]
guard = "strict"
[conditions]
cloud = 'PROFILE == "cloud"'
[[groups]]
id = "core"
title = "Core"
[vars]
PROFILE = { type = "enum", values = ["cloud", "self_host"], visibility = "plain", default = "self_host" }
PORT = { about = "Port", group = "core", type = "port", min = 1024, visibility = "plain", default = "3000" }
KEY = { prefix = "sk_test_", on.prod = { prefix = "sk_live_" } }
CLOUD_ID = { required = 'cloud', example = "c_...", output = ["cloudId", "cloud.id"] }
CLOUD_KEY = { required = false, without = "nothing is uploaded", generate = "hex:16" }
URL = { visibility = "public", derive = "https://${output.host}:${PORT}", required = false }
NOTE = { visibility = "plain", pattern = "[a-z]*", allow_empty = true, default = "" }
OLD_KEY = { required = false, deprecated = { replacement = "KEY" } }
"#;

#[test]
fn it_is_the_contract_that_text_would_be() {
    let (built, read) =
        (shop().build().expect("a contract"), Schema::parse("shop", SHOP).expect("a contract"));
    for environment in [None, Some("prod")] {
        let variables = |schema: &Schema| {
            let contract = schema.contract(environment, None).expect("an environment");
            let without_place = |variable: &envschema::Variable| envschema::Variable {
                span: Default::default(),
                ..variable.clone()
            };
            contract.variables().iter().map(without_place).collect::<Vec<_>>()
        };
        assert_eq!(variables(&built), variables(&read));
    }
    assert_eq!(built.base().environments(), read.base().environments());
    assert_eq!(built.base().groups(), read.base().groups());
    assert_eq!(built.base().about(), read.base().about());
    assert_eq!(built.base().conditions(), read.base().conditions());
    assert_eq!(built.base().removed("SECRET"), Some("use KEY"));
    assert_eq!(built.base().rules().len(), 7);
    assert!(built.source().text().is_empty());
}

#[test]
fn it_judges() {
    let schema = shop().build().expect("a contract");
    let values =
        BTreeMap::from([("PROFILE", "cloud"), ("CLOUD_ID", "c"), ("KEY", "sk_test_1"), ("PORT", "8080")]);
    let found: Vec<_> = schema
        .validate(&values)
        .iter()
        .map(|one| (one.code, one.variable.as_deref().map(str::to_owned)))
        .collect();
    let expected =
        [(Code::Conflict, Some("PORT".to_owned())), (Code::Conflict, Some("CLOUD_KEY".to_owned()))];
    assert_eq!(found, expected);
    let small = schema.contract(None, Some("small")).expect("a profile");
    assert_eq!(
        small
            .validate(&BTreeMap::from([("SIZE", "3")]))
            .iter()
            .filter(|one| one.code == Code::Missing)
            .count(),
        1
    );
}

/// Without a text there is no line: each mistake names what it is about, and none hides another.
#[test]
fn mistakes_name_what_they_are_about() {
    let errors = Schema::builder("shop")
        .environment("prod")
        .environment("prod")
        .condition("loop", "loop")
        .condition("bad", "A ==")
        .group("core", "Core")
        .group("core", "Again")
        .variable(VariableBuilder::new("A").kind("prot"))
        .variable(VariableBuilder::new("B").kind("prot"))
        .variable(VariableBuilder::new("C").kind("port").default("http"))
        .variable(VariableBuilder::new("D").kind("port").default("http"))
        .variable(VariableBuilder::new("E").group("cora"))
        .variable(VariableBuilder::new("F").required_when("NOTHING && ELSE"))
        .variable(VariableBuilder::new("G").generate("uuid:4", false))
        .variable(VariableBuilder::new("H").derive("${nothing} ${"))
        .variable(VariableBuilder::new("I").on("prud", VariableBuilder::new("").optional()))
        .variable(VariableBuilder::new("J").kind("integer").pattern("x"))
        .variable(VariableBuilder::new("A"))
        .variable(VariableBuilder::new("1"))
        .variable(VariableBuilder::new("VITE_KEY"))
        .rule(RuleBuilder::one_of(["A"]))
        .rule(RuleBuilder::one_of(["B"]))
        .rule(RuleBuilder::requires("X", ["A"]))
        .build()
        .map(drop)
        .expect_err("mistakes");
    let lines: Vec<String> = errors.iter().map(|one| format!("{}: {}", one.code, one.message)).collect();
    let expected = [
        "duplicate: there are two environments `prod`",
        "duplicate: there are two variables `A`",
        "bad-name: `1` cannot be the name of a variable",
        "unknown-name: `I` has an override for `prud`, which is not an environment",
        "duplicate: there are two groups `core`",
        "unknown-type: `A`: there is no type `prot`",
        "unknown-type: `B`: there is no type `prot`",
        "bad-parameter: `J`: type `integer` takes no `pattern`",
        "cycle: conditions refer to each other in a circle: loop -> loop",
        "bad-condition: `bad`: expected a name or a value, found the end of the condition",
        "bad-default: the default of `C` is not valid: expected a port from 1 to 65535",
        "bad-default: the default of `D` is not valid: expected a port from 1 to 65535",
        "unknown-name: `E`: there is no group `cora`",
        "unknown-name: `F`: `NOTHING` is neither a variable nor a condition",
        "unknown-name: `F`: `ELSE` is neither a variable nor a condition",
        "bad-generator: `G`: `uuid` takes no number",
        "bad-template: `H`: this `${` has no `}`",
        "exposed: `VITE_KEY` is secret, but `VITE_` variables are shipped to the browser",
        "bad-rule: rule 1: this rule needs two variables or more",
        "bad-rule: rule 2: this rule needs two variables or more",
        "unknown-name: rule 3: there is no variable `X`",
    ];
    assert_eq!(lines, expected);
    let first = errors.to_string();
    let first = first.split("\n\n").next().expect("a first one");
    assert_eq!(
        first,
        "error[duplicate]: there are two environments `prod`\n--> shop\n = help: give one another name"
    );
}
