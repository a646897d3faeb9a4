//! What must not grow for ever: remembered answers beyond a week, sessions that are over, and files whose
//! import ended in a process that died before it forgot them.

use std::time::Duration;

use attrium_storage::{idempotency, sessions};

use crate::engine::Engine;
use crate::error::{Error, causes};
use crate::imports;

const EVERY: Duration = Duration::from_mins(10);
const ANSWERS_AT_ONCE_MAX: usize = 1_000;
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
    let now = engine.clock().now();
    let kept_since = now.saturating_add_micros(-DAY_MICROS * i64::from(engine.limits().idempotency_days));
    loop {
        let tx = engine.store().begin().await?;
        let deleted = idempotency::delete_expired(&tx, kept_since, ANSWERS_AT_ONCE_MAX).await?;
        sessions::delete_expired(&tx, now).await?;
        tx.commit().await?;
        if deleted < ANSWERS_AT_ONCE_MAX as u64 {
            return Ok(());
        }
    }
}
