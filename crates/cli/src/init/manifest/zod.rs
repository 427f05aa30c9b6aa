//! `env.ts` with zod, as far as it can be read without running it: the names and the chains of calls behind them.

mod tokens;

use zeroize::Zeroizing;

use self::tokens::{Token, tokens};
use super::super::kind::DraftKind;
use super::super::{Limit, Noted, Notes, Said};
use super::Broken;

type Tokens<'t> = &'t [(u32, Token)];

pub(super) fn read(text: &str) -> Result<Notes, Broken> {
    let tokens = tokens(text)?;
    let mut notes = Notes::default();
    let mut rest = tokens.as_slice();
    while let Some((first, after)) = rest.split_first() {
        let block = match (&first.1, after) {
            (Token::Word(word), [(_, Token::Mark(':')), (_, Token::Mark('{')), inside @ ..])
                if ["server", "client", "shared"].contains(&word.as_str()) =>
            {
                Some((word == "client", inside))
            }
            (Token::Word(word), [(_, Token::Mark('(')), (_, Token::Mark('{')), inside @ ..])
                if ["object", "strictObject"].contains(&word.as_str()) =>
            {
                Some((false, inside))
            }
            (Token::Word(word), [(_, Token::Mark(':')), ..]) if word == "extends" => {
                notes.left(first.0, "`extends`", "run `envctl init --from` on those files too");
                None
            }
            (
                Token::Word(name),
                [
                    (_, Token::Mark(':')),
                    (_, Token::Word(process)),
                    (_, Token::Mark('.')),
                    (_, Token::Word(env)),
                    (_, Token::Mark('.')),
                    (_, Token::Word(from)),
                    ..,
                ],
            ) if process == "process" && env == "env" && name != from => {
                let what = format!("{name} from `process.env.{from}`");
                notes.left(first.0, what, "if that is the name outside, rename the variable");
                None
            }
            _ => None,
        };
        rest = match block {
            Some((is_client, inside)) => {
                let (inside, behind) = inside.split_at(end(inside, false));
                variables(inside, is_client, &mut notes);
                behind
            }
            None => after,
        };
    }
    Ok(notes)
}

/// How many tokens there are up to the bracket that closes, or the comma between entries.
fn end(tokens: Tokens<'_>, at_comma: bool) -> usize {
    let mut depth = 0_usize;
    for (place, (_, token)) in tokens.iter().enumerate() {
        match token {
            Token::Mark('(' | '[' | '{') => depth += 1,
            Token::Mark(')' | ']' | '}') if depth == 0 => return place,
            Token::Mark(')' | ']' | '}') => depth -= 1,
            Token::Mark(',') if depth == 0 && at_comma => return place,
            _ => {}
        }
    }
    tokens.len()
}

fn variables(mut inside: Tokens<'_>, is_client: bool, notes: &mut Notes) {
    while let Some(&(line, ref first)) = inside.first() {
        let (entry, behind) = inside.split_at(end(inside, true));
        inside = behind.get(1..).unwrap_or_default();
        match (first, entry.get(1..).unwrap_or_default()) {
            (Token::Word(name), [(_, Token::Mark(':')), chain @ ..]) => {
                variable(name, chain, is_client, line, notes);
            }
            (Token::Text(name), [(_, Token::Mark(':')), chain @ ..]) => {
                variable(name, chain, is_client, line, notes);
            }
            (Token::Mark(','), _) => {}
            _ => notes.left(line, "an entry", "it is no name with a type"),
        }
    }
}

fn variable(name: &str, chain: Tokens<'_>, is_client: bool, line: u32, notes: &mut Notes) {
    let mut noted = Noted { name: name.to_owned(), ..Noted::default() };
    noted.said =
        Said { required: Some(true), sensitive: is_client.then_some(false), line, ..Said::default() };
    let mut rest = match chain {
        [(_, Token::Word(z)), rest @ ..] if z == "z" => rest,
        _ => {
            notes.left(line, format!("the type of {name}"), "it is not a chain that begins with `z`");
            &[]
        }
    };
    while let [(at, Token::Mark('.')), (_, Token::Word(call)), behind @ ..] = rest {
        let arguments = match behind {
            [(_, Token::Mark('(')), inside @ ..] => {
                let (arguments, behind) = inside.split_at(end(inside, false));
                rest = behind.get(1..).unwrap_or_default();
                arguments
            }
            behind => {
                rest = behind;
                if call != "coerce" {
                    notes.left(*at, format!("`.{call}` of {name}"), "it is not understood");
                }
                continue;
            }
        };
        if let [(at, Token::Mark('{')), ..] = arguments {
            notes.left(*at, format!("the options of `.{call}()` of {name}"), "they are not understood");
        }
        if !take(call, arguments, &mut noted) {
            notes.left(
                *at,
                format!("`.{call}()` of {name}"),
                "a contract does not hold it, or it has to be run",
            );
        }
    }
    if let Some((at, _)) = rest.first() {
        notes.left(*at, format!("what follows the type of {name}"), "it has to be run");
    }
    notes.first(noted, line);
}

/// Takes one call over; false if that cannot be.
fn take(call: &str, arguments: Tokens<'_>, noted: &mut Noted) -> bool {
    let said = &mut noted.said;
    let numeric = said.kind.as_ref().is_some_and(|kind| matches!(kind.name, Some("number" | "integer")));
    // A message may stand behind a limit.
    let first = arguments.get(..end(arguments, true)).unwrap_or_default();
    match (call, first) {
        ("string", _) => said.kind = Some(DraftKind::default()),
        ("number", _) => said.kind = Some(DraftKind::said("number")),
        ("int", _) => said.kind = Some(DraftKind::said("integer")),
        ("boolean" | "stringbool", _) => said.kind = Some(DraftKind::said("boolean")),
        ("url", _) => said.kind = Some(DraftKind::said("url")),
        ("email", _) => said.kind = Some(DraftKind::said("email")),
        ("uuid", _) => said.kind = Some(DraftKind::said("uuid")),
        ("enum", [(_, Token::Mark('[')), items @ ..]) => {
            let values = items.iter().filter_map(|(_, token)| match token {
                Token::Text(text) => Some(text.to_string()),
                _ => None,
            });
            let values = values.collect();
            said.kind = Some(DraftKind { parameter: Some(("values", values)), ..DraftKind::said("enum") });
        }
        ("trim", _) => {}
        ("optional" | "nullish", _) => said.required = Some(false),
        ("default", [(_, Token::Text(text) | Token::Number(text))]) => noted.value = text.clone(),
        ("default", [(_, Token::Word(word))]) if ["true", "false"].contains(&word.as_str()) => {
            noted.value = Zeroizing::new(word.clone());
        }
        ("describe", [(_, Token::Text(text))]) => noted.comments.push(text.to_string()),
        ("min" | "gte", [(_, Token::Number(number))]) => {
            let key = if numeric { "min" } else { "min_length" };
            // Nothing is shorter: a contract takes no empty value unless it says so.
            if numeric || number.as_str() != "1" {
                said.limits.push((key, Limit::Number(number.to_string())));
            }
        }
        ("max" | "lte", [(_, Token::Number(number))]) => {
            let key = if numeric { "max" } else { "max_length" };
            said.limits.push((key, Limit::Number(number.to_string())));
        }
        ("startsWith", [(_, Token::Text(text))]) => {
            said.limits.push(("prefix", Limit::Text(text.to_string())));
        }
        ("regex", [(_, Token::Regex(text))]) => {
            // A pattern of a contract is for the whole value.
            let Some(whole) = text.strip_prefix('^').and_then(|text| text.strip_suffix('$')) else {
                return false;
            };
            said.limits.push(("pattern", Limit::Text(whole.to_owned())));
        }
        _ => return false,
    }
    true
}
