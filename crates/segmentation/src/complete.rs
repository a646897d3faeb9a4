//! What could be typed at a place in a rule's text.

use std::ops::Range;

use crate::compile::Catalogue;

/// One thing that could be typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What people see in the list.
    pub label: String,
    /// What is put in the text.
    pub insert: String,
    /// What it is.
    pub kind: CompletionKind,
    /// More about it: an attribute's type, an operator's meaning. May be empty.
    pub detail: String,
    /// The bytes of the text it replaces.
    pub span: Range<usize>,
}

/// What a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CompletionKind {
    /// An attribute.
    Attribute,
    /// An operator that fits the attribute's type.
    Operator,
    /// A value.
    Value,
    /// A word of the language.
    Keyword,
}

/// What could be typed at a byte of a text, best first; of what is half typed only what fits it.
pub fn complete(_text: &str, _byte_offset: usize, _catalogue: &Catalogue<'_>) -> Vec<Completion> {
    Vec::new()
}
