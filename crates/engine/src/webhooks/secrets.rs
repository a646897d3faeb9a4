//! The secrets of endpoints: made here, shown once, sealed ever after.

use attrium_integrations::webhooks::WebhookSecret;
use attrium_schema::{EndpointId, Timestamp, WorkspaceId};
use attrium_storage::{EndpointSecret, Page, StorageError, Tx, UniqueKey, endpoint_secrets};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use super::endpoints::existing;
use crate::cx::Cx;
use crate::engine::Engine;
use crate::error::{Error, ProblemCode};
use crate::idempotency::{Request, write};
use crate::rights::Right;

const SECRET_BYTES: usize = 32;
/// Secrets of one endpoint that sign at the same time: the current one and three old ones.
const LIVE_MAX: usize = 4;
/// Longest an old secret goes on signing: a week.
const OVERLAP_HOURS_MAX: u32 = 168;
const HOUR_MICROS: i64 = 3_600 * 1_000_000;
/// Secrets that housekeeping seals anew in one transaction.
const RESEALED_AT_ONCE: usize = 100;

/// A secret that took the place of another.
#[derive(Clone, Debug)]
pub struct Rotation {
    /// The new secret, shown here and never again; `None` when this repeats an earlier request by its
    /// idempotency key.
    pub secret: Option<SecretString>,
    /// Until when the one before signs too.
    pub old_ends_at: Timestamp,
}

/// A new secret and its sealed form.
///
/// # Errors
/// [`Error::Invalid`] when the server has no key to seal it by.
pub(super) fn make(cx: &Cx, endpoint: EndpointId, number: i64) -> Result<(WebhookSecret, EndpointSecret), Error> {
    let bytes: [u8; SECRET_BYTES] = cx.ids.bytes();
    let secret = WebhookSecret::from_bytes(bytes.to_vec()).expect("32 bytes are neither too few nor too many");
    let place = place(cx.workspace, endpoint, number);
    let Some(sealed) = cx.engine.secret_keys().seal(&cx.ids, &place, secret.bytes()) else {
        let message = "This server has no secret key to keep secrets by; whoever runs it must set `secret_key`.";
        return Err(Error::problem(ProblemCode::Invalid, &[], message));
    };
    let sealed = EndpointSecret { endpoint, number, sealed, created_at: cx.now, expires_at: None };
    Ok((secret, sealed))
}

/// A secret opened: for signing.
///
/// # Errors
/// [`Error::Sealed`] when its key is not configured, or when it was altered.
pub(super) fn open(engine: &Engine, workspace: WorkspaceId, secret: &EndpointSecret) -> Result<WebhookSecret, Error> {
    let place = place(workspace, secret.endpoint, secret.number);
    let bytes = engine.secret_keys().open(&place, &secret.sealed)?;
    WebhookSecret::from_bytes(bytes.expose_secret().clone()).map_err(Error::broken)
}

/// A seal of one secret is no seal of another.
fn place(workspace: WorkspaceId, endpoint: EndpointId, number: i64) -> String {
    format!("endpoint-secret {workspace} {endpoint} {number}")
}

/// Gives an endpoint a new secret. The one before signs beside it for this many hours, 1 to 168, so that the
/// receiver can change over in peace.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`], [`Error::Invalid`] when too many old secrets still sign, and
/// [`Error::Conflict`] when someone else rotates it at the same time.
pub async fn rotate_secret(
    cx: &Cx,
    id: EndpointId,
    overlap_hours: u32,
    idempotency_key: Option<String>,
) -> Result<Rotation, Error> {
    cx.require(Right::ManageEndpoints)?;
    if !(1..=OVERLAP_HOURS_MAX).contains(&overlap_hours) {
        let message = format!("An old secret signs for another 1 to {OVERLAP_HOURS_MAX} hours.");
        return Err(Error::problem(ProblemCode::Invalid, &["overlapHours"], message));
    }
    let old_ends_at = cx.now.saturating_add_micros(i64::from(overlap_hours) * HOUR_MICROS);
    let (body, input) = (json!([id, overlap_hours]), (id, old_ends_at));
    let request = Request { key: idempotency_key, operation: "rotate_secret", body, input };
    write(cx, request, |cx, tx, (id, old_ends_at)| Box::pin(rotate(cx, tx, *id, *old_ends_at))).await
}

async fn rotate(cx: &Cx, tx: &Tx, id: EndpointId, old_ends_at: Timestamp) -> Result<Rotation, Error> {
    existing(cx, tx, id).await?;
    endpoint_secrets::delete_ended(tx, cx.workspace, id, cx.now).await?;
    let live = endpoint_secrets::find_live(tx.db(), cx.workspace, &[id], cx.now).await?;
    if let Some(first_end) = live.iter().filter_map(|secret| secret.expires_at).min()
        && LIVE_MAX <= live.len()
    {
        let message = format!("{} old secrets still sign; the first of them ends at {first_end}.", LIVE_MAX - 1);
        return Err(Error::problem(ProblemCode::TooMany, &[], message));
    }
    let current = live.first().map_or(0, |secret| secret.number);
    let (secret, sealed) = make(cx, id, current + 1)?;
    if 0 < current {
        endpoint_secrets::update_expiry(tx, cx.workspace, (id, current), old_ends_at).await?;
    }
    match endpoint_secrets::insert(tx, cx.workspace, &sealed).await {
        Ok(()) => Ok(Rotation { secret: Some(secret.to_text()), old_ends_at }),
        // Not done again: whoever was faster shows a secret that someone is about to use.
        Err(StorageError::UniqueViolation { which: UniqueKey::EndpointSecret }) => {
            Err(Error::Conflict { noun: "secret", expected: current, found: current + 1 })
        }
        Err(error) => Err(error.into()),
    }
}

/// What a round of sealing anew came to.
#[derive(Clone, Copy, Debug, Default)]
struct Resealed {
    /// Secrets that are sealed by the current key now.
    count: u32,
    /// Those left: no key that is configured opens them.
    left: u32,
}

/// Seals by the current key whatever a former one sealed, so that the former one may be forgotten.
///
/// # Errors
/// When the database fails.
pub(crate) async fn reseal(engine: &Engine) -> Result<(), Error> {
    let Some(key_id) = engine.secret_keys().current_id() else {
        return Ok(());
    };
    let (mut resealed, mut after) = (Resealed::default(), None);
    loop {
        let page = Page { after, limit: RESEALED_AT_ONCE };
        let found = endpoint_secrets::find_sealed_otherwise(engine.store().db(), key_id, page).await?;
        let Some((workspace, last)) = found.last() else {
            break;
        };
        after = Some((*workspace, last.endpoint, last.number));
        reseal_page(engine, &found, &mut resealed).await?;
    }
    let Resealed { count, left } = resealed;
    metrics::gauge!("attrium_secrets_sealed_by_old_keys").set(f64::from(left));
    if 0 < left {
        tracing::error!(left, "no secret key that is configured opens {left} secrets of webhooks; put theirs back");
    }
    if 0 < count {
        tracing::info!(count, left, "sealed {count} secrets by the current secret key; {left} are left");
    }
    Ok(())
}

async fn reseal_page(
    engine: &Engine,
    found: &[(WorkspaceId, EndpointSecret)],
    resealed: &mut Resealed,
) -> Result<(), Error> {
    let tx = engine.store().begin().await?;
    let mut count = 0;
    for (workspace, secret) in found {
        let place = place(*workspace, secret.endpoint, secret.number);
        let opened = open(engine, *workspace, secret).ok();
        let Some(sealed) = opened.and_then(|opened| engine.secret_keys().seal(engine.ids(), &place, opened.bytes()))
        else {
            resealed.left += 1;
            continue;
        };
        let again = EndpointSecret { sealed, ..secret.clone() };
        count += u32::from(endpoint_secrets::update_seal(&tx, *workspace, &again).await?);
    }
    tx.commit().await?;
    resealed.count += count;
    Ok(())
}

#[cfg(test)]
mod tests;
