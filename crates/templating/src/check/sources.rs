//! Where the names of a template may have HTML from.

use std::collections::HashMap;
use std::sync::Arc;

use crate::tree::{Body, Expression, Node, Pipeline};

/// Where a name may have its markup from.
#[derive(Clone, Copy)]
pub(super) enum Source<'t> {
    Capture(&'t Body),
    Assign(&'t Pipeline),
    /// It is an item of this.
    Item(&'t Expression),
}

/// By name.
pub(super) type Sources<'t> = HashMap<Arc<str>, Vec<Source<'t>>>;

/// Every name that may hold markup, and where from.
pub(super) fn collect_sources<'t>(body: &'t Body, sources: &mut Sources<'t>) {
    let mut add = |name: &Arc<str>, source| sources.entry(Arc::clone(name)).or_default().push(source);
    for node in &body.nodes {
        match node {
            Node::Assign { name, value } => add(&name.text, Source::Assign(value)),
            Node::Capture { name, body } => add(&name.text, Source::Capture(body)),
            Node::For(repeated) => add(&repeated.variable.text, Source::Item(&repeated.collection)),
            Node::Text(_)
            | Node::Raw(_)
            | Node::Output(_)
            | Node::If(_)
            | Node::Case(_)
            | Node::Break
            | Node::Continue => {}
        }
    }
    for body in body.nodes.iter().flat_map(inner_bodies) {
        collect_sources(body, sources);
    }
}

/// The bodies inside a node.
fn inner_bodies(node: &Node) -> Vec<&Body> {
    match node {
        Node::Text(_) | Node::Raw(_) | Node::Output(_) | Node::Break | Node::Continue | Node::Assign { .. } => {
            Vec::new()
        }
        Node::Capture { body, .. } => vec![body],
        Node::If(choice) => choice.branches.iter().map(|branch| &branch.body).chain(&choice.otherwise).collect(),
        Node::Case(case) => case.arms.iter().map(|arm| &arm.body).collect(),
        Node::For(repeated) => [&repeated.body].into_iter().chain(&repeated.otherwise).collect(),
    }
}
