//! What alters profiles.

use async_graphql::{ID, InputObject};
use attrium_engine::Error;
use attrium_engine::profiles::{ProfileEdit, ProfileTarget};

use crate::graphql::problems;
use crate::graphql::scalars::{DateTime, Int64, Json};

/// Values to set on one profile, named by exactly one of `id` and `externalId`.
#[derive(InputObject)]
pub(super) struct SetProfileAttributesInput {
    /// Which: `prof_…`. It must exist.
    id: Option<ID>,
    /// Or the id your own systems know it by. The profile is made when there is none.
    external_id: Option<String>,
    /// What to set: up to 256 attributes.
    attributes: Vec<AttributeValueInput>,
    /// When it became true; now when absent. A value that became true later is not overwritten.
    occurred_at: Option<DateTime>,
    /// The version that was read: the edit is refused with `CONFLICT` when there is a later one. 0
    /// means that the profile must not exist yet.
    expected_version: Option<Int64>,
    /// Makes sending this again harmless.
    pub(super) idempotency_key: Option<String>,
}

/// One attribute's new value.
#[derive(InputObject)]
pub(super) struct AttributeValueInput {
    /// The attribute's key, in any case.
    key: String,
    /// The value; null, or absent, unsets it. Send decimals as strings: a number may lose digits.
    value: Option<Json>,
}

impl SetProfileAttributesInput {
    /// # Errors
    /// [`Error::Invalid`] unless exactly one profile is named.
    pub(super) fn into_edit(self) -> Result<ProfileEdit, Error> {
        let target = match (self.id, self.external_id) {
            (Some(id), None) => ProfileTarget::Id(problems::read_id(&id)?),
            (None, Some(external_id)) => ProfileTarget::ExternalId(external_id),
            (None, None) | (Some(_), Some(_)) => {
                return Err(problems::invalid(&["id"], "Send either `id` or `externalId`."));
            }
        };
        let pair = |input: AttributeValueInput| (input.key, input.value.unwrap_or_default());
        Ok(ProfileEdit {
            target,
            attributes: self.attributes.into_iter().map(pair).collect(),
            occurred_at: self.occurred_at.map(|instant| instant.0),
            expected_version: self.expected_version.map(|version| version.0),
        })
    }
}
