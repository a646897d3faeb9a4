//! What must not grow for ever: remembered answers beyond a week, sessions that are over, files whose
//! import ended in a process that died before it forgot them, deliveries that wait for ever, and those nobody will
//! look at again.

use std::time::Duration;

use attrium_schema::Timestamp;
use attrium_storage::{attempts, deliveries, endpoint_secrets, idempotency, sessions};

use crate::engine::Engine;
use crate::error::{Error, causes};
use crate::imports;
use crate::webhooks;

const EVERY: Duration = Duration::from_mins(10);
const ROWS_AT_ONCE_MAX: usize = 1_000;
const DAY_MICROS: i64 = 24 * 3_600 * 1_000_000;

/// Tidies every ten minutes until the engine closes.
pub(crate) async fn run(engine: Engine) {
    loop {
        tokio::select! {
            () = engine.tasks().stopping() => return,
            () = tokio::time::sleep(EVERY) => {}
        }
        if let Err(error) = tidy(&engine).await {
            tracing::warn!(error = causes(&error), "could not tidy up; the next round will");
        }
    }
}

/// Forgets what may be forgotten now.
pub(crate) async fn tidy(engine: &Engine) -> Result<(), Error> {
    for workspace in engine.workspaces().await? {
        imports::forget_files(engine.store(), workspace.id).await?;
    }
    webhooks::reseal(engine).await?;
    give_up_deliveries(engine).await?;
    forget_deliveries(engine).await?;
    let now = engine.clock().now();
    let kept_since = days_ago(engine, engine.limits().idempotency_days);
    loop {
        let tx = engine.store().begin().await?;
        let deleted = idempotency::delete_expired(&tx, kept_since, ROWS_AT_ONCE_MAX).await?;
        sessions::delete_expired(&tx, now).await?;
        tx.commit().await?;
        if deleted < ROWS_AT_ONCE_MAX as u64 {
            return Ok(());
        }
    }
}

/// What nobody let go out for so long is given up where it can be seen, rather than kept for ever.
async fn give_up_deliveries(engine: &Engine) -> Result<(), Error> {
    let days = engine.limits().waiting_days;
    let mut count = 0;
    loop {
        let tx = engine.store().begin().await?;
        let times = (days_ago(engine, days), engine.clock().now());
        let given_up = deliveries::update_overdue(&tx, times, ROWS_AT_ONCE_MAX).await?;
        tx.commit().await?;
        metrics::counter!("attrium_deliveries_expired_total").increment(given_up);
        count += given_up;
        if given_up == 0 {
            break;
        }
    }
    if 0 < count {
        tracing::warn!(count, days, "gave up {count} deliveries that waited {days} days for their endpoints");
    }
    Ok(())
}

async fn forget_deliveries(engine: &Engine) -> Result<(), Error> {
    let limits = engine.limits();
    let (delivered, attempted) = (days_ago(engine, limits.delivery_days), days_ago(engine, limits.attempt_days));
    loop {
        let tx = engine.store().begin().await?;
        let deleted = deliveries::delete_expired(&tx, delivered, ROWS_AT_ONCE_MAX).await?
            + deliveries::delete_stray(&tx, days_ago(engine, limits.waiting_days), ROWS_AT_ONCE_MAX).await?
            + attempts::delete_expired(&tx, attempted, ROWS_AT_ONCE_MAX).await?
            + endpoint_secrets::delete_expired(&tx, engine.clock().now(), ROWS_AT_ONCE_MAX).await?;
        tx.commit().await?;
        if deleted == 0 {
            return Ok(());
        }
    }
}

fn days_ago(engine: &Engine, days: u32) -> Timestamp {
    engine.clock().now().saturating_add_micros(-DAY_MICROS * i64::from(days))
}
