//! Attribute definitions: declared, edited, and what profiles hold of them.

mod facts;
mod edit;

pub use edit::{AttributeEdit, create, update};
pub use facts::{Users, ValueCount, filled_counts, top_values, used_by};

use attrium_schema::{AttributeDefinition, AttributeId, AttributeKey, AttributeSchema};
use attrium_segmentation::nearest;
use attrium_storage::attributes;

use crate::cx::Cx;
use crate::error::Error;
use crate::paging::{Page, PageRequest};
use crate::rights::Right;
use crate::search;

/// Every definition of the workspace.
///
/// # Errors
/// [`Error::Denied`].
pub async fn schema(cx: &Cx) -> Result<AttributeSchema, Error> {
    cx.require(Right::ReadAttributes)?;
    schema_of(cx).await
}

/// As [`schema`], for use cases that need another right.
pub(crate) async fn schema_of(cx: &Cx) -> Result<AttributeSchema, Error> {
    Ok(attributes::schema(cx.db(), cx.workspace).await?)
}

/// What is said of a key that no attribute has.
pub(crate) fn unknown(schema: &AttributeSchema, key: &str) -> String {
    let shown: String = key.chars().take(AttributeKey::CHARS_MAX).collect();
    match nearest(&shown, schema.iter().map(|definition| definition.key.as_str())).first() {
        Some(known) => format!("No attribute has the key `{shown}`. Did you mean `{known}`?"),
        None => format!("No attribute has the key `{shown}`."),
    }
}

/// The definition with this id, or `None`.
///
/// # Errors
/// [`Error::Denied`].
pub async fn find(cx: &Cx, id: AttributeId) -> Result<Option<AttributeDefinition>, Error> {
    cx.require(Right::ReadAttributes)?;
    Ok(attributes::find(cx.db(), cx.workspace, id).await?)
}

/// The definition with this key in any case, or `None`.
///
/// # Errors
/// [`Error::Denied`].
pub async fn find_by_key(cx: &Cx, key: &str) -> Result<Option<AttributeDefinition>, Error> {
    cx.require(Right::ReadAttributes)?;
    match AttributeKey::parse(key) {
        Ok(key) => Ok(attributes::find_by_key(cx.db(), cx.workspace, &key).await?),
        Err(_) => Ok(None),
    }
}

/// A page by key of those whose key or label contains `search`, ignoring case.
///
/// # Errors
/// [`Error::Denied`].
pub async fn page(
    cx: &Cx,
    search: Option<&str>,
    request: PageRequest<AttributeKey>,
) -> Result<Page<AttributeDefinition>, Error> {
    let schema = schema(cx).await?;
    let found = schema
        .iter()
        .filter(|definition| search::holds(search, [definition.key.as_str(), &definition.label]))
        .filter(|definition| request.after.as_ref().is_none_or(|after| *after < definition.key))
        .take(request.peek())
        .map(|definition| AttributeDefinition::clone(definition))
        .collect();
    Ok(request.page(found))
}

/// How many such there are.
///
/// # Errors
/// [`Error::Denied`].
pub async fn count(cx: &Cx, search: Option<&str>) -> Result<u64, Error> {
    let schema = schema(cx).await?;
    Ok(schema.iter().filter(|definition| search::holds(search, [definition.key.as_str(), &definition.label])).count()
        as u64)
}
