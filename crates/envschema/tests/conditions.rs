//! Conditions: a table of expressions, and expressions drawn at random against a second evaluator.

mod random;

use std::collections::BTreeMap;

use envschema::{Contract, Schema, Shown, VariableBuilder, Why};

/// A contract with a variable of each kind that conditions tell apart, and `condition` as `it`.
fn schema(condition: &str) -> Schema {
    let plain = |name: &str, kind: &str| VariableBuilder::new(name).kind(kind).plain().optional();
    Schema::builder("conditions")
        .environment("dev")
        .environment("prod")
        .condition("named", r#"S == "named""#)
        .condition("it", condition)
        .variable(plain("S", "string"))
        .variable(plain("T", "string"))
        .variable(plain("B", "boolean"))
        .variable(plain("C", "boolean"))
        .variable(plain("N", "integer"))
        .variable(plain("M", "integer"))
        .variable(plain("R", "number"))
        .variable(plain("E", "string").values(["one", "two"]))
        .variable(VariableBuilder::from_table("F", folded()).values(["one", "two"]).plain().optional())
        .variable(plain("D", "boolean").default(true))
        .variable(plain("V", "string").allow_empty(true))
        .variable(VariableBuilder::new("SECRET").optional())
        .build()
        .unwrap_or_else(|errors| panic!("{condition}\n{errors}"))
}

fn folded() -> envschema::document::VariableTable {
    envschema::document::VariableTable { ignore_case: true.into(), ..Default::default() }
}

fn contract(condition: &str, environment: Option<&str>) -> Contract {
    schema(condition).contract(environment, None).expect("an environment that is there")
}

/// Values written as `NAME=text NAME=text`.
fn values(written: &str) -> BTreeMap<String, String> {
    let pairs = written.split_whitespace().map(|pair| pair.split_once('=').expect("NAME=text"));
    pairs.map(|(name, text)| (name.to_owned(), text.to_owned())).collect()
}

fn why(condition: &str, environment: Option<&str>, written: &str) -> Why {
    contract(condition, environment).why_condition(&values(written), 1)
}

#[test]
fn what_holds() {
    let rows = [
        // constants
        ("true", "", true),
        ("false", "", false),
        // booleans: only `true` and `1` are true
        ("B", "B=true", true),
        ("B", "B=1", true),
        ("B", "B=false", false),
        ("B", "B=0", false),
        ("B", "B=yes", false),
        ("B", "B=TRUE", false),
        ("B", "", false),
        ("!B", "", true),
        ("B == true", "B=1", true),
        ("B == false", "B=0", true),
        ("B == false", "", false),
        ("B != true", "", true),
        ("B == true", "B=yes", false),
        ("B != true", "B=yes", true),
        ("B == C", "B=1 C=true", true),
        ("B == C", "B=1 C=0", false),
        ("B == C", "B=1", false),
        ("B != C", "", true),
        ("B in [true]", "B=1", true),
        // defaults count
        ("D", "", true),
        ("D", "D=false", false),
        ("D", "D=", true),
        ("has(D)", "", true),
        // text
        (r#"S == "x""#, "S=x", true),
        (r#"S == "x""#, "S=X", false),
        (r#"S == "x""#, "", false),
        (r#"S != "x""#, "", true),
        (r#"S != "x""#, "S=x", false),
        (r#""x" == S"#, "S=x", true),
        ("S == 'x'", "S=x", true),
        (r#"S == "a\"b\\c\'d""#, r#"S=a"b\c'd"#, true),
        (r#"S == """#, "S=", false),
        ("S == T", "S=x T=x", true),
        ("S == T", "", false),
        ("S != T", "S=x", true),
        (r#"S in ["x", "y"]"#, "S=y", true),
        (r#"S in ["x", "y"]"#, "S=z", false),
        (r#"S in ["x", "y"]"#, "", false),
        (r#"!(S in ["x"])"#, "", true),
        // an empty value, where one is allowed
        (r#"V == """#, "V=", true),
        ("has(V)", "V=", true),
        ("has(V)", "", false),
        ("has(S)", "S=", false),
        ("has(S)", "S=x", true),
        ("has(SECRET)", "SECRET=x", true),
        ("has(SECRET)", "SECRET=changeme", false),
        // numbers, never texts
        ("N == 3000", "N=3000", true),
        ("N == 3000", "N=03000", true),
        ("N == 3000", "N=+3000", true),
        ("N == 3000", "N=abc", false),
        ("N != 3000", "N=abc", true),
        ("N != 3000", "", true),
        ("N < 10", "N=9", true),
        ("N < 10", "N=10", false),
        ("N <= 10", "N=10", true),
        ("N > -1", "N=0", true),
        ("N >= 0", "N=-1", false),
        ("10 > N", "N=9", true),
        ("N < 10", "", false),
        ("N >= 10", "", false),
        ("N < M", "N=9 M=10", true),
        ("N < M", "N=9", false),
        ("N in [1, 2]", "N=2", true),
        ("N == R", "N=2 R=2.0", true),
        ("R > 1", "R=1.5", true),
        ("R < 2", "R=1e0", true),
        ("R > 0", "R=inf", false),
        ("R < 0", "R=nan", false),
        ("N == 9007199254740993", "N=9007199254740992", false),
        ("N == -9223372036854775808", "N=-9223372036854775808", true),
        // enums, with and without case
        (r#"E == "one""#, "E=one", true),
        (r#"E == "one""#, "E=ONE", false),
        (r#"F == "ONE""#, "F=one", true),
        (r#"F != "one""#, "F=One", false),
        (r#"F in ["TWO"]"#, "F=two", true),
        ("E == F", "E=one F=ONE", true),
        ("F == S", "F=one S=ONE", true),
        // named conditions
        ("named", "S=named", true),
        ("!named && B", "B=1", true),
        // precedence: `!` before `&&` before `||`
        ("B || C && D", "B=1 D=0", true),
        ("(B || C) && D", "B=1 D=0", false),
        ("B && C || D", "D=1", true),
        ("!B && C", "C=1", true),
        ("!(B && C)", "B=1", true),
        ("!!B", "B=1", true),
        ("!B || B && C", "B=1 C=1", true),
        (r#"!(S == "x") && B"#, "B=1", true),
        ("  B\n\t&&\r\n  C  ", "B=1 C=1", true),
    ];
    for (condition, written, expected) in rows {
        assert_eq!(why(condition, None, written).holds(), expected, "{condition} with {written:?}");
    }
}

#[test]
fn the_environment() {
    let rows = [
        (r#"environment == "prod""#, Some("prod"), true),
        (r#"environment == "prod""#, Some("dev"), false),
        (r#"environment == "prod""#, None, false),
        (r#"environment != "prod""#, None, true),
        (r#"environment in ["dev", "prod"]"#, Some("dev"), true),
        ("environment == S", Some("dev"), true),
    ];
    for (condition, environment, expected) in rows {
        assert_eq!(why(condition, environment, "S=dev").holds(), expected, "{condition} in {environment:?}");
    }
}

#[test]
fn the_reason_is_told() {
    let rows = [
        ("B", "B=1", "B is true"),
        ("B", "B=0", "B is false"),
        ("B", "B=yes", "B is not true"),
        ("B", "", "B is not set"),
        ("D", "", "D is true (default)"),
        ("!B", "B=0", "B is false"),
        ("has(S)", "S=x", "S is set"),
        ("has(S)", "", "S is not set"),
        (r#"S == "x""#, "S=x", r#"S == "x""#),
        (r#"S == "x""#, "S=y", r#"S != "x""#),
        (r#"S == "x""#, "", "S is not set"),
        (r#"S != "x""#, "", "S is not set"),
        (r#"S in ["x", "y"]"#, "S=x", r#"S in ["x", "y"]"#),
        (r#"S in ["x", "y"]"#, "S=z", r#"S is not in ["x", "y"]"#),
        (r#"S in ["x", "y"]"#, "", "S is not set"),
        ("N < 10", "N=12", "N >= 10"),
        ("N > 10", "N=12", "N > 10"),
        // One part decides an `||` that holds and an `&&` that does not.
        ("B || C", "B=1 C=1", "B is true"),
        ("B || C", "C=1", "C is true"),
        ("B || C", "", "B is not set and C is not set"),
        ("B && C", "B=1 C=1", "B is true and C is true"),
        ("B && C", "B=1 C=0", "C is false"),
        ("!(B && C)", "B=1 C=0", "C is false"),
        ("named && B", "S=named B=1", r#"S == "named" and B is true"#),
        ("named || B", "", "S is not set and B is not set"),
        ("B && (B || C)", "B=1", "B is true"),
        ("true", "", "true"),
        ("false || B", "", "false and B is not set"),
        ("N > 10", "N=many", "N is not a number"),
        // What a secret is compared with would tell what it is.
        (r#"SECRET == "x""#, "SECRET=hunter2", "SECRET != [secret]"),
        (r#"SECRET == "x""#, "SECRET=x", "SECRET == [secret]"),
        (r#"SECRET in ["x", "y"]"#, "SECRET=y", "SECRET in [secret]"),
    ];
    for (condition, written, expected) in rows {
        assert_eq!(why(condition, None, written).to_string(), expected, "{condition} with {written:?}");
    }
}

#[test]
fn a_reason_is_a_tree_with_what_may_be_shown() {
    let reason = why("named && has(SECRET)", None, "S=named SECRET=hunter2");
    let Why::All { holds: true, of } = &reason else { panic!("{reason:?}") };
    let [Why::Named { name, of: inner, .. }, Why::Term { found: Shown::Secret, variable, .. }] =
        of.as_slice()
    else {
        panic!("{reason:?}")
    };
    assert_eq!((name.as_str(), variable.as_deref()), ("named", Some("SECRET")));
    assert!(matches!(&**inner, Why::Term { found: Shown::Plain(text), .. } if text == "named"), "{inner:?}");
    let json = serde_json::to_value(&reason).expect("JSON");
    assert_eq!(json["kind"], "all");
    assert_eq!(json["of"][0]["of"]["found"], serde_json::json!({ "state": "plain", "value": "named" }));
    assert_eq!(json["of"][1]["found"], serde_json::json!({ "state": "secret" }));
}

#[test]
fn a_long_chain_of_conditions_is_judged() {
    let mut builder = Schema::builder("chain").condition("c0", "B");
    for number in 1..20_000 {
        builder = builder.condition(&format!("c{number}"), &format!("c{}", number - 1));
    }
    let flag = VariableBuilder::new("B").kind("boolean").plain();
    let schema = builder.variable(flag).build().expect("a chain");
    let reason = schema.base().why_condition(&values("B=1"), 19_999);
    assert!(reason.holds());
    assert_eq!(reason.to_string(), "c19978 is true", "a reason this deep ends in a name");
}

#[test]
fn a_reason_does_not_double_at_every_step() {
    let mut builder = Schema::builder("doubling").condition("c0", "B");
    for number in 1..60 {
        builder = builder.condition(&format!("c{number}"), &format!("c{0} && c{0}", number - 1));
    }
    let flag = VariableBuilder::new("B").kind("boolean").plain();
    let schema = builder.variable(flag).build().expect("a contract");
    let reason = schema.base().why_condition(&values("B=1"), 59);
    assert!(reason.holds());
    assert!(serde_json::to_string(&reason).expect("JSON").len() < 200_000);
}
