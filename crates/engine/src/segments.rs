//! Segments: named rules, and how many they select.

mod edit;
mod compiled;

pub(crate) use compiled::CompiledRules;
pub use edit::{RuleInput, SegmentDraft, SegmentEdit, create, delete, update};

use std::sync::Arc;

use attrium_schema::SegmentId;
use attrium_segmentation::Compiled;
use attrium_storage::{LIST_MAX, segments};

use crate::attributes;
use crate::audience;
use crate::cx::Cx;
use crate::error::Error;
use crate::nouns::Segment;
use crate::paging::{Page, PageRequest};
use crate::rights::Right;
use crate::search;

/// The segment with this id, or `None`.
///
/// # Errors
/// [`Error::Denied`].
pub async fn find(cx: &Cx, id: SegmentId) -> Result<Option<Segment>, Error> {
    cx.require(Right::ReadSegments)?;
    Ok(segments::find(cx.db(), cx.workspace, id).await?)
}

/// Those of these that exist, in no particular order: for loaders.
///
/// # Errors
/// [`Error::Denied`].
pub async fn find_many(cx: &Cx, ids: &[SegmentId]) -> Result<Vec<Segment>, Error> {
    cx.require(Right::ReadSegments)?;
    Ok(segments::find_many(cx.db(), cx.workspace, ids).await?)
}

/// The segment with this key, or `None`.
///
/// # Errors
/// [`Error::Denied`].
pub async fn find_by_key(cx: &Cx, key: &str) -> Result<Option<Segment>, Error> {
    cx.require(Right::ReadSegments)?;
    Ok(segments::find_by_key(cx.db(), cx.workspace, key).await?)
}

/// A page by key of those whose key or name contains `search`, ignoring case; the place is a key.
///
/// # Errors
/// [`Error::Denied`].
pub async fn page(cx: &Cx, search: Option<&str>, request: PageRequest<String>) -> Result<Page<Segment>, Error> {
    cx.require(Right::ReadSegments)?;
    let found = all(cx)
        .await?
        .into_iter()
        .filter(|segment| search::holds(search, [&segment.key, &segment.name]))
        .filter(|segment| request.after.as_ref().is_none_or(|after| *after < segment.key))
        .take(request.peek())
        .collect();
    Ok(request.page(found))
}

/// How many such there are.
///
/// # Errors
/// [`Error::Denied`].
pub async fn count(cx: &Cx, search: Option<&str>) -> Result<u64, Error> {
    cx.require(Right::ReadSegments)?;
    Ok(all(cx).await?.iter().filter(|segment| search::holds(search, [&segment.key, &segment.name])).count() as u64)
}

/// Every segment of the workspace, by key; there are at most 5,000.
pub(crate) async fn all(cx: &Cx) -> Result<Vec<Segment>, Error> {
    let mut found = segments::page(cx.db(), cx.workspace, attrium_storage::Page::first(LIST_MAX)).await?;
    found.sort_by(|a, b| a.key.cmp(&b.key));
    Ok(found)
}

/// How many profiles each of these segments selects right now.
///
/// # Errors
/// [`Error::Denied`], [`Error::IndexLoading`], [`Error::Busy`].
pub async fn audience_counts(cx: &Cx, segments: &[Segment]) -> Result<Vec<u64>, Error> {
    cx.require(Right::ReadSegments)?;
    let rules = compiled(cx, segments).await?;
    audience::ask(cx, move |asked| {
        let count = |rule: &Option<Arc<Compiled>>| rule.as_ref().map_or(0, |rule| asked.select(rule).len());
        rules.iter().map(count).collect()
    })
    .await
}

/// The compiled rule of each segment, or `None` for one whose rule does not compile.
///
/// # Errors
/// [`Error::Busy`].
pub(crate) async fn compiled(cx: &Cx, segments: &[Segment]) -> Result<Vec<Option<Arc<Compiled>>>, Error> {
    let schema = attributes::schema_of(cx).await?;
    let (engine, workspace, segments) = (cx.engine.clone(), cx.workspace, segments.to_vec());
    cx.engine.cpu().run(move |_| engine.compiled_rules().of(workspace, &segments, &schema)).await
}
