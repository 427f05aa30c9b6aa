//! The graph of what is built, and the shortest way from one crate to another.

use std::collections::{HashMap, HashSet, VecDeque};

use cargo_metadata::{DependencyKind, Metadata, PackageId};

/// Who builds whom: normal and build dependencies, on every platform. Tests build more, but ship nothing.
pub struct Graph<'m> {
    names: HashMap<&'m PackageId, &'m str>,
    edges: HashMap<&'m PackageId, Vec<&'m PackageId>>,
}

impl<'m> Graph<'m> {
    /// The graph that cargo resolved; empty if it did not resolve one.
    #[must_use]
    pub fn new(metadata: &'m Metadata) -> Self {
        let names = metadata.packages.iter().map(|package| (&package.id, package.name.as_str())).collect();
        let nodes = metadata.resolve.iter().flat_map(|resolve| &resolve.nodes);
        let edges = nodes.map(|node| {
            let built = node
                .deps
                .iter()
                .filter(|dep| dep.dep_kinds.iter().any(|info| info.kind != DependencyKind::Development));
            (&node.id, built.map(|dep| &dep.pkg).collect())
        });
        Self { names, edges: edges.collect() }
    }

    /// The shortest chain of names from `start` to each crate that is `wanted`, both ends included. Does not
    /// look behind a wanted crate: what it drags in is its own affair.
    pub fn reach(&self, start: &'m PackageId, wanted: impl Fn(&str) -> bool) -> Vec<Vec<&'m str>> {
        let mut came_from: HashMap<&PackageId, &'m PackageId> = HashMap::new();
        let mut seen = HashSet::from([start]);
        let mut queue = VecDeque::from([start]);
        let mut found = Vec::new();
        while let Some(id) = queue.pop_front() {
            if id != start && wanted(self.name(id)) {
                found.push(self.chain(&came_from, id));
                continue;
            }
            for next in self.edges.get(id).into_iter().flatten() {
                if seen.insert(next) {
                    came_from.insert(next, id);
                    queue.push_back(next);
                }
            }
        }
        found
    }

    fn chain(&self, came_from: &HashMap<&PackageId, &'m PackageId>, end: &'m PackageId) -> Vec<&'m str> {
        let mut chain: Vec<_> = std::iter::successors(Some(end), |id| came_from.get(id).copied())
            .map(|id| self.name(id))
            .collect();
        chain.reverse();
        chain
    }

    fn name(&self, id: &PackageId) -> &'m str {
        self.names.get(id).copied().unwrap_or("?")
    }
}
