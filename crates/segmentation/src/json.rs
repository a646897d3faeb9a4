//! Canonical JSON: `{"v": 1, "rule": NODE}`. Reading gathers every problem; writing a rule and
//! reading it gives the same rule.

mod condition;
mod read;
pub(crate) mod write;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Value as Json, json};

use crate::ast::Rule;
use crate::diagnostic::Diagnostic;

/// The version of the document that this crate writes, and the only one it reads.
const VERSION: u64 = 1;

impl Rule {
    /// Reads a document, `{"v": 1, "rule": NODE}`.
    ///
    /// # Errors
    /// Every problem found, each with its place in the JSON.
    pub fn from_json(document: &Json) -> Result<Self, Vec<Diagnostic>> {
        read::document(document)
    }

    /// Reads a bare node, without the document around it. Places are told as if it stood in one.
    ///
    /// # Errors
    /// Every problem found, each with its place in the JSON.
    pub fn from_node_json(node: &Json) -> Result<Self, Vec<Diagnostic>> {
        read::rule(node)
    }

    /// The document.
    pub fn to_json(&self) -> Json {
        json!({ "v": VERSION, "rule": self.to_node_json() })
    }

    /// The bare node.
    pub fn to_node_json(&self) -> Json {
        write::node(&self.node)
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_json().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Rule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let document = Json::deserialize(deserializer)?;
        Self::from_json(&document).map_err(|found| {
            let messages: Vec<String> = found.iter().map(ToString::to_string).collect();
            serde::de::Error::custom(messages.join("; "))
        })
    }
}

#[cfg(test)]
mod tests;
