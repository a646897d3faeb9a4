//! The secrets of endpoints: made here, shown once, sealed ever after.

use attrium_integrations::webhooks::WebhookSecret;
use attrium_schema::{EndpointId, Timestamp, WorkspaceId};
use attrium_storage::{EndpointSecret, Tx, endpoint_secrets, endpoints};
use secrecy::{ExposeSecret, SecretString};

use crate::cx::Cx;
use crate::engine::Engine;
use crate::error::{Error, ProblemCode};
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
    /// The new secret, shown here and never again.
    pub secret: SecretString,
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
/// [`Error::Broken`] when its key is not configured, or when it was altered.
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
/// [`Error::Denied`], [`Error::NotFound`], [`Error::Invalid`] when too many old secrets still sign.
pub async fn rotate_secret(cx: &Cx, id: EndpointId, overlap_hours: u32) -> Result<Rotation, Error> {
    cx.require(Right::ManageEndpoints)?;
    if !(1..=OVERLAP_HOURS_MAX).contains(&overlap_hours) {
        let message = format!("An old secret signs for another 1 to {OVERLAP_HOURS_MAX} hours.");
        return Err(Error::problem(ProblemCode::Invalid, &["overlapHours"], message));
    }
    let old_ends_at = cx.now.saturating_add_micros(i64::from(overlap_hours) * HOUR_MICROS);
    let unit = cx.clone();
    let secret = cx
        .engine
        .tasks()
        .unit(async move {
            let tx = unit.engine.store().begin().await?;
            let secret = rotate(&unit, &tx, id, old_ends_at).await?;
            tx.commit().await?;
            Ok(secret)
        })
        .await?;
    Ok(Rotation { secret: secret.to_text(), old_ends_at })
}

async fn rotate(cx: &Cx, tx: &Tx, id: EndpointId, old_ends_at: Timestamp) -> Result<WebhookSecret, Error> {
    if endpoints::find(tx.db(), cx.workspace, id).await?.is_none() {
        return Err(Error::NotFound { noun: "endpoint" });
    }
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
    endpoint_secrets::insert(tx, cx.workspace, &sealed).await?;
    Ok(secret)
}

/// Seals by the current key what a former one sealed, so that the former one may be forgotten.
///
/// # Errors
/// When the database fails.
pub(crate) async fn reseal(engine: &Engine) -> Result<(), Error> {
    let Some(key_id) = engine.secret_keys().current_id() else {
        return Ok(());
    };
    let found = endpoint_secrets::find_sealed_otherwise(engine.store().db(), key_id, RESEALED_AT_ONCE).await?;
    if found.is_empty() {
        return Ok(());
    }
    let tx = engine.store().begin().await?;
    let mut count = 0;
    for (workspace, secret) in found {
        let id = secret.endpoint;
        let opened = match open(engine, workspace, &secret) {
            Ok(opened) => opened,
            Err(error) => {
                tracing::error!(endpoint.id = %id, %error, "a secret of endpoint {id} does not open");
                continue;
            }
        };
        let place = place(workspace, id, secret.number);
        if let Some(sealed) = engine.secret_keys().seal(engine.ids(), &place, opened.bytes()) {
            endpoint_secrets::update_seal(&tx, workspace, &EndpointSecret { sealed, ..secret }).await?;
            count += 1;
        }
    }
    tx.commit().await?;
    tracing::info!(count, "sealed {count} secrets by the current key");
    Ok(())
}
