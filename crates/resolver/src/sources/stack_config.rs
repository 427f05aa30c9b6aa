//! [`StackConfig`]: the configuration of a Pulumi stack.

use std::borrow::Cow;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use envschema::{Place, SecretValue};

use super::tree::{Found, Tree};
use super::{FileRef, SourceError, read, stack_tool, yaml};
use crate::Candidate;
use crate::runner::Runner;

/// The configuration of a Pulumi stack, from `pulumi config` or from the stack's own file.
///
/// Keys have a namespace, which is the project's name unless a provider's (`aws:region`). A key may be a
/// dotted path into an object.
///
/// ```
/// use envctl_resolver::sources::{ConfigValue, StackConfig};
///
/// let text = "config:\n  shop:size: 2\n  shop:password: { secure: v1:abc }\n";
/// let config = StackConfig::from_yaml(text, "Pulumi.prod.yaml")?;
/// assert!(matches!(config.get("size", Some("shop")), ConfigValue::Known(_)));
/// assert!(matches!(config.get("password", Some("shop")), ConfigValue::Encrypted(_)));
/// assert!(matches!(config.get("aws:region", Some("shop")), ConfigValue::Absent));
/// # Ok::<(), envctl_resolver::sources::SourceError>(())
/// ```
#[derive(Clone, Debug)]
pub struct StackConfig {
    source: Arc<str>,
    entries: Tree,
    /// Keys that are encrypted although their values are known, as they are when Pulumi was asked.
    secret: HashSet<String>,
}

/// What a configuration says of a key.
#[derive(Clone, Debug)]
pub enum ConfigValue {
    /// The value with its place.
    Known(Candidate),
    /// It is set, and only the tool can decrypt it.
    Encrypted(Place),
    /// It is a literal `${NAME}`: somebody expected an expansion that Pulumi does not do.
    Unexpanded(Place),
    /// It is not set, or null, or empty.
    Absent,
}

impl StackConfig {
    /// Asks Pulumi: `pulumi config --json --show-secrets --stack STACK` in the project's folder.
    ///
    /// # Errors
    ///
    /// `StackName`, `Run`, `NotUtf8`, `InvalidJson`, `Incomplete`, `Shape`; each names the command.
    pub fn from_pulumi(runner: &dyn Runner, folder: &Path, stack: &str) -> Result<Self, SourceError> {
        let command = stack_tool::pulumi(&["config"], folder, stack)?;
        let tree = stack_tool::run_json(runner, &command)?;
        Ok(Self::from_entries(tree, format!("pulumi config of {stack}").into()))
    }

    /// Reads what `pulumi config --json` printed; `source` names it for people.
    ///
    /// # Errors
    ///
    /// `InvalidJson`, `Incomplete` and `Shape`, without any of the text.
    pub fn from_json(text: &str, source: impl Into<Arc<str>>) -> Result<Self, SourceError> {
        let source = source.into();
        let tree = stack_tool::json(text, &source)?;
        Ok(Self::from_entries(tree, source))
    }

    /// Reads a stack's file, `Pulumi.STACK.yaml`.
    ///
    /// # Errors
    ///
    /// `NotFound`, `IsDirectory`, `Unreadable`, `TooLarge`, `NotUtf8`, `InvalidYaml`, `Shape`.
    pub fn from_file<'f>(file: impl Into<FileRef<'f>>) -> Result<Self, SourceError> {
        let file = file.into();
        Self::from_yaml(&read::text(&file)?, file.name())
    }

    /// Reads the text of a stack's file; `source` names it for people.
    ///
    /// # Errors
    ///
    /// `InvalidYaml` and `Shape`, without any of the text.
    pub fn from_yaml(text: &str, source: impl Into<Arc<str>>) -> Result<Self, SourceError> {
        let source = source.into();
        let shape = |expected| SourceError::Shape { origin: source.to_string(), expected };
        let entries = match yaml::parse(text, &source)? {
            Tree::Null => Tree::Null,
            Tree::Object(parts) => {
                parts.into_iter().find(|(name, _)| name == "config").map_or(Tree::Null, |(_, config)| config)
            }
            _ => return Err(shape("a mapping with a key `config`")),
        };
        match entries {
            entries @ (Tree::Null | Tree::Object(_)) => {
                Ok(Self { source, entries: entries.map(&hide_encrypted), secret: HashSet::new() })
            }
            _ => Err(shape("a mapping under `config`")),
        }
    }

    /// Where a stack's file is: `Pulumi.prod.yaml` for `prod` and for `organisation/project/prod`.
    #[must_use]
    pub fn path(folder: &Path, stack: &str) -> PathBuf {
        let name = stack.rsplit('/').next().unwrap_or(stack);
        folder.join(format!("Pulumi.{name}.yaml"))
    }

    /// The name of the project in a folder, from its `Pulumi.yaml`; it is the namespace of the project's own
    /// keys.
    ///
    /// # Errors
    ///
    /// `NotFound`, `IsDirectory`, `Unreadable`, `TooLarge`, `NotUtf8`, `InvalidYaml`, `Shape`.
    pub fn project_name(folder: &Path) -> Result<String, SourceError> {
        let path = folder.join("Pulumi.yaml");
        let origin = path.display().to_string();
        let tree = yaml::parse(&read::text(&FileRef::from(&path))?, &origin)?;
        match tree.key("name").map(Tree::text) {
            #[expect(clippy::disallowed_methods, reason = "the project's name is not secret")]
            Some(Found::Text(name)) => Ok(name.expose().to_owned()),
            _ => Err(SourceError::Shape { origin, expected: "the project's `name`" }),
        }
    }

    /// What was read, for people: `Pulumi.prod.yaml`, `pulumi config of prod`, ...
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    pub(crate) fn shared_source(&self) -> Arc<str> {
        Arc::clone(&self.source)
    }

    /// The value of a key. A key with a namespace of its own (`aws:region`) is looked up as it is; any other
    /// one in `namespace`, and then without one.
    #[must_use]
    pub fn get(&self, key: &str, namespace: Option<&str>) -> ConfigValue {
        let Some((name, tree)) = self.find(key, namespace) else { return ConfigValue::Absent };
        let place = Place::Config { source: Arc::clone(&self.source), name: (*name).into() };
        match tree.text() {
            Found::Text(value) if is_reference(&value) => ConfigValue::Unexpanded(place),
            Found::Text(value) => ConfigValue::Known(Candidate { value, place }),
            Found::Hidden => ConfigValue::Encrypted(place),
            Found::Nothing => ConfigValue::Absent,
        }
    }

    /// Whether a key is there and encrypted, its value known or not. The key is looked up as by [`StackConfig::get`].
    #[must_use]
    pub fn is_encrypted(&self, key: &str, namespace: Option<&str>) -> bool {
        let Some((name, tree)) = self.find(key, namespace) else { return false };
        let within = |secret: &String| {
            name.strip_prefix(secret.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        matches!(tree.text(), Found::Hidden) || self.secret.iter().any(within)
    }

    /// Every key with its namespace, in the order of the file.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let entries: &[_] = match &self.entries {
            Tree::Object(entries) => entries,
            _ => &[],
        };
        entries.iter().map(|(name, _)| name.as_str())
    }

    fn find<'k>(&self, key: &'k str, namespace: Option<&str>) -> Option<(Cow<'k, str>, &Tree)> {
        let own = match namespace {
            Some(namespace) if !key.contains(':') => Some(format!("{namespace}:{key}").into()),
            _ => None,
        };
        let mut names = own.into_iter().chain([Cow::Borrowed(key)]);
        names.find_map(|name| self.entries.dig(&name).map(|tree| (name, tree)))
    }

    /// Takes the values out of the entries that `pulumi config --json` prints.
    fn from_entries(tree: Tree, source: Arc<str>) -> Self {
        let mut secret = HashSet::new();
        let entries = match tree.with_masks_hidden() {
            Tree::Object(entries) => {
                let values = entries.into_iter().map(|(name, entry)| {
                    if matches!(entry.key("secret"), Some(Tree::Bool(true))) {
                        secret.insert(name.clone());
                    }
                    (name, entry_value(entry))
                });
                Tree::Object(values.collect())
            }
            other => other,
        };
        Self { source, entries, secret }
    }
}

/// Whether a value is `${NAME}` and nothing else.
fn is_reference(value: &SecretValue) -> bool {
    #[expect(clippy::disallowed_methods, reason = "only its form is looked at")]
    let name = value.expose().strip_prefix("${").and_then(|rest| rest.strip_suffix('}'));
    name.is_some_and(|name| {
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.:-".contains(&byte))
    })
}

/// `{"value", "objectValue", "secret"}`: the object where there is one, else the text. An entry without
/// either is a secret that was not shown.
fn entry_value(entry: Tree) -> Tree {
    let Tree::Object(parts) = entry else { return entry };
    let mut value = Tree::Hidden;
    for (name, part) in parts {
        match name.as_str() {
            "objectValue" => return part,
            "value" => value = part,
            _ => {}
        }
    }
    value
}

/// `{secure: ...}` is Pulumi's form of an encrypted value.
fn hide_encrypted(tree: Tree) -> Tree {
    match &tree {
        Tree::Object(parts) if parts.len() == 1 && parts[0].0 == "secure" => Tree::Hidden,
        _ => tree,
    }
}
