//! A contract with any number of variables, and values that fulfil it.

/// A contract and an env file that go together.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The contract, as TOML.
    pub contract: String,
    /// The values, one `NAME=value` a line, bare.
    pub env_file: String,
}

/// Variables in a group.
const GROUP: usize = 10;

/// A sample with the mix of types of a real project: every tenth variable switches its group on, the others
/// in the group are required by it.
#[must_use]
pub fn sample(variables: usize) -> Sample {
    let mut contract = String::from("[schema]\nname = \"sample\"\n");
    let mut env_file = String::new();
    for group in 0..variables.div_ceil(GROUP) {
        contract.push_str(&format!("\n[[groups]]\nid = \"part-{group}\"\ntitle = \"Part {group}\"\n"));
    }
    for number in 0..variables {
        let group = number / GROUP;
        let (name, kind, value) = variable(number);
        contract.push_str(&format!(
            "\n[vars.{name}]\nabout = \"Setting {number} of the sample\"\ngroup = \"part-{group}\"\n{kind}\n"
        ));
        if number % GROUP != 0 {
            contract.push_str(&format!("required = 'PART_{group}_ENABLED'\n"));
        }
        env_file.push_str(&format!("{name}={value}\n"));
    }
    Sample { contract, env_file }
}

/// The name, the keys of the contract that are its own, and a value.
fn variable(number: usize) -> (String, &'static str, String) {
    let group = number / GROUP;
    let named = |what: &str| format!("PART_{group}_{what}");
    match number % GROUP {
        0 => (named("ENABLED"), "type = \"boolean\"\nvisibility = \"plain\"", "true".to_owned()),
        1 => (
            named("DATABASE_URL"),
            "type = \"url\"\nschemes = [\"postgres\", \"postgresql\"]",
            format!("postgresql://app:pw{number}@db-{number}.internal:5432/app"),
        ),
        2 => (
            named("API_KEY"),
            "prefix = \"sk_\"\nmin_length = 20",
            format!("sk_live_51HGq2eKZvKYlo2C{number}"),
        ),
        3 => (
            named("PROVIDER"),
            "type = \"enum\"\nvalues = [\"modal\", \"e2b\"]\nvisibility = \"plain\"",
            "e2b".to_owned(),
        ),
        4 => (named("PORT"), "type = \"port\"\nvisibility = \"plain\"", (8000 + number % 1000).to_string()),
        5 => (
            named("TIMEOUT"),
            "type = \"duration\"\nmin = \"1s\"\nvisibility = \"plain\"",
            format!("{}s", number % 60 + 1),
        ),
        6 => (
            named("SESSION_SECRET"),
            "generate = \"base64:32\"",
            format!("Zk5xQm9yZGVyLW9mLXNlc3Npb25z{number}"),
        ),
        7 => (
            named("SENDER"),
            "type = \"email\"\nvisibility = \"plain\"",
            format!("mail-{number}@example.com"),
        ),
        8 => (
            named("LIMIT"),
            "type = \"integer\"\nmin = 1\ndefault = 10\nvisibility = \"plain\"",
            (number + 1).to_string(),
        ),
        _ => {
            (named("REGIONS"), "type = \"list\"\nvisibility = \"plain\"", "eu-central-1,us-west-2".to_owned())
        }
    }
}
