//! Audiences: whom a rule selects right now, and everything about a rule while it is typed.
//!
//! Answers come from the index in memory, on blocking threads and a few at a time.

mod analysis;
mod handle;
mod registry;

use attrium_segmentation::{AudienceIndex, Compiled, Moment, NodeCount, Rule, Selection, Severity};

pub(crate) use handle::Audience;
pub(crate) use registry::Audiences;

pub use analysis::{RuleAnalysis, RuleCompletion, RuleDiagnostic, RuleNodeCount};
pub use handle::IndexState;

use crate::attributes;
use crate::cpu::Wanted;
use crate::cx::Cx;
use crate::error::{Error, Problem, ProblemCode};
use crate::rights::Right;
use crate::segments::RuleInput;

/// Both forms of a rule, counts at each node, diagnostics and the index's state. A wrong rule is no error.
///
/// # Errors
/// [`Error::Denied`]; [`Error::Busy`] when too many ask at once.
pub async fn analyse(cx: &Cx, input: RuleInput) -> Result<RuleAnalysis, Error> {
    cx.require(Right::ReadSegments)?;
    let schema = attributes::schema_of(cx).await?;
    let (audience, now) = (cx.audience().ok(), cx.now);
    cx.engine
        .cpu()
        .run(move |wanted| {
            let analysis = analysis::read(&input, &schema);
            let state = audience.as_ref().map_or(IndexState::UNKNOWN, |audience| audience.state());
            let mut answer = analysis::answer(&analysis, &schema, state);
            let Some(audience) = audience else {
                return answer;
            };
            let moment = audience.moment(now);
            let counted = audience.ask(|index| {
                let go_on = || wanted.is_wanted();
                let count = |compiled| index.node_counts_while(compiled, &moment, &go_on).unwrap_or_default();
                (analysis.compiled.as_ref().map(count).unwrap_or_default(), index.len() as u64)
            });
            // While the index loads there are no counts, and that is no error here.
            if let Ok((counts, total)) = counted {
                analysis::add_counts(&mut answer, &analysis, &counts, total);
            }
            answer
        })
        .await
}

/// What could be typed at a UTF-16 offset of a rule's text, best first.
///
/// # Errors
/// [`Error::Denied`]; [`Error::Busy`] when too many ask at once.
pub async fn complete(cx: &Cx, text: &str, offset: usize) -> Result<Vec<RuleCompletion>, Error> {
    cx.require(Right::ReadSegments)?;
    let schema = attributes::schema_of(cx).await?;
    let text = text.to_owned();
    cx.engine.cpu().run(move |_| analysis::completions(&text, offset, &schema)).await
}

/// Reads and compiles a rule; `path` is where a problem points in the input.
///
/// # Errors
/// [`Error::Invalid`] with every error of the rule as a `RULE` problem; [`Error::Denied`].
pub async fn check(cx: &Cx, input: &RuleInput, path: &[&str]) -> Result<Rule, Error> {
    cx.require(Right::ReadSegments)?;
    compiled(cx, input, path).await.map(|(rule, _)| rule)
}

/// The rule and its compiled form.
pub(crate) async fn compiled(cx: &Cx, input: &RuleInput, path: &[&str]) -> Result<(Rule, Compiled), Error> {
    let schema = attributes::schema_of(cx).await?;
    let input = input.clone();
    let analysis = cx.engine.cpu().run(move |_| analysis::read(&input, &schema)).await?;
    if let (Some(rule), Some(compiled)) = (analysis.rule, analysis.compiled) {
        return Ok((rule, compiled));
    }
    let problems = analysis
        .diagnostics
        .iter()
        .filter(|found| found.severity == Severity::Error)
        .map(|found| Problem::new(ProblemCode::Rule, path, found.message.clone()))
        .collect();
    Err(Error::Invalid(problems))
}

/// The index while it is asked, for as long as someone waits for the answer.
pub(crate) struct Asked<'a> {
    pub(crate) index: &'a AudienceIndex,
    moment: Moment,
    wanted: &'a Wanted,
}

impl Asked<'_> {
    /// Whom a rule selects; nobody once the caller is gone, who will not learn of it.
    pub(crate) fn select(&self, rule: &Compiled) -> Selection {
        self.index.select_while(rule, &self.moment, &|| self.wanted.is_wanted()).unwrap_or_default()
    }
}

/// Asks the index of the request's workspace.
///
/// # Errors
/// [`Error::IndexLoading`], [`Error::Busy`].
pub(crate) async fn ask<T: Send + 'static>(
    cx: &Cx,
    question: impl FnOnce(&Asked<'_>) -> T + Send + 'static,
) -> Result<T, Error> {
    let (audience, now) = (cx.audience()?, cx.now);
    let work =
        move |wanted: &Wanted| audience.ask(|index| question(&Asked { index, moment: audience.moment(now), wanted }));
    cx.engine.cpu().run(work).await?
}

/// The count of a whole rule: that of its root.
fn root_count(counts: &[NodeCount]) -> Option<u64> {
    counts.first().map(|root| root.count)
}
