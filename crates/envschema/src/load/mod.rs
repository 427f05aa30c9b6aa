//! [`Document`] to [`Schema`]: every name looked up, every value checked, every mistake reported.
//!
//! A contract is built once without environment or profile, then once for each environment and profile that
//! overrides something, so that a mistake in an override is found even if nobody chose it yet.

mod conditions;
mod cycles;
mod derive;
mod effective;
mod extends;
mod generate;
mod kind;
mod loader;
mod rules;
mod shared;
mod types;
mod variable;

pub use variable::BROWSER_PREFIXES;

use std::cell::{Cell, OnceCell};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::contract::{Contract, Index, Shared, UnknownSelection};
use crate::diagnostic::{Diagnostic, DiagnosticCode, SchemaErrors};
use crate::document::{Decoder, Document};
use crate::text::{SourceText, Span};
use crate::variable::{Variable, Visibility};

use effective::{any_override, effective_tables, overrides};
use loader::{Loader, MOST_COMPARISONS, Subject};

/// A contract that was read and checked as a whole.
///
/// ```
/// let schema = envschema::Schema::parse("envschema.toml", r#"
///     [schema]
///     name = "shop"
///
///     [vars.PORT]
///     type = "port"
///     visibility = "plain"
/// "#)?;
/// let names: Vec<_> = schema.variables().iter().map(|variable| &*variable.name).collect();
/// assert_eq!(names, ["PORT"]);
/// # Ok::<(), envschema::SchemaErrors>(())
/// ```
#[derive(Clone, Debug)]
pub struct Schema {
    source: SourceText,
    document: Arc<Document>,
    base: Contract,
}

impl Schema {
    /// Reads and checks a contract; `name` is how its text is called in errors, usually its path.
    ///
    /// # Errors
    /// [`SchemaErrors`] with every mistake in the text. That it extends other files is one: see [`Schema::read`].
    pub fn parse(name: &str, text: &str) -> Result<Self, SchemaErrors> {
        let (source, document, decoder) = extends::read(SourceText::new(name, text), None);
        Self::check(source, document, decoder)
    }

    /// Reads and checks a contract that may extend others. `find` is given the name of a file and a path as it stands
    /// there, and gives that file, or says in a few words why it cannot. A file has the same name however it is
    /// reached: that is how circles are found, and that it counts once.
    ///
    /// ```
    /// use envschema::{Schema, SourceText};
    ///
    /// let common = "[vars.PORT]\ntype = \"port\"\nvisibility = \"plain\"\n";
    /// let text = "[schema]\nname = \"shop\"\nextends = \"common.toml\"\n[vars.PORT]\ndefault = 3000\n";
    /// let mut find = |_: &str, path: &str| match path {
    ///     "common.toml" => Ok(SourceText::new(path, common)),
    ///     _ => Err("there is no such file".to_owned()),
    /// };
    /// let schema = Schema::read("envschema.toml", text, &mut find)?;
    /// assert_eq!(schema.variables()[0].default.as_deref(), Some("3000"));
    /// # Ok::<(), envschema::SchemaErrors>(())
    /// ```
    ///
    /// # Errors
    /// [`SchemaErrors`] with every mistake in all files.
    pub fn read(
        name: &str,
        text: &str,
        find: &mut dyn FnMut(&str, &str) -> Result<SourceText, String>,
    ) -> Result<Self, SchemaErrors> {
        let (source, document, decoder) = extends::read(SourceText::new(name, text), Some(find));
        Self::check(source, document, decoder)
    }

    /// Checks a contract built in code. `name` is how it is called in errors.
    ///
    /// # Errors
    /// [`SchemaErrors`] with every mistake.
    pub fn from_document(name: &str, document: Document) -> Result<Self, SchemaErrors> {
        let mut decoder = Decoder::default();
        extends::refuse(&document, &mut decoder);
        Self::check(SourceText::new(name, ""), document, decoder)
    }

    fn check(source: SourceText, document: Document, decoder: Decoder) -> Result<Self, SchemaErrors> {
        let unread = Unread::new(&decoder);
        let mut found = decoder.diagnostics;
        let shared = Arc::new(shared::shared(&document, &source, &mut found));
        // Every view meets most mistakes again; one that others do not have says which view it is.
        let mut seen: HashSet<Diagnostic> = HashSet::new();
        let mut build = |environment: Option<&str>, profile: Option<&str>| {
            let (contract, diagnostics) = contract(&source, &document, &shared, environment, profile);
            for diagnostic in diagnostics {
                if seen.insert(diagnostic.clone()) {
                    found.push(diagnostic.in_view(environment, profile));
                }
            }
            contract
        };
        let base = build(None, None);
        let environments: Vec<&str> = document
            .environments
            .iter()
            .flat_map(|table| table.iter())
            .map(|(name, _)| name.as_str())
            .collect();
        for name in environments.iter().filter(|name| overrides(&document, None, name)) {
            build(Some(name), None);
        }
        for (profile, table) in document.profiles.iter().flat_map(|table| table.iter()) {
            build(None, Some(profile));
            for name in environments.iter().filter(|name| overrides(&document, Some(table), name)) {
                build(Some(name), Some(profile));
            }
        }
        if found.is_empty() {
            Ok(Self { source, document: Arc::new(document), base })
        } else {
            found.retain(|diagnostic| !unread.explains(diagnostic));
            Err(SchemaErrors::new(source, found))
        }
    }

    /// The view for an environment and a profile.
    ///
    /// # Errors
    /// [`UnknownSelection`] if the contract has no such environment or profile. A contract that names no
    /// environments at all takes any.
    pub fn contract(
        &self,
        environment: Option<&str>,
        profile: Option<&str>,
    ) -> Result<Contract, UnknownSelection> {
        let shared = &self.base.shared;
        let unknown = |kind, name: &str, known: Vec<String>| UnknownSelection {
            contract: shared.name.clone(),
            kind,
            name: name.to_owned(),
            known,
        };
        if let Some(name) = environment
            && !shared.environments.is_empty()
            && !shared.environments.iter().any(|one| one.name == name)
        {
            let known = shared.environments.iter().map(|one| one.name.clone()).collect();
            return Err(unknown("environment", name, known));
        }
        if let Some(name) = profile
            && !shared.profiles.iter().any(|(one, _)| one == name)
        {
            let known = shared.profiles.iter().map(|(one, _)| one.clone()).collect();
            return Err(unknown("profile", name, known));
        }
        if profile.is_none() && !environment.is_some_and(|name| overrides(&self.document, None, name)) {
            let mut view = self.base.clone();
            view.environment = environment.map(Into::into);
            return Ok(view);
        }
        Ok(contract(&self.source, &self.document, shared, environment, profile).0)
    }

    /// The view without an environment.
    #[must_use]
    pub fn base(&self) -> &Contract {
        &self.base
    }

    /// Every variable, in the contract's order, without overrides.
    #[must_use]
    pub fn variables(&self) -> &[Variable] {
        self.base.variables()
    }

    /// The texts it was read from, empty if it was built in code.
    #[must_use]
    pub fn source(&self) -> &SourceText {
        &self.source
    }

    /// The contract as written, with what it extends under it.
    #[must_use]
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The profiles, each with its sentence.
    pub fn profiles(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.base.shared.profiles.iter().map(|(name, about)| (name.as_str(), about.as_deref()))
    }
}

/// What could not be read. What is wrong there otherwise only follows from that.
struct Unread {
    /// Whether more than values could not be read: names may be defined in what is not known.
    whole: bool,
    /// The places, in order; none touches another.
    spans: Vec<Span>,
    /// The tables with keys that are not known.
    misspelt: HashSet<Span>,
}

impl Unread {
    fn new(decoder: &Decoder) -> Self {
        let of = |code| decoder.diagnostics.iter().filter(move |diagnostic| diagnostic.code == code);
        let mut spans: Vec<_> = of(DiagnosticCode::WrongType).map(|diagnostic| diagnostic.span).collect();
        spans.sort_unstable();
        let whole = of(DiagnosticCode::Syntax).chain(of(DiagnosticCode::Unreadable)).next().is_some();
        Self { whole, spans, misspelt: decoder.misspelt.iter().copied().collect() }
    }

    fn explains(&self, diagnostic: &Diagnostic) -> bool {
        use DiagnosticCode::{BadRule, MissingKey, Syntax, UnknownKey, Unreadable, WrongType};

        let at = self.spans.partition_point(|span| span.end < diagnostic.span.start);
        let touches = self.spans.get(at).is_some_and(|span| span.start <= diagnostic.span.end);
        let misspelt =
            matches!(diagnostic.code, MissingKey | BadRule) && self.misspelt.contains(&diagnostic.span);
        // Without the whole text, what is missing may only not have been read: names are not judged.
        !matches!(diagnostic.code, Syntax | UnknownKey | Unreadable | WrongType)
            && (self.whole || touches || misspelt)
    }
}

/// Builds one view; the diagnostics are those of this view.
fn contract(
    source: &SourceText,
    document: &Document,
    shared: &Arc<Shared>,
    environment: Option<&str>,
    profile: Option<&str>,
) -> (Contract, Vec<Diagnostic>) {
    let profile_table = profile.and_then(|name| document.profiles.get()?.get(name));
    let tables = effective_tables(document, environment, profile_table);
    let mut loader = Loader {
        source,
        document,
        shared,
        diagnostics: Vec::new(),
        index: tables
            .iter()
            .enumerate()
            .map(|(id, table)| (Arc::from(table.name.value.as_str()), id))
            .collect(),
        names: tables.iter().map(|table| table.name.value.as_str()).collect(),
        kinds: Vec::with_capacity(tables.len()),
        groups: shared.groups.iter().enumerate().map(|(id, group)| (group.id.as_str(), id)).collect(),
        conditions: HashMap::new(),
        condition_names: Vec::new(),
        profile_names: OnceCell::new(),
        comparisons: Cell::new(MOST_COMPARISONS),
        environment_matters: Cell::new(any_override(document, profile_table)),
        subject: Subject::None,
    };
    for table in &tables {
        loader.subject = Subject::Named(&table.name.value);
        let kind = loader.value_type(&table.table, table.name.span);
        loader.kinds.push(kind);
    }
    let (conditions, condition_order) = loader.named_conditions(document);
    let variables: Arc<[Variable]> =
        tables.iter().enumerate().map(|(id, table)| loader.build_variable(id, table)).collect();
    let rules = loader.rules(document.rules.get().map(|rules| &rules.value), profile_table);
    let derive_order = loader.derive_order(&variables, &tables);
    loader.exposing_templates(&variables, &tables);
    let ids = |wanted: fn(&Variable) -> bool| {
        variables.iter().enumerate().filter(|(_, variable)| wanted(variable)).map(|(id, _)| id).collect()
    };
    let index = Index {
        by_name: std::mem::take(&mut loader.index),
        derive_order,
        public: ids(|variable| variable.visibility == Visibility::Public),
        deprecated: ids(|variable| variable.deprecated.is_some()),
        environment_matters: loader.environment_matters.get(),
    };
    let contract = Contract {
        shared: Arc::clone(shared),
        environment: environment.map(Into::into),
        profile: profile.map(Into::into),
        variables,
        index: Arc::new(index),
        conditions: conditions.into(),
        condition_order: condition_order.into(),
        rules: rules.into(),
        selection: None,
    };
    (contract, loader.diagnostics)
}
