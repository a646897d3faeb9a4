//! Attribute definitions: declared, edited, and what profiles hold of them.

use attrium_schema::*;

use crate::cx::Cx;
use crate::error::Error;
use crate::nouns::Segment;
use crate::paging::{Page, PageRequest};

/// An edit of a definition. What is `None` stays as it is. The key and the type never change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeEdit {
    /// Which.
    pub id: AttributeId,
    /// The revision the edit was made from; `None` edits whatever stands.
    pub expected_revision: Option<u32>,
    /// The label.
    pub label: Option<String>,
    /// The description.
    pub description: Option<String>,
    /// The format; `Some(None)` removes it.
    pub format: Option<Option<Format>>,
    /// The privacy class.
    pub privacy_class: Option<PrivacyClass>,
}

/// One value and how many profiles have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueCount {
    /// The value; of a list attribute, an item.
    pub value: Scalar,
    /// How many profiles.
    pub count: u64,
}

/// Every definition of the workspace; cheap, from memory.
pub async fn schema(_cx: &Cx) -> Result<AttributeSchema, Error> { unimplemented!() }
/// The definition with this id, or `None`.
pub async fn find(_cx: &Cx, _id: AttributeId) -> Result<Option<AttributeDefinition>, Error> { unimplemented!() }
/// The definition with this key in any case, or `None`.
pub async fn find_by_key(_cx: &Cx, _key: &str) -> Result<Option<AttributeDefinition>, Error> { unimplemented!() }
/// A page by key of those whose key or label contains `search`, ignoring case.
pub async fn page(_cx: &Cx, _search: Option<&str>, _request: PageRequest<AttributeKey>) -> Result<Page<AttributeDefinition>, Error> { unimplemented!() }
/// How many such there are.
pub async fn count(_cx: &Cx, _search: Option<&str>) -> Result<u64, Error> { unimplemented!() }
/// Declares an attribute.
pub async fn create(_cx: &Cx, _draft: AttributeDraft, _idempotency_key: Option<String>) -> Result<AttributeDefinition, Error> { unimplemented!() }
/// Edits a definition.
pub async fn update(_cx: &Cx, _edit: AttributeEdit, _idempotency_key: Option<String>) -> Result<AttributeDefinition, Error> { unimplemented!() }
/// For each key, the segments whose rule reads it.
pub async fn used_by(_cx: &Cx, _keys: &[AttributeKey]) -> Result<Vec<Vec<Segment>>, Error> { unimplemented!() }
/// For each key, how many profiles have a value.
/// # Errors
/// [`Error::IndexLoading`].
pub async fn filled_counts(_cx: &Cx, _keys: &[AttributeKey]) -> Result<Vec<u64>, Error> { unimplemented!() }
/// The `first` values most profiles have, with exact counts.
/// # Errors
/// [`Error::IndexLoading`].
pub async fn top_values(_cx: &Cx, _key: &AttributeKey, _first: usize) -> Result<Vec<ValueCount>, Error> { unimplemented!() }
