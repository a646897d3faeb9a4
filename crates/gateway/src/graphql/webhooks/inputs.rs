//! What creates and alters endpoints, and sends deliveries again.

use async_graphql::{ID, InputObject};
use attrium_engine::Error;
use attrium_engine::webhooks::{DeliveryFilter, EndpointDraft, EndpointEdit};
use attrium_schema::{IdError, SegmentId};

use super::deliveries::DeliveryStatus;
use super::endpoints::WebhookEvent;
use crate::graphql::problems;
use crate::graphql::scalars::DateTime;

/// Hours an old secret goes on signing when nobody says how many.
const OVERLAP_HOURS: u32 = 24;

/// A webhook endpoint to create.
#[derive(InputObject)]
pub(super) struct CreateWebhookEndpointInput {
    /// What people see: 1 to 80 characters.
    name: String,
    /// Where deliveries go: an `https` URL that the public internet can reach, unless the server allows more.
    url: String,
    /// What it is told of; at least one.
    events: Vec<WebhookEvent>,
    /// The keys of the attributes whose values it is told; with none, it is told ids alone.
    attributes: Option<Vec<String>>,
    /// The segments whose `segment.entered` and `segment.left` it is told: `seg_…`, at most 100. With none, it is told
    /// of every segment, also of those to come.
    segments: Option<Vec<ID>>,
    /// Whether what is told of one profile comes one after the other. False when absent.
    is_ordered: Option<bool>,
    /// Makes sending this again harmless.
    pub(super) idempotency_key: Option<String>,
}

impl CreateWebhookEndpointInput {
    /// # Errors
    /// [`Error::Invalid`] when an id is none of a segment.
    pub(super) fn into_draft(self) -> Result<EndpointDraft, Error> {
        Ok(EndpointDraft {
            name: self.name,
            url: self.url,
            events: self.events.into_iter().map(WebhookEvent::into).collect(),
            attributes: self.attributes.unwrap_or_default(),
            segments: segment_ids(&self.segments.unwrap_or_default())?,
            is_ordered: self.is_ordered.unwrap_or_default(),
        })
    }
}

/// An edit of a webhook endpoint. What is absent stays as it is.
#[derive(InputObject)]
pub(super) struct UpdateWebhookEndpointInput {
    /// Which: `ep_…`.
    id: ID,
    /// The revision that was read: the edit is refused with `CONFLICT` when there is a later one.
    expected_revision: Option<u32>,
    /// What people see: 1 to 80 characters.
    name: Option<String>,
    /// Where deliveries go.
    url: Option<String>,
    /// What it is told of; at least one.
    events: Option<Vec<WebhookEvent>>,
    /// The keys of the attributes whose values it is told.
    attributes: Option<Vec<String>>,
    /// The segments whose `segment.entered` and `segment.left` it is told; with none, every segment.
    segments: Option<Vec<ID>>,
    /// Whether what is told of one profile comes one after the other.
    is_ordered: Option<bool>,
    /// Makes sending this again harmless.
    pub(super) idempotency_key: Option<String>,
}

impl UpdateWebhookEndpointInput {
    /// # Errors
    /// [`Error::Invalid`] when the id is none of an endpoint, or one of a segment is none.
    pub(super) fn into_edit(self) -> Result<EndpointEdit, Error> {
        Ok(EndpointEdit {
            id: problems::read_id(&self.id)?,
            expected_revision: self.expected_revision,
            name: self.name,
            url: self.url,
            events: self.events.map(|events| events.into_iter().map(WebhookEvent::into).collect()),
            attributes: self.attributes,
            segments: self.segments.as_deref().map(segment_ids).transpose()?,
            is_ordered: self.is_ordered,
        })
    }
}

fn segment_ids(ids: &[ID]) -> Result<Vec<SegmentId>, Error> {
    let read = |(place, id): (usize, &ID)| {
        let message = |error: IdError| attrium_engine::sentence(&error);
        id.parse().map_err(|error| problems::invalid(&["segments", &place.to_string()], message(error)))
    };
    ids.iter().enumerate().map(read).collect()
}

/// A webhook endpoint to do something with.
#[derive(InputObject)]
pub(super) struct WebhookEndpointInput {
    /// Which: `ep_…`.
    pub(super) id: ID,
    /// Makes sending this again harmless.
    pub(super) idempotency_key: Option<String>,
}

/// A secret to rotate.
#[derive(InputObject)]
pub(super) struct RotateWebhookSecretInput {
    /// Whose: `ep_…`.
    pub(super) id: ID,
    /// For how many hours the old secret signs beside the new one: 1 to 168; 24 when absent.
    overlap_hours: Option<u32>,
    /// Makes sending this again harmless.
    pub(super) idempotency_key: Option<String>,
}

impl RotateWebhookSecretInput {
    pub(super) fn overlap_hours(&self) -> u32 {
        self.overlap_hours.unwrap_or(OVERLAP_HOURS)
    }
}

/// A delivery to send again.
#[derive(InputObject)]
pub(super) struct DeliveryInput {
    /// Which: `dlv_…`.
    pub(super) id: ID,
    /// Makes sending this again harmless.
    pub(super) idempotency_key: Option<String>,
}

/// Deliveries to send again.
#[derive(InputObject)]
pub(super) struct ReplayDeliveriesInput {
    /// To which endpoint: `ep_…`.
    endpoint_id: ID,
    /// Made at this instant or later.
    from: Option<DateTime>,
    /// Made before this instant.
    to: Option<DateTime>,
    /// Only those that stand so; `FAILED` when absent.
    status: Option<DeliveryStatus>,
    /// Whether only to count them. False when absent.
    is_dry_run: Option<bool>,
    /// Makes sending this again harmless.
    pub(super) idempotency_key: Option<String>,
}

impl ReplayDeliveriesInput {
    pub(super) fn is_dry_run(&self) -> bool {
        self.is_dry_run.unwrap_or_default()
    }

    /// # Errors
    /// [`Error::Invalid`] when the id is none of an endpoint.
    pub(super) fn into_filter(self) -> Result<DeliveryFilter, Error> {
        let endpoint = self.endpoint_id.parse().map_err(|error: attrium_schema::IdError| {
            problems::invalid(&["endpointId"], attrium_engine::sentence(&error))
        })?;
        Ok(DeliveryFilter {
            endpoint: Some(endpoint),
            statuses: vec![self.status.unwrap_or(DeliveryStatus::Failed).into()],
            since: self.from.map(|from| from.0),
            before: self.to.map(|to| to.0),
        })
    }
}
