//! Text of a condition to tokens.

use super::ast::{Literal, Operator};
use super::error::SyntaxError;
use crate::name;
use crate::text::Span;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Name(String),
    Literal(Literal),
    Operator(Operator),
    And,
    Or,
    Not,
    In,
    Open,
    Close,
    OpenList,
    CloseList,
    Comma,
}

impl Token {
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Name(name) => format!("`{name}`"),
            Self::Literal(literal) => literal.to_string(),
            Self::Operator(operator) => format!("`{}`", operator.symbol()),
            Self::And => "`&&`".into(),
            Self::Or => "`||`".into(),
            Self::Not => "`!`".into(),
            Self::In => "`in`".into(),
            Self::Open => "`(`".into(),
            Self::Close => "`)`".into(),
            Self::OpenList => "`[`".into(),
            Self::CloseList => "`]`".into(),
            Self::Comma => "`,`".into(),
        }
    }
}

const SYMBOLS: &[(&str, Token)] = &[
    ("&&", Token::And),
    ("||", Token::Or),
    ("==", Token::Operator(Operator::Equal)),
    ("!=", Token::Operator(Operator::NotEqual)),
    ("<=", Token::Operator(Operator::LessEqual)),
    (">=", Token::Operator(Operator::GreaterEqual)),
    ("<", Token::Operator(Operator::Less)),
    (">", Token::Operator(Operator::Greater)),
    ("!", Token::Not),
    ("(", Token::Open),
    (")", Token::Close),
    ("[", Token::OpenList),
    ("]", Token::CloseList),
    (",", Token::Comma),
];

/// What people write instead, and what to write.
const MISTAKES: &[(&str, &str)] = &[
    ("=", "write `==` to compare"),
    ("&", "write `&&` for \"and\""),
    ("|", "write `||` for \"or\""),
    (".", "numbers are whole; text stands in quotes"),
    ("$", "write the name alone"),
    ("-", "a condition compares and does not calculate"),
    ("+", "a condition compares and does not calculate"),
];

pub(super) fn tokens(text: &str) -> Result<Vec<(Token, Span)>, SyntaxError> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].chars().next() {
        let rest = &text[at..];
        if next.is_whitespace() {
            at += next.len_utf8();
            continue;
        }
        let (token, length) = if next.is_ascii_alphabetic() || next == '_' {
            word(rest)
        } else if next.is_ascii_digit()
            || (next == '-' && rest[1..].starts_with(|c: char| c.is_ascii_digit()))
        {
            integer(rest, at)?
        } else if next == '"' || next == '\'' {
            quoted(rest, next, at)?
        } else if let Some((symbol, token)) = SYMBOLS.iter().find(|(symbol, _)| rest.starts_with(symbol)) {
            (token.clone(), symbol.len())
        } else {
            let span = Span { start: at, end: at + next.len_utf8() };
            let error = SyntaxError::new(span, format!("unexpected `{next}` in a condition"));
            return Err(match MISTAKES.iter().find(|(mistake, _)| rest.starts_with(mistake)) {
                Some((_, help)) => error.help(*help),
                None if next.is_alphabetic() => {
                    error.help("names have the letters A to Z and a to z, digits and `_`")
                }
                None => error,
            });
        };
        found.push((token, Span { start: at, end: at + length }));
        at += length;
    }
    Ok(found)
}

fn word(rest: &str) -> (Token, usize) {
    let length = name::length(rest);
    let token = match &rest[..length] {
        "true" => Token::Literal(Literal::Boolean(true)),
        "false" => Token::Literal(Literal::Boolean(false)),
        "in" => Token::In,
        name => Token::Name(name.to_owned()),
    };
    (token, length)
}

fn integer(rest: &str, at: usize) -> Result<(Token, usize), SyntaxError> {
    let digits = rest[1..].find(|c: char| !c.is_ascii_digit()).map_or(rest.len(), |end| end + 1);
    match rest[..digits].parse() {
        Ok(number) => Ok((Token::Literal(Literal::Integer(number)), digits)),
        Err(_) => Err(SyntaxError::new(Span { start: at, end: at + digits }, "the number is too large")),
    }
}

fn quoted(rest: &str, quote: char, at: usize) -> Result<(Token, usize), SyntaxError> {
    let mut text = String::new();
    let mut characters = rest.char_indices().skip(1);
    while let Some((index, character)) = characters.next() {
        if character == quote {
            return Ok((Token::Literal(Literal::Text(text)), index + 1));
        }
        if character != '\\' {
            text.push(character);
            continue;
        }
        match characters.next() {
            Some((_, escaped @ ('\\' | '"' | '\''))) => text.push(escaped),
            _ => {
                let span = Span { start: at + index, end: at + index + 1 };
                return Err(SyntaxError::new(span, "only `\\\\`, `\\\"` and `\\'` can follow a backslash"));
            }
        }
    }
    Err(SyntaxError::new(Span { start: at, end: at + rest.len() }, "this text has no closing quote"))
}
