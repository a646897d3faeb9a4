//! Everything about a rule while it is typed, in one call: both forms, spans, diagnostics, the compiled rule.

use serde_json::Value as Json;

use crate::ast::Rule;
use crate::compile::Catalogue;
use crate::compiled::Compiled;
use crate::diagnostic::Diagnostic;
use crate::text::Spans;

/// What is known about a rule that may be wrong.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// The rule, when it reads.
    pub rule: Option<Rule>,
    /// The compiled rule, when nothing is wrong with it.
    pub compiled: Option<Compiled>,
    /// The text that `spans` and the diagnostics' spans count in: the one typed, or the canonical
    /// one of a rule that came as JSON; empty when such a rule does not read.
    pub text: String,
    /// Where the nodes stand in `text`.
    pub spans: Spans,
    /// Errors, then warnings.
    pub diagnostics: Vec<Diagnostic>,
}

impl Analysis {
    /// Of a rule in text form.
    pub fn of_text(_text: &str, _catalogue: &Catalogue<'_>) -> Self {
        unimplemented!("lands next")
    }

    /// Of a rule in JSON: a document, or a bare node.
    pub fn of_json(_json: &Json, _catalogue: &Catalogue<'_>) -> Self {
        unimplemented!("lands next")
    }
}
