//! Hot profiles: read through the cache, which the change feed holds true.
//!
//! Each node reads off the feed which profiles were altered, by whomever, and has the cache forget their older versions.
//! It does so beside the follower: an index that loads, or members that are written, keep nobody waiting. The follower
//! tells it too, before it tells anyone else.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex as StdMutex, PoisonError};
use std::time::Duration;

use attrium_schema::{Change, Profile, ProfileId, WorkspaceId};
use attrium_storage::{Cursor, StorageError, Topic, changes, profiles};
use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::changes::Outcome;
use crate::cx::Cx;
use crate::engine::Engine;
use crate::error::{Error, causes};

/// How often the feed is looked at without a wake-up, and Redis without a need.
const TICK: Duration = Duration::from_secs(1);
/// How long wake-ups are gathered: what this node commits, it has told the cache already.
const GATHER: Duration = Duration::from_millis(100);
const CHANGES_AT_ONCE: usize = 5_000;

/// Where this node has read each workspace's feed for the cache.
#[derive(Debug, Default)]
pub(crate) struct Tails {
    by_workspace: StdMutex<BTreeMap<WorkspaceId, Arc<Tail>>>,
}

/// Where the feed of one workspace has been read; `None` before the first look.
#[derive(Debug, Default)]
struct Tail {
    cursor: Mutex<Option<Cursor>>,
}

impl Tails {
    fn of(&self, workspace: WorkspaceId) -> Arc<Tail> {
        let mut held = self.by_workspace.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(held.entry(workspace).or_default())
    }
}

/// Those of these that exist, in no particular order, no older than what this node has acknowledged, and never two
/// seconds older than the database. Units of work read the database itself; so must whatever decides what may be sent.
pub(crate) async fn find_many(cx: &Cx, ids: &[ProfileId]) -> Result<Vec<Profile>, StorageError> {
    let load = |ids: Vec<ProfileId>| async move { profiles::find_many(cx.db(), cx.workspace, &ids).await };
    cx.engine.cache().find_many(cx.workspace, ids, load).await
}

/// The profile, or `None`; as [`find_many`].
pub(crate) async fn find(cx: &Cx, id: ProfileId) -> Result<Option<Profile>, StorageError> {
    Ok(find_many(cx, &[id]).await?.pop())
}

/// The versions that units have made: what the cache is told behind their COMMIT, before the acknowledgement.
pub(crate) fn versions_of_units(outcomes: &[Outcome]) -> Vec<(ProfileId, i64)> {
    let altered = outcomes.iter().filter_map(|outcome| outcome.as_ref().ok());
    altered.map(|profile| (profile.id, profile.version)).collect()
}

/// The versions that changes have made.
pub(crate) fn versions_of_changes(changes: &[Change]) -> Vec<(ProfileId, i64)> {
    changes.iter().map(|change| (change.profile, change.version)).collect()
}

/// Tells the cache what is committed in a workspace, until the engine closes.
pub(crate) async fn follow(engine: Engine, workspace: WorkspaceId) {
    let mut wakeups = engine.store().wakeups();
    let mut is_failing = false;
    loop {
        let outcome = catch_up(&engine, workspace).await;
        if let Err(error) = &outcome
            && !is_failing
        {
            tracing::warn!(workspace.id = %workspace, error = causes(error), "the cache cannot follow the feed; it is not used");
        }
        is_failing = outcome.is_err();
        let rest = async {
            tokio::time::sleep(GATHER).await;
            tokio::time::timeout(TICK, wakeups.next(Topic::Changes)).await.ok();
        };
        tokio::select! {
            () = engine.tasks().stopping() => return,
            () = rest => {}
        }
    }
}

/// Tells the cache all that is committed in a workspace now.
pub(crate) async fn catch_up(engine: &Engine, workspace: WorkspaceId) -> Result<(), Error> {
    let (cache, db) = (engine.cache(), engine.store().db());
    if cache.is_off() {
        return Ok(());
    }
    let tail = engine.tails().of(workspace);
    let mut place = tail.cursor.lock().await;
    let mut cursor = if let Some(cursor) = *place {
        cursor
    } else {
        let head = changes::head(db, workspace).await?;
        // What is kept may be older than that: nobody has followed the feed for this process.
        cache.doubt();
        head
    };
    loop {
        let at = Instant::now();
        let page = changes::versions_after(db, workspace, &cursor, CHANGES_AT_ONCE).await;
        let page = page.inspect_err(|error| {
            if matches!(error, StorageError::ForeignEpoch { .. }) {
                // The database was restored: begin at its end, and doubt what is kept.
                *place = None;
            }
        })?;
        cache.forget_older(workspace, &page.versions).await;
        let is_stuck = page.next == cursor;
        cursor = page.next;
        *place = Some(cursor);
        if page.is_last {
            cache.heard(workspace, at);
        }
        // So much is held back behind one slow transaction that its end is out of sight.
        if page.is_last || is_stuck {
            return Ok(());
        }
    }
}

/// Looks after Redis until the engine closes.
pub(crate) async fn tend(engine: Engine) {
    loop {
        engine.cache().tend().await;
        tokio::select! {
            () = engine.tasks().stopping() => return,
            () = tokio::time::sleep(TICK) => {}
        }
    }
}
