//! YAML as a [`Node`]. Scalars keep their spelling.

use std::collections::HashMap;

use granit_parser::{Event, Parser, ScalarStyle, ScanError, Span};
use zeroize::Zeroizing;

use super::Broken;
use super::tree::{Entry, Node};

/// How many values a document may have once its aliases are expanded.
const MOST_VALUES: usize = 100_000;

/// How deep values may be nested.
const DEEPEST: usize = 100;

/// Reads the first document.
pub(super) fn parse(text: &str) -> Result<Node, Broken> {
    let events = Parser::new_from_str(text.trim_start_matches('\u{feff}'));
    let mut reader = Reader { events, anchors: HashMap::new(), values: 0, line: 1 };
    loop {
        match reader.next()? {
            Event::StreamStart | Event::DocumentStart(..) => {}
            Event::StreamEnd | Event::DocumentEnd => return Ok(Node::Nothing),
            event => {
                let node = reader.node(event, 0)?;
                // The rest must be sound as well: half a file is no file.
                while !matches!(reader.next()?, Event::DocumentEnd | Event::StreamEnd) {}
                return Ok(node);
            }
        }
    }
}

struct Reader<'t, E: Iterator<Item = Result<(Event<'t>, Span), ScanError>>> {
    events: E,
    /// Anchored nodes with the number of values in each.
    anchors: HashMap<usize, (Node, usize)>,
    values: usize,
    line: u32,
}

impl<'t, E: Iterator<Item = Result<(Event<'t>, Span), ScanError>>> Reader<'t, E> {
    fn next(&mut self) -> Result<Event<'t>, Broken> {
        let line = |line: usize| u32::try_from(line).unwrap_or(u32::MAX);
        match self.events.next() {
            Some(Ok((event, span))) => {
                self.line = line(span.start.line());
                Ok(event)
            }
            Some(Err(error)) => Err(Broken { line: line(error.marker().line()), what: "this is not YAML" }),
            None => Ok(Event::StreamEnd),
        }
    }

    fn broken(&self, what: &'static str) -> Broken {
        Broken { line: self.line, what }
    }

    fn count(&mut self, values: usize) -> Result<(), Broken> {
        self.values += values;
        if self.values > MOST_VALUES { Err(self.broken("there are too many values")) } else { Ok(()) }
    }

    fn node(&mut self, event: Event<'t>, depth: usize) -> Result<Node, Broken> {
        self.count(1)?;
        if depth > DEEPEST {
            return Err(self.broken("the values are nested too deep"));
        }
        let before = self.values;
        let (node, anchor) = match event {
            Event::Scalar(text, style, anchor, _) => {
                let nothing = style == ScalarStyle::Plain && ["", "~", "null"].contains(&text.as_ref());
                let node =
                    if nothing { Node::Nothing } else { Node::Word(Zeroizing::new(text.into_owned())) };
                (node, anchor)
            }
            Event::SequenceStart(_, anchor, _) => {
                let mut items = Vec::new();
                loop {
                    match self.next()? {
                        Event::SequenceEnd => break,
                        event => {
                            let line = self.line;
                            items.push((line, self.node(event, depth + 1)?));
                        }
                    }
                }
                (Node::List(items), anchor)
            }
            Event::MappingStart(_, anchor, _) => (self.table(depth)?, anchor),
            Event::Alias(anchor) => {
                let known = self.anchors.get(&anchor).cloned();
                let (node, values) =
                    known.ok_or_else(|| self.broken("this alias has no anchor before it"))?;
                self.count(values)?;
                return Ok(node);
            }
            _ => return Err(self.broken("this is not YAML")),
        };
        if anchor != 0 {
            self.anchors.insert(anchor, (node.clone(), self.values - before));
        }
        Ok(node)
    }

    /// A mapping up to its end. What is merged into it by `<<` stands behind its own keys.
    fn table(&mut self, depth: usize) -> Result<Node, Broken> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut merged: Vec<Entry> = Vec::new();
        loop {
            let key = match self.next()? {
                Event::MappingEnd => break,
                Event::Scalar(text, ..) => text.into_owned(),
                _ => return Err(self.broken("only texts can be keys")),
            };
            let line = self.line;
            let event = self.next()?;
            let node = self.node(event, depth + 1)?;
            match node {
                Node::Table(more) if key == "<<" => merged.extend(more),
                Node::List(items) if key == "<<" => {
                    merged.extend(items.iter().flat_map(|(_, node)| node.entries().to_vec()));
                }
                node => entries.push(Entry { key, line, node }),
            }
        }
        for entry in merged {
            if !entries.iter().any(|known| known.key == entry.key) {
                entries.push(entry);
            }
        }
        Ok(Node::Table(entries))
    }
}
