//! Deliveries: looked at, and sent again.

use attrium_schema::{DeliveryId, EndpointId};
use attrium_storage::attempts::{self, Attempt};
use attrium_storage::{Delivery, DeliveryFilter, DeliveryState, EndpointState, Tx, deliveries, endpoints};

use super::endpoints::existing;
use super::event::{Data, EndpointData, EventType, Payload};
use crate::cx::Cx;
use crate::error::{Error, ProblemCode};
use crate::paging::{Page, PageRequest};
use crate::rights::Right;

/// Most deliveries one replay sends again.
const REPLAY_MAX: u64 = 10_000;
const REPLAYED_AT_ONCE: usize = 1_000;

/// The delivery with this id, or `None`.
///
/// # Errors
/// [`Error::Denied`].
pub async fn find(cx: &Cx, id: DeliveryId) -> Result<Option<Delivery>, Error> {
    cx.require(Right::ReadEndpoints)?;
    Ok(deliveries::find(cx.db(), cx.workspace, id).await?)
}

/// Those of these that exist, in no particular order: for loaders.
///
/// # Errors
/// [`Error::Denied`].
pub async fn find_many(cx: &Cx, ids: &[DeliveryId]) -> Result<Vec<Delivery>, Error> {
    cx.require(Right::ReadEndpoints)?;
    Ok(deliveries::find_many(cx.db(), cx.workspace, ids).await?)
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
pub async fn resend(cx: &Cx, id: DeliveryId) -> Result<Delivery, Error> {
    cx.require(Right::ManageEndpoints)?;
    let unit = cx.clone();
    cx.engine
        .tasks()
        .unit(async move {
            let tx = unit.engine.store().begin().await?;
            let found = deliveries::find(tx.db(), unit.workspace, id).await?;
            let found = found.ok_or(Error::NotFound { noun: "delivery" })?;
            if !deliveries::resend(&tx, unit.workspace, id, unit.now).await? {
                let message = "This delivery is being sent at this moment.";
                return Err(Error::problem(ProblemCode::Conflict, &[], message));
            }
            endpoints::forgive(&tx, unit.workspace, Some(found.endpoint), unit.now).await?;
            tx.commit().await?;
            Ok(Delivery { state: DeliveryState::Due { run_at: unit.now }, ..found })
        })
        .await
}

/// Sends again what is meant, oldest first, at most 10,000 at once; answers how many. [`count`] tells before
/// how many are meant. What is being sent at this moment is left alone.
///
/// # Errors
/// [`Error::Denied`].
pub async fn replay(cx: &Cx, filter: DeliveryFilter) -> Result<u64, Error> {
    cx.require(Right::ManageEndpoints)?;
    let unit = cx.clone();
    cx.engine
        .tasks()
        .unit(async move {
            let (mut sent, mut after) = (0, None);
            while sent < REPLAY_MAX {
                let tx = unit.engine.store().begin().await?;
                let page = attrium_storage::Page { after, limit: REPLAYED_AT_ONCE };
                let Some((count, last)) =
                    deliveries::resend_many(&tx, unit.workspace, &filter, (page, unit.now)).await?
                else {
                    break;
                };
                endpoints::forgive(&tx, unit.workspace, filter.endpoint, unit.now).await?;
                tx.commit().await?;
                sent += count;
                after = Some(last);
            }
            Ok(sent)
        })
        .await
}

/// Owes an endpoint a delivery that tells nothing, to see it arrive: watch its attempts.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`], or [`Error::Invalid`] when nothing is sent to the endpoint.
pub async fn send_test(cx: &Cx, id: EndpointId) -> Result<Delivery, Error> {
    cx.require(Right::ManageEndpoints)?;
    let unit = cx.clone();
    cx.engine
        .tasks()
        .unit(async move {
            let tx = unit.engine.store().begin().await?;
            let test = test_delivery(&unit, &tx, id).await?;
            deliveries::insert_many(&tx, unit.workspace, std::slice::from_ref(&test)).await?;
            endpoints::forgive(&tx, unit.workspace, Some(id), unit.now).await?;
            tx.commit().await?;
            Ok(test)
        })
        .await
}

async fn test_delivery(cx: &Cx, tx: &Tx, id: EndpointId) -> Result<Delivery, Error> {
    let endpoint = existing(cx, tx, id).await?;
    if endpoint.state != EndpointState::Active {
        let message = "Nothing is sent to this endpoint; resume it first.";
        return Err(Error::problem(ProblemCode::Conflict, &[], message));
    }
    let event_type = EventType::EndpointTest.name();
    let data = Data::Test { endpoint: EndpointData { id, name: &endpoint.name } };
    Ok(Delivery {
        id: cx.ids.delivery(),
        endpoint: id,
        sequence: deliveries::allocate(tx, 1).await?.first().copied().unwrap_or_default(),
        event_type: event_type.to_owned(),
        profile: None,
        payload: Payload { event_type, timestamp: cx.now, data }.text(),
        state: DeliveryState::Due { run_at: cx.now },
        attempts: 0,
        created_at: cx.now,
    })
}
