//! Profiles: found, listed, and altered.

use attrium_schema::*;
use attrium_segmentation::Rule;

use crate::cx::Cx;
use crate::error::Error;
use crate::paging::{Page, PageRequest};

/// Which profiles are listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProfileFilter {
    /// Everyone, by id.
    All,
    /// Those a rule selects, by id.
    Rule(Rule),
    /// Those whose external id starts with this, by external id.
    ExternalIdPrefix(String),
}

/// The place of a profile in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProfilePlace {
    /// In a list by id.
    Id(ProfileId),
    /// In a list by external id.
    ExternalId(String),
}

/// Which profile an edit is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProfileTarget {
    /// The one with this id, which must exist.
    Id(ProfileId),
    /// The one with this external id; made when there is none.
    ExternalId(String),
}

/// Values to set (or, with `null`, unset) on one profile.
#[derive(Clone, Debug, PartialEq)]
pub struct ProfileEdit {
    /// Whose.
    pub target: ProfileTarget,
    /// Key and JSON value, in order.
    pub attributes: Vec<(String, serde_json::Value)>,
    /// When it became true; now when absent. The future is cut to five minutes from now.
    pub occurred_at: Option<Timestamp>,
    /// The version the edit was made from; 0 means that the profile must not exist yet.
    pub expected_version: Option<i64>,
}

/// The profile with this id, or `None`.
pub async fn find(_cx: &Cx, _id: ProfileId) -> Result<Option<Profile>, Error> { unimplemented!() }
/// Those of these that exist, in no particular order: for loaders.
pub async fn find_many(_cx: &Cx, _ids: &[ProfileId]) -> Result<Vec<Profile>, Error> { unimplemented!() }
/// The profile with this external id, or `None`.
pub async fn find_by_external_id(_cx: &Cx, _external_id: &str) -> Result<Option<Profile>, Error> { unimplemented!() }
/// A page. `Rule` needs the index.
pub async fn page(_cx: &Cx, _filter: &ProfileFilter, _request: PageRequest<ProfilePlace>) -> Result<Page<Profile>, Error> { unimplemented!() }
/// How many such there are.
pub async fn count(_cx: &Cx, _filter: &ProfileFilter) -> Result<u64, Error> { unimplemented!() }
/// Alters one profile, making it when its external id is new; answers it as committed.
pub async fn set_attributes(_cx: &Cx, _edit: ProfileEdit, _idempotency_key: Option<String>) -> Result<Profile, Error> { unimplemented!() }
