//! Where the nodes of a rule and their parts stand in its text.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Part};

/// Where the nodes of a rule stand in its text, in pre-order: a node, then its children.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spans {
    nodes: Vec<NodeSpans>,
}

/// Where one node and its parts stand, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeSpans {
    /// Child numbers from the root; empty is the root.
    pub path: Vec<usize>,
    /// All of the node.
    pub whole: Range<usize>,
    parts: Vec<(Part, Range<usize>)>,
}

impl NodeSpans {
    /// Where a part stands; what has no place of its own stands in what holds it.
    pub fn part(&self, part: Part) -> Range<usize> {
        let find = |wanted: Part| self.parts.iter().find(|(part, _)| *part == wanted).map(|(_, span)| span.clone());
        let holder = match part {
            Part::Item(_) => find(Part::Value),
            Part::Whole | Part::Attribute | Part::Operator | Part::Value | Part::Other | Part::Offset | Part::Zone => {
                None
            }
        };
        find(part).or(holder).unwrap_or_else(|| self.whole.clone())
    }
}

impl Spans {
    /// Every node, in pre-order.
    pub fn nodes(&self) -> &[NodeSpans] {
        &self.nodes
    }

    /// Gives each diagnostic that has no span the one of the part it is about.
    pub fn place(&self, diagnostics: &mut [Diagnostic]) {
        for found in diagnostics.iter_mut().filter(|found| found.span.is_none()) {
            let node = self.nodes.iter().find(|node| node.path == found.path);
            found.span = node.map(|node| node.part(found.part));
        }
    }
}

/// Where a node that was just read stands, with its children.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub(super) whole: Range<usize>,
    pub(super) parts: Vec<(Part, Range<usize>)>,
    pub(super) children: Vec<Mark>,
}

impl From<Mark> for Spans {
    fn from(root: Mark) -> Self {
        fn visit(mark: Mark, path: &mut Vec<usize>, nodes: &mut Vec<NodeSpans>) {
            nodes.push(NodeSpans { path: path.clone(), whole: mark.whole, parts: mark.parts });
            for (place, child) in mark.children.into_iter().enumerate() {
                path.push(place);
                visit(child, path, nodes);
                path.pop();
            }
        }
        let mut nodes = Vec::new();
        visit(root, &mut Vec::new(), &mut nodes);
        Self { nodes }
    }
}
