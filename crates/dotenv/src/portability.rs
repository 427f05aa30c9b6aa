//! [`portability`]: what each of several readers makes of one text, where they do not agree.

use crate::{Dialect, Outcome, Reader, Reading, Remark};

/// What several readers make of one text.
#[derive(Clone, Debug)]
pub struct Portability {
    readings: Vec<(Dialect, Reading)>,
}

/// A variable that readers see differently: each different outcome, with the readers that have it.
///
/// The outcome that most readers have comes last; of the others the one of the earlier reader comes first.
#[derive(Clone, Debug)]
pub struct Divergence<'p> {
    /// The variable.
    pub name: &'p str,
    /// The first line from which a reader takes it, from 1.
    pub line: u32,
    /// At least two.
    pub outcomes: Vec<(Outcome<'p>, Vec<Dialect>)>,
}

/// Reads `text` as each of `readers` does.
#[must_use]
pub fn portability(text: &str, readers: &[Dialect]) -> Portability {
    let readings = readers.iter().map(|reader| (*reader, Reader::new(*reader).read(text))).collect();
    Portability { readings }
}

impl Portability {
    /// The readers that refuse the whole text, and those of which nothing can be told, each with why. They have no part
    /// in [`divergences`](Self::divergences).
    pub fn set_aside(&self) -> impl Iterator<Item = (Dialect, Remark)> {
        let aside = self.readings.iter().filter(|(_, reading)| is_aside(reading));
        aside.filter_map(|(reader, reading)| Some((*reader, *reading.remarks().last()?)))
    }

    /// Every variable that the readers see differently, in order of their lines.
    #[must_use]
    pub fn divergences(&self) -> Vec<Divergence<'_>> {
        let read: Vec<_> = self.readings.iter().filter(|(_, reading)| !is_aside(reading)).collect();
        let mut names: Vec<(&str, u32)> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for variable in read.iter().flat_map(|(_, reading)| reading.variables()) {
            if seen.insert(variable.name()) {
                names.push((variable.name(), variable.line()));
            }
        }
        names.sort_by_key(|(_, line)| *line);
        let divergence = |(name, line)| {
            let mut outcomes: Vec<(Outcome<'_>, Vec<Dialect>)> = Vec::new();
            for (reader, reading) in &read {
                let outcome = reading.outcome(name);
                match outcomes.iter_mut().find(|(other, _)| *other == outcome) {
                    Some((_, readers)) => readers.push(*reader),
                    None => outcomes.push((outcome, vec![*reader])),
                }
            }
            outcomes.sort_by_key(|(_, readers)| readers.len());
            (outcomes.len() > 1).then_some(Divergence { name, line, outcomes })
        };
        names.into_iter().filter_map(divergence).collect()
    }
}

fn is_aside(reading: &Reading) -> bool {
    reading.is_refused() || reading.is_untold()
}
