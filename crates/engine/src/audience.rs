//! Audiences: whom a rule selects right now, and everything about a rule while it is typed.

use attrium_segmentation::{CompletionKind, Rule, Severity};
use serde_json::Value as Json;

use crate::cx::Cx;
use crate::error::Error;
use crate::segments::RuleInput;

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

/// One thing that is wrong with a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleDiagnostic {
    /// How bad.
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

/// How far the audience index is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IndexState {
    /// Whether it answers.
    pub is_ready: bool,
    /// Profiles it holds.
    pub loaded_profiles: u64,
    /// Profiles there are.
    pub total_profiles: u64,
}

/// Both forms of a rule, counts, diagnostics and the index's state. A wrong rule is no error.
pub async fn analyse(_cx: &Cx, _input: RuleInput) -> Result<RuleAnalysis, Error> { unimplemented!() }
/// What could be typed at a UTF-16 offset of a rule's text.
pub async fn complete(_cx: &Cx, _text: &str, _offset: usize) -> Result<Vec<RuleCompletion>, Error> { unimplemented!() }
/// How far this workspace's index is.
pub async fn index_state(_cx: &Cx) -> Result<IndexState, Error> { unimplemented!() }
/// Reads and compiles a rule; `path` is where a problem points.
/// # Errors
/// [`Error::Invalid`] with every diagnostic as a `RULE` problem.
pub async fn check(_cx: &Cx, _input: &RuleInput, _path: &[&str]) -> Result<Rule, Error> { unimplemented!() }
