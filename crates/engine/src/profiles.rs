//! Profiles: found, listed, and altered.

mod edit;

pub(crate) use edit::CheckedTarget;
pub use edit::{ProfileEdit, ProfileTarget};

use std::collections::HashMap;

use attrium_schema::{Edit, Identifier, IdentifierKind, Profile, ProfileId};
use attrium_segmentation::Rule;
use attrium_storage::identifiers::{self, IdentifierSearch};
use attrium_storage::profiles;

use crate::attributes;
use crate::audience;
use crate::cache;
use crate::changes::{Target, Unit};
use crate::cx::Cx;
use crate::error::Error;
use crate::idempotency::Claim;
use crate::paging::{Page, PageRequest};
use crate::rights::Right;
use crate::segments::RuleInput;

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

/// The profile with this id, or `None`.
///
/// # Errors
/// [`Error::Denied`].
pub async fn find(cx: &Cx, id: ProfileId) -> Result<Option<Profile>, Error> {
    cx.require(Right::ReadProfiles)?;
    Ok(cache::find(cx, id).await?)
}

/// Those of these that exist, in no particular order: for loaders.
///
/// # Errors
/// [`Error::Denied`].
pub async fn find_many(cx: &Cx, ids: &[ProfileId]) -> Result<Vec<Profile>, Error> {
    cx.require(Right::ReadProfiles)?;
    Ok(cache::find_many(cx, ids).await?)
}

/// The profile with this external id, or `None`.
///
/// # Errors
/// [`Error::Denied`].
pub async fn find_by_external_id(cx: &Cx, external_id: &str) -> Result<Option<Profile>, Error> {
    cx.require(Right::ReadProfiles)?;
    let Ok(identifier) = Identifier::external_id(external_id) else {
        return Ok(None);
    };
    match identifiers::find(cx.db(), cx.workspace, &identifier).await? {
        Some(id) => Ok(cache::find(cx, id).await?),
        None => Ok(None),
    }
}

/// A page of profiles. A place of another kind of list begins at the beginning.
///
/// # Errors
/// [`Error::Denied`]; by rule also [`Error::Invalid`], [`Error::IndexLoading`], [`Error::Busy`].
pub async fn page(cx: &Cx, filter: &ProfileFilter, request: PageRequest<ProfilePlace>) -> Result<Page<Profile>, Error> {
    cx.require(Right::ReadProfiles)?;
    let found = match filter {
        ProfileFilter::All => {
            let page = attrium_storage::Page { after: id_of(request.after.as_ref()), limit: request.peek() };
            profiles::page(cx.db(), cx.workspace, page).await?
        }
        ProfileFilter::Rule(rule) => page_of_rule(cx, rule, &request).await?,
        ProfileFilter::ExternalIdPrefix(prefix) => page_of_prefix(cx, prefix, &request).await?,
    };
    Ok(request.page(found))
}

async fn page_of_rule(cx: &Cx, rule: &Rule, request: &PageRequest<ProfilePlace>) -> Result<Vec<Profile>, Error> {
    let input = RuleInput::Json(rule.to_json());
    let (_, compiled) = audience::compiled(cx, &input, &["rule"]).await?;
    let (after, limit) = (id_of(request.after.as_ref()), request.peek());
    let ids = audience::ask(cx, move |asked| asked.index.page(&asked.select(&compiled), after, limit)).await?;
    in_order(cx, &ids).await
}

async fn page_of_prefix(cx: &Cx, prefix: &str, request: &PageRequest<ProfilePlace>) -> Result<Vec<Profile>, Error> {
    let after = match &request.after {
        Some(ProfilePlace::ExternalId(text)) => Some(text.as_str()),
        Some(ProfilePlace::Id(_)) | None => None,
    };
    let search = IdentifierSearch { kind: IdentifierKind::ExternalId, prefix };
    let page = attrium_storage::Page { after, limit: request.peek() };
    let found = identifiers::page(cx.db(), cx.workspace, search, page).await?;
    let ids: Vec<ProfileId> = found.into_iter().map(|(_, profile)| profile).collect();
    in_order(cx, &ids).await
}

fn id_of(place: Option<&ProfilePlace>) -> Option<ProfileId> {
    match place {
        Some(ProfilePlace::Id(id)) => Some(*id),
        Some(ProfilePlace::ExternalId(_)) | None => None,
    }
}

async fn in_order(cx: &Cx, ids: &[ProfileId]) -> Result<Vec<Profile>, Error> {
    let found = cache::find_many(cx, ids).await?;
    let mut by_id: HashMap<ProfileId, Profile> = found.into_iter().map(|profile| (profile.id, profile)).collect();
    Ok(ids.iter().filter_map(|id| by_id.remove(id)).collect())
}

/// How many profiles a filter lists.
///
/// # Errors
/// As [`page`].
pub async fn count(cx: &Cx, filter: &ProfileFilter) -> Result<u64, Error> {
    cx.require(Right::ReadProfiles)?;
    match filter {
        ProfileFilter::All => Ok(profiles::count(cx.db(), cx.workspace).await?),
        ProfileFilter::Rule(rule) => {
            let input = RuleInput::Json(rule.to_json());
            let (_, compiled) = audience::compiled(cx, &input, &["rule"]).await?;
            audience::ask(cx, move |asked| asked.select(&compiled).len()).await
        }
        ProfileFilter::ExternalIdPrefix(prefix) => {
            let search = IdentifierSearch { kind: IdentifierKind::ExternalId, prefix };
            Ok(identifiers::count(cx.db(), cx.workspace, search).await?)
        }
    }
}

/// Alters one profile, making it when its external id is new; answers it as committed.
///
/// # Errors
/// [`Error::Denied`], [`Error::Invalid`] with every problem found, [`Error::NotFound`],
/// [`Error::Conflict`] on another version, [`Error::Busy`].
pub async fn set_attributes(cx: &Cx, edit: ProfileEdit, idempotency_key: Option<String>) -> Result<Profile, Error> {
    cx.require(Right::EditProfiles)?;
    let claim = Claim::new(cx, idempotency_key.as_deref(), "set_profile_attributes", &edit.body())?;
    let checked = edit.check(&attributes::schema_of(cx).await?, cx.engine.limits(), cx.now)?;
    let target = match checked.target {
        CheckedTarget::Id(id) => Target::Id(id),
        CheckedTarget::Identifier(identifier) => Target::Identifier(identifier, cx.ids.profile()),
    };
    let shard = shard_of(cx, &target).await?;
    let unit = Unit {
        workspace: cx.workspace,
        target,
        edit: Edit {
            operations: checked.operations,
            occurred_at: checked.occurred_at,
            source: cx.source(),
            actor: cx.actor(),
        },
        expected_version: edit.expected_version,
        claim,
    };
    cx.engine.writers().submit(unit, &shard).await
}

/// What brings all units of one profile to the same writer, whether they name its id or its external id.
async fn shard_of(cx: &Cx, target: &Target) -> Result<String, Error> {
    if let (Target::Id(id), true) = (target, cx.engine.writers().are_many()) {
        let found = profiles::find(cx.db(), cx.workspace, *id).await?;
        if let Some(external_id) = found.as_ref().and_then(Profile::external_id) {
            return Ok(external_id.to_owned());
        }
    }
    Ok(target.shard_text())
}
