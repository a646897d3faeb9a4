//! Endpoints: where deliveries go, and how well that works.

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use attrium_engine::webhooks::{self, AttemptHour, Backlog, DeliveryFilter, Endpoint, EndpointHealth, EndpointState};
use attrium_schema::{AttributeKey, EndpointId};

use super::deliveries::{Delivery, DeliveryStatus};
use crate::graphql::error::ApiResult;
use crate::graphql::ids;
use crate::graphql::loaders::BacklogOf;
use crate::graphql::paging::{self, CountedPages};
use crate::graphql::request::ContextExt as _;
use crate::graphql::scalars::DateTime;

pub(in crate::graphql) struct WebhookEndpoint(pub(in crate::graphql) Endpoint);

/// What a webhook endpoint may be told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "webhooks::EventType")]
pub(super) enum WebhookEvent {
    /// `profile.created`: a profile was made.
    ProfileCreated,
    /// `profile.updated`: values of a profile changed.
    ProfileUpdated,
    /// `segment.entered`: a profile came to a segment.
    SegmentEntered,
    /// `segment.left`: a profile went from a segment.
    SegmentLeft,
}

/// Whether anything is sent to an endpoint. Deliveries are owed in every state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(super) enum WebhookEndpointState {
    /// Deliveries are sent.
    Active,
    /// Someone wants them to wait.
    Paused,
    /// It answered 410: it wants nothing more. Resume it to try again.
    Gone,
    /// Nothing but failures for days: it is left alone. Resume it to try again.
    Failing,
}

/// A URL that is told of events.
#[expect(clippy::too_many_arguments, reason = "each argument of a GraphQL field is a parameter")]
#[Object]
impl WebhookEndpoint {
    /// Its global id: `ep_…`.
    pub(in crate::graphql) async fn id(&self) -> ID {
        ids::global(self.0.id)
    }

    /// What people see.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Where deliveries go.
    async fn url(&self) -> &str {
        &self.0.url
    }

    /// What it is told of.
    async fn events(&self) -> ApiResult<Vec<WebhookEvent>> {
        Ok(webhooks::events_of(&self.0)?.into_iter().map(WebhookEvent::from).collect())
    }

    /// The keys of the attributes whose values it is told; with none, it is told ids alone.
    async fn attributes(&self) -> Vec<&str> {
        self.0.attributes.iter().map(AttributeKey::as_str).collect()
    }

    /// The segments whose `segment.entered` and `segment.left` it is told: `seg_…`. With none, it is told of every
    /// segment. One that was deleted stays listed, so that an endpoint whose last one is gone is not told of all.
    async fn segments(&self) -> Vec<ID> {
        self.0.segments.iter().map(ids::global).collect()
    }

    /// Whether what is told of one profile comes one after the other.
    async fn is_ordered(&self) -> bool {
        self.0.is_ordered
    }

    /// Whether anything is sent to it.
    async fn state(&self) -> WebhookEndpointState {
        match self.0.state {
            EndpointState::Active => WebhookEndpointState::Active,
            EndpointState::Paused { .. } => WebhookEndpointState::Paused,
            EndpointState::Gone { .. } => WebhookEndpointState::Gone,
            EndpointState::Failing { .. } => WebhookEndpointState::Failing,
        }
    }

    /// Since when nothing is sent; null while it is active.
    async fn stopped_at(&self) -> Option<DateTime> {
        self.0.state.since().map(DateTime)
    }

    /// How well it works.
    async fn health(&self) -> WebhookHealth {
        WebhookHealth(self.0.id, self.0.health)
    }

    /// What it was and is owed, newest first.
    #[graphql(complexity = "paging::cost(first, child_complexity)")]
    async fn deliveries(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        #[graphql(desc = "Only those that stand so.")] status: Option<DeliveryStatus>,
    ) -> ApiResult<CountedPages<Delivery>> {
        let (cx, request) = (ctx.cx()?, paging::read(first, after.as_deref())?);
        let statuses = status.map(DeliveryStatus::into).into_iter().collect();
        let filter = DeliveryFilter { endpoint: Some(self.0.id), statuses, ..DeliveryFilter::default() };
        let page = webhooks::page_of_deliveries(cx, &filter, request).await?;
        let total = if paging::wants_total(ctx) { webhooks::count_deliveries(cx, &filter).await? } else { 0 };
        Ok(paging::counted_pages(page, (after.is_some(), total), |delivery| delivery.sequence, Delivery))
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
}

const DAY_MICROS: i64 = 86_400 * 1_000_000;

pub(super) struct WebhookHealth(EndpointId, EndpointHealth);

/// How well an endpoint works.
#[Object]
impl WebhookHealth {
    /// How many deliveries wait, those for their next attempt included.
    #[graphql(complexity = 5)]
    async fn waiting_count(&self, ctx: &Context<'_>) -> ApiResult<u64> {
        Ok(self.backlog(ctx).await?.map_or(0, |backlog| backlog.count))
    }

    /// When the oldest of them was made; null when none waits.
    #[graphql(complexity = 5)]
    async fn oldest_waiting_at(&self, ctx: &Context<'_>) -> ApiResult<Option<DateTime>> {
        Ok(self.backlog(ctx).await?.map(|backlog| DateTime(backlog.oldest_at)))
    }

    /// Attempts that failed since the last one that did not.
    async fn failures_in_a_row(&self) -> u32 {
        self.1.failures
    }

    /// When the first of them was made; null while it works.
    async fn failing_since(&self) -> Option<DateTime> {
        self.1.failing_since.map(DateTime)
    }

    /// When it last took a delivery; null when it never did.
    async fn last_success_at(&self) -> Option<DateTime> {
        self.1.last_success_at.map(DateTime)
    }

    /// When an attempt last failed; null when none ever did.
    async fn last_failure_at(&self) -> Option<DateTime> {
        self.1.last_failure_at.map(DateTime)
    }

    /// The attempts of the last 24 hours, hour by hour; hours without any are left out.
    #[graphql(complexity = "50 + paging::short_list_cost(child_complexity)")]
    async fn hours(&self, ctx: &Context<'_>) -> ApiResult<Vec<WebhookHour>> {
        let cx = ctx.cx()?;
        let hours = webhooks::hours(cx, self.0, cx.now.saturating_add_micros(-DAY_MICROS)).await?;
        Ok(hours.into_iter().map(WebhookHour::from).collect())
    }
}

impl WebhookHealth {
    /// Of all endpoints of a list it is one read.
    async fn backlog(&self, ctx: &Context<'_>) -> ApiResult<Option<Backlog>> {
        ctx.loader()?.load_one(BacklogOf(self.0)).await
    }
}

/// The attempts of one hour.
#[derive(SimpleObject)]
pub(super) struct WebhookHour {
    /// When the hour began.
    began_at: DateTime,
    /// Attempts answered by 2xx.
    succeeded: u64,
    /// The others.
    failed: u64,
    /// Milliseconds the slowest took.
    slowest_ms: u32,
}

impl From<AttemptHour> for WebhookHour {
    fn from(hour: AttemptHour) -> Self {
        Self {
            began_at: DateTime(hour.began_at),
            succeeded: hour.succeeded,
            failed: hour.failed,
            slowest_ms: hour.duration_ms_max,
        }
    }
}
