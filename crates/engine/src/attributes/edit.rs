//! Declaring attributes and editing their definitions. The type of an attribute cannot be edited: its
//! values would have to be read anew.

use attrium_schema::{
    ATTRIBUTES_MAX, AttributeDefinition, AttributeDraft, AttributeId, DefinitionProblem, Format, PrivacyClass,
};
use attrium_storage::{Tx, attributes};
use serde_json::json;

use crate::conflicts::{expect_revision, taken_key};
use crate::cx::Cx;
use crate::error::{Error, Problem, ProblemCode, sentence};
use crate::idempotency::{Request, write};
use crate::rights::Right;

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

/// Declares an attribute.
///
/// # Errors
/// [`Error::Denied`], or [`Error::Invalid`] with every problem found; a taken key is one.
pub async fn create(
    cx: &Cx,
    draft: AttributeDraft,
    idempotency_key: Option<String>,
) -> Result<AttributeDefinition, Error> {
    cx.require(Right::EditAttributes)?;
    let body = json!([draft.key, draft.label, draft.description, draft.value_type, draft.format, draft.privacy_class]);
    let definition = AttributeDefinition::new(cx.ids.attribute(), draft.check().map_err(invalid)?, cx.now);
    let request = Request { key: idempotency_key, operation: "create_attribute", body, input: definition };
    let made = write(cx, request, |cx, tx, definition| Box::pin(insert(cx, tx, definition))).await?;
    cx.ring();
    Ok(made)
}

async fn insert(cx: &Cx, tx: &Tx, definition: &AttributeDefinition) -> Result<AttributeDefinition, Error> {
    if ATTRIBUTES_MAX as u64 <= attributes::count(tx.db(), cx.workspace).await? {
        let message = format!("A workspace has at most {ATTRIBUTES_MAX} attributes.");
        return Err(Error::problem(ProblemCode::TooMany, &[], message));
    }
    let inserted = attributes::insert_many(tx, cx.workspace, std::slice::from_ref(definition)).await;
    inserted.map_err(|error| taken_key(error, definition.key.as_str()))?;
    Ok(definition.clone())
}

/// Edits a definition.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`], [`Error::Conflict`] on another revision, [`Error::Invalid`].
pub async fn update(
    cx: &Cx,
    edit: AttributeEdit,
    idempotency_key: Option<String>,
) -> Result<AttributeDefinition, Error> {
    cx.require(Right::EditAttributes)?;
    let body = json!([
        edit.id,
        edit.expected_revision,
        edit.label,
        edit.description,
        edit.format.is_some(),
        edit.format.clone().flatten(),
        edit.privacy_class
    ]);
    let request = Request { key: idempotency_key, operation: "update_attribute", body, input: edit };
    let edited = write(cx, request, |cx, tx, edit| Box::pin(replace(cx, tx, edit))).await?;
    cx.ring();
    Ok(edited)
}

async fn replace(cx: &Cx, tx: &Tx, edit: &AttributeEdit) -> Result<AttributeDefinition, Error> {
    let standing = attributes::find(tx.db(), cx.workspace, edit.id).await?;
    let standing = standing.ok_or(Error::NotFound { noun: "attribute" })?;
    expect_revision("attribute", edit.expected_revision, standing.revision)?;
    let draft = AttributeDraft {
        key: standing.key.clone(),
        label: edit.label.clone().unwrap_or_else(|| standing.label.clone()),
        description: edit.description.clone().unwrap_or_else(|| standing.description.clone()),
        value_type: standing.value_type,
        format: edit.format.clone().unwrap_or_else(|| standing.format.clone()),
        privacy_class: edit.privacy_class.unwrap_or(standing.privacy_class),
    };
    let edited = AttributeDefinition {
        revision: standing.revision + 1,
        created_at: standing.created_at,
        ..AttributeDefinition::new(standing.id, draft.check().map_err(invalid)?, cx.now)
    };
    attributes::update(tx, cx.workspace, &edited).await?;
    Ok(edited)
}

fn invalid(problems: Vec<DefinitionProblem>) -> Error {
    let problem = |problem: DefinitionProblem| {
        let field = match problem {
            DefinitionProblem::LabelTooLong { .. } | DefinitionProblem::HiddenInLabel(_) => "label",
            DefinitionProblem::DescriptionTooLong { .. } | DefinitionProblem::HiddenInDescription(_) => "description",
            DefinitionProblem::FormatOnOtherType { .. }
            | DefinitionProblem::BadOptions
            | DefinitionProblem::BadOption => "format",
        };
        Problem::new(ProblemCode::Invalid, &[field], sentence(&problem))
    };
    Error::Invalid(problems.into_iter().map(problem).collect())
}
