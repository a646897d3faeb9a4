//! Webhooks: the endpoints partners are told at, what is owed to them, and each attempt.

mod deliveries;
mod endpoints;
mod inputs;

use async_graphql::{Context, ID, Object, SimpleObject};
use attrium_engine::webhooks;
use attrium_engine::{Error, PageRequest};
use attrium_schema::EndpointId;
use secrecy::ExposeSecret as _;

pub(super) use self::deliveries::Delivery;
pub(super) use self::endpoints::WebhookEndpoint;
use self::inputs::{
    CreateWebhookEndpointInput, DeliveryInput, ReplayDeliveriesInput, RotateWebhookSecretInput,
    UpdateWebhookEndpointInput, WebhookEndpointInput,
};
use super::error::ApiResult;
use super::ids;
use super::paging::{self, CountedPages};
use super::problems::{self, Problem};
use super::request::ContextExt as _;
use super::scalars::DateTime;

/// What came of creating an endpoint.
#[derive(SimpleObject)]
pub(super) struct CreateWebhookEndpointPayload {
    /// The endpoint; null when there are problems.
    endpoint: Option<WebhookEndpoint>,
    /// What deliveries are signed with, as `whsec_…`: shown here and never again. Null when there are problems, and
    /// when this repeats an earlier request by its idempotency key.
    secret: Option<String>,
    /// Why nothing was done; empty on success.
    problems: Vec<Problem>,
}

/// What came of editing, pausing or resuming an endpoint.
#[derive(SimpleObject)]
pub(super) struct WebhookEndpointPayload {
    /// The endpoint; null when there are problems.
    endpoint: Option<WebhookEndpoint>,
    /// Why nothing was done; empty on success.
    problems: Vec<Problem>,
}

impl WebhookEndpointPayload {
    fn from_outcome(outcome: Result<webhooks::Endpoint, Error>) -> ApiResult<Self> {
        let (endpoint, problems) = problems::split(outcome)?;
        Ok(Self { endpoint: endpoint.map(WebhookEndpoint), problems })
    }
}

/// What came of deleting an endpoint.
#[derive(SimpleObject)]
pub(super) struct DeleteWebhookEndpointPayload {
    /// The id of the endpoint that is gone; null when there are problems.
    deleted_id: Option<ID>,
    /// Why nothing was done; empty on success.
    problems: Vec<Problem>,
}

/// What came of rotating a secret.
#[derive(SimpleObject)]
pub(super) struct RotateWebhookSecretPayload {
    /// The new secret, as `whsec_…`: shown here and never again. Null when there are problems, and when this repeats
    /// an earlier request by its idempotency key.
    secret: Option<String>,
    /// Until when the one before signs beside it.
    old_ends_at: Option<DateTime>,
    /// Why nothing was done; empty on success.
    problems: Vec<Problem>,
}

/// What came of sending a delivery.
#[derive(SimpleObject)]
pub(super) struct DeliveryPayload {
    /// The delivery; null when there are problems.
    delivery: Option<Delivery>,
    /// Why nothing was done; empty on success.
    problems: Vec<Problem>,
}

impl DeliveryPayload {
    fn from_outcome(outcome: Result<webhooks::Delivery, Error>) -> ApiResult<Self> {
        let (delivery, problems) = problems::split(outcome)?;
        Ok(Self { delivery: delivery.map(Delivery), problems })
    }
}

/// What came of replaying deliveries.
#[derive(SimpleObject)]
pub(super) struct ReplayDeliveriesPayload {
    /// How many are sent again, or would be; null when there are problems.
    count: Option<u64>,
    /// Why nothing was done; empty on success.
    problems: Vec<Problem>,
}

#[derive(Default)]
pub(super) struct WebhookQueries;

#[Object]
impl WebhookQueries {
    /// The endpoint with this id; null when there is none.
    async fn webhook_endpoint(&self, ctx: &Context<'_>, id: ID) -> ApiResult<Option<WebhookEndpoint>> {
        Ok(webhooks::find(ctx.cx()?, ids::read("id", &id)?).await?.map(WebhookEndpoint))
    }

    /// Webhook endpoints, oldest first.
    #[graphql(complexity = "paging::cost(first, child_complexity)")]
    async fn webhook_endpoints(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
    ) -> ApiResult<CountedPages<WebhookEndpoint>> {
        let request: PageRequest<EndpointId> = paging::read(first, after.as_deref())?;
        let all = webhooks::list(ctx.cx()?).await?;
        let total = all.len() as u64;
        let page = request.page_of(all, |endpoint| endpoint.id);
        Ok(paging::counted_pages(page, (after.is_some(), total), |endpoint| endpoint.id, WebhookEndpoint))
    }

    /// The delivery with this id; null when there is none. Those that arrived or were given up are kept for 30 days.
    async fn delivery(&self, ctx: &Context<'_>, id: ID) -> ApiResult<Option<Delivery>> {
        Ok(webhooks::find_delivery(ctx.cx()?, ids::read("id", &id)?).await?.map(Delivery))
    }
}

#[derive(Default)]
pub(super) struct WebhookMutations;

#[Object]
impl WebhookMutations {
    /// Creates a webhook endpoint. The answer holds its secret, which is never shown again.
    async fn create_webhook_endpoint(
        &self,
        ctx: &Context<'_>,
        input: CreateWebhookEndpointInput,
    ) -> ApiResult<CreateWebhookEndpointPayload> {
        let (cx, idempotency_key) = (ctx.cx()?, input.idempotency_key.clone());
        let outcome = async { webhooks::create(cx, input.into_draft()?, idempotency_key).await };
        let (made, problems) = problems::split(outcome.await)?;
        let (endpoint, secret) = made.map_or((None, None), |(endpoint, secret)| (Some(endpoint), secret));
        let secret = secret.map(|secret| secret.expose_secret().to_owned());
        Ok(CreateWebhookEndpointPayload { endpoint: endpoint.map(WebhookEndpoint), secret, problems })
    }

    /// Edits a webhook endpoint. What is absent stays as it is.
    async fn update_webhook_endpoint(
        &self,
        ctx: &Context<'_>,
        input: UpdateWebhookEndpointInput,
    ) -> ApiResult<WebhookEndpointPayload> {
        let (cx, idempotency_key) = (ctx.cx()?, input.idempotency_key.clone());
        let outcome = async { webhooks::update(cx, input.into_edit()?, idempotency_key).await };
        WebhookEndpointPayload::from_outcome(outcome.await)
    }

    /// Deletes a webhook endpoint with everything that was owed to it.
    async fn delete_webhook_endpoint(
        &self,
        ctx: &Context<'_>,
        input: WebhookEndpointInput,
    ) -> ApiResult<DeleteWebhookEndpointPayload> {
        let cx = ctx.cx()?;
        let outcome = async { webhooks::delete(cx, problems::read_id(&input.id)?, input.idempotency_key).await };
        let (deleted, problems) = problems::split(outcome.await)?;
        Ok(DeleteWebhookEndpointPayload { deleted_id: deleted.map(ids::global), problems })
    }

    /// Lets the deliveries to an endpoint wait. What waited for 90 days is given up, and can then be sent again for 30.
    async fn pause_webhook_endpoint(
        &self,
        ctx: &Context<'_>,
        input: WebhookEndpointInput,
    ) -> ApiResult<WebhookEndpointPayload> {
        let cx = ctx.cx()?;
        let outcome = async { webhooks::pause(cx, problems::read_id(&input.id)?, input.idempotency_key).await };
        WebhookEndpointPayload::from_outcome(outcome.await)
    }

    /// Sends to an endpoint again, what waited first: after a pause, and after it was disabled.
    async fn resume_webhook_endpoint(
        &self,
        ctx: &Context<'_>,
        input: WebhookEndpointInput,
    ) -> ApiResult<WebhookEndpointPayload> {
        let cx = ctx.cx()?;
        let outcome = async { webhooks::resume(cx, problems::read_id(&input.id)?, input.idempotency_key).await };
        WebhookEndpointPayload::from_outcome(outcome.await)
    }

    /// Gives an endpoint a new secret. The one before signs beside it for a while, so that the receiver can change
    /// over in peace. Of two at once, one is refused with `CONFLICT`.
    async fn rotate_webhook_secret(
        &self,
        ctx: &Context<'_>,
        input: RotateWebhookSecretInput,
    ) -> ApiResult<RotateWebhookSecretPayload> {
        let (cx, overlap_hours) = (ctx.cx()?, input.overlap_hours());
        let outcome = async {
            webhooks::rotate_secret(cx, problems::read_id(&input.id)?, overlap_hours, input.idempotency_key).await
        };
        let (rotation, problems) = problems::split(outcome.await)?;
        let (secret, old_ends_at) =
            rotation.map_or((None, None), |rotation| (rotation.secret, Some(DateTime(rotation.old_ends_at))));
        let secret = secret.map(|secret| secret.expose_secret().to_owned());
        Ok(RotateWebhookSecretPayload { secret, old_ends_at, problems })
    }

    /// Sends an endpoint an event that tells nothing, to see it arrive. Ask for the delivery's attempts a moment later.
    async fn send_test_event(&self, ctx: &Context<'_>, input: WebhookEndpointInput) -> ApiResult<DeliveryPayload> {
        let cx = ctx.cx()?;
        let outcome = async { webhooks::send_test(cx, problems::read_id(&input.id)?, input.idempotency_key).await };
        DeliveryPayload::from_outcome(outcome.await)
    }

    /// Sends a delivery again, with its old id and a whole schedule before it.
    async fn resend_delivery(&self, ctx: &Context<'_>, input: DeliveryInput) -> ApiResult<DeliveryPayload> {
        let cx = ctx.cx()?;
        let outcome = async { webhooks::resend(cx, problems::read_id(&input.id)?, input.idempotency_key).await };
        DeliveryPayload::from_outcome(outcome.await)
    }

    /// Sends again the deliveries of an endpoint that were made in a span of time, oldest first, at most 10,000 at
    /// once. With `isDryRun` it only counts them.
    async fn replay_deliveries(
        &self,
        ctx: &Context<'_>,
        input: ReplayDeliveriesInput,
    ) -> ApiResult<ReplayDeliveriesPayload> {
        let (cx, is_dry_run, idempotency_key) = (ctx.cx()?, input.is_dry_run(), input.idempotency_key.clone());
        let outcome = async {
            let filter = input.into_filter()?;
            if is_dry_run {
                webhooks::count_deliveries(cx, &filter).await
            } else {
                webhooks::replay(cx, filter, idempotency_key).await
            }
        };
        let (count, problems) = problems::split(outcome.await)?;
        Ok(ReplayDeliveriesPayload { count, problems })
    }
}
