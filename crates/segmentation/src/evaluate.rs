//! The evaluator of one profile: logic has two values, and a missing value fails every test but `missing`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use attrium_schema::{AttributeKey, Profile, TimeZone, Timestamp, Value};

use crate::compiled::{Compiled, CompiledNode, Leaf, LeafZone, Test, profile_zone};
use crate::fit::fitted;

/// When a rule is asked, and whose calendar the workspace keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Now.
    pub now: Timestamp,
    /// The workspace's zone.
    pub zone: TimeZone,
}

/// What is known about one profile.
pub trait Facts {
    /// The value of an attribute, or `None` when it is missing.
    fn value(&self, key: &AttributeKey) -> Option<Cow<'_, Value>>;
}

impl Facts for Profile {
    fn value(&self, key: &AttributeKey) -> Option<Cow<'_, Value>> {
        Self::value(self, key).map(Cow::Borrowed)
    }
}

impl Facts for BTreeMap<AttributeKey, Value> {
    fn value(&self, key: &AttributeKey) -> Option<Cow<'_, Value>> {
        self.get(key).map(Cow::Borrowed)
    }
}

impl Compiled {
    /// Whether the rule selects a profile at a moment.
    pub fn matches(&self, facts: &dyn Facts, moment: &Moment) -> bool {
        self.root().matches(facts, moment)
    }
}

impl CompiledNode {
    fn matches(&self, facts: &dyn Facts, moment: &Moment) -> bool {
        match self {
            Self::All(nodes) => nodes.iter().all(|node| node.matches(facts, moment)),
            Self::Any(nodes) => nodes.iter().any(|node| node.matches(facts, moment)),
            Self::Not(node) => !node.matches(facts, moment),
            Self::Leaf(leaf) => leaf.matches(facts, moment),
        }
    }
}

impl Leaf {
    fn matches(&self, facts: &dyn Facts, moment: &Moment) -> bool {
        let zone = match &self.zone {
            LeafZone::Workspace => Cow::Borrowed(&moment.zone),
            LeafZone::Fixed(zone) => Cow::Borrowed(zone),
            LeafZone::Profile(key) => {
                Cow::Owned(profile_zone(facts.value(key).as_deref()).unwrap_or_else(|| moment.zone.clone()))
            }
        };
        let value_of = |key: &AttributeKey, value_type| facts.value(key).and_then(|value| fitted(value, value_type));
        let other = if let Test::Other(other) = &self.test { value_of(&other.key, other.value_type) } else { None };
        self.question(moment.now, &zone).holds(value_of(&self.key, self.value_type).as_deref(), other.as_deref())
    }
}

#[cfg(test)]
mod tests;
