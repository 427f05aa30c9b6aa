//! [`Circuit`]: everything that is asked of one view, as a graph in which equal parts are one node.

use std::collections::HashMap;

/// A node or its opposite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Literal(u32);

impl Literal {
    pub(super) const TRUE: Self = Self(0);
    pub(super) const FALSE: Self = Self(1);

    pub(super) fn node(self) -> usize {
        (self.0 >> 1) as usize
    }

    /// Whether it is the opposite of its node.
    pub(super) fn is_opposite(self) -> bool {
        self.0 & 1 == 1
    }

    /// What it is when its node is `truth`.
    pub(super) fn of(self, truth: bool) -> bool {
        truth != self.is_opposite()
    }
}

impl std::ops::Not for Literal {
    type Output = Self;

    fn not(self) -> Self {
        Self(self.0 ^ 1)
    }
}

/// A question, over others or over variables. The candidates of a variable are the bits of a mask.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Node {
    /// The first node, which holds.
    True,
    /// One variable has one of these candidates.
    Unary { slot: usize, mask: u64 },
    /// Two variables have candidates that go together: for each of the first, those of the second.
    Binary { first: usize, second: usize, rows: Box<[u64]> },
    /// All of these hold.
    All(Box<[Literal]>),
    /// As many of these hold.
    Count { of: Box<[Literal]>, least: usize, most: usize },
}

/// The graph. A node's number is greater than those of the nodes it is made of.
#[derive(Debug)]
pub(super) struct Circuit {
    pub(super) nodes: Vec<Node>,
    /// The nodes that each node is a part of.
    pub(super) parents: Vec<Vec<u32>>,
    /// The mask of all candidates of each variable.
    pub(super) full: Vec<u64>,
    /// The nodes that ask about each variable.
    pub(super) atoms: Vec<Vec<u32>>,
    /// Whether a node depends on something that is not modelled.
    pub(super) vague: Vec<bool>,
    known: HashMap<Node, u32>,
}

impl Circuit {
    pub(super) fn new() -> Self {
        Self {
            nodes: vec![Node::True],
            parents: vec![Vec::new()],
            full: Vec::new(),
            atoms: Vec::new(),
            vague: vec![false],
            known: HashMap::new(),
        }
    }

    /// A variable with so many candidates, 64 at most.
    pub(super) fn slot(&mut self, candidates: usize) -> usize {
        self.full.push(u64::MAX >> (64 - candidates));
        self.atoms.push(Vec::new());
        self.full.len() - 1
    }

    /// A question whose answer is not modelled: it may be either.
    pub(super) fn vague(&mut self) -> Literal {
        let slot = self.slot(2);
        let literal = self.unary(slot, 0b10);
        self.vague[literal.node()] = true;
        literal
    }

    pub(super) fn unary(&mut self, slot: usize, mask: u64) -> Literal {
        match mask & self.full[slot] {
            0 => Literal::FALSE,
            all if all == self.full[slot] => Literal::TRUE,
            mask => self.node(Node::Unary { slot, mask }),
        }
    }

    pub(super) fn binary(&mut self, first: usize, second: usize, rows: Vec<u64>) -> Literal {
        if rows.iter().all(|row| *row == 0) {
            Literal::FALSE
        } else if rows.iter().all(|row| *row == self.full[second]) {
            Literal::TRUE
        } else {
            self.node(Node::Binary { first, second, rows: rows.into() })
        }
    }

    pub(super) fn all(&mut self, mut of: Vec<Literal>) -> Literal {
        of.retain(|part| *part != Literal::TRUE);
        of.sort_unstable();
        of.dedup();
        // A node and its opposite stand beside each other.
        if of.contains(&Literal::FALSE) || of.windows(2).any(|pair| pair[0] == !pair[1]) {
            return Literal::FALSE;
        }
        match of.as_slice() {
            [] => Literal::TRUE,
            [only] => *only,
            _ => self.node(Node::All(of.into())),
        }
    }

    pub(super) fn any(&mut self, of: impl IntoIterator<Item = Literal>) -> Literal {
        !self.all(of.into_iter().map(|part| !part).collect())
    }

    /// From `least` to `most` of these hold.
    pub(super) fn count(&mut self, of: &[Literal], least: usize, most: usize) -> Literal {
        let sure = of.iter().filter(|part| **part == Literal::TRUE).count();
        let of: Vec<_> =
            of.iter().copied().filter(|part| ![Literal::TRUE, Literal::FALSE].contains(part)).collect();
        let least = least.saturating_sub(sure);
        let Some(most) = most.checked_sub(sure).filter(|_| least <= of.len()) else { return Literal::FALSE };
        if least == 0 && most >= of.len() {
            return Literal::TRUE;
        }
        self.node(Node::Count { of: of.into(), least, most })
    }

    fn node(&mut self, node: Node) -> Literal {
        if let Some(known) = self.known.get(&node) {
            return Literal(known << 1);
        }
        let id = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX >> 1);
        let mut vague = false;
        match &node {
            Node::True => {}
            Node::Unary { slot, .. } => self.atoms[*slot].push(id),
            Node::Binary { first, second, .. } => {
                self.atoms[*first].push(id);
                self.atoms[*second].push(id);
            }
            Node::All(of) | Node::Count { of, .. } => {
                for part in of {
                    self.parents[part.node()].push(id);
                    vague |= self.vague[part.node()];
                }
            }
        }
        self.known.insert(node.clone(), id);
        self.nodes.push(node);
        self.parents.push(Vec::new());
        self.vague.push(vague);
        Literal(id << 1)
    }

    /// What a node is when every variable has one candidate and the nodes it is made of are known.
    pub(super) fn judge(
        &self,
        node: usize,
        slots: impl Fn(usize) -> u8,
        truth: impl Fn(usize) -> bool,
    ) -> bool {
        let holds = |part: &&Literal| part.of(truth(part.node()));
        match &self.nodes[node] {
            Node::True => true,
            Node::Unary { slot, mask } => mask >> slots(*slot) & 1 == 1,
            Node::Binary { first, second, rows } => {
                rows[usize::from(slots(*first))] >> slots(*second) & 1 == 1
            }
            Node::All(of) => of.iter().all(|part| holds(&part)),
            Node::Count { of, least, most } => {
                (*least..=*most).contains(&of.iter().filter(|part| holds(part)).count())
            }
        }
    }
}
