//! The one spelling of attribute keys in a rule: people type them in any case.

use attrium_schema::{AttributeKey, AttributeSchema};

use crate::ast::{Condition, Node, Operand, Rule};

impl Rule {
    /// The same rule with every key as its definition spells it. A key that nobody declared stays as it was typed.
    #[must_use]
    pub fn spelled_as(mut self, attributes: &AttributeSchema) -> Self {
        respell(&mut self.node, &mut |key| {
            if let Some(definition) = attributes.find(key.as_str()) {
                key.clone_from(&definition.key);
            }
        });
        self
    }
}

fn respell(node: &mut Node, spell: &mut impl FnMut(&mut AttributeKey)) {
    match node {
        Node::And(nodes) | Node::Or(nodes) => nodes.iter_mut().for_each(|node| respell(node, spell)),
        Node::Not(inner) => respell(inner, spell),
        Node::Compare(comparison) => {
            spell(&mut comparison.attribute);
            if let Some(other) = other_key(&mut comparison.condition) {
                spell(other);
            }
        }
    }
}

/// The attribute on the right of a comparison.
fn other_key(condition: &mut Condition) -> Option<&mut AttributeKey> {
    match condition {
        Condition::Compare(_, Operand::Other { attribute, .. }) | Condition::ContainsOther(attribute) => {
            Some(attribute)
        }
        Condition::Compare(_, Operand::Literal(_))
        | Condition::Exists
        | Condition::Missing
        | Condition::SetEquals(_)
        | Condition::In(_)
        | Condition::Between(..)
        | Condition::Text(..)
        | Condition::Has(_)
        | Condition::HasAny(_)
        | Condition::HasAll(_)
        | Condition::Size(_)
        | Condition::Day(..)
        | Condition::Window(..)
        | Condition::AnniversaryInNext(_)
        | Condition::Calendar(..) => None,
    }
}

#[cfg(test)]
mod tests;
