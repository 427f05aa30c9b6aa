//! Expressions drawn at random: printed, read, and judged as by a second evaluator that knows nothing of the
//! first.

use std::collections::BTreeMap;

use envschema::{Schema, VariableBuilder};
use proptest::prelude::*;

use super::contract;

#[derive(Clone, Debug)]
enum Expression {
    Constant(bool),
    Truth(&'static str),
    Named,
    Has(&'static str),
    /// A variable, an operator and a literal as written; whether the literal stands first.
    Compare(&'static str, &'static str, &'static str, bool),
    Both(&'static str, &'static str, &'static str),
    In(&'static str, Vec<&'static str>),
    Not(Box<Expression>),
    All(Vec<Expression>),
    Any(Vec<Expression>),
}

const TEXTS: [&str; 4] = ["x", "y", "named", "10"];
const NUMBERS: [&str; 4] = ["-1", "0", "9", "10"];
const TRUTHS: [&str; 2] = ["true", "false"];

fn literals(variable: &str) -> &'static [&'static str] {
    match variable {
        "S" | "T" | "SECRET" => &TEXTS,
        "E" | "F" => &["one", "two"],
        "environment" => &["dev", "prod"],
        "B" | "C" | "D" => &TRUTHS,
        _ => &NUMBERS,
    }
}

fn is_number(variable: &str) -> bool {
    matches!(variable, "N" | "M" | "R")
}

fn compared() -> impl Strategy<Value = Expression> {
    let variables =
        prop::sample::select(vec!["S", "T", "SECRET", "E", "F", "environment", "B", "C", "D", "N", "M", "R"]);
    variables.prop_flat_map(|variable| {
        let all = vec!["==", "!=", "<", "<=", ">", ">="];
        let operators = if is_number(variable) { all } else { vec!["==", "!="] };
        let literal = prop::sample::select(literals(variable));
        (prop::sample::select(operators), literal, any::<bool>()).prop_map(
            move |(operator, literal, first)| Expression::Compare(variable, operator, literal, first),
        )
    })
}

fn contained() -> impl Strategy<Value = Expression> {
    prop::sample::select(vec!["S", "SECRET", "E", "F", "environment", "B", "N", "R"]).prop_flat_map(
        |variable| {
            let items = prop::collection::vec(prop::sample::select(literals(variable)), 1..3);
            items.prop_map(move |items| Expression::In(variable, items))
        },
    )
}

fn expression() -> impl Strategy<Value = Expression> {
    let pairs = vec![
        ("S", "T"),
        ("S", "SECRET"),
        ("N", "R"),
        ("N", "M"),
        ("B", "C"),
        ("E", "F"),
        ("environment", "S"),
    ];
    let leaf = prop_oneof![
        any::<bool>().prop_map(Expression::Constant),
        prop::sample::select(vec!["B", "C", "D"]).prop_map(Expression::Truth),
        Just(Expression::Named),
        prop::sample::select(vec!["S", "SECRET", "B", "D", "N", "V"]).prop_map(Expression::Has),
        compared(),
        compared(),
        contained(),
        (prop::sample::select(pairs), prop::sample::select(vec!["==", "!="]))
            .prop_map(|((left, right), operator)| Expression::Both(left, operator, right)),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|of| Expression::Not(Box::new(of))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Expression::All),
            prop::collection::vec(inner, 2..4).prop_map(Expression::Any),
        ]
    })
}

fn quoted(variable: &str, literal: &str) -> String {
    match variable {
        "B" | "C" | "D" | "N" | "M" | "R" => literal.to_owned(),
        _ => format!("\"{literal}\""),
    }
}

/// With no more parentheses than precedence asks for: 0 for `||`, 1 for `&&`, 2 for `!`.
fn print(expression: &Expression, level: u8) -> String {
    let joined = |parts: &[Expression], word: &str, own: u8| {
        let text = parts.iter().map(|part| print(part, own + 1)).collect::<Vec<_>>().join(word);
        if level > own { format!("({text})") } else { text }
    };
    match expression {
        Expression::Constant(truth) => truth.to_string(),
        Expression::Truth(name) => (*name).to_owned(),
        Expression::Named => "named".to_owned(),
        Expression::Has(name) => format!("has({name})"),
        Expression::Compare(name, operator, literal, false) => {
            format!("{name} {operator} {}", quoted(name, literal))
        }
        Expression::Compare(name, operator, literal, true) => {
            format!("{}{operator}{name}", quoted(name, literal))
        }
        Expression::Both(left, operator, right) => format!("{left} {operator} {right}"),
        Expression::In(name, items) => {
            let items: Vec<_> = items.iter().map(|item| quoted(name, item)).collect();
            format!("{name} in [{}]", items.join(", "))
        }
        Expression::Not(of) => match **of {
            // `!` binds to what follows it: a comparison needs parentheses.
            Expression::Compare(..) | Expression::Both(..) | Expression::In(..) => {
                format!("!({})", print(of, 0))
            }
            _ => format!("!{}", print(of, 2)),
        },
        Expression::All(parts) => joined(parts, " && ", 1),
        Expression::Any(parts) => joined(parts, " || ", 0),
    }
}

struct World<'a> {
    values: &'a BTreeMap<String, String>,
    environment: Option<&'a str>,
}

impl World<'_> {
    fn text(&self, name: &str) -> Option<&str> {
        match name {
            "environment" => self.environment,
            "D" => Some(self.values.get(name).map_or("true", String::as_str)),
            _ => self.values.get(name).map(String::as_str),
        }
    }

    fn judge(&self, expression: &Expression) -> bool {
        match expression {
            Expression::Constant(truth) => *truth,
            Expression::Truth(name) => matches!(self.text(name), Some("true" | "1")),
            Expression::Named => self.text("S") == Some("named"),
            Expression::Has(name) => self.text(name).is_some(),
            Expression::Compare(name, operator, literal, false) => {
                self.compare(name, self.text(name), operator, Some(literal))
            }
            Expression::Compare(name, operator, literal, true) => {
                self.compare(name, Some(literal), operator, self.text(name))
            }
            Expression::Both(left, operator, right) => {
                let sort = if *left == "environment" {
                    "S"
                } else if *left == "E" {
                    "F"
                } else {
                    left
                };
                self.compare(sort, self.text(left), operator, self.text(right))
            }
            Expression::In(name, items) => {
                items.iter().any(|item| self.compare(name, self.text(name), "==", Some(item)))
            }
            Expression::Not(of) => !self.judge(of),
            Expression::All(parts) => parts.iter().all(|part| self.judge(part)),
            Expression::Any(parts) => parts.iter().any(|part| self.judge(part)),
        }
    }

    fn compare(&self, sort: &str, left: Option<&str>, operator: &str, right: Option<&str>) -> bool {
        let (Some(left), Some(right)) = (left, right) else { return operator == "!=" };
        let ordering = match sort {
            "B" | "C" | "D" => {
                let truth = |text: &str| match text {
                    "1" | "true" => Some(true),
                    "0" | "false" => Some(false),
                    _ => None,
                };
                truth(left).zip(truth(right)).map(|(left, right)| left.cmp(&right))
            }
            "N" | "M" | "R" => {
                let number = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
                number(left).zip(number(right)).and_then(|(left, right)| left.partial_cmp(&right))
            }
            "F" => Some(left.to_ascii_lowercase().cmp(&right.to_ascii_lowercase())),
            _ => Some(left.cmp(right)),
        };
        match (operator, ordering) {
            (_, None) => operator == "!=",
            ("==", Some(ordering)) => ordering.is_eq(),
            ("!=", Some(ordering)) => ordering.is_ne(),
            ("<", Some(ordering)) => ordering.is_lt(),
            ("<=", Some(ordering)) => ordering.is_le(),
            (">", Some(ordering)) => ordering.is_gt(),
            (_, Some(ordering)) => ordering.is_ge(),
        }
    }
}

fn world() -> impl Strategy<Value = (BTreeMap<String, String>, Option<&'static str>)> {
    let one = |name: &'static str, texts: &[&'static str]| {
        prop::option::of(prop::sample::select(texts.to_vec()))
            .prop_map(move |text| text.map(|text| (name.to_owned(), text.to_owned())))
    };
    let texts = ["x", "y", "named", "10", "ONE", "dev"];
    let truths = ["true", "false", "1", "0", "yes"];
    let numbers = ["-1", "0", "9", "10", "007", "many"];
    let values = (
        (one("S", &texts), one("T", &texts), one("SECRET", &texts), one("V", &texts)),
        (one("B", &truths), one("C", &truths), one("D", &truths)),
        (one("N", &numbers), one("M", &numbers), one("R", &["0.5", "10", "1e1", "inf", "-0"])),
        (one("E", &["one", "two", "ONE"]), one("F", &["one", "TWO", "three"])),
    )
        .prop_map(|((a, b, c, d), (e, f, g), (h, i, j), (k, l))| {
            [a, b, c, d, e, f, g, h, i, j, k, l].into_iter().flatten().collect()
        });
    (values, prop::option::of(prop::sample::select(vec!["dev", "prod"])))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn two_evaluators_agree(expression in expression(), (values, environment) in world()) {
        let text = print(&expression, 0);
        let contract = contract(&text, environment);
        let expected = World { values: &values, environment }.judge(&expression);
        let reason = contract.why_condition(&values, 1);
        prop_assert_eq!(reason.holds(), expected, "{}", text);
        prop_assert!(!reason.to_string().is_empty());
    }

    #[test]
    fn a_secret_is_never_in_a_reason(expression in expression(), (mut values, environment) in world(), salt in "[a-z]{12}") {
        let canary = format!("canary{salt}");
        values.insert("SECRET".to_owned(), canary.clone());
        let reason = contract(&print(&expression, 0), environment).why_condition(&values, 1);
        let json = serde_json::to_string(&reason).expect("JSON");
        let told = [reason.to_string(), format!("{reason:?}"), json].concat();
        prop_assert!(!told.contains(&canary), "{}", told);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,40}") {
        let built = Schema::builder("any").condition("it", &text).build();
        if let Err(errors) = built {
            prop_assert!(errors.to_string().contains("`it`"), "{}", errors);
        }
    }

    #[test]
    fn any_tokens_are_read_or_refused(tokens in prop::collection::vec(prop::sample::select(vec![
        "S", "B", "has", "(", ")", "[", "]", ",", "&&", "||", "!", "==", "<", "in", "\"x\"", "'", "\"", "\\", "1", "-", "true",
        "environment", "named", "é", "\n",
    ]), 0..16)) {
        let text = tokens.join(" ");
        let flag = VariableBuilder::new("B").kind("boolean");
        let text_variable = VariableBuilder::new("S");
        let built = Schema::builder("any").condition("it", &text).variable(flag).variable(text_variable).build();
        if let Err(errors) = built {
            prop_assert!(!errors.to_string().is_empty());
        }
    }
}
