//! Changes: the one way in which profiles are altered, and their history.
//!
//! A use case hands a [`Unit`] to [`Writers::submit`]; writer tasks gather units into group commits;
//! [`commit()`] is the only place that writes profiles.

mod unit;
mod commit;
mod writers;

pub(crate) use commit::{Lost, Outcome, Terms, commit, made};
pub(crate) use unit::{Target, Unit};
pub(crate) use writers::{Tools, Writers};

use attrium_schema::{AttributeKey, Change, ProfileId};
use attrium_storage::changes::{self, HistoryFilter};

use crate::cx::Cx;
use crate::error::Error;
use crate::paging::{Page, PageRequest};
use crate::rights::Right;

/// The history of the whole workspace, newest first; the place is a change's number.
///
/// # Errors
/// [`Error::Denied`].
pub async fn page(cx: &Cx, request: PageRequest<i64>) -> Result<Page<Change>, Error> {
    cx.require(Right::ReadProfiles)?;
    let page = attrium_storage::Page { after: request.after, limit: request.peek() };
    Ok(request.page(changes::page(cx.db(), cx.workspace, page).await?))
}

/// The changes of these numbers that exist: for loaders.
///
/// # Errors
/// [`Error::Denied`].
pub async fn find_many(cx: &Cx, sequences: &[i64]) -> Result<Vec<Change>, Error> {
    cx.require(Right::ReadProfiles)?;
    Ok(changes::find_many(cx.db(), cx.workspace, sequences).await?)
}

/// A profile's history, newest first; the place is a change's version. With `key`, only changes that
/// name that attribute.
///
/// # Errors
/// [`Error::Denied`].
pub async fn of_profile(
    cx: &Cx,
    profile: ProfileId,
    key: Option<&AttributeKey>,
    request: PageRequest<i64>,
) -> Result<Page<Change>, Error> {
    cx.require(Right::ReadProfiles)?;
    let filter = HistoryFilter { before_version: request.after, key, limit: request.peek() };
    Ok(request.page(changes::of_profile(cx.db(), cx.workspace, profile, filter).await?))
}
