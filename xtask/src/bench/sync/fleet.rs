//! [`Fleet`]: a project whose targets are so many bundles, and what each bundle is to hold.

use std::collections::BTreeMap;

/// Keys of a bundle.
pub const KEYS: usize = 50;

/// One bundle of so many has the key that changes.
pub const ONE_OF: usize = 10;

/// A project with so many targets, each a secret of [`KEYS`] keys: one fewer are the same in all, and the last is `SELDOM` in
/// one bundle of [`ONE_OF`] and `OFTEN` in the others. So one line of the env file is one key of every tenth bundle.
#[derive(Clone, Copy, Debug)]
pub struct Fleet {
    /// How many bundles.
    pub bundles: usize,
}

/// When it is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Before the change.
    Before,
    /// After `SELDOM` got another value.
    After,
}

impl Fleet {
    /// The contract: nothing in it is plain, since what is plain does not go into a secret.
    #[must_use]
    pub fn contract(self) -> String {
        let mut text = String::from("[schema]\nname = \"fleet\"\n");
        for group in ["all", "seldom", "often"] {
            text.push_str(&format!("\n[[groups]]\nid = \"{group}\"\ntitle = \"{group}\"\n"));
        }
        for (name, group) in variables() {
            text.push_str(&format!("\n[vars.{name}]\nabout = \"Of the sample\"\ngroup = \"{group}\"\n"));
        }
        text
    }

    /// The values.
    #[must_use]
    pub fn env_file(self, moment: Moment) -> String {
        variables().map(|(name, _)| format!("{name}={}\n", value(&name, moment))).collect()
    }

    /// `envctl.toml`. What envctl keeps of runs stays in the project's folder.
    #[must_use]
    pub fn settings(self) -> String {
        let mut text = String::from("state = \"state\"\n");
        for number in 0..self.bundles {
            text.push_str(&format!(
                "\n[targets.service-{number:04}]\nto = \"secretsmanager\"\nsecret = \"{}\"\n\
                 groups = [\"all\", \"{}\"]\n",
                name(number),
                last_group(number)
            ));
        }
        text
    }

    /// How many bundles have the key that changes.
    #[must_use]
    pub fn changed(self) -> usize {
        (0..self.bundles).filter(|number| last_group(*number) == "seldom").count()
    }

    /// Each bundle's name with what it is to hold.
    pub fn contents(self, moment: Moment) -> impl Iterator<Item = (String, BTreeMap<String, String>)> {
        (0..self.bundles).map(move |number| {
            let own = variables().filter(|(_, group)| *group == "all" || *group == last_group(number));
            (name(number), own.map(|(name, _)| (name.clone(), value(&name, moment))).collect())
        })
    }
}

fn name(number: usize) -> String {
    format!("fleet/service-{number:04}")
}

fn last_group(number: usize) -> &'static str {
    if number.is_multiple_of(ONE_OF) { "seldom" } else { "often" }
}

/// Every variable with its group.
fn variables() -> impl Iterator<Item = (String, &'static str)> {
    let shared = (1..KEYS).map(|number| (format!("SETTING_{number:02}"), "all"));
    shared.chain([("SELDOM".to_owned(), "seldom"), ("OFTEN".to_owned(), "often")])
}

/// As long as keys of services are.
fn value(name: &str, moment: Moment) -> String {
    let version = if name == "SELDOM" && moment == Moment::After { "v2" } else { "v1" };
    format!("sk_live_51HGq2eKZvKYlo2CxW3v8JtR_{name}_{version}")
}
