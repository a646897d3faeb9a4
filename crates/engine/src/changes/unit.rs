//! A unit of work: what one caller wants of one profile.

use attrium_schema::{Edit, Identifier, ProfileId, WorkspaceId};

use crate::idempotency::Claim;

/// Which profile a unit is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// The one with this id, which must exist.
    Id(ProfileId),
    /// The one with this identifier; made with that id when there is none.
    Identifier(Identifier, ProfileId),
}

/// What one caller wants of one profile, checked but for what only the transaction can know.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    pub(crate) workspace: WorkspaceId,
    pub(crate) target: Target,
    pub(crate) edit: Edit,
    /// The version the caller knows; 0 is a profile that does not exist.
    pub(crate) expected_version: Option<i64>,
    pub(crate) claim: Option<Claim>,
}
