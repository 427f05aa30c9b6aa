//! `derive` templates.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::Arc;

use super::effective::Effective;
use super::loader::Subject;
use super::{Loader, cycles};
use crate::condition::VariableId;
use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::document::VariableTable;
use crate::kind::Kind;
use crate::suggest::nearest;
use crate::template::{self, Part, RawPart, RawReference, Reference, Template};
use crate::text::{Span, Spanned};
use crate::types::ValueType;
use crate::variable::Variable;

const AWS: [(&str, Reference); 3] = [
    ("aws.region", Reference::AwsRegion),
    ("aws.account", Reference::AwsAccount),
    ("aws.s3_endpoint", Reference::AwsS3Endpoint),
];

impl<'d> Loader<'d> {
    pub(super) fn derive(&mut self, kind: &ValueType, table: &VariableTable) -> Vec<Template> {
        let is_url = matches!(kind, ValueType::Url(_));
        let Some(written) = table.derive.get() else { return Vec::new() };
        written.as_slice().iter().filter_map(|template| self.template(template, is_url)).collect()
    }

    fn template(&mut self, written: &Spanned<String>, is_url: bool) -> Option<Template> {
        let parts = match template::split(written) {
            Ok(parts) => parts,
            Err(mistakes) => {
                for mistake in mistakes {
                    let span = written.span.within(self.source, written, mistake.range);
                    let diagnostic = Diagnostic::new(DiagnosticCode::BadTemplate, span, mistake.message);
                    self.report(diagnostic.label("here").help(mistake.help));
                }
                return None;
            }
        };
        let encodings = template::encodings(&parts, is_url);
        let mut whole = true;
        let mut checked = Vec::with_capacity(parts.len());
        for (part, encoding) in parts.into_iter().zip(encodings) {
            match part {
                RawPart::Text(text) => checked.push(Part::Text(text)),
                RawPart::Reference(raw) => match self.reference(&raw.name) {
                    Ok(to) => {
                        let RawReference { cut, fallback, .. } = raw;
                        checked.push(Part::Reference { to, cut, fallback, encoding });
                    }
                    Err((message, help)) => {
                        whole = false;
                        let span = written.span.within(self.source, written, raw.range);
                        let diagnostic = Diagnostic::new(DiagnosticCode::BadTemplate, span, message);
                        self.report(diagnostic.label("not known").help(help));
                    }
                },
            }
        }
        whole.then(|| Template { text: written.value.as_str().into(), parts: checked })
    }

    /// What a name refers to, or what is wrong with it and what to do.
    fn reference(&self, name: &str) -> Result<Reference, (String, String)> {
        let meant = |near: &str| format!("did you mean `${{{near}}}`?");
        if let Some((_, fact)) = AWS.iter().find(|(known, _)| *known == name) {
            return Ok(fact.clone());
        }
        if let Some(server) = Reference::to_server(name) {
            return Ok(server);
        }
        if let Some(output) = name.strip_prefix("output.") {
            return Ok(Reference::Output(output.to_owned()));
        }
        if let Some(key) = name.strip_prefix("config.") {
            return Ok(Reference::Config(key.to_owned()));
        }
        if let Some(service) = name.strip_prefix("environment.") {
            let aliases = self.shared.environments.iter().flat_map(|one| &one.aliases);
            let services = aliases.map(|(service, _)| service.as_str());
            if services.clone().any(|known| known == service) {
                self.environment_matters.set(true);
                return Ok(Reference::Alias(service.to_owned()));
            }
            let help = match nearest(service, services) {
                Some(near) => meant(&format!("environment.{near}")),
                None => format!("add `aliases = {{ {service} = \"...\" }}` to the environments"),
            };
            return Err((format!("no environment says what `{service}` calls it"), help));
        }
        if let Some(&id) = self.index.get(name) {
            return Ok(Reference::Variable(id));
        }
        if name == "environment" {
            self.environment_matters.set(true);
            return Ok(Reference::Environment);
        }
        if name.starts_with("aws.rds.") || name.starts_with("aws.elasticache.") {
            let help = "write `aws.rds.ID.endpoint`, `aws.rds.ID.port`, `aws.elasticache.ID.endpoint` or \
                        `aws.elasticache.ID.port`, with an ID of letters, digits and `-`";
            return Err((format!("a template cannot refer to `{name}`"), help.to_owned()));
        }
        if let Some((kind, rest)) = name.split_once('.')
            && let Some(near) =
                nearest(kind, ["output", "config", "aws", "environment"]).filter(|near| *near != kind)
        {
            return Err((format!("a template cannot refer to `{name}`"), meant(&format!("{near}.{rest}"))));
        }
        let facts = AWS.iter().map(|(known, _)| *known).chain(["environment"]);
        let near = nearest(name, facts).or_else(|| self.near(name, self.names.iter().copied()));
        let help = match near {
            Some(near) => meant(near),
            None => "refer to `output.NAME`, `config.KEY`, `aws.region`, `aws.account`, `aws.s3_endpoint`, `environment`, \
                     `environment.SERVICE` or a variable"
                .to_owned(),
        };
        Err((format!("a template cannot refer to `{name}`"), help))
    }

    /// Reports variables that would show a secret: not secret themselves, but built from one that is.
    pub(super) fn exposing_templates(&mut self, variables: &[Variable], tables: &[Effective<'d>]) {
        let keys = OnceCell::new();
        for (variable, table) in variables.iter().zip(tables).filter(|(variable, _)| !variable.is_secret()) {
            let secret = variable.references().find_map(|to| match to {
                Reference::Variable(id) => {
                    Some(&variables[*id]).filter(|to| to.is_secret()).map(|to| &to.name)
                }
                Reference::Config(key) => keys
                    .get_or_init(|| self.secret_keys(variables))
                    .get(&*self.shared.kind.full_key(key))
                    .copied(),
                _ => None,
            });
            let Some(secret) = secret else { continue };
            let span = table.table.derive.get().map_or(table.name.span, |derive| derive.span);
            let message = format!(
                "`{}` is {}, but its template holds `{secret}`, which is secret",
                variable.name, variable.visibility
            );
            self.subject = Subject::Named(&table.name.value);
            self.report(
                Diagnostic::new(DiagnosticCode::Exposed, span, message)
                    .label("would show the secret")
                    .help("leave `visibility` out, or build the value from what is not secret"),
            );
        }
    }

    /// The keys of the stack's configuration that hold secrets, with their variables.
    fn secret_keys<'v>(&self, variables: &'v [Variable]) -> HashMap<Cow<'v, str>, &'v Arc<str>> {
        let key = |variable: &'v Variable| match self.shared.kind {
            Kind::Env => variable.config.as_deref().map(Cow::Borrowed),
            Kind::PulumiConfig { .. } => Some(self.shared.kind.full_key(&variable.name)),
        };
        let secret = variables.iter().filter(|variable| variable.is_secret());
        secret.filter_map(|variable| Some((key(variable)?, &variable.name))).collect()
    }

    /// The order in which templates can be completed, if any refers to a variable; reports circles.
    pub(super) fn derive_order(
        &mut self,
        variables: &[Variable],
        tables: &[Effective<'_>],
    ) -> Option<Vec<VariableId>> {
        let edges: Vec<Vec<usize>> =
            variables.iter().map(|variable| references(variable).collect()).collect();
        if edges.iter().all(Vec::is_empty) {
            return None;
        }
        let walk = cycles::walk(&edges);
        for cycle in walk.cycles {
            let names: Vec<&str> = cycle.iter().map(|id| &*variables[*id].name).collect();
            let span = |id: &usize| {
                let table = &tables[*id];
                table.table.derive.get().map_or(table.name.span, |derive| derive.span)
            };
            let spans: Vec<Span> = cycle.iter().map(span).collect();
            let help = "let one of them stand on outputs or facts only";
            self.report_cycle(&cycles::message("`derive` templates", &names), &spans, help);
        }
        Some(walk.order)
    }
}

/// The variables that the templates of a variable refer to.
fn references(variable: &Variable) -> impl Iterator<Item = VariableId> {
    variable.references().filter_map(|to| match to {
        Reference::Variable(id) => Some(*id),
        _ => None,
    })
}
