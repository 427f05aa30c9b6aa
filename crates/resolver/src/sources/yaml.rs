//! YAML as a [`Tree`]. Plain scalars keep their spelling: `012` and `1.10` stay as they are written.

use std::collections::HashMap;

use envschema::SecretValue;
use granit_parser::{Event, Parser, ScalarStyle, ScanError, Span};
use serde_json::Number;

use super::tree::Tree;
use super::{SourceError, read};

/// How many values a document may have once its aliases are expanded.
const MOST_VALUES: usize = 100_000;

/// How deep values may be nested.
const DEEPEST: usize = 100;

/// Reads the first document; an empty one is null.
///
/// # Errors
///
/// `InvalidYaml` with the position; never any of the text.
pub(super) fn parse(text: &str, origin: &str) -> Result<Tree, SourceError> {
    let events = Parser::new_from_str(read::without_bom(text));
    let mut reader = Reader { events, anchors: HashMap::new(), values: 0, at: (1, 1) };
    reader.document().map_err(|Broken { at: (line, column) }| SourceError::InvalidYaml {
        origin: origin.to_owned(),
        line,
        column,
    })
}

/// The document cannot be read from this line and column on, both from 1.
struct Broken {
    at: (usize, usize),
}

/// Builds trees from a parser's events.
struct Reader<'t, E: Iterator<Item = Result<(Event<'t>, Span), ScanError>>> {
    events: E,
    /// Anchored trees with the number of values in each.
    anchors: HashMap<usize, (Tree, usize)>,
    values: usize,
    at: (usize, usize),
}

impl<'t, E: Iterator<Item = Result<(Event<'t>, Span), ScanError>>> Reader<'t, E> {
    fn document(&mut self) -> Result<Tree, Broken> {
        loop {
            match self.next()? {
                Event::StreamStart | Event::DocumentStart(..) => {}
                Event::StreamEnd | Event::DocumentEnd => return Ok(Tree::Null),
                event => {
                    let tree = self.tree(event, 0)?;
                    // The rest must be sound as well: half a file is no file.
                    while !matches!(self.next()?, Event::DocumentEnd | Event::StreamEnd) {}
                    return Ok(tree);
                }
            }
        }
    }

    fn next(&mut self) -> Result<Event<'t>, Broken> {
        match self.events.next() {
            Some(Ok((event, span))) => {
                self.at = (span.start.line(), span.start.col() + 1);
                Ok(event)
            }
            Some(Err(error)) => Err(Broken { at: (error.marker().line(), error.marker().col() + 1) }),
            None => Ok(Event::StreamEnd),
        }
    }

    fn tree(&mut self, event: Event<'t>, depth: usize) -> Result<Tree, Broken> {
        self.count(1)?;
        if depth > DEEPEST {
            return Err(Broken { at: self.at });
        }
        let before = self.values;
        let (tree, anchor) = match event {
            Event::Scalar(text, style, anchor, _) => (scalar(&text, style), anchor),
            Event::SequenceStart(_, anchor, _) => {
                let mut items = Vec::new();
                loop {
                    match self.next()? {
                        Event::SequenceEnd => break,
                        event => items.push(self.tree(event, depth + 1)?),
                    }
                }
                (Tree::List(items), anchor)
            }
            Event::MappingStart(_, anchor, _) => (self.mapping(depth)?, anchor),
            Event::Alias(anchor) => return self.alias(anchor),
            _ => return Err(Broken { at: self.at }),
        };
        if anchor != 0 {
            self.anchors.insert(anchor, (tree.clone(), self.values - before));
        }
        Ok(tree)
    }

    /// A mapping up to its end. Its keys must be scalars.
    fn mapping(&mut self, depth: usize) -> Result<Tree, Broken> {
        let mut entries = Vec::new();
        loop {
            let key = match self.next()? {
                Event::MappingEnd => return Ok(Tree::Object(entries)),
                Event::Scalar(text, ..) => text.into_owned(),
                _ => return Err(Broken { at: self.at }),
            };
            let event = self.next()?;
            entries.push((key, self.tree(event, depth + 1)?));
        }
    }

    /// A copy of an anchored tree. One that is still being built has no end and is refused.
    fn alias(&mut self, anchor: usize) -> Result<Tree, Broken> {
        let values = self.anchors.get(&anchor).map_or(0, |(_, values)| *values);
        self.count(values)?;
        self.anchors.get(&anchor).map(|(tree, _)| tree.clone()).ok_or(Broken { at: self.at })
    }

    fn count(&mut self, values: usize) -> Result<(), Broken> {
        self.values += values;
        if self.values > MOST_VALUES { Err(Broken { at: self.at }) } else { Ok(()) }
    }
}

/// A scalar. It becomes a number only when that is written back in the very same way: `1.0` stays a text.
fn scalar(text: &str, style: ScalarStyle) -> Tree {
    if style == ScalarStyle::Plain {
        match text {
            "" | "~" | "null" => return Tree::Null,
            "true" => return Tree::Bool(true),
            "false" => return Tree::Bool(false),
            _ => {}
        }
        let number = text.parse::<i64>().map(Number::from).ok();
        let fraction = |text: &str| text.parse::<f64>().ok().filter(|number| number.fract() != 0.0);
        let number = number.or_else(|| Number::from_f64(fraction(text)?));
        if let Some(number) = number.filter(|number| number.to_string() == text) {
            return Tree::Number(number);
        }
    }
    Tree::Text(SecretValue::from(text))
}
