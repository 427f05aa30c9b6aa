//! Circles in references.

use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::text::Span;

/// What a walk over a graph found.
pub(super) struct Walk {
    /// The circles, each as its nodes in order, beginning with its least node. At least one for each group of
    /// nodes that reach each other, none for a graph without circles.
    pub(super) cycles: Vec<Vec<usize>>,
    /// Every node, after all that it leads to. Where there are circles, as far as that is possible.
    pub(super) order: Vec<usize>,
}

#[derive(Clone, Copy, PartialEq)]
enum Seen {
    No,
    Open,
    Done,
}

/// Walks a graph, given as what each node leads to. Needs no recursion: a contract may hold a chain of any
/// length.
pub(super) fn walk(edges: &[Vec<usize>]) -> Walk {
    let mut seen = vec![Seen::No; edges.len()];
    let mut walk = Walk { cycles: Vec::new(), order: Vec::with_capacity(edges.len()) };
    for root in 0..edges.len() {
        if seen[root] != Seen::No {
            continue;
        }
        seen[root] = Seen::Open;
        let mut path = vec![(root, 0)];
        while let Some((node, next)) = path.last_mut() {
            let Some(&to) = edges[*node].get(*next) else {
                seen[*node] = Seen::Done;
                walk.order.push(*node);
                path.pop();
                continue;
            };
            *next += 1;
            match seen[to] {
                Seen::No => {
                    seen[to] = Seen::Open;
                    path.push((to, 0));
                }
                Seen::Open => {
                    let start = path.iter().position(|(node, _)| *node == to).unwrap_or(0);
                    let mut cycle: Vec<usize> = path[start..].iter().map(|(node, _)| *node).collect();
                    let least = (0..cycle.len()).min_by_key(|at| cycle[*at]).unwrap_or(0);
                    cycle.rotate_left(least);
                    walk.cycles.push(cycle);
                }
                Seen::Done => {}
            }
        }
    }
    walk
}

/// `conditions refer to each other in a circle: a -> b -> a`
pub(super) fn message(what: &str, names: &[&str]) -> String {
    format!("{what} refer to each other in a circle: {}", chain(names))
}

/// `a -> b -> a`
pub(super) fn chain(names: &[&str]) -> String {
    format!("{} -> {}", names.join(" -> "), names.first().copied().unwrap_or_default())
}

/// Things that need each other in a circle, each at its place.
pub(super) fn diagnostic(message: &str, spans: &[Span], help: &str) -> Option<Diagnostic> {
    let (first, others) = spans.split_first()?;
    let diagnostic = Diagnostic::new(DiagnosticCode::Cycle, *first, message);
    let diagnostic =
        diagnostic.label(if others.is_empty() { "names itself" } else { "begins here" }).help(help);
    Some(others.iter().fold(diagnostic, |made, span| made.related(*span, "then here")))
}
