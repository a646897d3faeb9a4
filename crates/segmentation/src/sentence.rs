//! A rule in plain English words.

use attrium_schema::AttributeSchema;

use crate::ast::Rule;

impl Rule {
    /// The rule in words, with the labels of its attributes.
    pub fn sentence(&self, _attributes: &AttributeSchema) -> String {
        unimplemented!("lands next")
    }
}
