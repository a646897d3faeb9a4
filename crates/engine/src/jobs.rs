//! The job loop: claims due jobs under a lease, runs a few at once, renews while they run.
//!
//! A job is safe to run twice, and its last transaction takes it off the list: a worker that lost its
//! lease commits nothing more. One that fails is tried again later and later, and given up in the end; one
//! whose worker died goes on as soon as its lease is out. Leases follow the system's time, schedules the
//! engine's.

mod delay;

use std::sync::Arc;
use std::time::Duration;

use attrium_schema::Timestamp;
use attrium_storage::jobs::{self, Claim, ClaimedJob};
use attrium_storage::{StorageError, Topic};
use tokio::sync::{Notify, Semaphore};

use self::delay::delay_micros;
use crate::clock::Clock;
use crate::engine::Engine;
use crate::error::{Error, causes};
use crate::{imports, webhooks};

/// Most jobs this process runs at once.
const AT_ONCE_MAX: usize = 4;
/// Most tries of a job without progress, those included whose worker died. With the waits between them
/// more than five hours of trouble are outlived, and a job that cannot be done comes to an end.
const ATTEMPTS_MAX: u32 = 20;
/// The poll is the truth; wake-ups only shorten it.
const POLL: Duration = Duration::from_secs(1);

/// What the loop and those who wait for it share.
#[derive(Debug)]
pub(crate) struct JobBoard {
    permits: Arc<Semaphore>,
    /// Rung when a job was added here, or ended.
    pub(crate) bell: Notify,
}

impl Default for JobBoard {
    fn default() -> Self {
        Self { permits: Arc::new(Semaphore::new(AT_ONCE_MAX)), bell: Notify::new() }
    }
}

impl JobBoard {
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
        names: &[imports::JOB, webhooks::FORGET_JOB],
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
    let job = &claimed.job;
    let outcome = if claimed.attempt <= ATTEMPTS_MAX {
        tokio::select! {
            outcome = run_one(engine, claimed) => outcome,
            error = hold(engine, claimed) => Err(error),
            () = engine.tasks().stopping() => Err(Error::Closing),
        }
    } else {
        Err(Error::broken("whoever tried the job died of it"))
    };
    match outcome {
        Ok(()) => metrics::counter!("attrium_jobs_done_total", "job" => job.name.clone()).increment(1),
        Err(error) => {
            metrics::counter!("attrium_jobs_interrupted_total", "job" => job.name.clone()).increment(1);
            tracing::warn!(job.id = %job.id, error = causes(&error), "job {} was interrupted", job.id);
            if let Err(error) = put_back(engine, claimed, &error).await {
                tracing::warn!(job.id = %job.id, error = causes(&error), "job {} waits for its lease to end", job.id);
            }
        }
    }
}

async fn run_one(engine: &Engine, claimed: &ClaimedJob) -> Result<(), Error> {
    match claimed.job.name.as_str() {
        imports::JOB => imports::run(engine, claimed).await,
        webhooks::FORGET_JOB => webhooks::forget(engine, claimed).await,
        other => Err(Error::broken(format!("nobody knows how to do a job called `{other}`"))),
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

/// At shutdown to be taken up at once, after a failure later, and after too many failures not at all.
async fn put_back(engine: &Engine, claimed: &ClaimedJob, error: &Error) -> Result<(), StorageError> {
    let tx = engine.store().begin().await?;
    if matches!(error, Error::Closing) {
        jobs::give_back(&tx, claimed).await?;
        return tx.commit().await;
    }
    let Some(attempts) = jobs::attempts(tx.db(), claimed).await? else {
        // Another worker has it already.
        return Ok(());
    };
    let now = engine.clock().now();
    if attempts < ATTEMPTS_MAX {
        let [chance] = engine.ids().bytes();
        let run_at = now.saturating_add_micros(delay_micros(attempts, chance));
        jobs::retry(&tx, claimed, run_at, &error.to_string()).await?;
        return tx.commit().await;
    }
    jobs::fail(&tx, claimed, &error.to_string()).await?;
    imports::give_up(&tx, claimed, now).await?;
    tx.commit().await?;
    let id = claimed.job.id;
    metrics::counter!("attrium_jobs_failed_total", "job" => claimed.job.name.clone()).increment(1);
    tracing::error!(job.id = %id, attempts, "gave up job {id} after {attempts} attempts");
    Ok(())
}
