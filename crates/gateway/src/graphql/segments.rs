//! Segments: named rules, who they select now, and how people came and went.

mod inputs;

use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use attrium_engine::{self as engine, Error, memberships, segments};
use attrium_schema::SegmentId;

use self::inputs::{CreateSegmentInput, DeleteSegmentInput, UpdateSegmentInput};
use super::error::{ApiError, ApiResult};
use super::ids;
use super::loaders::AudienceOf;
use super::memberships::{Membership, Transition};
use super::paging::{self, CountedPages, Pages};
use super::problems::{self, Problem};
use super::request::ContextExt as _;
use super::scalars::{DateTime, Json};

pub(super) struct Segment(pub(super) Arc<engine::Segment>);

/// A named rule, and everyone it selects.
#[Object]
impl Segment {
    /// Its global id: `seg_…`.
    pub(super) async fn id(&self) -> ID {
        ids::global(self.0.id)
    }

    /// Its short name for programs, unique in the workspace; never changes.
    async fn key(&self) -> &str {
        self.0.key.as_str()
    }

    /// What people see.
    async fn name(&self) -> &str {
        self.0.name.as_str()
    }

    /// What it is for; may be empty.
    async fn description(&self) -> &str {
        &self.0.description
    }

    /// The rule as canonical JSON: `{"v": 1, "rule": …}`.
    async fn rule(&self) -> Json {
        self.0.rule.to_json()
    }

    /// The rule as people type it.
    async fn rule_text(&self) -> String {
        self.0.rule.to_text()
    }

    /// Counts its edits, from 1. Send it as `expectedRevision` to edit only what you have read.
    async fn revision(&self) -> u32 {
        self.0.revision
    }

    /// When it was created.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When it was last edited.
    async fn updated_at(&self) -> DateTime {
        DateTime(self.0.updated_at)
    }

    /// How many profiles the rule selects now, exactly, from the audience index; null while it loads.
    async fn count(&self, ctx: &Context<'_>) -> ApiResult<Option<u64>> {
        ctx.loader()?.load_one(AudienceOf(self.0.clone())).await
    }

    /// Who is in it, by profile id, from the audience index as `count` is.
    #[graphql(complexity = "paging::cost(first, child_complexity)")]
    async fn members(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
    ) -> ApiResult<CountedPages<Membership>> {
        let (cx, request) = (ctx.cx()?, paging::read(first, after.as_deref())?);
        let page = memberships::page(cx, self.0.id, request).await?;
        let total = if paging::wants_total(ctx) { memberships::count(cx, self.0.id).await? } else { 0 };
        let key = |membership: &engine::Membership| membership.profile;
        Ok(paging::counted_pages(page, (after.is_some(), total), key, Membership))
    }

    /// Who entered and who left, newest first.
    #[graphql(complexity = "paging::cost(first, child_complexity)")]
    async fn transitions(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
    ) -> ApiResult<Pages<Transition>> {
        let request = paging::read(first, after.as_deref())?;
        let page = memberships::transitions_of_segment(ctx.cx()?, self.0.id, request).await?;
        Ok(paging::pages(page, after.is_some(), |transition| transition.sequence, Transition))
    }
}

impl Segment {
    /// The segment that something else refers to.
    ///
    /// # Errors
    /// `NOT_FOUND` when it was deleted in this very moment.
    pub(super) async fn load(ctx: &Context<'_>, id: SegmentId) -> ApiResult<Self> {
        ctx.loader()?.load_one(id).await?.map(Self).ok_or_else(|| ApiError::not_found("segment"))
    }
}

impl From<engine::Segment> for Segment {
    fn from(segment: engine::Segment) -> Self {
        Self(Arc::new(segment))
    }
}

/// What came of creating or editing a segment.
#[derive(SimpleObject)]
pub(super) struct SegmentPayload {
    /// The segment; null when there are problems.
    segment: Option<Segment>,
    /// Why nothing was done; empty on success.
    problems: Vec<Problem>,
}

impl SegmentPayload {
    fn from_outcome(outcome: Result<engine::Segment, Error>) -> ApiResult<Self> {
        let (segment, problems) = problems::split(outcome)?;
        Ok(Self { segment: segment.map(Segment::from), problems })
    }
}

/// What came of deleting a segment.
#[derive(SimpleObject)]
pub(super) struct DeleteSegmentPayload {
    /// The id of the segment that is gone; null when there are problems.
    deleted_id: Option<ID>,
    /// Why nothing was done; empty on success.
    problems: Vec<Problem>,
}

#[derive(Default)]
pub(super) struct SegmentQueries;

#[expect(clippy::too_many_arguments, reason = "each argument of a GraphQL field is a parameter")]
#[Object]
impl SegmentQueries {
    /// The segment with this id or this key; exactly one of them. Null when there is none.
    async fn segment(&self, ctx: &Context<'_>, id: Option<ID>, key: Option<String>) -> ApiResult<Option<Segment>> {
        let cx = ctx.cx()?;
        let found = match (id, key) {
            (Some(id), None) => segments::find(cx, ids::read("id", &id)?).await?,
            (None, Some(key)) => segments::find_by_key(cx, &key).await?,
            (None, None) | (Some(_), Some(_)) => return Err(ApiError::invalid("Send either `id` or `key`.")),
        };
        Ok(found.map(Segment::from))
    }

    /// Segments, by key.
    #[graphql(complexity = "paging::cost(first, child_complexity)")]
    async fn segments(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        #[graphql(desc = "Only those whose key or name holds this text, in any case.")] search: Option<String>,
    ) -> ApiResult<CountedPages<Segment>> {
        let (cx, search) = (ctx.cx()?, search.as_deref());
        let request = paging::read(first, after.as_deref())?;
        let page = segments::page(cx, search, request).await?;
        let total = if paging::wants_total(ctx) { segments::count(cx, search).await? } else { 0 };
        let key = |segment: &engine::Segment| segment.key.clone();
        Ok(paging::counted_pages(page, (after.is_some(), total), key, Segment::from))
    }
}

#[derive(Default)]
pub(super) struct SegmentMutations;

#[Object]
impl SegmentMutations {
    /// Saves a rule as a segment. Its members enter within moments.
    async fn create_segment(&self, ctx: &Context<'_>, input: CreateSegmentInput) -> ApiResult<SegmentPayload> {
        let (cx, idempotency_key) = (ctx.cx()?, input.idempotency_key.clone());
        SegmentPayload::from_outcome(segments::create(cx, input.into_draft(), idempotency_key).await)
    }

    /// Edits a segment. What is absent stays as it is; the key never changes. With another rule,
    /// profiles enter and leave within moments.
    async fn update_segment(&self, ctx: &Context<'_>, input: UpdateSegmentInput) -> ApiResult<SegmentPayload> {
        let (cx, idempotency_key) = (ctx.cx()?, input.idempotency_key.clone());
        let outcome = async { segments::update(cx, input.into_edit()?, idempotency_key).await };
        SegmentPayload::from_outcome(outcome.await)
    }

    /// Deletes a segment and its memberships.
    async fn delete_segment(&self, ctx: &Context<'_>, input: DeleteSegmentInput) -> ApiResult<DeleteSegmentPayload> {
        let cx = ctx.cx()?;
        let outcome = async { segments::delete(cx, problems::read_id(&input.id)?, input.idempotency_key).await };
        let (deleted, problems) = problems::split(outcome.await)?;
        Ok(DeleteSegmentPayload { deleted_id: deleted.map(ids::global), problems })
    }
}
