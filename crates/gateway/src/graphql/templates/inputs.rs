//! What creates, edits and deletes templates.

use async_graphql::{ID, InputObject};
use attrium_engine::Error;
use attrium_engine::templates::{TemplateDraft, TemplateEdit};

use super::analysis::TemplateContext;
use crate::graphql::problems;

/// A template to create.
#[derive(InputObject)]
pub(super) struct CreateTemplateInput {
    /// Its short name for programs, unique in the workspace; made from the name when absent.
    key: Option<String>,
    /// What people see: 1 to 80 characters.
    name: String,
    /// What it is for.
    description: Option<String>,
    /// Where what is rendered goes.
    context: TemplateContext,
    /// The Liquid: up to 64 KB.
    body: String,
    /// Makes sending this again harmless.
    pub(super) idempotency_key: Option<String>,
}

impl CreateTemplateInput {
    pub(super) fn into_draft(self) -> TemplateDraft {
        TemplateDraft {
            key: self.key,
            name: self.name,
            description: self.description.unwrap_or_default(),
            context: self.context.into(),
            body: self.body,
        }
    }
}

/// An edit of a template. What is absent stays as it is.
#[derive(InputObject)]
pub(super) struct UpdateTemplateInput {
    /// Which: `tmpl_…`.
    id: ID,
    /// The revision that was read: the edit is refused with `CONFLICT` when there is a later one.
    expected_revision: Option<u32>,
    /// What people see: 1 to 80 characters.
    name: Option<String>,
    /// What it is for.
    description: Option<String>,
    /// Where what is rendered goes.
    context: Option<TemplateContext>,
    /// The Liquid: up to 64 KB.
    body: Option<String>,
    /// Makes sending this again harmless.
    pub(super) idempotency_key: Option<String>,
}

impl UpdateTemplateInput {
    /// # Errors
    /// [`Error::Invalid`] when the id is none of a template.
    pub(super) fn into_edit(self) -> Result<TemplateEdit, Error> {
        Ok(TemplateEdit {
            id: problems::read_id(&self.id)?,
            expected_revision: self.expected_revision,
            name: self.name,
            description: self.description,
            context: self.context.map(TemplateContext::into),
            body: self.body,
        })
    }
}

/// A template to delete.
#[derive(InputObject)]
pub(super) struct DeleteTemplateInput {
    /// Which: `tmpl_…`.
    pub(super) id: ID,
    /// Makes sending this again harmless.
    pub(super) idempotency_key: Option<String>,
}
