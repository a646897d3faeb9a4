//! Waiting until all due work is done: for tests, and for `POST /_test/settle`.

use std::time::Duration;

use attrium_storage::jobs::{self, JobState};
use attrium_storage::{DeliveryFilter, DeliveryStatus, LIST_MAX, Page, changes, cursors, deliveries, segments};

use crate::cache;
use crate::engine::Engine;
use crate::error::Error;
use crate::follower;

/// Only a fallback: bells answer sooner.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// Answers when no job and no delivery is due, every feed is followed to its head, and all members are written.
pub(crate) async fn run(engine: &Engine) -> Result<(), Error> {
    loop {
        for audience in engine.audiences().all() {
            audience.rounds.next().await;
            cache::catch_up(engine, audience.workspace).await?;
        }
        if is_settled(engine).await? {
            return Ok(());
        }
        if engine.tasks().is_stopping() {
            return Err(Error::Closing);
        }
        engine.jobs().bell.notify_one();
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}

async fn is_settled(engine: &Engine) -> Result<bool, Error> {
    let db = engine.store().db();
    let is_due = jobs::next_run_at(db).await?.is_some_and(|run_at| run_at <= engine.clock().now());
    if is_due || engine.jobs().is_busy() {
        return Ok(false);
    }
    let under_way = DeliveryFilter { statuses: vec![DeliveryStatus::Leased], ..DeliveryFilter::default() };
    for audience in engine.audiences().all() {
        let workspace = audience.workspace;
        let cursor = cursors::find(db, workspace, follower::NAME).await?.unwrap_or(attrium_storage::Cursor::START);
        let segments = segments::page(db, workspace, Page::first(LIST_MAX)).await?;
        let is_followed = 0 == changes::count_after(db, workspace, &cursor).await?
            && segments.iter().all(|segment| segment.evaluated_revision == segment.revision)
            && 0 == jobs::count(db, workspace, JobState::Leased).await?
            && 0 == deliveries::count(db, workspace, &under_way).await?;
        if !is_followed {
            return Ok(false);
        }
    }
    // Last: what was followed just now may be owed to someone.
    Ok(!engine.has_workers() || engine.webhook_rounds().next().await)
}
