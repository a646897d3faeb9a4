//! Memberships and transitions: who is in a segment, and how they came and went.

use async_graphql::{Context, Enum, Object};
use attrium_engine as engine;

use super::changes::Change;
use super::error::ApiResult;
use super::loaders::ChangeOf;
use super::profiles::Profile;
use super::request::ContextExt as _;
use super::scalars::DateTime;
use super::segments::Segment;

pub(super) struct Membership(pub(super) engine::Membership);

/// A profile's stay in a segment, which lasts still.
#[Object]
impl Membership {
    /// The segment.
    async fn segment(&self, ctx: &Context<'_>) -> ApiResult<Segment> {
        Segment::load(ctx, self.0.segment).await
    }

    /// The profile.
    async fn profile(&self, ctx: &Context<'_>) -> ApiResult<Profile> {
        Profile::load(ctx, self.0.profile).await
    }

    /// When the profile entered.
    async fn entered_at(&self) -> DateTime {
        DateTime(self.0.entered_at)
    }
}

/// Whether someone came or went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "engine::TransitionKind")]
pub(super) enum TransitionKind {
    /// The profile came in.
    Entered,
    /// The profile went out.
    Left,
}

pub(super) struct Transition(pub(super) engine::Transition);

/// A profile that entered or left a segment.
#[Object]
impl Transition {
    /// Whether it entered or left.
    async fn kind(&self) -> TransitionKind {
        self.0.kind.into()
    }

    /// The segment.
    async fn segment(&self, ctx: &Context<'_>) -> ApiResult<Segment> {
        Segment::load(ctx, self.0.segment).await
    }

    /// The profile.
    async fn profile(&self, ctx: &Context<'_>) -> ApiResult<Profile> {
        Profile::load(ctx, self.0.profile).await
    }

    /// When it entered or left.
    async fn at(&self) -> DateTime {
        DateTime(self.0.at)
    }

    /// The change that brought it: who did what, and where it came from. Null when an edit of the rule did, or time
    /// alone.
    async fn change(&self, ctx: &Context<'_>) -> ApiResult<Option<Change>> {
        let Some(sequence) = self.0.change else { return Ok(None) };
        let found = ctx.loader()?.load_one(ChangeOf(sequence)).await?;
        Ok(found.map(|change| Change(change.as_ref().clone())))
    }
}
