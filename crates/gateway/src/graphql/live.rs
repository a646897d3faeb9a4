//! Subscriptions: what happens, told while it happens. Each is a stream of the engine, its events wrapped;
//! how they travel is the HTTP side's.

use async_graphql::{Context, ID, Object, Subscription};
use attrium_engine::live::{self, Happening};
use attrium_engine::{self as engine, imports};
use attrium_schema::SegmentId;
use futures_util::StreamExt as _;
use futures_util::stream::{BoxStream, Stream};

use super::changes::Change;
use super::error::{ApiError, ApiResult};
use super::ids;
use super::imports::Import;
use super::loaders::AudienceOf;
use super::memberships::Transition;
use super::profiles::Profile;
use super::request::ContextExt as _;
use super::segments::Segment;
use super::turn::Turn;

struct Activity(Happening);

/// Something that happened to a profile. When all three are null, some events were missed, because they came
/// faster than they were read or the server had to begin anew: read again what you show.
#[Object]
impl Activity {
    /// The profile as it is now.
    async fn profile(&self, ctx: &Context<'_>) -> ApiResult<Option<Profile>> {
        let id = match &self.0 {
            Happening::Change(change) => change.profile,
            Happening::Transition(moved) => moved.profile,
            Happening::Missed => return Ok(None),
        };
        Profile::load(ctx, id).await.map(Some)
    }

    /// The change, when it changed.
    async fn change(&self) -> Option<Change> {
        match &self.0 {
            Happening::Change(change) => Some(Change(change.as_ref().clone())),
            Happening::Transition(_) | Happening::Missed => None,
        }
    }

    /// The segment it entered or left, when it did.
    async fn transition(&self) -> Option<Transition> {
        match &self.0 {
            Happening::Transition(moved) => Some(Transition(*moved)),
            Happening::Change(_) | Happening::Missed => None,
        }
    }
}

struct SegmentChange {
    segment: SegmentId,
    change: live::SegmentChange,
}

/// People who came to and went from a segment.
#[Object]
impl SegmentChange {
    /// The segment as it is now.
    async fn segment(&self, ctx: &Context<'_>) -> ApiResult<Segment> {
        Segment::load(ctx, self.segment).await
    }

    /// How many profiles the segment selects now, as its own `count`.
    async fn count(&self, ctx: &Context<'_>) -> ApiResult<Option<u64>> {
        let segment = Segment::load(ctx, self.segment).await?;
        ctx.loader()?.load_one(AudienceOf(segment.0)).await
    }

    /// How many profiles entered since the last event. Fewer are told when some were missed; both are zero when
    /// nothing but that is known.
    async fn entered(&self) -> u32 {
        self.change.entered
    }

    /// How many profiles left since the last event, as `entered`.
    async fn left(&self) -> u32 {
        self.change.left
    }
}

/// Events as the caller's turns have them; without turns (the schema executed alone) as they come.
fn by_turn<T: Send + 'static>(
    ctx: &Context<'_>,
    events: impl Stream<Item = T> + Send + 'static,
) -> BoxStream<'static, T> {
    match ctx.data_opt::<Turn>() {
        Some(turn) => turn.clone().take_by_turn(events),
        None => events.boxed(),
    }
}

/// What can be listened to.
#[derive(Default)]
pub struct Subscription;

/// What can be listened to, over `/graphql/ws` or `/graphql/stream`. An event is told at least once and says how
/// things stand when it is told. Subscribe first, then read: so nothing is missed in between.
#[Subscription]
impl Subscription {
    /// Everything that happens to profiles of the workspace, in order. Who enters and leaves segments is part of
    /// it for whoever may read segments.
    async fn activity(&self, ctx: &Context<'_>) -> Result<BoxStream<'static, Activity>, ApiError> {
        let told = live::activity(ctx.cx()?).await?.map(Activity);
        Ok(by_turn(ctx, told))
    }

    /// What happens to one profile.
    async fn profile_changed(&self, ctx: &Context<'_>, id: ID) -> Result<BoxStream<'static, Activity>, ApiError> {
        let told = live::of_profile(ctx.cx()?, ids::read("id", &id)?).await?.map(Activity);
        Ok(by_turn(ctx, told))
    }

    /// Who comes to and goes from a segment, four times a second at most.
    async fn segment_changed(&self, ctx: &Context<'_>, id: ID) -> Result<BoxStream<'static, SegmentChange>, ApiError> {
        let (cx, segment) = (ctx.cx()?, ids::read("id", &id)?);
        let told = live::of_segment(cx, segment).await?;
        Ok(by_turn(ctx, told.map(move |change| SegmentChange { segment, change })))
    }

    /// How far an import is: at once as it stands, then whenever it moved. Ends when the import is done or failed.
    async fn import_progress(&self, ctx: &Context<'_>, id: ID) -> Result<BoxStream<'static, Import>, ApiError> {
        let told = imports::progress(ctx.cx()?, ids::read("id", &id)?).await?;
        Ok(by_turn(ctx, told.map(|import: engine::Import| Import(import))))
    }
}
