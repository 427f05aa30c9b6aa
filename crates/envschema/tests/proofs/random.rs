//! Contracts drawn at random, and every answer compared with what trying all assignments gives.

use std::collections::{BTreeMap, BTreeSet};

use envschema::proof::{Possible, Subject, View, examine};
use envschema::{Contract, Schema};
use proptest::prelude::*;

/// A variable: its name, its table, what conditions may ask of it, and every value that can make a difference.
struct Kind {
    name: &'static str,
    table: &'static str,
    asks: &'static [&'static str],
    values: &'static [&'static str],
}

const KINDS: &[Kind] = &[
    Kind {
        name: "B",
        table: "type = \"boolean\"",
        asks: &["B", "!B", "B == true", "B != false", "has(B)"],
        values: &["true", "1", "false", "0"],
    },
    Kind {
        name: "C",
        table: "type = \"boolean\"\ndefault = true",
        asks: &["C", "!C", "C == B", "C != B", "has(C)"],
        values: &["true", "1", "false", "0"],
    },
    Kind {
        name: "E",
        table: "type = \"enum\"\nvalues = [\"a\", \"b\", \"c\", \"d\"]",
        asks: &["E == \"a\"", "E != \"a\"", "E == \"b\"", "E in [\"a\", \"c\"]", "has(E)"],
        values: &["a", "b", "c", "d"],
    },
    Kind {
        name: "F",
        table: "type = \"enum\"\nvalues = [\"a\", \"b\", \"x\"]\nignore_case = true\ndefault = \"B\"",
        asks: &["F == \"A\"", "F != \"b\"", "F == E", "F == S", "F != S"],
        values: &["a", "A", "b", "B", "x"],
    },
    Kind {
        name: "S",
        table: "",
        asks: &[
            "S == \"a\"",
            "S != \"a\"",
            "S == \"A\"",
            "S == T",
            "S != T",
            "has(S)",
            "S == \"\"",
            "S == \"k\"",
        ],
        values: &["a", "A", "b", "B", "x", "X", "k", "dev", "prod", "o1", "o2", "o3"],
    },
    Kind {
        name: "T",
        table: "default = \"k\"\nallow_empty = true",
        asks: &["T == \"\"", "T == \"k\"", "T != \"a\"", "has(T)", "T == E", "T == environment"],
        values: &[
            "", "k", "a", "b", "c", "d", "A", "B", "x", "X", "dev", "prod", "other-1", "o1", "o2", "o3",
        ],
    },
    Kind {
        name: "K",
        table: "visibility = \"secret\"\nexample = \"a\"",
        asks: &["K == \"changeme\"", "K == \"a\"", "K == \"b\"", "has(K)", "K != S"],
        values: &["changeme", "a", "A", "b", "k", "B", "x", "X", "o1", "o2", "o3"],
    },
    Kind {
        name: "N",
        table: "type = \"integer\"\nmin = 1\nmax = 4",
        asks: &["N == 2", "N < 2", "N >= 4", "N > 4", "N <= M", "N != M", "N == R", "N < R", "N in [2, 3]"],
        values: &["1", "2", "3", "4", "01", "02", "03", "04"],
    },
    Kind {
        name: "M",
        table: "type = \"integer\"\nmin = 2",
        asks: &["M > 3", "M <= 3", "M == N", "M > N", "has(M)", "M >= 2"],
        values: &["2", "3", "4", "5", "6", "7"],
    },
    Kind {
        name: "R",
        table: "type = \"number\"\nmin = 0.5\nmax = 3",
        asks: &["R > 0", "R == 1", "R < 2", "R > 2", "R >= N", "R < 1", "R > 3"],
        values: &[
            "0.5", "0.75", "0.9", "1", "1.25", "1.5", "2", "2.25", "2.5", "2.75", "3", "1.0", "2.0", "3.0",
        ],
    },
];

/// More assignments are not tried for one contract.
const MOST_TRIES: usize = 1_500;

const ENVIRONMENTS: [&str; 3] =
    ["environment == \"dev\"", "environment != \"prod\"", "environment in [\"prod\"]"];

#[derive(Clone, Debug)]
enum Tree {
    Ask(usize, usize),
    Named(usize),
    Not(Box<Tree>),
    All(Vec<Tree>),
    Any(Vec<Tree>),
}

fn tree() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![
        6 => (0..100_usize, 0..100_usize).prop_map(|(kind, ask)| Tree::Ask(kind, ask)),
        1 => (0..3_usize).prop_map(Tree::Named),
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|of| Tree::Not(Box::new(of))),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Tree::All),
            prop::collection::vec(inner, 2..4).prop_map(Tree::Any),
        ]
    })
}

/// A contract with three or four of the variables.
struct Drawn<'a> {
    kinds: Vec<&'a Kind>,
}

impl Drawn<'_> {
    /// `named` is how many named conditions may be used.
    fn print(&self, tree: &Tree, named: usize) -> String {
        let joined = |of: &[Tree], word: &str| {
            let parts: Vec<_> = of.iter().map(|one| format!("({})", self.print(one, named))).collect();
            parts.join(word)
        };
        match tree {
            Tree::Ask(kind, ask) => {
                let known = |ask: &&&str| {
                    let other = |kind: &&Kind| ask.split_whitespace().any(|word| word == kind.name);
                    let named: Vec<_> = KINDS.iter().filter(other).map(|kind| kind.name).collect();
                    named.iter().all(|name| self.kinds.iter().any(|kind| kind.name == *name))
                };
                match self.kinds.get(kind % (self.kinds.len() + 1)) {
                    Some(kind) => {
                        let asks: Vec<_> = kind.asks.iter().filter(known).collect();
                        (*asks[ask % asks.len()]).to_owned()
                    }
                    None => ENVIRONMENTS[ask % 3].to_owned(),
                }
            }
            Tree::Named(id) if *id < named => format!("c{id}"),
            Tree::Named(_) => self.kinds[0].asks[0].to_owned(),
            Tree::Not(of) => format!("!({})", self.print(of, named)),
            Tree::All(of) => joined(of, " && "),
            Tree::Any(of) => joined(of, " || "),
        }
    }
}

#[derive(Clone, Debug)]
struct Plan {
    kinds: Vec<usize>,
    environments: bool,
    profile: bool,
    named: Vec<Tree>,
    required: Vec<(u8, Tree)>,
    on_prod: Option<Tree>,
    rules: Vec<(u8, Option<Tree>, Tree, usize)>,
}

fn plan() -> impl Strategy<Value = Plan> {
    // As many of four as can all be tried.
    let kinds =
        prop::sample::subsequence((0..KINDS.len()).collect::<Vec<_>>(), 2..=4).prop_map(|mut kinds| {
            let tries =
                |kinds: &[usize]| kinds.iter().map(|kind| KINDS[*kind].values.len() + 1).product::<usize>();
            while kinds.len() > 2 && tries(&kinds) > MOST_TRIES {
                kinds.pop();
            }
            kinds
        });
    (
        kinds,
        any::<bool>(),
        prop::bool::weighted(0.3),
        prop::collection::vec(tree(), 3),
        prop::collection::vec((0..4_u8, tree()), 4),
        prop::option::weighted(0.3, tree()),
        prop::collection::vec((0..8_u8, prop::option::weighted(0.4, tree()), tree(), 0..24_usize), 0..5),
    )
        .prop_map(|(kinds, environments, profile, named, required, on_prod, rules)| Plan {
            kinds,
            environments,
            profile,
            named,
            required,
            on_prod,
            rules,
        })
}

/// The contract's text. Every condition of a rule also stands among the named ones, where its outcome can be seen.
fn text(plan: &Plan) -> String {
    use std::fmt::Write;

    let drawn = Drawn { kinds: plan.kinds.iter().map(|kind| &KINDS[*kind]).collect() };
    let mut text = "[schema]\nname = \"drawn\"\n".to_owned();
    if plan.environments {
        text.push_str("[environments.dev]\n[environments.prod]\n");
    }
    text.push_str("[conditions]\n");
    for (id, tree) in plan.named.iter().enumerate() {
        let _ = writeln!(text, "c{id} = '''{}'''", drawn.print(tree, id));
    }
    let mut rules = String::new();
    for (number, (kind, when, tree, turn)) in plan.rules.iter().enumerate() {
        let mut names: Vec<_> = drawn.kinds.iter().map(|kind| kind.name).collect();
        let turns = turn % names.len();
        names.rotate_left(turns);
        names.truncate(2 + turn % 2);
        let list = format!("[\"{}\"]", names.join("\", \""));
        let _ = writeln!(rules, "[[rules]]");
        let _ = match kind {
            0 => writeln!(rules, "one_of = {list}"),
            1 => writeln!(rules, "at_least_one = {list}"),
            2 => writeln!(rules, "all_or_none = {list}"),
            3 => writeln!(rules, "excludes = {list}"),
            // An enum without case has as many spellings of a value as it has letters; that is not followed.
            4 if !names.contains(&"F") => writeln!(rules, "distinct = {list}"),
            4 => writeln!(rules, "excludes = {list}"),
            5 => writeln!(rules, "requires = {{ if = \"{}\", then = [\"{}\"] }}", names[0], names[1]),
            _ => {
                let condition = drawn.print(tree, 3);
                let _ = writeln!(text, "assert{} = '''{condition}'''", number + 1);
                writeln!(rules, "assert = '''{condition}'''")
            }
        };
        if let Some(when) = when {
            let condition = drawn.print(when, 3);
            let _ = writeln!(text, "when{} = '''{condition}'''", number + 1);
            let _ = writeln!(rules, "when = '''{condition}'''");
        }
    }
    for (at, (kind, (presence, tree))) in drawn.kinds.iter().zip(&plan.required).enumerate() {
        let _ = writeln!(text, "[vars.{}]\n{}", kind.name, kind.table);
        if !kind.table.contains("visibility") {
            text.push_str("visibility = \"plain\"\n");
        }
        let own = |condition: &str| {
            let name = |word: &str| word == kind.name;
            condition.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').any(name)
        };
        let _ = match (presence, drawn.print(tree, 3)) {
            (0, _) => Ok(()),
            (2.., condition) if !own(&condition) => writeln!(text, "required = '''{condition}'''"),
            _ => writeln!(text, "required = false"),
        };
        if let (0, Some(tree), true) = (at, &plan.on_prod, plan.environments) {
            let condition = drawn.print(tree, 3);
            let required = if own(&condition) { "true".to_owned() } else { format!("'''{condition}'''") };
            let _ = writeln!(text, "[vars.{}.on.prod]\nrequired = {required}", kind.name);
        }
    }
    text.push_str(&rules);
    if plan.profile {
        let _ = writeln!(
            text,
            "[profiles.least]\nothers = \"optional\"\n[profiles.least.vars.{}]\nrequired = true",
            drawn.kinds[0].name
        );
    }
    text
}

/// Everything that can be asked of one assignment.
fn each(contract: &Contract, mut look: impl FnMut(&BTreeMap<&str, &str>, bool)) {
    let values: Vec<Vec<Option<&str>>> = contract
        .variables()
        .iter()
        .map(|variable| {
            let kind = KINDS.iter().find(|kind| kind.name == &*variable.name).expect("a kind");
            let accepted = kind.values.iter().filter(|text| variable.accepts(text)).map(|text| Some(*text));
            [None].into_iter().chain(accepted).collect()
        })
        .collect();
    let mut at = vec![0; values.len()];
    loop {
        let given: BTreeMap<&str, &str> = contract
            .variables()
            .iter()
            .zip(values.iter().zip(&at))
            .filter_map(|(variable, (values, at))| Some((&*variable.name, values[*at]?)))
            .collect();
        look(&given, contract.validate(&given).is_valid());
        let Some(next) = (0..at.len()).find(|id| at[*id] + 1 < values[*id].len()) else { return };
        at[next] += 1;
        at[..next].fill(0);
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Seen {
    holds: bool,
    fails: bool,
    valid: bool,
    /// Some view that has it can be valid.
    asked: bool,
}

/// What was seen of each subject and condition.
type AllSeen = BTreeMap<(String, String), Seen>;

fn brute(schema: &Schema, environments: bool) -> (AllSeen, Vec<(View, bool)>) {
    let named: &[Option<&str>] = if environments {
        &[Some("dev"), Some("prod")]
    } else {
        &[None, Some("dev"), Some("prod"), Some("other-1")]
    };
    let mut seen: AllSeen = BTreeMap::new();
    let mut views = Vec::new();
    let profiles: Vec<Option<&str>> =
        [None].into_iter().chain(schema.profiles().map(|(name, _)| Some(name))).collect();
    for profile in profiles {
        let matters = schema.contract(None, profile).expect("a profile").environment_matters();
        for environment in if matters { named } else { &[None] } {
            let contract = schema.contract(*environment, profile).expect("a view");
            let mut view: AllSeen = BTreeMap::new();
            let mut any_valid = false;
            each(&contract, |given, valid| {
                any_valid |= valid;
                let mut note = |subject: &Subject, text: &str, holds: bool| {
                    let one = view.entry((format!("{subject:?}"), text.to_owned())).or_default();
                    one.holds |= holds;
                    one.fails |= !holds;
                    one.valid |= holds && valid;
                };
                for (id, named) in contract.conditions().iter().enumerate() {
                    let holds = contract.why_condition(given, id).holds();
                    let subject = Subject::Condition(named.name.clone());
                    note(&subject, &named.condition.text, holds);
                    let number = |kind: &str| named.name.strip_prefix(kind)?.parse().ok();
                    if let Some(number) = number("when") {
                        note(&Subject::When(number), &named.condition.text, holds);
                    }
                    if let Some(number) = number("assert") {
                        note(&Subject::Assert(number), &named.condition.text, holds);
                    }
                }
                let required = contract.required(given);
                for (id, variable) in contract.variables().iter().enumerate() {
                    if let envschema::Presence::When(condition) = &variable.presence {
                        note(&Subject::Required(variable.name.clone()), &condition.text, required[id]);
                    }
                    let text = given.get(&*variable.name).copied();
                    let text = text.filter(|text| variable.standing(text) == envschema::Standing::Value);
                    let text = text.or(variable.default.as_deref());
                    let set = text
                        .is_some_and(|text| !text.is_empty() || variable.empty == envschema::Empty::Value);
                    if variable.presence != envschema::Presence::Required {
                        note(&Subject::Set(variable.name.clone()), "", set);
                    }
                    let values: &[&[&str]] = match &*variable.name {
                        "B" | "C" => &[&["true", "1"], &["false", "0"]],
                        "E" => &[&["a"], &["b"], &["c"], &["d"]],
                        "F" => &[&["a", "A"], &["b", "B"], &["x"]],
                        _ => &[],
                    };
                    for value in values {
                        let subject = Subject::Value(variable.name.clone(), value[0].to_owned());
                        note(&subject, "", text.is_some_and(|text| value.contains(&text)));
                    }
                }
            });
            let view_of =
                View { environment: environment.map(str::to_owned), profile: profile.map(str::to_owned) };
            views.push((view_of, any_valid));
            for (key, one) in view {
                let all = seen.entry(key).or_default();
                all.holds |= one.holds;
                all.fails |= one.fails;
                all.valid |= one.valid;
                all.asked |= any_valid;
            }
        }
    }
    (seen, views)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases()) })]

    #[test]
    fn answers_are_those_of_trying_everything(plan in plan()) {
        let text = text(&plan);
        let schema = Schema::parse("drawn.toml", &text);
        let schema = schema.unwrap_or_else(|errors| panic!("{text}\n{errors}"));
        let proofs = examine(&schema);
        prop_assert_eq!(proofs.undecided(), 0);
        let (seen, views) = brute(&schema, plan.environments);
        for (view, possible) in proofs.views() {
            let (_, valid) = views.iter().find(|(known, _)| known == view).expect("a view");
            prop_assert_eq!(*possible == Possible::Yes, *valid, "{}\n{}", view, text);
        }
        let mut asked = BTreeSet::new();
        for verdict in proofs.verdicts() {
            let key = (format!("{:?}", verdict.subject), verdict.condition.clone());
            let one = seen.get(&key).unwrap_or_else(|| panic!("{key:?}\n{text}"));
            let is_value = matches!(verdict.subject, Subject::Value(..) | Subject::Set(_));
            let valid = one.asked.then_some(one.valid);
            let found = (
                verdict.holds == Possible::Yes,
                verdict.fails == Possible::Yes,
                verdict.valid.map(|valid| valid == Possible::Yes),
            );
            prop_assert_eq!(found, (one.holds, one.fails || is_value, valid), "{:?}\n{}", key, text);
            asked.insert(key);
        }
        for key in seen.keys().filter(|(subject, _)| !subject.starts_with("Value") && !subject.starts_with("Set")) {
            prop_assert!(asked.contains(key), "{:?} was not asked\n{}", key, text);
        }
        // Whatever is told can be read.
        prop_assert!(!proofs.render(false).contains("\u{1}"), "{}", proofs);
    }
}

/// `PROOF_CASES` asks for more than the usual number.
#[expect(clippy::disallowed_methods, reason = "a switch of the tests, not of the program")]
fn cases() -> u32 {
    std::env::var("PROOF_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(60)
}
