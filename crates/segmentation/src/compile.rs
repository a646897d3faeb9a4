//! The type check: a rule against the attribute schema.

use attrium_schema::AttributeSchema;

use crate::ast::Rule;
use crate::compiled::Compiled;
use crate::diagnostic::Diagnostic;

/// What a rule may refer to.
#[derive(Clone, Copy, Debug)]
pub struct Catalogue<'a> {
    /// The attributes of the workspace.
    pub attributes: &'a AttributeSchema,
}

/// Checks a rule against a catalogue. Warnings of a rule that is right are in [`Compiled::warnings`].
///
/// # Errors
/// Every problem found, each with its node and part.
pub fn compile(_rule: &Rule, _catalogue: &Catalogue<'_>) -> Result<Compiled, Vec<Diagnostic>> {
    unimplemented!("lands next")
}
