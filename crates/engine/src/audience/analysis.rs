//! Everything about a rule while it is typed: one answer, never an error for a wrong rule.

use attrium_schema::AttributeSchema;
use attrium_segmentation::{
    Analysis, Catalogue, CompletionKind, Diagnostic, NodeCount, Rule, Severity, byte_offset, complete, utf16_offset,
};
use serde_json::Value as Json;

use crate::segments::RuleInput;

use super::IndexState;

/// Everything about a rule while it is typed. All offsets count UTF-16 units.
#[derive(Clone, Debug)]
pub struct RuleAnalysis {
    /// Whether it parses and compiles.
    pub is_valid: bool,
    /// The rule, when it parses.
    pub rule: Option<Rule>,
    /// Its canonical text, when it parses.
    pub text: Option<String>,
    /// Its canonical JSON, when it parses.
    pub json: Option<Json>,
    /// In plain words, when it is valid.
    pub sentence: Option<String>,
    /// The exact audience, when it is valid and the index is ready.
    pub count: Option<u64>,
    /// All profiles, when the index is ready.
    pub total: Option<u64>,
    /// One per node, pre-order, when it is valid and the index is ready.
    pub nodes: Vec<RuleNodeCount>,
    /// Everything found wrong.
    pub diagnostics: Vec<RuleDiagnostic>,
    /// How far the index is.
    pub index: IndexState,
}

/// How many profiles one node of a rule selects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleNodeCount {
    /// Child numbers from the root.
    pub path: Vec<usize>,
    /// Where it begins in the text.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// How many.
    pub count: u64,
    /// How many of them lack the attribute; 0 but for negative forms.
    pub missing_count: u64,
}

/// One thing that is wrong with a rule, or worth knowing about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleDiagnostic {
    /// How much it weighs.
    pub severity: Severity,
    /// Which.
    pub code: &'static str,
    /// For whoever types.
    pub message: String,
    /// Where it begins in the text.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// What may have been meant.
    pub suggestions: Vec<String>,
    /// The place in canonical JSON.
    pub path: Vec<String>,
}

/// What could be typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleCompletion {
    /// What the list shows.
    pub label: String,
    /// What is put in the text.
    pub insert: String,
    /// What it is.
    pub kind: CompletionKind,
    /// A few words beside it.
    pub detail: String,
    /// Where what it replaces begins.
    pub from: usize,
    /// Where that ends.
    pub to: usize,
}

/// What the rule language alone knows of an input.
pub(super) fn read(input: &RuleInput, schema: &AttributeSchema) -> Analysis {
    let catalogue = Catalogue { attributes: schema };
    match input {
        RuleInput::Text(text) => Analysis::of_text(text, &catalogue),
        RuleInput::Json(json) => Analysis::of_json(json, &catalogue),
    }
}

/// The answer without counts, which the index adds.
pub(super) fn answer(analysis: &Analysis, schema: &AttributeSchema, index: IndexState) -> RuleAnalysis {
    let sentence = analysis.compiled.as_ref().and(analysis.rule.as_ref()).map(|rule| rule.sentence(schema));
    RuleAnalysis {
        is_valid: analysis.compiled.is_some(),
        text: analysis.rule.as_ref().map(Rule::to_text),
        json: analysis.rule.as_ref().map(Rule::to_json),
        rule: analysis.rule.clone(),
        sentence,
        count: None,
        total: None,
        nodes: Vec::new(),
        diagnostics: analysis.diagnostics.iter().map(|found| placed(&analysis.text, found)).collect(),
        index,
    }
}

/// Adds what the index counted, node by node.
pub(super) fn add_counts(answer: &mut RuleAnalysis, analysis: &Analysis, counts: &[NodeCount], total: u64) {
    let text = &analysis.text;
    answer.count = super::root_count(counts);
    answer.total = Some(total);
    answer.nodes = analysis
        .spans
        .nodes()
        .iter()
        .zip(counts)
        .map(|(node, counted)| RuleNodeCount {
            path: node.path.clone(),
            from: utf16_offset(text, node.whole.start),
            to: utf16_offset(text, node.whole.end),
            count: counted.count,
            missing_count: counted.missing_count,
        })
        .collect();
}

fn placed(text: &str, found: &Diagnostic) -> RuleDiagnostic {
    let span = found.span.clone().unwrap_or(0..text.len());
    RuleDiagnostic {
        severity: found.severity,
        code: found.code.name(),
        message: found.message.clone(),
        from: utf16_offset(text, span.start),
        to: utf16_offset(text, span.end),
        suggestions: found.suggestions.clone(),
        path: found.json_path.clone(),
    }
}

/// What could be typed at a UTF-16 offset.
pub(super) fn completions(text: &str, offset: usize, schema: &AttributeSchema) -> Vec<RuleCompletion> {
    let found = complete(text, byte_offset(text, offset), &Catalogue { attributes: schema });
    found
        .into_iter()
        .map(|completion| RuleCompletion {
            from: utf16_offset(text, completion.span.start),
            to: utf16_offset(text, completion.span.end),
            label: completion.label,
            insert: completion.insert,
            kind: completion.kind,
            detail: completion.detail,
        })
        .collect()
}
