//! Endpoints: where deliveries go, and how well that works.

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use attrium_engine::webhooks::{self, DeliveryFilter, Endpoint, EndpointState};
use attrium_schema::AttributeKey;

use super::deliveries::{Delivery, DeliveryStatus};
use crate::graphql::error::ApiResult;
use crate::graphql::ids;
use crate::graphql::paging::{self, CountedPages};
use crate::graphql::request::ContextExt as _;
use crate::graphql::scalars::DateTime;

pub(in crate::graphql) struct WebhookEndpoint(pub(in crate::graphql) Endpoint);

/// What a webhook endpoint may be told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
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

impl WebhookEvent {
    const ALL: [Self; 4] = [Self::ProfileCreated, Self::ProfileUpdated, Self::SegmentEntered, Self::SegmentLeft];

    /// Its name in deliveries.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::ProfileCreated => "profile.created",
            Self::ProfileUpdated => "profile.updated",
            Self::SegmentEntered => "segment.entered",
            Self::SegmentLeft => "segment.left",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.name() == name)
    }
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
    async fn events(&self) -> Vec<WebhookEvent> {
        self.0.event_types.iter().filter_map(|name| WebhookEvent::from_name(name)).collect()
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
    #[graphql(complexity = "10 + child_complexity")]
    async fn health(&self, ctx: &Context<'_>) -> ApiResult<WebhookHealth> {
        let (cx, health) = (ctx.cx()?, self.0.health);
        let backlog = webhooks::backlog(cx, self.0.id).await?;
        let day_ago = cx.now.saturating_add_micros(-DAY_MICROS);
        let hours = webhooks::hours(cx, self.0.id, day_ago).await?;
        Ok(WebhookHealth {
            waiting_count: backlog.count,
            oldest_waiting_at: backlog.oldest_at.map(DateTime),
            failures_in_a_row: health.failures,
            failing_since: health.failing_since.map(DateTime),
            last_success_at: health.last_success_at.map(DateTime),
            last_failure_at: health.last_failure_at.map(DateTime),
            hours: hours
                .into_iter()
                .map(|hour| WebhookHour {
                    began_at: DateTime(hour.began_at),
                    succeeded: hour.succeeded,
                    failed: hour.failed,
                    slowest_ms: hour.duration_ms_max,
                })
                .collect(),
        })
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

/// How well an endpoint works.
#[derive(SimpleObject)]
pub(super) struct WebhookHealth {
    /// How many deliveries wait, those for their next attempt included.
    waiting_count: u64,
    /// When the oldest of them was made; null when none waits.
    oldest_waiting_at: Option<DateTime>,
    /// Attempts that failed since the last one that did not.
    failures_in_a_row: u32,
    /// When the first of them was made; null while it works.
    failing_since: Option<DateTime>,
    /// When it last took a delivery; null when it never did.
    last_success_at: Option<DateTime>,
    /// When an attempt last failed; null when none ever did.
    last_failure_at: Option<DateTime>,
    /// The attempts of the last 24 hours, hour by hour; hours without any are left out.
    hours: Vec<WebhookHour>,
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
