//! Looking at many names in batches, several at once.

use std::collections::{HashMap, HashSet};

use envctl_sync::{Observed, each_at_once};

/// How many batches are read at once.
const AT_ONCE: usize = 4;

/// How a service is looked at.
pub(crate) struct Batches<W, B, M> {
    /// How many names one request takes.
    pub(crate) size: usize,
    /// What is told of a name that the service does not take, and is not asked for.
    pub(crate) wrong: W,
    /// What there is under the names of one batch.
    pub(crate) batch: B,
    /// What is told of a name of which a batch told nothing.
    pub(crate) missing: M,
}

impl<'n, W, B, M> Batches<W, B, M>
where
    W: Fn(&str) -> Option<Observed>,
    B: Fn(&[&'n str]) -> Vec<(&'n str, Observed)> + Sync,
    M: Fn(&str) -> Observed,
{
    /// What is there under each name, in the order of `names`. A name that stands there twice is asked for once.
    pub(crate) fn look(&self, names: &[&'n str]) -> Vec<Observed> {
        let mut found: HashMap<&str, Observed> = HashMap::new();
        let (mut asked, mut seen) = (Vec::new(), HashSet::new());
        for &name in names.iter().filter(|name| seen.insert(**name)) {
            match (self.wrong)(name) {
                Some(wrong) => drop(found.insert(name, wrong)),
                None => asked.push(name),
            }
        }
        let batches: Vec<&[&'n str]> = asked.chunks(self.size).collect();
        let ask = &self.batch;
        found.extend(each_at_once(&batches, AT_ONCE, |batch| ask(batch)).into_iter().flatten());
        let told = |name: &&str| found.get(*name).cloned().unwrap_or_else(|| (self.missing)(name));
        names.iter().map(told).collect()
    }
}
