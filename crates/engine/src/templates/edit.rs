//! Creating, editing and deleting templates.

use attrium_schema::TemplateId;
use attrium_storage::{Tx, templates};
use attrium_templating::Context;
use serde_json::json;

use super::analysis::check_body;
use crate::conflicts::{expect_revision, taken_key};
use crate::cx::Cx;
use crate::error::{Error, ProblemCode};
use crate::idempotency::{Request, write};
use crate::names::{NAME_CHARS_MAX, check_description, check_name};
use crate::nouns::Template;
use crate::object_key;
use crate::problems::Problems;
use crate::rights::Right;

/// What someone wants a template to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateDraft {
    /// Its key; made from the name when absent.
    pub key: Option<String>,
    /// Its name: 1 to 80 characters once trimmed.
    pub name: String,
    /// Its description; may be empty.
    pub description: String,
    /// Where what is rendered goes.
    pub context: Context,
    /// The Liquid.
    pub body: String,
}

/// An edit of a template. What is `None` stays as it is. The key never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateEdit {
    /// Which.
    pub id: TemplateId,
    /// The revision the edit was made from; `None` edits whatever stands.
    pub expected_revision: Option<u32>,
    /// The name.
    pub name: Option<String>,
    /// The description.
    pub description: Option<String>,
    /// Where what is rendered goes.
    pub context: Option<Context>,
    /// The Liquid.
    pub body: Option<String>,
}

/// Creates a template.
///
/// # Errors
/// [`Error::Denied`], or [`Error::Invalid`] with every problem found; a taken key is one.
pub async fn create(cx: &Cx, draft: TemplateDraft, idempotency_key: Option<String>) -> Result<Template, Error> {
    cx.require(Right::EditTemplates)?;
    let sent = json!([draft.key, draft.name, draft.description, draft.context.name(), draft.body]);
    let mut problems = Problems::default();
    let key = draft.key.as_deref().and_then(|key| problems.keep(object_key::check(key)));
    let name = problems.keep(check_name(&draft.name, NAME_CHARS_MAX));
    let description = problems.keep(check_description(&draft.description));
    problems.gather(check_body(cx, &draft.body, draft.context).await)?;
    let (name, description) = problems.or_parts(name.zip(description))?;
    let input = CheckedDraft { id: cx.ids.template(), draft: TemplateDraft { key, name, description, ..draft } };
    let request = Request { key: idempotency_key, operation: "create_template", body: sent, input };
    write(cx, request, |cx, tx, draft| Box::pin(insert(cx, tx, draft))).await
}

/// A draft that was checked.
struct CheckedDraft {
    id: TemplateId,
    draft: TemplateDraft,
}

async fn insert(cx: &Cx, tx: &Tx, CheckedDraft { id, draft }: &CheckedDraft) -> Result<Template, Error> {
    let taken = templates::headings(tx.db(), cx.workspace).await?;
    let templates_max = cx.engine.limits().templates_max;
    if templates_max <= taken.len() {
        let message = format!("A workspace has at most {templates_max} templates.");
        return Err(Error::problem(ProblemCode::TooMany, &[], message));
    }
    let template = Template {
        id: *id,
        key: draft.key.clone().unwrap_or_else(|| object_key::free(&draft.name, "template", &taken)),
        name: draft.name.clone(),
        description: draft.description.clone(),
        context: draft.context,
        body: draft.body.clone(),
        revision: 1,
        created_at: cx.now,
        updated_at: cx.now,
    };
    templates::insert(tx, cx.workspace, &template).await.map_err(|error| taken_key(error, &template.key))?;
    Ok(template)
}

/// Edits a template.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`], [`Error::Conflict`] on another revision, [`Error::Invalid`].
pub async fn update(cx: &Cx, edit: TemplateEdit, idempotency_key: Option<String>) -> Result<Template, Error> {
    cx.require(Right::EditTemplates)?;
    let context = edit.context.map(Context::name);
    let sent = json!([edit.id, edit.expected_revision, edit.name, edit.description, context, edit.body]);
    let mut problems = Problems::default();
    let name = edit.name.as_deref().and_then(|name| problems.keep(check_name(name, NAME_CHARS_MAX)));
    let description = edit.description.as_deref().and_then(|text| problems.keep(check_description(text)));
    let checked_at = problems.gather(check_edited(cx, &edit).await)?.flatten();
    problems.refuse()?;
    let input = CheckedEdit { edit: TemplateEdit { name, description, ..edit }, checked_at };
    let request = Request { key: idempotency_key, operation: "update_template", body: sent, input };
    write(cx, request, |cx, tx, edit| Box::pin(replace(cx, tx, edit))).await
}

/// An edit whose outcome was checked.
struct CheckedEdit {
    edit: TemplateEdit,
    /// The revision it was checked with, where that matters: a body is checked for its context, and either
    /// may stay as it is.
    checked_at: Option<u32>,
}

/// Checks the body that an edit leaves, for the context that it leaves. Answers the revision that one of them was
/// taken from, when the edit gives but the other.
async fn check_edited(cx: &Cx, edit: &TemplateEdit) -> Result<Option<u32>, Error> {
    if edit.body.is_none() && edit.context.is_none() {
        return Ok(None);
    }
    if let (Some(body), Some(context)) = (&edit.body, edit.context) {
        check_body(cx, body, context).await?;
        return Ok(None);
    }
    // Whether it is there is said where it is replaced, behind what an idempotency key got before.
    let Some(standing) = templates::find(cx.db(), cx.workspace, edit.id).await? else { return Ok(None) };
    let body = edit.body.as_ref().unwrap_or(&standing.body);
    check_body(cx, body, edit.context.unwrap_or(standing.context)).await?;
    Ok(Some(standing.revision))
}

async fn replace(cx: &Cx, tx: &Tx, CheckedEdit { edit, checked_at }: &CheckedEdit) -> Result<Template, Error> {
    let standing = templates::find(tx.db(), cx.workspace, edit.id).await?;
    let standing = standing.ok_or(Error::NotFound { noun: "template" })?;
    expect_revision("template", edit.expected_revision.or(*checked_at), standing.revision)?;
    let edited = Template {
        name: edit.name.clone().unwrap_or(standing.name),
        description: edit.description.clone().unwrap_or(standing.description),
        context: edit.context.unwrap_or(standing.context),
        body: edit.body.clone().unwrap_or(standing.body),
        revision: standing.revision + 1,
        updated_at: cx.now,
        ..standing
    };
    templates::update(tx, cx.workspace, &edited).await?;
    Ok(edited)
}

/// Deletes a template; answers its id.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`].
pub async fn delete(cx: &Cx, id: TemplateId, idempotency_key: Option<String>) -> Result<TemplateId, Error> {
    cx.require(Right::EditTemplates)?;
    let request = Request { key: idempotency_key, operation: "delete_template", body: json!(id), input: id };
    write(cx, request, |cx, tx, id| Box::pin(remove(cx, tx, *id))).await
}

async fn remove(cx: &Cx, tx: &Tx, id: TemplateId) -> Result<TemplateId, Error> {
    let was_there = templates::delete(tx, cx.workspace, id).await?;
    if was_there { Ok(id) } else { Err(Error::NotFound { noun: "template" }) }
}
