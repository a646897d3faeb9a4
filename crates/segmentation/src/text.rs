//! The text form that people type: read by `parse`, written by `print`, inverse both ways.

use std::ops::Range;

use crate::ast::Rule;
use crate::diagnostic::Diagnostic;

/// What reading a text gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed {
    /// The rule; `None` when `diagnostics` holds an error.
    pub rule: Option<Rule>,
    /// Where each node of the rule stands.
    pub spans: Spans,
    /// Everything found wrong, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Where the nodes of a rule stand in its text, in pre-order: a node, then its children.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spans {
    nodes: Vec<NodeSpans>,
}

/// Where one node and its parts stand, in bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NodeSpans {
    /// Child numbers from the root; empty is the root.
    pub path: Vec<usize>,
    /// All of the node.
    pub whole: Range<usize>,
}

impl Spans {
    /// Every node, in pre-order.
    pub fn nodes(&self) -> &[NodeSpans] {
        &self.nodes
    }

    /// Gives each diagnostic that has none the bytes of the part it is about.
    pub fn place(&self, _diagnostics: &mut [Diagnostic]) {
        unimplemented!("lands next")
    }
}

/// Reads the text form. Reading goes on after a mistake where it can, so that several are found at once.
pub fn parse(_text: &str) -> Parsed {
    unimplemented!("lands next")
}

impl Rule {
    /// The rule in its canonical text.
    pub fn to_text(&self) -> String {
        unimplemented!("lands next")
    }
}
