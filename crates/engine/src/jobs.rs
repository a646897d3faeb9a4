//! The job loop: claims due jobs under a lease, runs a few at once, renews while they run.
//!
//! A job is safe to run twice, and its last transaction takes it off the list: a worker that lost its
//! lease commits nothing more. Leases follow the system's time, schedules the engine's.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use attrium_schema::{Timestamp, WorkspaceId};
use attrium_storage::jobs::{self, Claim, ClaimedJob};
use attrium_storage::{StorageError, Topic};
use tokio::sync::{Notify, Semaphore};

use crate::clock::Clock;
use crate::engine::Engine;
use crate::error::{Error, causes};
use crate::imports;

/// Most jobs this process runs at once.
const AT_ONCE_MAX: usize = 4;
/// The poll is the truth; wake-ups only shorten it.
const POLL: Duration = Duration::from_secs(1);
const RETRY_MICROS: i64 = 5 * 1_000_000;

/// What the loop and those who wait for it share.
#[derive(Debug)]
pub(crate) struct JobBoard {
    permits: Arc<Semaphore>,
    /// Rung when a job was added here, or ended.
    pub(crate) bell: Notify,
    /// One job of a workspace at a time: imports of one tenant queue behind each other.
    turns: Mutex<BTreeMap<WorkspaceId, Arc<tokio::sync::Mutex<()>>>>,
}

impl Default for JobBoard {
    fn default() -> Self {
        Self { permits: Arc::new(Semaphore::new(AT_ONCE_MAX)), bell: Notify::new(), turns: Mutex::default() }
    }
}

impl JobBoard {
    fn turn(&self, workspace: WorkspaceId) -> Arc<tokio::sync::Mutex<()>> {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(turns.entry(workspace).or_default())
    }

    /// Whether this process runs any job now.
    pub(crate) fn is_busy(&self) -> bool {
        self.permits.available_permits() < AT_ONCE_MAX
    }
}

/// Runs jobs until the engine closes.
pub(crate) async fn run(engine: Engine) {
    let mut wakeups = engine.store().wakeups();
    // On SQLite this process alone holds the database: whoever held a job before is gone.
    let mut is_first = engine.store().is_sqlite();
    loop {
        match claim(&engine, is_first).await {
            Ok(()) => is_first = false,
            Err(error) => tracing::warn!(error = causes(&error), "could not look for jobs"),
        }
        tokio::select! {
            () = engine.tasks().stopping() => return,
            () = engine.jobs().bell.notified() => {}
            () = wakeups.next(Topic::Jobs) => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
}

async fn claim(engine: &Engine, takes_leased: bool) -> Result<(), Error> {
    let free = engine.jobs().permits.available_permits();
    if free == 0 || engine.tasks().is_stopping() {
        return Ok(());
    }
    let lease_now = Clock::lease_now();
    let claim = Claim {
        names: &[imports::JOB],
        now: engine.clock().now(),
        lease_now: if takes_leased { far_ahead(lease_now) } else { lease_now },
        lease_until: lease_end(engine),
        limit: free,
    };
    let tx = engine.store().begin().await?;
    let claimed = jobs::claim(&tx, claim).await?;
    tx.commit().await?;
    for job in claimed {
        let Ok(permit) = Arc::clone(&engine.jobs().permits).try_acquire_owned() else {
            break;
        };
        let worker = engine.clone();
        engine.tasks().spawn(async move {
            work(&worker, &job).await;
            drop(permit);
            worker.jobs().bell.notify_one();
        });
    }
    Ok(())
}

/// An instant by which every lease of a former process has ended.
fn far_ahead(now: Timestamp) -> Timestamp {
    now.saturating_add_micros(24 * 3_600 * 1_000_000)
}

fn lease_end(engine: &Engine) -> Timestamp {
    let lease_micros = i64::try_from(engine.lease().as_micros()).unwrap_or(i64::MAX);
    Clock::lease_now().saturating_add_micros(lease_micros)
}

async fn work(engine: &Engine, claimed: &ClaimedJob) {
    let turn = engine.jobs().turn(claimed.job.workspace);
    let outcome = tokio::select! {
        outcome = async { let _turn = turn.lock().await; imports::run(engine, claimed).await } => outcome,
        error = hold(engine, claimed) => Err(error),
        () = engine.tasks().stopping() => Err(Error::Closing),
    };
    let job = &claimed.job;
    match outcome {
        Ok(()) => metrics::counter!("attrium_jobs_done_total", "job" => job.name.clone()).increment(1),
        Err(error) => {
            metrics::counter!("attrium_jobs_interrupted_total", "job" => job.name.clone()).increment(1);
            tracing::warn!(job.id = %job.id, error = causes(&error), "job {} was interrupted", job.id);
            if let Err(error) = give_back(engine, claimed, &error).await {
                tracing::warn!(job.id = %job.id, error = causes(&error), "job {} waits for its lease to end", job.id);
            }
        }
    }
}

/// Renews the lease for as long as it is held; answers when it is lost.
async fn hold(engine: &Engine, claimed: &ClaimedJob) -> Error {
    loop {
        tokio::time::sleep(engine.lease() / 3).await;
        match renew(engine, claimed).await {
            Ok(true) => {}
            Ok(false) => return Error::broken("the lease of the job was lost"),
            // The lease may still hold; the next renewal, or the job's own transaction, will tell.
            Err(error) => tracing::warn!(error = causes(&error), "could not renew the lease of a job"),
        }
    }
}

async fn renew(engine: &Engine, claimed: &ClaimedJob) -> Result<bool, StorageError> {
    let tx = engine.store().begin().await?;
    let is_held = jobs::renew(&tx, claimed, lease_end(engine)).await?;
    tx.commit().await?;
    Ok(is_held)
}

/// At shutdown at once, after a failure a little later.
async fn give_back(engine: &Engine, claimed: &ClaimedJob, error: &Error) -> Result<(), StorageError> {
    let now = engine.clock().now();
    let run_at = if matches!(error, Error::Closing) { now } else { now.saturating_add_micros(RETRY_MICROS) };
    let tx = engine.store().begin().await?;
    jobs::retry(&tx, claimed, run_at, &error.to_string()).await?;
    tx.commit().await
}
