//! Endpoints: made, edited, paused, looked at.

use attrium_schema::{EndpointId, Timestamp};
use attrium_storage::attempts::{self, AttemptHour};
use attrium_storage::deliveries::{self, Backlog};
use attrium_storage::{LIST_MAX, Page, Tx, endpoint_secrets, endpoints};
use secrecy::SecretString;
use serde_json::json;

use super::draft::{CheckedEdit, EndpointDraft, EndpointEdit};
use super::event::EventType;
use super::{forget, secrets};
use crate::conflicts::expect_revision;
use crate::cx::Cx;
use crate::error::{Error, ProblemCode};
use crate::idempotency::{Request, write};
use crate::nouns::{Endpoint, EndpointState};
use crate::rights::Right;

/// Makes an endpoint. What it is sent is about profiles, so whoever makes one must be allowed to read them. Its secret
/// is answered here and never again; a repetition by the same idempotency key answers the endpoint without it.
///
/// # Errors
/// [`Error::Denied`], or [`Error::Invalid`] with every problem found.
pub async fn create(
    cx: &Cx,
    draft: EndpointDraft,
    idempotency_key: Option<String>,
) -> Result<(Endpoint, Option<SecretString>), Error> {
    cx.require(Right::ManageEndpoints)?;
    cx.require(Right::ReadProfiles)?;
    let endpoint = draft.check(cx).await?;
    let id = endpoint.id;
    let (secret, sealed) = secrets::make(cx, id, 1)?;
    let input = (endpoint, sealed);
    let request = Request { key: idempotency_key, operation: "create_endpoint", body: draft.body(), input };
    let made = write(cx, request, |cx, tx, (endpoint, sealed)| {
        Box::pin(async move {
            insert(cx, tx, endpoint).await?;
            endpoint_secrets::insert(tx, cx.workspace, sealed).await?;
            Ok(endpoint.clone())
        })
    })
    .await?;
    let is_new = made.id == id;
    Ok((made, is_new.then(|| secret.to_text())))
}

async fn insert(cx: &Cx, tx: &Tx, endpoint: &Endpoint) -> Result<(), Error> {
    let endpoints_max = cx.engine.limits().endpoints_max;
    if endpoints_max as u64 <= endpoints::count(tx.db(), cx.workspace).await? {
        let message = format!("A workspace has at most {endpoints_max} endpoints.");
        return Err(Error::problem(ProblemCode::TooMany, &[], message));
    }
    Ok(endpoints::insert(tx, cx.workspace, endpoint).await?)
}

/// Edits an endpoint. What it was owed before stays as it was written; it goes to the new URL.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`], [`Error::Conflict`] on another revision, [`Error::Invalid`].
pub async fn update(cx: &Cx, edit: EndpointEdit, idempotency_key: Option<String>) -> Result<Endpoint, Error> {
    cx.require(Right::ManageEndpoints)?;
    cx.require(Right::ReadProfiles)?;
    let input = edit.check(cx).await?;
    let request = Request { key: idempotency_key, operation: "update_endpoint", body: edit.body(), input };
    write(cx, request, |cx, tx, edit| Box::pin(replace(cx, tx, edit))).await
}

async fn replace(cx: &Cx, tx: &Tx, edit: &CheckedEdit) -> Result<Endpoint, Error> {
    let standing = existing(cx, tx, edit.id).await?;
    expect_revision("endpoint", edit.expected_revision, standing.revision)?;
    let edited = Endpoint {
        name: edit.name.clone().unwrap_or(standing.name),
        url: edit.url.clone().unwrap_or(standing.url),
        event_types: edit.event_types.clone().unwrap_or(standing.event_types),
        attributes: edit.attributes.clone().unwrap_or(standing.attributes),
        segments: edit.segments.clone().unwrap_or(standing.segments),
        is_ordered: edit.is_ordered.unwrap_or(standing.is_ordered),
        revision: standing.revision + 1,
        updated_at: cx.now,
        ..standing
    };
    endpoints::update(tx, cx.workspace, &edited).await?;
    Ok(edited)
}

pub(super) async fn existing(cx: &Cx, tx: &Tx, id: EndpointId) -> Result<Endpoint, Error> {
    endpoints::find(tx.db(), cx.workspace, id).await?.ok_or(Error::NotFound { noun: "endpoint" })
}

/// Lets deliveries wait. Those under way still end.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`].
pub async fn pause(cx: &Cx, id: EndpointId, idempotency_key: Option<String>) -> Result<Endpoint, Error> {
    cx.require(Right::ManageEndpoints)?;
    let request = Request { key: idempotency_key, operation: "pause_endpoint", body: json!(id), input: id };
    write(cx, request, |cx, tx, id| Box::pin(put_into(cx, tx, *id, EndpointState::Paused { since: cx.now }))).await
}

/// Sends again, what waited first: after a pause, and after the endpoint was disabled.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`].
pub async fn resume(cx: &Cx, id: EndpointId, idempotency_key: Option<String>) -> Result<Endpoint, Error> {
    cx.require(Right::ManageEndpoints)?;
    let request = Request { key: idempotency_key, operation: "resume_endpoint", body: json!(id), input: id };
    write(cx, request, |cx, tx, id| Box::pin(put_into(cx, tx, *id, EndpointState::Active))).await
}

async fn put_into(cx: &Cx, tx: &Tx, id: EndpointId, state: EndpointState) -> Result<Endpoint, Error> {
    existing(cx, tx, id).await?;
    endpoints::update_state(tx, cx.workspace, id, (state, cx.now)).await?;
    existing(cx, tx, id).await
}

/// Deletes an endpoint; answers its id. Nothing more is sent to it, and a job forgets what it was owed.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`].
pub async fn delete(cx: &Cx, id: EndpointId, idempotency_key: Option<String>) -> Result<EndpointId, Error> {
    cx.require(Right::ManageEndpoints)?;
    let request = Request { key: idempotency_key, operation: "delete_endpoint", body: json!(id), input: id };
    write(cx, request, |cx, tx, id| {
        Box::pin(async move {
            if !endpoints::delete(tx, cx.workspace, *id).await? {
                return Err(Error::NotFound { noun: "endpoint" });
            }
            forget::push(cx, tx, *id).await?;
            Ok(*id)
        })
    })
    .await
}

/// What an endpoint is told of.
///
/// # Errors
/// [`Error::Broken`] when a name that is stored is none of an event.
pub fn events_of(endpoint: &Endpoint) -> Result<Vec<EventType>, Error> {
    endpoint.event_types.iter().map(|name| name.parse().map_err(Error::broken)).collect()
}

/// The endpoint with this id, or `None`.
///
/// # Errors
/// [`Error::Denied`].
pub async fn find(cx: &Cx, id: EndpointId) -> Result<Option<Endpoint>, Error> {
    cx.require(Right::ReadEndpoints)?;
    Ok(endpoints::find(cx.db(), cx.workspace, id).await?)
}

/// Those of these that exist, by id: for loaders.
///
/// # Errors
/// [`Error::Denied`].
pub async fn find_many(cx: &Cx, ids: &[EndpointId]) -> Result<Vec<Endpoint>, Error> {
    cx.require(Right::ReadEndpoints)?;
    Ok(endpoints::find_many(cx.db(), cx.workspace, ids).await?)
}

/// Every endpoint of the workspace, oldest first; there are at most 50.
///
/// # Errors
/// [`Error::Denied`].
pub async fn list(cx: &Cx) -> Result<Vec<Endpoint>, Error> {
    cx.require(Right::ReadEndpoints)?;
    Ok(endpoints::page(cx.db(), cx.workspace, Page::first(LIST_MAX)).await?)
}

/// What some endpoints have still to take, in no order; those without a backlog are left out. For loaders.
///
/// # Errors
/// [`Error::Denied`].
pub async fn backlogs(cx: &Cx, ids: &[EndpointId]) -> Result<Vec<Backlog>, Error> {
    cx.require(Right::ReadEndpoints)?;
    Ok(deliveries::backlogs(cx.db(), cx.workspace, ids).await?)
}

/// The attempts at an endpoint since an instant, hour by hour; hours without any are left out.
///
/// # Errors
/// [`Error::Denied`].
pub async fn hours(cx: &Cx, id: EndpointId, since: Timestamp) -> Result<Vec<AttemptHour>, Error> {
    cx.require(Right::ReadEndpoints)?;
    Ok(attempts::hours(cx.db(), cx.workspace, id, since).await?)
}
