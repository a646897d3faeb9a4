//! Deliveries: one thing owed to one endpoint each, and how the attempts went.

use async_graphql::{Context, Enum, ID, Object};
use attrium_engine::webhooks::{self, AttemptOutcome, DeliveryState};

use super::endpoints::WebhookEndpoint;
use crate::graphql::error::{ApiError, ApiResult};
use crate::graphql::ids;
use crate::graphql::loaders::AttemptsOf;
use crate::graphql::paging;
use crate::graphql::profiles::Profile;
use crate::graphql::request::ContextExt as _;
use crate::graphql::scalars::{DateTime, Json};

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "webhooks::DeliveryStatus")]
pub(super) enum DeliveryStatus {
    /// It waits for its time.
    Due,
    /// It is being sent.
    Leased,
    /// It arrived.
    Delivered,
    /// It was given up; kept to be looked at and sent again.
    Failed,
}

/// Why an attempt got no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "webhooks::AttemptFailure")]
pub(super) enum AttemptFailure {
    /// The name has no address, nobody listens, or the address is not a public one.
    EndpointUnreachable,
    /// The certificate has ended, is for another name, or nobody known has signed it.
    TlsUntrusted,
    /// It took too long.
    Timeout,
    /// The connection broke off, or what came is not HTTP.
    BrokenAnswer,
}

pub(in crate::graphql) struct Delivery(pub(in crate::graphql) webhooks::Delivery);

/// One thing owed to one endpoint.
#[Object]
impl Delivery {
    /// Its global id: `dlv_…`. The receiver sees it as `webhook-id`, the same on every attempt.
    pub(in crate::graphql) async fn id(&self) -> ID {
        ids::global(self.0.id)
    }

    /// To whom.
    async fn endpoint(&self, ctx: &Context<'_>) -> ApiResult<WebhookEndpoint> {
        let found = ctx.loader()?.load_one(self.0.endpoint).await?;
        found.map(WebhookEndpoint).ok_or_else(|| ApiError::not_found("endpoint"))
    }

    /// What happened: `profile.updated`, `segment.entered`, …
    async fn event(&self) -> &str {
        &self.0.event_type
    }

    /// Whom it is about; null for a test, or when the profile is gone.
    async fn profile(&self, ctx: &Context<'_>) -> ApiResult<Option<Profile>> {
        match self.0.profile {
            Some(id) => Ok(ctx.loader()?.load_one(id).await?.map(Profile)),
            None => Ok(None),
        }
    }

    /// What is sent; null for whoever may not read profiles.
    async fn payload(&self, ctx: &Context<'_>) -> ApiResult<Option<Json>> {
        Ok(webhooks::payload(ctx.cx()?, &self.0).map(|text| text.parse().unwrap_or_default()))
    }

    /// Where it stands.
    async fn status(&self) -> DeliveryStatus {
        match self.0.state {
            DeliveryState::Due { .. } => DeliveryStatus::Due,
            DeliveryState::Leased => DeliveryStatus::Leased,
            DeliveryState::Delivered { .. } => DeliveryStatus::Delivered,
            DeliveryState::Failed { .. } => DeliveryStatus::Failed,
        }
    }

    /// Not before this instant comes its next attempt; null when there is none to come.
    async fn next_attempt_at(&self) -> Option<DateTime> {
        match self.0.state {
            DeliveryState::Due { run_at } => Some(DateTime(run_at)),
            DeliveryState::Leased | DeliveryState::Delivered { .. } | DeliveryState::Failed { .. } => None,
        }
    }

    /// When it arrived or was given up; null before.
    async fn finished_at(&self) -> Option<DateTime> {
        match self.0.state {
            DeliveryState::Delivered { at } | DeliveryState::Failed { at } => Some(DateTime(at)),
            DeliveryState::Due { .. } | DeliveryState::Leased => None,
        }
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// How often it was tried.
    async fn attempt_count(&self) -> u32 {
        self.0.attempts
    }

    /// Each try, oldest first.
    #[graphql(complexity = "paging::short_list_cost(child_complexity)")]
    async fn attempts(&self, ctx: &Context<'_>) -> ApiResult<Vec<Attempt>> {
        let found = ctx.loader()?.load_one(AttemptsOf(self.0.id)).await?;
        Ok(found.unwrap_or_default().into_iter().map(Attempt).collect())
    }
}

pub(super) struct Attempt(webhooks::Attempt);

/// One try at a delivery.
#[Object]
impl Attempt {
    /// Counts the attempts, from 1.
    async fn number(&self) -> u32 {
        self.0.number
    }

    /// When it began.
    async fn started_at(&self) -> DateTime {
        DateTime(self.0.started_at)
    }

    /// Milliseconds it took.
    async fn duration_ms(&self) -> u32 {
        self.0.duration_ms
    }

    /// The status code of the answer; null when there was none.
    async fn status(&self) -> Option<u16> {
        match &self.0.outcome {
            AttemptOutcome::Answered { status, .. } => Some(*status),
            AttemptOutcome::Failed(_) => None,
        }
    }

    /// The beginning of the answer's body; null when there was no answer.
    async fn excerpt(&self) -> Option<&str> {
        match &self.0.outcome {
            AttemptOutcome::Answered { excerpt, .. } => Some(excerpt),
            AttemptOutcome::Failed(_) => None,
        }
    }

    /// Why there was no answer; null when there was one.
    async fn failure(&self) -> Option<AttemptFailure> {
        match &self.0.outcome {
            AttemptOutcome::Answered { .. } => None,
            AttemptOutcome::Failed(failure) => Some((*failure).into()),
        }
    }
}
