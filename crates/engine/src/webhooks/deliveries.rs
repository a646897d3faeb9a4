//! Deliveries: looked at, and sent again.

use attrium_schema::{DeliveryId, EndpointId};
use attrium_storage::attempts::{self, Attempt};
use attrium_storage::{Delivery, DeliveryFilter, DeliveryState, EndpointState, Tx, deliveries, endpoints};
use serde_json::{Value as Json, json};

use super::endpoints::existing;
use super::event::{Data, EndpointData, Payload, TEST};
use crate::cx::Cx;
use crate::error::{Error, ProblemCode};
use crate::idempotency::{Request, write};
use crate::paging::{Page, PageRequest};
use crate::rights::Right;

/// Most deliveries one replay sends again.
const REPLAY_MAX: usize = 10_000;

/// What is sent with a delivery, as JSON; `None` for whoever may not read profiles.
pub fn payload<'d>(cx: &Cx, delivery: &'d Delivery) -> Option<&'d str> {
    cx.rights.has(Right::ReadProfiles).then_some(delivery.payload.as_str())
}

/// The delivery with this id, or `None`.
///
/// # Errors
/// [`Error::Denied`].
pub async fn find(cx: &Cx, id: DeliveryId) -> Result<Option<Delivery>, Error> {
    cx.require(Right::ReadEndpoints)?;
    Ok(deliveries::find(cx.db(), cx.workspace, id).await?)
}

/// A page, newest first; the place is a delivery's number.
///
/// # Errors
/// [`Error::Denied`].
pub async fn page(cx: &Cx, filter: &DeliveryFilter, request: PageRequest<i64>) -> Result<Page<Delivery>, Error> {
    cx.require(Right::ReadEndpoints)?;
    let wanted = attrium_storage::Page { after: request.after, limit: request.peek() };
    Ok(request.page(deliveries::page(cx.db(), cx.workspace, filter, wanted).await?))
}

/// How many are meant: also what a replay would send again.
///
/// # Errors
/// [`Error::Denied`].
pub async fn count(cx: &Cx, filter: &DeliveryFilter) -> Result<u64, Error> {
    cx.require(Right::ReadEndpoints)?;
    Ok(deliveries::count(cx.db(), cx.workspace, filter).await?)
}

/// The attempts of these deliveries, oldest first, delivery by delivery: for loaders.
///
/// # Errors
/// [`Error::Denied`].
pub async fn attempts_of(cx: &Cx, ids: &[DeliveryId]) -> Result<Vec<Attempt>, Error> {
    cx.require(Right::ReadEndpoints)?;
    Ok(attempts::find_many(cx.db(), cx.workspace, ids).await?)
}

/// Sends a delivery again, with its old id and a whole schedule before it; one that waits for its next attempt
/// is sent now.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`], or [`Error::Invalid`] while it is being sent.
pub async fn resend(cx: &Cx, id: DeliveryId, idempotency_key: Option<String>) -> Result<Delivery, Error> {
    cx.require(Right::ManageEndpoints)?;
    let request = Request { key: idempotency_key, operation: "resend_delivery", body: json!(id), input: id };
    let resent = write(cx, request, |cx, tx, id| Box::pin(owe_anew(cx, tx, *id))).await?;
    as_it_stands(cx, resent).await
}

async fn owe_anew(cx: &Cx, tx: &Tx, id: DeliveryId) -> Result<DeliveryId, Error> {
    let found = deliveries::find(tx.db(), cx.workspace, id).await?;
    let found = found.ok_or(Error::NotFound { noun: "delivery" })?;
    if !deliveries::resend(tx, cx.workspace, id, cx.now).await? {
        let message = "This delivery is being sent at this moment.";
        return Err(Error::problem(ProblemCode::Conflict, &[], message));
    }
    endpoints::forgive(tx, cx.workspace, Some(found.endpoint)).await?;
    Ok(id)
}

/// A repetition by the same idempotency key is answered what became of the delivery meanwhile.
async fn as_it_stands(cx: &Cx, id: DeliveryId) -> Result<Delivery, Error> {
    deliveries::find(cx.db(), cx.workspace, id).await?.ok_or(Error::NotFound { noun: "delivery" })
}

/// Sends again what is meant, oldest first, at most 10,000 at once; answers how many. [`count`] tells before
/// how many are meant. What is being sent at this moment is left alone.
///
/// # Errors
/// [`Error::Denied`], or [`Error::NotFound`] when the endpoint is.
pub async fn replay(cx: &Cx, filter: DeliveryFilter, idempotency_key: Option<String>) -> Result<u64, Error> {
    cx.require(Right::ManageEndpoints)?;
    let body = body_of(&filter);
    let request = Request { key: idempotency_key, operation: "replay_deliveries", body, input: filter };
    write(cx, request, |cx, tx, filter| Box::pin(owe_those_anew(cx, tx, filter))).await
}

/// In one transaction, since the answer is remembered in it. It touches as many rows as a commit may hold.
async fn owe_those_anew(cx: &Cx, tx: &Tx, filter: &DeliveryFilter) -> Result<u64, Error> {
    if let Some(endpoint) = filter.endpoint {
        existing(cx, tx, endpoint).await?;
    }
    let sent = deliveries::resend_many(tx, cx.workspace, filter, (REPLAY_MAX, cx.now)).await?;
    endpoints::forgive(tx, cx.workspace, filter.endpoint).await?;
    Ok(sent)
}

fn body_of(filter: &DeliveryFilter) -> Json {
    let statuses: Vec<&str> = filter.statuses.iter().map(|status| status.name()).collect();
    json!([filter.endpoint, statuses, filter.since, filter.before])
}

/// Owes an endpoint a delivery that tells nothing, to see it arrive: watch its attempts.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`], or [`Error::Invalid`] when nothing is sent to the endpoint.
pub async fn send_test(cx: &Cx, id: EndpointId, idempotency_key: Option<String>) -> Result<Delivery, Error> {
    cx.require(Right::ManageEndpoints)?;
    let request = Request { key: idempotency_key, operation: "send_test_event", body: json!(id), input: id };
    let sent = write(cx, request, |cx, tx, id| {
        Box::pin(async move {
            let test = test_delivery(cx, tx, *id).await?;
            deliveries::insert_many(tx, cx.workspace, std::slice::from_ref(&test)).await?;
            endpoints::forgive(tx, cx.workspace, Some(*id)).await?;
            Ok(test.id)
        })
    })
    .await?;
    as_it_stands(cx, sent).await
}

async fn test_delivery(cx: &Cx, tx: &Tx, id: EndpointId) -> Result<Delivery, Error> {
    let endpoint = existing(cx, tx, id).await?;
    if endpoint.state != EndpointState::Active {
        let message = "Nothing is sent to this endpoint; resume it first.";
        return Err(Error::problem(ProblemCode::Conflict, &[], message));
    }
    let data = Data::Test { endpoint: EndpointData { id, name: &endpoint.name } };
    Ok(Delivery {
        id: cx.ids.delivery(),
        endpoint: id,
        sequence: deliveries::allocate(tx, 1).await?.first().copied().unwrap_or_default(),
        event_type: TEST.to_owned(),
        profile: None,
        payload: Payload { event_type: TEST, timestamp: cx.now, data }.text(),
        state: DeliveryState::Due { run_at: cx.now },
        attempts: 0,
        created_at: cx.now,
    })
}
