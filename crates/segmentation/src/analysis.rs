//! Everything about a rule while it is typed, in one call: both forms, where its nodes stand, what is
//! wrong with it, and the compiled rule.

use serde_json::Value as Json;

use crate::ast::Rule;
use crate::compile::{Catalogue, compile};
use crate::compiled::Compiled;
use crate::diagnostic::Diagnostic;
use crate::text::{Spans, parse, parse_unbounded};

/// What is known about a rule that may be wrong.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// The rule, when it reads, with its keys as their definitions spell them.
    pub rule: Option<Rule>,
    /// The compiled rule, when nothing is wrong with it.
    pub compiled: Option<Compiled>,
    /// The text that `spans` and the diagnostics' spans count in: the one typed, or the canonical
    /// one of a rule that came as JSON; empty when such a rule does not read.
    pub text: String,
    /// Where the nodes stand in `text`.
    pub spans: Spans,
    /// What is wrong; of a right rule, what is worth knowing.
    pub diagnostics: Vec<Diagnostic>,
}

impl Analysis {
    /// Of a rule in text form.
    pub fn of_text(text: &str, catalogue: &Catalogue<'_>) -> Self {
        let parsed = parse(text);
        let read = Self {
            rule: parsed.rule.map(|rule| rule.spelled_as(catalogue.attributes)),
            compiled: None,
            text: text.to_owned(),
            spans: parsed.spans,
            diagnostics: parsed.diagnostics,
        };
        read.compiled_with(catalogue)
    }

    /// Of a rule in JSON: a document, or a bare node.
    pub fn of_json(json: &Json, catalogue: &Catalogue<'_>) -> Self {
        let is_document = json.get("v").is_some() || (json.get("rule").is_some() && json.get("at").is_none());
        let read = if is_document { Rule::from_json(json) } else { Rule::from_node_json(json) };
        match read {
            Ok(rule) => Self::of_rule(rule, catalogue),
            Err(diagnostics) => {
                Self { rule: None, compiled: None, text: String::new(), spans: Spans::default(), diagnostics }
            }
        }
    }

    /// Of a rule that was read before.
    pub fn of_rule(rule: Rule, catalogue: &Catalogue<'_>) -> Self {
        let rule = rule.spelled_as(catalogue.attributes);
        let text = rule.to_text();
        let spans = parse_unbounded(&text).spans;
        Self { rule: Some(rule), compiled: None, text, spans, diagnostics: Vec::new() }.compiled_with(catalogue)
    }

    fn compiled_with(mut self, catalogue: &Catalogue<'_>) -> Self {
        let Some(rule) = &self.rule else { return self };
        match compile(rule, catalogue) {
            Ok(compiled) => {
                self.diagnostics.extend_from_slice(compiled.warnings());
                self.compiled = Some(compiled);
            }
            Err(errors) => self.diagnostics.extend(errors),
        }
        self.spans.place(&mut self.diagnostics);
        self
    }
}
