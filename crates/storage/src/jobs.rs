//! Jobs: work owed, claimed by one worker at a time under a lease and a fencing token.

use attrium_schema::{JobId, Timestamp, WorkspaceId};
use serde_json::Value as Json;

use crate::error::StorageError;
use crate::store::{Db, Tx};


/// Work owed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// The workspace it is about.
    pub workspace: WorkspaceId,
    /// What kind of work.
    pub name: String,
    /// What it needs to know.
    pub payload: Json,
    /// Not before this instant.
    pub run_at: Timestamp,
    /// While a job with the same name and key is owed, another one is not added.
    pub dedup_key: Option<String>,
}

/// A job in the hands of a worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimedJob {
    /// The job.
    pub job: Job,
    /// Which try this is, from 1.
    pub attempt: u32,
    /// Grows with each claim; whoever holds an older one has lost the job.
    pub token: i64,
    /// Until when it is theirs.
    pub lease_until: Timestamp,
}

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JobState {
    /// Waits for its time, or for a worker.
    Due,
    /// A worker has it.
    Leased,
    /// Given up; kept to be looked at.
    Failed,
}

/// Which jobs a worker wants.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a> {
    /// The kinds it knows; empty for all.
    pub names: &'a [&'a str],
    /// Now.
    pub now: Timestamp,
    /// Until when it will have them.
    pub lease_until: Timestamp,
    /// Most it takes.
    pub limit: usize,
}

/// Owes a job; answers false when one with the same name and dedup key is owed already.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &Tx, job: &Job) -> Result<bool, StorageError> {
    let _ = (tx, job);
    unimplemented!("lands next")
}

/// Takes jobs whose time has come, or whose worker let its lease expire, oldest first. No two
/// workers ever get the same job under the same token.
///
/// # Errors
/// When the database fails.
pub async fn claim(tx: &Tx, claim: Claim<'_>) -> Result<Vec<ClaimedJob>, StorageError> {
    let _ = (tx, claim);
    unimplemented!("lands next")
}

/// Holds a job for longer; false when it was lost.
///
/// # Errors
/// When the database fails.
pub async fn renew(tx: &Tx, claimed: &ClaimedJob, lease_until: Timestamp) -> Result<bool, StorageError> {
    let _ = (tx, claimed, lease_until);
    unimplemented!("lands next")
}

/// Forgets a job that is done; false when it was lost, and then its work must not be committed.
///
/// # Errors
/// When the database fails.
pub async fn finish(tx: &Tx, claimed: &ClaimedJob) -> Result<bool, StorageError> {
    let _ = (tx, claimed);
    unimplemented!("lands next")
}

/// Gives a job back to be tried again later; false when it was lost.
///
/// # Errors
/// When the database fails.
pub async fn retry(tx: &Tx, claimed: &ClaimedJob, run_at: Timestamp, error: &str) -> Result<bool, StorageError> {
    let _ = (tx, claimed, run_at, error);
    unimplemented!("lands next")
}

/// Gives a job up; false when it was lost.
///
/// # Errors
/// When the database fails.
pub async fn fail(tx: &Tx, claimed: &ClaimedJob, error: &str) -> Result<bool, StorageError> {
    let _ = (tx, claimed, error);
    unimplemented!("lands next")
}

/// When the next job is to run, leased ones counted from the end of their lease; `None` when nothing is owed.
///
/// # Errors
/// When the database fails.
pub async fn next_run_at(db: Db<'_>) -> Result<Option<Timestamp>, StorageError> {
    let _ = db;
    unimplemented!("lands next")
}

/// How many jobs of a workspace stand so.
///
/// # Errors
/// When the database fails.
pub async fn count(db: Db<'_>, workspace: WorkspaceId, state: JobState) -> Result<u64, StorageError> {
    let _ = (db, workspace, state);
    unimplemented!("lands next")
}
