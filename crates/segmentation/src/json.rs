//! Canonical JSON: `{"v": 1, "rule": NODE}`.

use serde_json::Value as Json;

use crate::ast::Rule;
use crate::diagnostic::Diagnostic;

impl Rule {
    /// Reads a document, `{"v": 1, "rule": NODE}`.
    ///
    /// # Errors
    /// Every problem found, each with its place in the JSON.
    pub fn from_json(_document: &Json) -> Result<Self, Vec<Diagnostic>> {
        unimplemented!("lands next")
    }

    /// Reads a bare node, without the document around it.
    ///
    /// # Errors
    /// Every problem found, each with its place in the JSON.
    pub fn from_node_json(_node: &Json) -> Result<Self, Vec<Diagnostic>> {
        unimplemented!("lands next")
    }

    /// The document.
    pub fn to_json(&self) -> Json {
        unimplemented!("lands next")
    }

    /// The bare node.
    pub fn to_node_json(&self) -> Json {
        unimplemented!("lands next")
    }
}
