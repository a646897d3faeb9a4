//! Message templates: Liquid with places for a customer's values, checked against the attribute schema before it is kept.

mod analysis;
mod edit;

pub use analysis::{
    Completion, Preview, PreviewOf, Subject, TemplateAnalysis, TemplateDiagnostic, TemplateInput, analyse, complete,
};
pub use edit::{TemplateDraft, TemplateEdit, create, delete, update};

use std::collections::HashMap;

use attrium_schema::TemplateId;
use attrium_storage::{Heading, templates};

use crate::cx::Cx;
use crate::error::Error;
use crate::nouns::Template;
use crate::paging::{Page, PageRequest};
use crate::rights::Right;
use crate::search;

/// The template with this id, or `None`.
///
/// # Errors
/// [`Error::Denied`].
pub async fn find(cx: &Cx, id: TemplateId) -> Result<Option<Template>, Error> {
    cx.require(Right::ReadTemplates)?;
    Ok(templates::find(cx.db(), cx.workspace, id).await?)
}

/// The template with this key, or `None`.
///
/// # Errors
/// [`Error::Denied`].
pub async fn find_by_key(cx: &Cx, key: &str) -> Result<Option<Template>, Error> {
    cx.require(Right::ReadTemplates)?;
    Ok(templates::find_by_key(cx.db(), cx.workspace, key).await?)
}

/// A page by key of those whose key or name contains `search`, ignoring case; the place is a key.
///
/// # Errors
/// [`Error::Denied`].
pub async fn page(cx: &Cx, search: Option<&str>, request: PageRequest<String>) -> Result<Page<Template>, Error> {
    let ids: Vec<TemplateId> = headings(cx, search)
        .await?
        .into_iter()
        .filter(|heading| request.after.as_ref().is_none_or(|after| *after < heading.key))
        .take(request.peek())
        .map(|heading| heading.id)
        .collect();
    let found = templates::find_many(cx.db(), cx.workspace, &ids).await?;
    let mut by_id: HashMap<TemplateId, Template> = found.into_iter().map(|template| (template.id, template)).collect();
    Ok(request.page(ids.iter().filter_map(|id| by_id.remove(id)).collect()))
}

/// How many such there are.
///
/// # Errors
/// [`Error::Denied`].
pub async fn count(cx: &Cx, search: Option<&str>) -> Result<u64, Error> {
    Ok(headings(cx, search).await?.len() as u64)
}

/// What a search finds, by key; there are at most 1,000 templates.
async fn headings(cx: &Cx, search: Option<&str>) -> Result<Vec<Heading<TemplateId>>, Error> {
    cx.require(Right::ReadTemplates)?;
    let mut found = templates::headings(cx.db(), cx.workspace).await?;
    found.retain(|heading| search::holds(search, [&heading.key, &heading.name]));
    Ok(found)
}
