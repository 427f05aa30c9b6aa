//! Looking up the names of a condition.

use super::ast::{Atom, AtomKind, Condition, ConditionId, Expression, Literal, Syntax, VariableId};
use super::parser::parse;
use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::text::{SourceText, Span, Spanned};
use crate::types::ValueType;

/// What a condition may name.
pub(crate) trait Names {
    /// A variable's number and type; the type is absent if it is wrong itself, which is reported.
    fn variable(&self, name: &str) -> Option<(VariableId, Option<&ValueType>)>;
    fn condition(&self, name: &str) -> Option<ConditionId>;
    /// The environments, empty if the contract names none.
    fn environments(&self) -> Vec<&str>;
    /// Takes note that the environment is asked for.
    fn note_environment(&self);
    /// A profile that alone has a variable of this name.
    fn profile_of(&self, name: &str) -> Option<&str>;
    /// What no name of this contract can hold, if the name holds it.
    fn impossible(&self, name: &str) -> Option<&'static str>;
    /// The name that was probably meant.
    fn nearest(&self, name: &str) -> Option<&str>;
}

/// Parses and checks a condition; reports every mistake of it. `source` is the contract's text.
pub(crate) fn check(
    written: &Spanned<String>,
    source: &SourceText,
    names: &dyn Names,
    report: &mut dyn FnMut(Diagnostic),
) -> Option<Condition> {
    let text = &written.value;
    let syntax = match parse(text) {
        Ok(syntax) => syntax,
        Err(error) => {
            let span = written.span.within(source, text, error.span.start..error.span.end);
            let mut diagnostic = Diagnostic::new(DiagnosticCode::BadCondition, span, error.message);
            diagnostic.help = error.help;
            report(diagnostic.label("here"));
            return None;
        }
    };
    let mut checker = Checker { written, source, names, report, failed: false };
    let root = checker.expression(&syntax);
    (!checker.failed).then(|| Condition { text: text.clone(), root })
}

pub(super) struct Checker<'a> {
    pub(super) written: &'a Spanned<String>,
    pub(super) source: &'a SourceText,
    pub(super) names: &'a dyn Names,
    pub(super) report: &'a mut dyn FnMut(Diagnostic),
    pub(super) failed: bool,
}

/// What an atom turned out to be.
pub(super) enum Term<'a> {
    Variable(VariableId, &'a str, &'a ValueType),
    Condition(ConditionId),
    Environment,
    Literal(&'a Literal),
    /// Reported already.
    Unknown,
}

impl<'a> Checker<'a> {
    pub(super) fn fail(&mut self, span: Span, diagnostic: impl FnOnce(Span) -> Diagnostic) {
        let place = self.written.span.within(self.source, &self.written.value, span.start..span.end);
        (self.report)(diagnostic(place));
        self.failed = true;
    }

    fn expression(&mut self, syntax: &'a Syntax) -> Expression {
        match syntax {
            Syntax::Atom(atom) => self.bare(atom),
            Syntax::Has(atom) => self.has(atom),
            Syntax::Compare(operator, left, right) => self.compare(*operator, left, right),
            Syntax::In(left, items) => self.contains(left, items),
            Syntax::Not(inner) => Expression::Not(Box::new(self.expression(inner))),
            Syntax::All(parts) => Expression::All(parts.iter().map(|part| self.expression(part)).collect()),
            Syntax::Any(parts) => Expression::Any(parts.iter().map(|part| self.expression(part)).collect()),
        }
    }

    pub(super) fn term(&mut self, atom: &'a Atom) -> Term<'a> {
        let name = match &atom.kind {
            AtomKind::Literal(literal) => return Term::Literal(literal),
            AtomKind::Name(name) => name,
        };
        if let Some((id, kind)) = self.names.variable(name) {
            return kind.map_or(Term::Unknown, |kind| Term::Variable(id, name, kind));
        }
        if let Some(id) = self.names.condition(name) {
            return Term::Condition(id);
        }
        if name == "environment" {
            self.names.note_environment();
            return Term::Environment;
        }
        let help = match (self.names.nearest(name), self.names.profile_of(name)) {
            (_, Some(profile)) => format!("only the profile `{profile}` has a variable of this name"),
            (Some(near), None) => format!("did you mean `{near}`?"),
            (None, None) => match self.names.impossible(name) {
                Some(why) => why.to_owned(),
                None => "define it under `[vars]` or `[conditions]`".to_owned(),
            },
        };
        self.fail(atom.span, |span| {
            Diagnostic::new(
                DiagnosticCode::UnknownName,
                span,
                format!("`{name}` is neither a variable nor a condition"),
            )
            .label("not defined")
            .help(help)
        });
        Term::Unknown
    }

    fn bare(&mut self, atom: &'a Atom) -> Expression {
        let help = match self.term(atom) {
            Term::Variable(id, _, ValueType::Boolean) => return Expression::Truth(id),
            Term::Condition(id) => return Expression::Named(id),
            Term::Literal(Literal::Boolean(truth)) => return Expression::Constant(*truth),
            Term::Unknown => return Expression::Constant(false),
            Term::Variable(_, name, ValueType::Enum(kind)) => {
                let value = kind.values.first().map_or("", String::as_str);
                format!("compare it, as in `{name} == \"{value}\"`, or ask whether it is set: `has({name})`")
            }
            Term::Variable(_, name, _) => {
                format!("compare it with a value, or ask whether it is set: `has({name})`")
            }
            Term::Environment => "compare it, as in `environment == \"production\"`".to_owned(),
            Term::Literal(_) => "a condition is a comparison, or the name of a boolean".to_owned(),
        };
        let what = self.text(atom);
        self.fail(atom.span, |span| {
            Diagnostic::new(
                DiagnosticCode::NotBoolean,
                span,
                format!("{what} is not true or false by itself"),
            )
            .label("not a boolean")
            .help(help)
        });
        Expression::Constant(false)
    }

    fn has(&mut self, atom: &'a Atom) -> Expression {
        match self.term(atom) {
            Term::Variable(id, ..) => Expression::Has(id),
            Term::Unknown => Expression::Constant(false),
            _ => {
                let help = match &atom.kind {
                    AtomKind::Literal(Literal::Text(name)) => {
                        format!("write it without quotes: `has({name})`")
                    }
                    _ => "write `has(NAME)`".to_owned(),
                };
                self.fail(atom.span, |span| {
                    Diagnostic::new(DiagnosticCode::BadCondition, span, "`has` takes the name of a variable")
                        .label("not a variable")
                        .help(help)
                });
                Expression::Constant(false)
            }
        }
    }

    pub(super) fn mismatch(&mut self, span: Span, message: &str, help: &str) -> Expression {
        self.fail(span, |span| {
            Diagnostic::new(DiagnosticCode::BadComparison, span, message).label("here").help(help)
        });
        Expression::Constant(false)
    }

    pub(super) fn text(&self, atom: &Atom) -> String {
        match &atom.kind {
            AtomKind::Name(name) => format!("`{name}`"),
            AtomKind::Literal(literal) => literal.to_string(),
        }
    }
}
