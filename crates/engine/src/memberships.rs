//! Memberships and transitions: who is in a segment, since when, and who came and went.

use std::collections::HashMap;

use attrium_schema::{ProfileId, SegmentId, Timestamp};
use attrium_storage::transitions::{self, TransitionsOf};
use attrium_storage::{memberships, segments};

use crate::audience;
use crate::cx::Cx;
use crate::error::Error;
use crate::nouns::{Membership, Transition};
use crate::paging::{Page, PageRequest};
use crate::rights::Right;

/// For each profile, in the order given, the same page of the segments it is in now, by segment id; the
/// place is a segment. One query answers all of them: for loaders.
///
/// # Errors
/// [`Error::Denied`].
pub async fn pages_of_profiles(
    cx: &Cx,
    profiles: &[ProfileId],
    request: &PageRequest<SegmentId>,
) -> Result<Vec<Page<Membership>>, Error> {
    cx.require(Right::ReadProfiles)?;
    cx.require(Right::ReadSegments)?;
    let page = attrium_storage::Page { after: request.after, limit: request.peek() };
    let mut stays: HashMap<ProfileId, Vec<Membership>> = HashMap::new();
    for stay in memberships::pages_of_profiles(cx.db(), cx.workspace, profiles, page).await? {
        stays.entry(stay.profile).or_default().push(stay);
    }
    let page_of = |profile| request.page(stays.get(profile).cloned().unwrap_or_default());
    Ok(profiles.iter().map(page_of).collect())
}

/// For each profile, in the order given, how many segments it is in now: for loaders.
///
/// # Errors
/// [`Error::Denied`].
pub async fn counts_of_profiles(cx: &Cx, profiles: &[ProfileId]) -> Result<Vec<u64>, Error> {
    cx.require(Right::ReadProfiles)?;
    cx.require(Right::ReadSegments)?;
    let counts = memberships::counts_of_profiles(cx.db(), cx.workspace, profiles).await?;
    let counts: HashMap<ProfileId, u64> = counts.into_iter().collect();
    Ok(profiles.iter().map(|profile| counts.get(profile).copied().unwrap_or(0)).collect())
}

/// A segment's members by profile id, as the index has them. One who entered this very moment, and
/// whose membership is still being written, entered now.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`], [`Error::IndexLoading`], [`Error::Busy`].
pub async fn page(cx: &Cx, segment: SegmentId, request: PageRequest<ProfileId>) -> Result<Page<Membership>, Error> {
    cx.require(Right::ReadProfiles)?;
    cx.require(Right::ReadSegments)?;
    let found = segments::find(cx.db(), cx.workspace, segment).await?;
    let found = found.ok_or(Error::NotFound { noun: "segment" })?;
    let rule = crate::segments::compiled(cx, &[found]).await?.pop().flatten();
    let (after, limit) = (request.after, request.peek());
    let ids = audience::ask(cx, move |asked| {
        rule.map(|rule| asked.index.page(&asked.select(&rule), after, limit)).unwrap_or_default()
    })
    .await?;
    let stored = memberships::find_many(cx.db(), cx.workspace, segment, &ids).await?;
    let entered: HashMap<ProfileId, Timestamp> = stored.iter().map(|stay| (stay.profile, stay.entered_at)).collect();
    let stay = |profile| Membership { segment, profile, entered_at: entered.get(&profile).copied().unwrap_or(cx.now) };
    Ok(request.page(ids.into_iter().map(stay).collect()))
}

/// How many members a segment has, as the index has them.
///
/// # Errors
/// As [`page`].
pub async fn count(cx: &Cx, segment: SegmentId) -> Result<u64, Error> {
    cx.require(Right::ReadProfiles)?;
    let found = crate::segments::find(cx, segment).await?.ok_or(Error::NotFound { noun: "segment" })?;
    let counts = crate::segments::audience_counts(cx, &[found]).await?;
    Ok(counts.into_iter().sum())
}

/// Who came to and went from a segment, newest first; the place is a transition's sequence.
///
/// # Errors
/// [`Error::Denied`].
pub async fn transitions_of_segment(
    cx: &Cx,
    segment: SegmentId,
    request: PageRequest<i64>,
) -> Result<Page<Transition>, Error> {
    transitions(cx, TransitionsOf::Segment(segment), request).await
}

/// What segments a profile came to and went from, newest first; the place is a transition's sequence.
///
/// # Errors
/// [`Error::Denied`].
pub async fn transitions_of_profile(
    cx: &Cx,
    profile: ProfileId,
    request: PageRequest<i64>,
) -> Result<Page<Transition>, Error> {
    transitions(cx, TransitionsOf::Profile(profile), request).await
}

async fn transitions(cx: &Cx, of: TransitionsOf, request: PageRequest<i64>) -> Result<Page<Transition>, Error> {
    cx.require(Right::ReadProfiles)?;
    cx.require(Right::ReadSegments)?;
    let page = attrium_storage::Page { after: request.after, limit: request.peek() };
    Ok(request.page(transitions::page(cx.db(), cx.workspace, of, page).await?))
}
