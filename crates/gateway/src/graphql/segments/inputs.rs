//! What creates, edits and deletes segments.

use async_graphql::{ID, InputObject};
use attrium_engine::Error;
use attrium_engine::segments::{SegmentDraft, SegmentEdit};

use crate::graphql::problems;
use crate::graphql::rule_input::RuleInput;

/// A segment to create.
#[derive(InputObject)]
pub(super) struct CreateSegmentInput {
    /// Its short name for programs, unique in the workspace; made from the name when absent.
    key: Option<String>,
    /// What people see: 1 to 80 characters.
    name: String,
    /// What it is for.
    description: Option<String>,
    /// Whom it selects.
    rule: RuleInput,
    /// Makes sending this again harmless.
    pub(super) idempotency_key: Option<String>,
}

impl CreateSegmentInput {
    pub(super) fn into_draft(self) -> SegmentDraft {
        SegmentDraft {
            key: self.key,
            name: self.name,
            description: self.description.unwrap_or_default(),
            rule: self.rule.into(),
        }
    }
}

/// An edit of a segment. What is absent stays as it is.
#[derive(InputObject)]
pub(super) struct UpdateSegmentInput {
    /// Which: `seg_…`.
    id: ID,
    /// The revision that was read: the edit is refused with `CONFLICT` when there is a later one.
    expected_revision: Option<u32>,
    /// What people see: 1 to 80 characters.
    name: Option<String>,
    /// What it is for.
    description: Option<String>,
    /// Whom it selects.
    rule: Option<RuleInput>,
    /// Makes sending this again harmless.
    pub(super) idempotency_key: Option<String>,
}

impl UpdateSegmentInput {
    /// # Errors
    /// [`Error::Invalid`] when the id is none of a segment.
    pub(super) fn into_edit(self) -> Result<SegmentEdit, Error> {
        Ok(SegmentEdit {
            id: problems::read_id(&self.id)?,
            expected_revision: self.expected_revision,
            name: self.name,
            description: self.description,
            rule: self.rule.map(RuleInput::into),
        })
    }
}

/// A segment to delete.
#[derive(InputObject)]
pub(super) struct DeleteSegmentInput {
    /// Which: `seg_…`.
    pub(super) id: ID,
    /// Makes sending this again harmless.
    pub(super) idempotency_key: Option<String>,
}
