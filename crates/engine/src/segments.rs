//! Segments: named rules, and how many they select.

use attrium_schema::*;
use serde_json::Value as Json;

use crate::cx::Cx;
use crate::error::Error;
use crate::nouns::Segment;
use crate::paging::{Page, PageRequest};

/// A rule as someone gives it. GraphQL's `json` and `tree` both come as `Json`: a document or a bare node.
#[derive(Clone, Debug, PartialEq)]
pub enum RuleInput {
    /// As text.
    Text(String),
    /// As canonical JSON.
    Json(Json),
}

/// What someone wants a segment to be.
#[derive(Clone, Debug, PartialEq)]
pub struct SegmentDraft {
    /// Its key; made from the name when absent.
    pub key: Option<String>,
    /// Its name.
    pub name: String,
    /// Its description; may be empty.
    pub description: String,
    /// Its rule.
    pub rule: RuleInput,
}

/// An edit of a segment. What is `None` stays as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct SegmentEdit {
    /// Which.
    pub id: SegmentId,
    /// The revision the edit was made from; `None` edits whatever stands.
    pub expected_revision: Option<u32>,
    /// The name.
    pub name: Option<String>,
    /// The description.
    pub description: Option<String>,
    /// The rule.
    pub rule: Option<RuleInput>,
}

/// The segment with this id, or `None`.
pub async fn find(_cx: &Cx, _id: SegmentId) -> Result<Option<Segment>, Error> { unimplemented!() }
/// Those of these that exist, in no particular order: for loaders.
pub async fn find_many(_cx: &Cx, _ids: &[SegmentId]) -> Result<Vec<Segment>, Error> { unimplemented!() }
/// The segment with this key, or `None`.
pub async fn find_by_key(_cx: &Cx, _key: &str) -> Result<Option<Segment>, Error> { unimplemented!() }
/// A page by key of those whose key or name contains `search`, ignoring case; the place is a key.
pub async fn page(_cx: &Cx, _search: Option<&str>, _request: PageRequest<String>) -> Result<Page<Segment>, Error> { unimplemented!() }
/// How many such there are.
pub async fn count(_cx: &Cx, _search: Option<&str>) -> Result<u64, Error> { unimplemented!() }
/// How many profiles each of these segments selects right now.
/// # Errors
/// [`Error::IndexLoading`].
pub async fn audience_counts(_cx: &Cx, _segments: &[Segment]) -> Result<Vec<u64>, Error> { unimplemented!() }
/// Creates a segment.
pub async fn create(_cx: &Cx, _draft: SegmentDraft, _idempotency_key: Option<String>) -> Result<Segment, Error> { unimplemented!() }
/// Edits a segment.
pub async fn update(_cx: &Cx, _edit: SegmentEdit, _idempotency_key: Option<String>) -> Result<Segment, Error> { unimplemented!() }
/// Deletes a segment and its memberships; answers its id.
pub async fn delete(_cx: &Cx, _id: SegmentId, _idempotency_key: Option<String>) -> Result<SegmentId, Error> { unimplemented!() }
