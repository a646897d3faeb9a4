//! Everything about a rule while it is typed. What is said here is found out by the engine.

use async_graphql::{Context, Enum, Object, SimpleObject};
use attrium_engine::audience;
use attrium_engine::segments::RuleInput as RuleText;

use super::error::ApiResult;
use super::paging;
use super::request::ContextExt as _;
use super::rule_input::RuleInput;
use super::scalars::Json;

pub(super) struct RuleAnalysis {
    found: audience::RuleAnalysis,
    typed: Option<String>,
}

/// What there is to know about a rule while it is typed. Offsets count UTF-16 units, as browsers do.
#[Object]
impl RuleAnalysis {
    /// Whether it parses and fits the attributes, so that it could be saved.
    async fn is_valid(&self) -> bool {
        self.found.is_valid
    }

    /// The rule as text, in its one spelling; null when it does not parse.
    async fn text(&self) -> Option<&str> {
        self.found.text.as_deref()
    }

    /// The rule as canonical JSON; null when it does not parse.
    async fn json(&self) -> Option<&Json> {
        self.found.json.as_ref()
    }

    /// The rule in plain words; null when it is not valid.
    async fn sentence(&self) -> Option<&str> {
        self.found.sentence.as_deref()
    }

    /// How many profiles it selects now, exactly; null when it is not valid, or the index is loading.
    async fn count(&self) -> Option<u64> {
        self.found.count
    }

    /// How many profiles there are; null while the index is loading.
    async fn total(&self) -> Option<u64> {
        self.found.total
    }

    /// One per node of the rule, parents before their children; empty when it is not valid, or the index
    /// is loading.
    #[graphql(complexity = "paging::short_list_cost(child_complexity)")]
    async fn nodes(&self) -> Vec<RuleNodeCount> {
        self.found.nodes.iter().cloned().map(RuleNodeCount).collect()
    }

    /// What is wrong with it, or worth knowing.
    #[graphql(complexity = "paging::short_list_cost(child_complexity)")]
    async fn diagnostics(&self) -> Vec<RuleDiagnostic> {
        self.found.diagnostics.iter().cloned().map(RuleDiagnostic).collect()
    }

    /// How far the audience index is.
    async fn index(&self) -> IndexState {
        self.found.index.into()
    }

    /// What could be typed at a place, best first.
    #[graphql(complexity = "paging::short_list_cost(child_complexity)")]
    async fn completions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where, in UTF-16 units from the start of the text.")] offset: u32,
    ) -> ApiResult<Vec<Completion>> {
        let Some(text) = self.typed.as_deref().or(self.found.text.as_deref()) else {
            return Ok(Vec::new());
        };
        let offset = usize::try_from(offset).unwrap_or(usize::MAX);
        let found = audience::complete(ctx.cx()?, text, offset).await?;
        Ok(found.into_iter().map(Completion).collect())
    }
}

pub(super) struct RuleNodeCount(audience::RuleNodeCount);

/// How many profiles one node of a rule selects.
#[Object]
impl RuleNodeCount {
    /// Child numbers from the root; empty is the root itself.
    async fn path(&self) -> &[usize] {
        &self.0.path
    }

    /// Where the node begins: in the text that was sent, or in `text` when JSON or a tree was.
    async fn from(&self) -> usize {
        self.0.from
    }

    /// Where it ends.
    async fn to(&self) -> usize {
        self.0.to
    }

    /// How many profiles it selects, taken alone.
    async fn count(&self) -> u64 {
        self.0.count
    }

    /// How many of them lack the attribute: a negative form selects those too. 0 for every other node.
    async fn missing_count(&self) -> u64 {
        self.0.missing_count
    }
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "attrium_segmentation::Severity")]
pub(super) enum Severity {
    /// The rule cannot be used.
    Error,
    /// The rule means something, but perhaps not what was meant.
    Warning,
}

pub(super) struct RuleDiagnostic(audience::RuleDiagnostic);

/// One finding about a rule, and where it is.
#[Object]
impl RuleDiagnostic {
    /// How much it weighs.
    async fn severity(&self) -> Severity {
        self.0.severity.into()
    }

    /// What it is, for programs: `syntax`, `unknown_attribute`, `wrong_type`, …
    async fn code(&self) -> &str {
        self.0.code
    }

    /// What it is, for people.
    async fn message(&self) -> &str {
        &self.0.message
    }

    /// Where it begins: in the text that was sent, or in `text` when JSON or a tree was.
    async fn from(&self) -> usize {
        self.0.from
    }

    /// Where it ends.
    async fn to(&self) -> usize {
        self.0.to
    }

    /// What may have been meant, best first; each can replace what stands there.
    async fn suggestions(&self) -> &[String] {
        &self.0.suggestions
    }

    /// The place in the canonical JSON: `["rule", "and", "0", "value"]`.
    async fn path(&self) -> &[String] {
        &self.0.path
    }
}

/// What a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "attrium_segmentation::CompletionKind")]
pub(super) enum CompletionKind {
    /// An attribute.
    Attribute,
    /// An operator that fits the attribute's type.
    Operator,
    /// A value.
    Value,
    /// A word of the language.
    Keyword,
}

pub(super) struct Completion(audience::RuleCompletion);

/// Something that could be typed.
#[Object]
impl Completion {
    /// What a list shows.
    async fn label(&self) -> &str {
        &self.0.label
    }

    /// What to put in place of `from` to `to`.
    async fn insert(&self) -> &str {
        &self.0.insert
    }

    /// What it is.
    async fn kind(&self) -> CompletionKind {
        self.0.kind.into()
    }

    /// A few words more; may be empty.
    async fn detail(&self) -> &str {
        &self.0.detail
    }

    /// Where what it replaces begins.
    async fn from(&self) -> usize {
        self.0.from
    }

    /// Where that ends.
    async fn to(&self) -> usize {
        self.0.to
    }
}

/// How far the audience index is. Counts are null until it is ready.
#[derive(SimpleObject)]
pub(super) struct IndexState {
    /// Whether it answers.
    is_ready: bool,
    /// Profiles it holds.
    loaded_profiles: u64,
    /// Profiles there are.
    total_profiles: u64,
}

impl From<audience::IndexState> for IndexState {
    fn from(state: audience::IndexState) -> Self {
        Self { is_ready: state.is_ready, loaded_profiles: state.loaded_profiles, total_profiles: state.total_profiles }
    }
}

/// What one analysis costs beside its fields: a whole rule is compiled and counted.
const ANALYSIS_COST: usize = 500;

#[derive(Default)]
pub(super) struct RuleQueries;

#[Object]
impl RuleQueries {
    /// Everything about a rule while it is typed. A wrong rule is no error: it has diagnostics.
    #[graphql(complexity = "ANALYSIS_COST + child_complexity")]
    async fn rule_analysis(&self, ctx: &Context<'_>, input: RuleInput) -> ApiResult<RuleAnalysis> {
        let input = RuleText::from(input);
        let typed = match &input {
            RuleText::Text(text) => Some(text.clone()),
            RuleText::Json(_) => None,
        };
        let found = audience::analyse(ctx.cx()?, input).await?;
        Ok(RuleAnalysis { found, typed })
    }
}
