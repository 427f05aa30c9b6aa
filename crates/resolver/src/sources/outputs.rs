//! [`Outputs`]: what an infrastructure stack says of itself.

use std::path::Path;
use std::sync::Arc;

use envschema::{Place, SecretValue};

use super::stack_tool::{self, Tool};
use super::tree::{Found, Tree, joined};
use super::{FileRef, SourceError, read};
use crate::Candidate;
use crate::runner::Runner;

/// The outputs of a stack of `pulumi`, `terraform` or `tofu`, live or recorded.
///
/// Names may be dotted paths: `database.endpoint` looks into an object, `subnets.0` into a list. A name is
/// looked up at the top first and then under a top-level `outputs` object, where exports of whole stacks keep
/// them. Terraform's `{"value", "type", "sensitive"}` stands for its value.
///
/// ```
/// use envctl_resolver::sources::Outputs;
///
/// let outputs = Outputs::from_json(r#"{"subnets": ["a", "b"], "db": {"port": 5432}}"#, "outputs.json")?;
/// assert!(outputs.get("subnets").is_some());
/// assert_eq!(outputs.get("db.port").unwrap().place.to_string(), "output db.port of outputs.json");
/// assert!(outputs.get("redisUrl").is_none());
/// # Ok::<(), envctl_resolver::sources::SourceError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Outputs {
    source: Arc<str>,
    tree: Tree,
    masked: Vec<String>,
}

impl Outputs {
    /// Reads recorded outputs; `source` names them for people.
    ///
    /// # Errors
    ///
    /// `InvalidJson`, `Incomplete` and `Shape`, without any of the text.
    pub fn from_json(text: &str, source: impl Into<Arc<str>>) -> Result<Self, SourceError> {
        let source = source.into();
        let tree = stack_tool::json(text, &source)?;
        Ok(Self::new(source, tree))
    }

    /// Reads a file of recorded outputs.
    ///
    /// # Errors
    ///
    /// `NotFound`, `IsDirectory`, `Unreadable`, `TooLarge`, `NotUtf8`, `InvalidJson`, `Incomplete`, `Shape`.
    pub fn from_file<'f>(file: impl Into<FileRef<'f>>) -> Result<Self, SourceError> {
        let file = file.into();
        Self::from_json(&read::text(&file)?, file.name())
    }

    /// Asks Pulumi: `pulumi stack output --json --show-secrets --stack STACK` in the project's folder.
    ///
    /// # Errors
    ///
    /// `StackName`, `Run`, `NotUtf8`, `InvalidJson`, `Incomplete`, `Shape`; each names the command.
    pub fn from_pulumi(runner: &dyn Runner, folder: &Path, stack: &str) -> Result<Self, SourceError> {
        let command = stack_tool::pulumi(&["stack", "output"], folder, stack)?;
        let tree = stack_tool::run_json(runner, &command)?;
        Ok(Self::new(format!("pulumi stack {stack}").into(), tree))
    }

    /// Asks `terraform` or `tofu`: `terraform output -json -no-color` in the root module's folder, for the
    /// given workspace or the selected one.
    ///
    /// # Errors
    ///
    /// `StackName`, `Run`, `NotUtf8`, `InvalidJson`, `Incomplete`, `Shape`; each names the command.
    pub fn from_terraform(
        runner: &dyn Runner,
        tool: Tool,
        folder: &Path,
        workspace: Option<&str>,
    ) -> Result<Self, SourceError> {
        let command = stack_tool::terraform_output(tool, folder, workspace)?;
        let tree = stack_tool::run_json(runner, &command)?;
        let source = match workspace {
            Some(name) => format!("{} workspace {name}", tool.program()),
            None => format!("{} in {}", tool.program(), folder.display()),
        };
        Ok(Self::new(source.into(), tree))
    }

    fn new(source: Arc<str>, tree: Tree) -> Self {
        let tree = unwrap_entries(tree.with_masks_hidden());
        let mut masked = Vec::new();
        tree.each_hidden("", &mut |path| masked.push(path.to_owned()));
        Self { source, tree, masked }
    }

    /// What was read, for people: `outputs.json`, `pulumi stack prod`, ...
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    pub(crate) fn shared_source(&self) -> Arc<str> {
        Arc::clone(&self.source)
    }

    /// The value of an output with its place. None when it is missing, null, empty or masked. A list becomes
    /// one text with commas, an object compact JSON.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Candidate> {
        match self.find(name)?.text() {
            Found::Text(value) => Some(Candidate { value, place: self.place(name) }),
            Found::Nothing | Found::Hidden => None,
        }
    }

    /// An output for a variable that is a list: the items joined with the variable's separator. `Err` with the
    /// place if an item holds the separator itself, so that the list would read back as another one. A text is
    /// given as it is.
    pub(crate) fn get_list(&self, name: &str, separator: &str) -> Option<Result<Candidate, Place>> {
        let tree = self.find(name)?;
        let Some(items) = tree.items().filter(|_| tree.is_list()) else { return self.get(name).map(Ok) };
        #[expect(clippy::disallowed_methods, reason = "searched for the separator, not kept")]
        let split = items.iter().any(|item| item.expose().contains(separator));
        if split {
            return Some(Err(self.place(name)));
        }
        match joined(items.iter(), separator) {
            Found::Text(value) => Some(Ok(Candidate { value, place: self.place(name) })),
            Found::Nothing | Found::Hidden => None,
        }
    }

    /// The items of an output that is a list, or one text with commas between the items.
    #[must_use]
    pub fn list(&self, name: &str) -> Option<Vec<SecretValue>> {
        self.find(name)?.items().filter(|items| !items.is_empty())
    }

    /// The names at the top, in the order of the source.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let nested = self.tree.key("outputs").filter(|nested| matches!(nested, Tree::Object(_)));
        match nested.unwrap_or(&self.tree) {
            Tree::Object(entries) => entries.as_slice(),
            _ => &[],
        }
        .iter()
        .map(|(name, _)| name.as_str())
    }

    /// The paths of values that the source masked (`[secret]`): they are set and were not recorded. Reading
    /// them again with `--show-secrets` gives them.
    #[must_use]
    pub fn masked(&self) -> &[String] {
        &self.masked
    }

    /// Where an output of this source stands.
    #[must_use]
    pub fn place(&self, name: &str) -> Place {
        Place::Output { source: Arc::clone(&self.source), name: name.into() }
    }

    fn find(&self, name: &str) -> Option<&Tree> {
        self.tree.dig(name).or_else(|| self.tree.key("outputs")?.dig(name))
    }
}

/// The outputs with Terraform's wrappers taken off, at the top and under `outputs`.
fn unwrap_entries(tree: Tree) -> Tree {
    let Tree::Object(entries) = tree else { return tree };
    let unwrapped = entries.into_iter().map(|(name, entry)| match entry {
        entry if is_terraform_entry(&entry) => (name, value_of(entry)),
        Tree::Object(inner) if name == "outputs" => {
            let inner = inner.into_iter().map(|(name, entry)| (name, value_of_entry(entry))).collect();
            (name, Tree::Object(inner))
        }
        entry => (name, entry),
    });
    Tree::Object(unwrapped.collect())
}

fn value_of_entry(entry: Tree) -> Tree {
    if is_terraform_entry(&entry) { value_of(entry) } else { entry }
}

fn value_of(entry: Tree) -> Tree {
    match entry {
        Tree::Object(parts) => {
            parts.into_iter().find(|(name, _)| name == "value").map_or(Tree::Null, |(_, value)| value)
        }
        other => other,
    }
}

/// Whether an entry is Terraform's wrapper and not an object that happens to have a key `value`: it has no
/// other keys than Terraform writes, and `type` and `sensitive` hold what Terraform puts there.
fn is_terraform_entry(entry: &Tree) -> bool {
    let Tree::Object(parts) = entry else { return false };
    let sensitive = entry.key("sensitive");
    let kind = entry.key("type");
    entry.key("value").is_some()
        && parts.iter().all(|(name, _)| matches!(name.as_str(), "value" | "type" | "sensitive"))
        && (sensitive.is_some() || kind.is_some())
        && matches!(sensitive, None | Some(Tree::Bool(_)))
        && kind.is_none_or(is_terraform_type)
}

fn is_terraform_type(kind: &Tree) -> bool {
    match kind {
        #[expect(clippy::disallowed_methods, reason = "compared with the names of types")]
        Tree::Text(name) => ["string", "number", "bool", "dynamic"].contains(&name.expose()),
        Tree::List(parts) => parts.len() == 2,
        _ => false,
    }
}
