//! Tokens of a condition to an unchecked tree.
//!
//! ```text
//! any        := all ( "||" all )*
//! all        := unary ( "&&" unary )*
//! unary      := "!" unary | "(" any ")" | has | comparison
//! has        := "has" "(" NAME ")"
//! comparison := atom [ operator atom | "in" "[" literal { "," literal } "]" ]
//! atom       := NAME | "text" | 'text' | integer | "true" | "false"
//! ```

use super::ast::{Atom, AtomKind, Syntax};
use super::error::SyntaxError;
use super::lexer::{Token, tokens};
use crate::name;
use crate::text::Span;

const IN_LIST: &str = "write it as in `NAME in [\"a\", \"b\"]`";

/// How deep parentheses and `!` may nest; a real condition needs three.
const DEEPEST: usize = 64;

pub(crate) fn parse(text: &str) -> Result<Syntax, SyntaxError> {
    if let Some(name) = bare_name(text) {
        return Ok(name);
    }
    let mut parser = Parser { tokens: tokens(text)?, at: 0, end: text.len(), depth: 0 };
    if parser.tokens.is_empty() {
        let error = SyntaxError::new(Span { start: 0, end: text.len() }, "this condition is empty");
        return Err(error.help("write one, or remove the key"));
    }
    let syntax = parser.any()?;
    match parser.tokens.get(parser.at) {
        None => Ok(syntax),
        Some((token, span)) => {
            let error = SyntaxError::new(
                *span,
                format!("unexpected {} after a complete condition", token.describe()),
            );
            Err(match token {
                Token::Name(word) if word.eq_ignore_ascii_case("and") => error.help("write `&&` for \"and\""),
                Token::Name(word) if word.eq_ignore_ascii_case("or") => error.help("write `||` for \"or\""),
                Token::Operator(_) => error.help("join two comparisons with `&&` or `||`"),
                _ => error,
            })
        }
    }
}

/// The condition that is only a name, as most are: it needs no tokens.
fn bare_name(text: &str) -> Option<Syntax> {
    if text.is_empty()
        || name::length(text) < text.len()
        || matches!(text, "true" | "false" | "in" | "has")
        || text.eq_ignore_ascii_case("not")
    {
        return None;
    }
    let span = Span { start: 0, end: text.len() };
    Some(Syntax::Atom(Atom { kind: AtomKind::Name(text.to_owned()), span }))
}

struct Parser {
    tokens: Vec<(Token, Span)>,
    at: usize,
    end: usize,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at).map(|(token, _)| token)
    }

    fn take(&mut self, wanted: &Token) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, wanted: &Token) -> Result<(), SyntaxError> {
        if self.take(wanted) { Ok(()) } else { Err(self.unexpected(&wanted.describe())) }
    }

    fn unexpected(&self, wanted: &str) -> SyntaxError {
        match self.tokens.get(self.at) {
            Some((token, span)) => {
                SyntaxError::new(*span, format!("expected {wanted}, found {}", token.describe()))
            }
            None => {
                let span = Span { start: self.end.saturating_sub(1), end: self.end };
                SyntaxError::new(span, format!("expected {wanted}, found the end of the condition"))
            }
        }
    }

    fn any(&mut self) -> Result<Syntax, SyntaxError> {
        let mut parts = vec![self.all()?];
        while self.take(&Token::Or) {
            parts.push(self.all()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Syntax::Any(parts) })
    }

    fn all(&mut self) -> Result<Syntax, SyntaxError> {
        let mut parts = vec![self.unary()?];
        while self.take(&Token::And) {
            parts.push(self.unary()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Syntax::All(parts) })
    }

    fn unary(&mut self) -> Result<Syntax, SyntaxError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            let error = SyntaxError::new(Span { start: 0, end: self.end }, "this condition nests too deeply");
            return Err(error.help("name parts of it in `[conditions]`"));
        }
        let syntax = if self.take(&Token::Not) {
            Syntax::Not(Box::new(self.unary()?))
        } else if self.take(&Token::Open) {
            let inner = self.any()?;
            self.expect(&Token::Close)?;
            inner
        } else if self.is_has() {
            self.at += 2;
            let name = self.atom().map_err(|error| error.help("write `has(NAME)`"))?;
            let help = "`has` asks about one variable: join several with `&&` or `||`";
            self.expect(&Token::Close).map_err(|error| error.help(help))?;
            Syntax::Has(name)
        } else {
            self.comparison()?
        };
        self.depth -= 1;
        Ok(syntax)
    }

    fn is_has(&self) -> bool {
        matches!(self.peek(), Some(Token::Name(name)) if name == "has")
            && matches!(self.tokens.get(self.at + 1), Some((Token::Open, _)))
    }

    fn comparison(&mut self) -> Result<Syntax, SyntaxError> {
        let left = self.atom()?;
        match self.peek() {
            Some(Token::Operator(operator)) => {
                let operator = *operator;
                self.at += 1;
                Ok(Syntax::Compare(operator, left, self.atom()?))
            }
            Some(Token::In) => {
                self.at += 1;
                self.expect(&Token::OpenList).map_err(|error| error.help(IN_LIST))?;
                let mut items = vec![self.atom()?];
                while self.take(&Token::Comma) {
                    items.push(self.atom()?);
                }
                self.expect(&Token::CloseList).map_err(|error| error.help(IN_LIST))?;
                Ok(Syntax::In(left, items))
            }
            _ => Ok(Syntax::Atom(left)),
        }
    }

    fn atom(&mut self) -> Result<Atom, SyntaxError> {
        let kind = match self.peek() {
            Some(Token::Name(name)) if name.eq_ignore_ascii_case("not") => {
                return Err(self.unexpected("a name or a value").help("write `!` for \"not\""));
            }
            Some(Token::Name(name)) if name == "has" => {
                let span = self.tokens[self.at].1;
                return Err(
                    SyntaxError::new(span, "`has` takes the name of a variable").help("write `has(NAME)`")
                );
            }
            Some(Token::Name(name)) => AtomKind::Name(name.clone()),
            Some(Token::Literal(literal)) => AtomKind::Literal(literal.clone()),
            _ => return Err(self.unexpected("a name or a value")),
        };
        let span = self.tokens[self.at].1;
        self.at += 1;
        Ok(Atom { kind, span })
    }
}
