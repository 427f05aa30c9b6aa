//! Typing comparisons: as what two sides are compared, and whether that makes sense.

use super::ast::{Atom, AtomKind, Expression, Literal, Operand, Operator, Sort};
use super::check::{Checker, Term};
use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::suggest::{all_of, nearest};
use crate::text::Span;
use crate::types::{EnumType, ValueType};

impl<'a> Checker<'a> {
    pub(super) fn compare(&mut self, operator: Operator, left: &'a Atom, right: &'a Atom) -> Expression {
        let (left_term, right_term) = (self.term(left), self.term(right));
        let sort = match (&left_term, &right_term) {
            (Term::Unknown, _) | (_, Term::Unknown) => return Expression::Constant(false),
            (Term::Condition(_), _) => return self.condition_compared(left),
            (_, Term::Condition(_)) => return self.condition_compared(right),
            (Term::Literal(_), Term::Literal(_)) => {
                let all = Span { start: left.span.start, end: right.span.end };
                return self.mismatch(all, "this compares two constants", "name a variable on one side");
            }
            (Term::Literal(literal), other) => self.literal_sort(other, literal, left, operator),
            (other, Term::Literal(literal)) => self.literal_sort(other, literal, right, operator),
            (one, other) => self.shared_sort(one, other, left, right),
        };
        let Some(sort) = sort else { return Expression::Constant(false) };
        if operator.is_order() && sort != Sort::Number {
            let all = Span { start: left.span.start, end: right.span.end };
            let message = format!("`{}` compares numbers only", operator.symbol());
            return self.mismatch(all, &message, "use `==`, `!=` or `in`");
        }
        Expression::Compare(operator, sort, operand(&left_term), operand(&right_term))
    }

    pub(super) fn contains(&mut self, left: &'a Atom, items: &'a [Atom]) -> Expression {
        let term = self.term(left);
        match term {
            Term::Unknown => return Expression::Constant(false),
            Term::Variable(..) | Term::Environment => {}
            _ => {
                return self.mismatch(
                    left.span,
                    "`in` takes a variable on its left",
                    "write `NAME in [\"a\", \"b\"]`",
                );
            }
        }
        let mut sort = None;
        let mut literals = Vec::new();
        for item in items {
            let AtomKind::Literal(literal) = &item.kind else {
                let help = format!("write it in quotes: \"{}\"", self.text(item).trim_matches('`'));
                return self.mismatch(item.span, "the list of `in` holds values, not names", &help);
            };
            sort = self.literal_sort(&term, literal, item, Operator::Equal).or(sort);
            literals.push(literal.clone());
        }
        match sort {
            Some(sort) if !self.failed => Expression::In(sort, operand(&term), literals),
            _ => Expression::Constant(false),
        }
    }

    /// As what a variable or the environment is compared with a literal; reports when they do not fit.
    fn literal_sort(
        &mut self,
        term: &Term<'a>,
        literal: &Literal,
        atom: &Atom,
        operator: Operator,
    ) -> Option<Sort> {
        match (term, literal) {
            (Term::Environment, Literal::Text(name)) => {
                self.known_environment(name, atom);
                Some(Sort::Text)
            }
            (Term::Variable(_, name, ValueType::Enum(kind)), Literal::Text(value)) => {
                self.known_value(name, kind, value, atom, operator);
                Some(if kind.ignore_case { Sort::Folded } else { Sort::Text })
            }
            (Term::Variable(_, name, kind), literal) => {
                let sort = sort_of(kind);
                let fits = match literal {
                    Literal::Text(_) => sort == Sort::Text,
                    Literal::Integer(_) => sort == Sort::Number,
                    Literal::Boolean(_) => sort == Sort::Boolean,
                };
                if !fits {
                    let (kind, help) = match sort {
                        Sort::Boolean => ("a boolean", format!("write `{name}` or `!{name}`")),
                        Sort::Number => {
                            ("a number", "compare it with a whole number, without quotes".to_owned())
                        }
                        _ => ("text", format!("write the value in quotes: \"{}\"", bare_text(literal))),
                    };
                    self.mismatch(atom.span, &format!("`{name}` is {kind}, {literal} is not"), &help);
                    return None;
                }
                Some(sort)
            }
            _ => {
                self.mismatch(atom.span, "`environment` is text", "write the environment's name in quotes");
                None
            }
        }
    }

    fn shared_sort(&mut self, one: &Term<'a>, other: &Term<'a>, left: &Atom, right: &Atom) -> Option<Sort> {
        let sort = |term: &Term<'a>| match term {
            Term::Variable(_, _, ValueType::Enum(EnumType { ignore_case: true, .. })) => Sort::Folded,
            Term::Variable(_, _, kind) => sort_of(kind),
            _ => Sort::Text,
        };
        match (sort(one), sort(other)) {
            (one, other) if one == other => Some(one),
            (Sort::Folded, Sort::Text) | (Sort::Text, Sort::Folded) => Some(Sort::Folded),
            _ => {
                let all = Span { start: left.span.start, end: right.span.end };
                let message = format!("{} and {} are of different kinds", self.text(left), self.text(right));
                self.mismatch(
                    all,
                    &message,
                    "compare text with text, numbers with numbers, booleans with booleans",
                );
                None
            }
        }
    }

    fn known_value(&mut self, name: &str, kind: &EnumType, value: &str, atom: &Atom, operator: Operator) {
        let same = |known: &String| {
            if kind.ignore_case { known.eq_ignore_ascii_case(value) } else { known == value }
        };
        if operator.is_order() || kind.values.is_empty() || kind.values.iter().any(same) {
            return;
        }
        let known = kind.values.iter().map(String::as_str);
        let help = match nearest(value, known.clone()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("its values are {}", all_of(known)),
        };
        self.fail(atom.span, |span| {
            Diagnostic::new(
                DiagnosticCode::NeverEqual,
                span,
                format!("`{name}` never has the value \"{value}\""),
            )
            .label("not one of its values")
            .help(help)
        });
    }

    fn known_environment(&mut self, name: &str, atom: &Atom) {
        let known = self.names.environments();
        if known.is_empty() || known.contains(&name) {
            return;
        }
        let help = match nearest(name, known.iter().copied()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("the environments are {}", all_of(known.iter().copied())),
        };
        self.fail(atom.span, |span| {
            Diagnostic::new(DiagnosticCode::UnknownName, span, format!("there is no environment \"{name}\""))
                .label("not an environment")
                .help(help)
        });
    }

    fn condition_compared(&mut self, atom: &Atom) -> Expression {
        let name = self.text(atom);
        let help = format!("write `{0}` or `!{0}`", name.trim_matches('`'));
        self.mismatch(atom.span, &format!("{name} is a condition, which cannot be compared"), &help)
    }
}

fn sort_of(kind: &ValueType) -> Sort {
    match kind {
        ValueType::Boolean => Sort::Boolean,
        ValueType::Integer(_) | ValueType::Number(_) | ValueType::Port(_) => Sort::Number,
        _ => Sort::Text,
    }
}

fn operand(term: &Term<'_>) -> Operand {
    match term {
        Term::Variable(id, ..) => Operand::Variable(*id),
        Term::Literal(literal) => Operand::Literal((*literal).clone()),
        Term::Environment | Term::Condition(_) | Term::Unknown => Operand::Environment,
    }
}

fn bare_text(literal: &Literal) -> String {
    match literal {
        Literal::Text(text) => text.clone(),
        other => other.to_string(),
    }
}
