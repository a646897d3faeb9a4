//! What is known about attributes beyond their definitions: from the index, and from rules.

use std::sync::Arc;

use attrium_schema::{AttributeKey, Scalar};
use attrium_segmentation::Compiled;

use crate::audience;
use crate::cx::Cx;
use crate::error::Error;
use crate::nouns::Segment;
use crate::paging::{Page, PageRequest};
use crate::rights::Right;
use crate::segments;

/// Most values [`top_values`] answers.
const TOP_VALUES_MAX: usize = 100;

/// One value and how many profiles have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueCount {
    /// The value; of a list attribute, an item.
    pub value: Scalar,
    /// How many profiles.
    pub count: u64,
}

/// The segments whose rule reads an attribute.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Users {
    /// A page of them, by key.
    pub page: Page<Segment>,
    /// How many there are on all pages.
    pub total: u64,
}

/// For each key, the segments whose rule reads it; the place is a segment's key.
///
/// # Errors
/// [`Error::Denied`].
pub async fn used_by(cx: &Cx, keys: &[AttributeKey], request: &PageRequest<String>) -> Result<Vec<Users>, Error> {
    cx.require(Right::ReadAttributes)?;
    cx.require(Right::ReadSegments)?;
    let segments = segments::all(cx).await?;
    let rules = segments::compiled(cx, &segments).await?;
    let reads = |rule: &Option<Arc<Compiled>>, key| rule.as_ref().is_some_and(|rule| rule.reads().contains(key));
    let is_after = |segment: &Segment| request.after.as_ref().is_none_or(|after| *after < segment.key);
    let users = |key| {
        let reading = || segments.iter().zip(&rules).filter(|(_, rule)| reads(rule, key)).map(|(segment, _)| segment);
        let after = reading().filter(|segment| is_after(segment)).take(request.peek());
        Users { page: request.page(after.cloned().collect()), total: reading().count() as u64 }
    };
    Ok(keys.iter().map(users).collect())
}

/// For each key, how many profiles have a value.
///
/// # Errors
/// [`Error::Denied`], [`Error::IndexLoading`], [`Error::Busy`].
pub async fn filled_counts(cx: &Cx, keys: &[AttributeKey]) -> Result<Vec<u64>, Error> {
    cx.require(Right::ReadAttributes)?;
    let keys = keys.to_vec();
    audience::ask(cx, move |asked| keys.iter().map(|key| asked.index.filled(key)).collect()).await
}

/// The `first` values most profiles have, with exact counts.
///
/// # Errors
/// [`Error::Denied`], [`Error::IndexLoading`], [`Error::Busy`].
pub async fn top_values(cx: &Cx, key: &AttributeKey, first: usize) -> Result<Vec<ValueCount>, Error> {
    cx.require(Right::ReadAttributes)?;
    let (key, first) = (key.clone(), first.clamp(1, TOP_VALUES_MAX));
    let found = audience::ask(cx, move |asked| asked.index.top_values(&key, first)).await?;
    Ok(found.into_iter().map(|(value, count)| ValueCount { value, count }).collect())
}
