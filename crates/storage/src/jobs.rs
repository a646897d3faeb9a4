//! Jobs: work owed, claimed by one worker at a time under a lease and a fencing token.

use attrium_schema::{JobId, Timestamp, WorkspaceId};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, IntoActiveModel, PaginatorTrait, QueryFilter, UpdateMany,
    Value,
};
use serde_json::Value as Json;

use self::rows::row;
use crate::error::StorageError;
use crate::statement::{Place, delete_in_workspace, in_workspace, limit_value, update_in_workspace};
use crate::store::{Db, Tx};
use crate::wakeups::Topic;

mod rows;

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
    /// Which try this is, from 1, counted from the last [`progress`].
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

impl JobState {
    const fn name(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Leased => "leased",
            Self::Failed => "failed",
        }
    }
}

/// Which jobs a worker wants.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a> {
    /// The kinds it knows; empty for all.
    pub names: &'a [&'a str],
    /// Now: which jobs' time has come.
    pub now: Timestamp,
    /// Now, as leases count it: whose worker is gone. The two differ while a test clock stands.
    pub lease_now: Timestamp,
    /// Until when it will have them.
    pub lease_until: Timestamp,
    /// Most it takes.
    pub limit: usize,
}

/// Owes a job; answers false when one with the same name and dedup key is owed already.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "jobs.insert", skip_all)]
pub async fn insert(tx: &Tx, job: &Job) -> Result<bool, StorageError> {
    let row = row::Model {
        workspace_id: job.workspace.uuid(),
        id: job.id.uuid(),
        name: job.name.clone(),
        payload: job.payload.clone(),
        state: JobState::Due.name().to_owned(),
        run_at: job.run_at.as_micros(),
        attempt: 0,
        token: 0,
        lease_until: None,
        dedup_key: job.dedup_key.clone(),
        last_error: None,
    };
    let inserted = row::Entity::insert(row.into_active_model())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(&tx.db().executor())
        .await?;
    tx.mark(Topic::Jobs);
    Ok(inserted == 1)
}

/// Takes jobs whose time has come, or whose worker let its lease expire, oldest first, and of each
/// workspace one at a time: a tenant's jobs queue behind each other, not in front of other tenants'. No
/// two workers ever get the same job under the same token.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "jobs.claim", skip_all)]
pub async fn claim(tx: &Tx, claim: Claim<'_>) -> Result<Vec<ClaimedJob>, StorageError> {
    let db = tx.db();
    let names: Vec<String> = (5..5 + claim.names.len()).map(|place| format!("${place}")).collect();
    let is_known =
        |job: &str| if names.is_empty() { String::new() } else { format!("AND {job}.name IN ({})", names.join(", ")) };
    let is_free = |job: &str| {
        format!(
            "(({job}.state = 'due' AND {job}.run_at <= $1) OR ({job}.state = 'leased' AND {job}.lease_until <= $4))
             {}",
            is_known(job)
        )
    };
    let (mine, other) = (is_free("mine"), is_free("other"));
    let skip_locked = db.dialect().skip_locked();
    // A common table expression runs once; a plain subquery with a lock may run once per row.
    let sql = format!(
        "WITH chosen AS MATERIALIZED (
            SELECT workspace_id, id FROM jobs AS mine
            WHERE {mine} AND NOT EXISTS (
                SELECT 1 FROM jobs AS other WHERE other.workspace_id = mine.workspace_id AND (
                    (other.state = 'leased' AND other.lease_until > $4)
                    OR ({other} AND (other.run_at, other.id) < (mine.run_at, mine.id))))
            ORDER BY run_at, id LIMIT $3 {skip_locked})
        UPDATE jobs SET state = 'leased', lease_until = $2, token = token + 1, attempt = attempt + 1
        WHERE (workspace_id, id) IN (SELECT workspace_id, id FROM chosen)
        RETURNING {COLUMNS}"
    );
    let mut values: Vec<Value> = vec![
        claim.now.as_micros().into(),
        claim.lease_until.as_micros().into(),
        limit_value(claim.limit),
        claim.lease_now.as_micros().into(),
    ];
    values.extend(claim.names.iter().map(|name| Value::from(*name)));
    let rows = db.rows(sql, values).await?;
    let claimed: Result<Vec<ClaimedJob>, StorageError> =
        rows.iter().map(|row| row::Model::from_query_result(row, "")?.try_into()).collect();
    let mut claimed = claimed?;
    claimed.sort_by_key(|claimed: &ClaimedJob| (claimed.job.run_at, claimed.job.id));
    Ok(claimed)
}

/// Holds a job for longer; false when it was lost.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "jobs.renew", skip_all)]
pub async fn renew(tx: &Tx, claimed: &ClaimedJob, lease_until: Timestamp) -> Result<bool, StorageError> {
    let renewed = held(claimed)
        .col_expr(row::Column::LeaseUntil, Expr::value(lease_until.as_micros()))
        .exec(&tx.db().executor())
        .await?;
    Ok(renewed.rows_affected == 1)
}

/// Forgets a job that is done; false when it was lost, and then its work must not be committed.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "jobs.finish", skip_all)]
pub async fn finish(tx: &Tx, claimed: &ClaimedJob) -> Result<bool, StorageError> {
    let finished = delete_in_workspace::<row::Entity>(claimed.job.workspace)
        .filter(is_held(claimed))
        .exec(&tx.db().executor())
        .await?;
    Ok(finished.rows_affected == 1)
}

/// Notes that a job got ahead for good in this unit of work, so that its tries are counted anew; false
/// when it was lost, and then the unit must not be committed.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "jobs.progress", skip_all)]
pub async fn progress(tx: &Tx, claimed: &ClaimedJob) -> Result<bool, StorageError> {
    let noted = held(claimed).col_expr(row::Column::Attempt, Expr::value(0_i64)).exec(&tx.db().executor()).await?;
    Ok(noted.rows_affected == 1)
}

/// How often a job was tried since it last got ahead, this time included; `None` when it was lost.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "jobs.attempts", skip_all)]
pub async fn attempts(db: Db<'_>, claimed: &ClaimedJob) -> Result<Option<u32>, StorageError> {
    let held = in_workspace::<row::Entity>(claimed.job.workspace).filter(is_held(claimed));
    let row = held.one(&db.executor()).await?;
    let place = Place { table: "jobs", row: &claimed.job.id };
    // A try that got ahead before it failed is the first of a new count.
    row.map(|row| place.convert("attempt", row.attempt.max(1))).transpose()
}

/// Gives a job back untried, as a worker does that shuts down; false when it was lost.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "jobs.give_back", skip_all)]
pub async fn give_back(tx: &Tx, claimed: &ClaimedJob) -> Result<bool, StorageError> {
    // A try that got ahead is not counted already.
    let one_less = Expr::cust("CASE WHEN attempt > 0 THEN attempt - 1 ELSE 0 END");
    let given_back = held(claimed)
        .col_expr(row::Column::State, Expr::value(JobState::Due.name()))
        .col_expr(row::Column::Attempt, one_less)
        .col_expr(row::Column::LeaseUntil, Expr::value(None::<i64>))
        .exec(&tx.db().executor())
        .await?;
    tx.mark(Topic::Jobs);
    Ok(given_back.rows_affected == 1)
}

/// Gives a job back to be tried again later; false when it was lost.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "jobs.retry", skip_all)]
pub async fn retry(tx: &Tx, claimed: &ClaimedJob, run_at: Timestamp, error: &str) -> Result<bool, StorageError> {
    let given_back = held(claimed)
        .col_expr(row::Column::State, Expr::value(JobState::Due.name()))
        .col_expr(row::Column::RunAt, Expr::value(run_at.as_micros()))
        .col_expr(row::Column::LeaseUntil, Expr::value(None::<i64>))
        .col_expr(row::Column::LastError, Expr::value(error))
        .exec(&tx.db().executor())
        .await?;
    tx.mark(Topic::Jobs);
    Ok(given_back.rows_affected == 1)
}

/// Gives a job up; false when it was lost.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "jobs.fail", skip_all)]
pub async fn fail(tx: &Tx, claimed: &ClaimedJob, error: &str) -> Result<bool, StorageError> {
    let failed = held(claimed)
        .col_expr(row::Column::State, Expr::value(JobState::Failed.name()))
        .col_expr(row::Column::LeaseUntil, Expr::value(None::<i64>))
        .col_expr(row::Column::LastError, Expr::value(error))
        .exec(&tx.db().executor())
        .await?;
    Ok(failed.rows_affected == 1)
}

/// Moves the time of a job that nobody has; false when someone has it, or it is gone.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "jobs.update_run_at", skip_all)]
pub async fn update_run_at(
    tx: &Tx,
    workspace: WorkspaceId,
    id: JobId,
    run_at: Timestamp,
) -> Result<bool, StorageError> {
    let moved = update_in_workspace::<row::Entity>(workspace)
        .col_expr(row::Column::RunAt, Expr::value(run_at.as_micros()))
        .filter(row::Column::Id.eq(id.uuid()))
        .filter(row::Column::State.eq(JobState::Due.name()))
        .exec(&tx.db().executor())
        .await?;
    tx.mark(Topic::Jobs);
    Ok(moved.rows_affected == 1)
}

/// When the next job is to run, leased ones counted from the end of their lease; `None` when nothing is owed.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "jobs.next_run_at", skip_all)]
pub async fn next_run_at(db: Db<'_>) -> Result<Option<Timestamp>, StorageError> {
    let sql = "SELECT min(at) FROM (
        SELECT min(run_at) AS at FROM jobs WHERE state = 'due'
        UNION ALL SELECT min(lease_until) AS at FROM jobs WHERE state = 'leased') AS moments";
    let Some(row) = db.row(sql.to_owned(), Vec::new()).await? else {
        return Ok(None);
    };
    let micros: Option<i64> = row.try_get_by_index(0)?;
    let place = Place { table: "jobs", row: &"min" };
    micros.map(|micros| place.timestamp("run_at", micros)).transpose()
}

/// How many jobs of a workspace stand so.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "jobs.count", skip_all)]
pub async fn count(db: Db<'_>, workspace: WorkspaceId, state: JobState) -> Result<u64, StorageError> {
    let jobs = in_workspace::<row::Entity>(workspace).filter(row::Column::State.eq(state.name()));
    Ok(jobs.count(&db.executor()).await?)
}

/// Whether a claim still holds its job.
fn is_held(claimed: &ClaimedJob) -> Condition {
    Condition::all()
        .add(row::Column::Id.eq(claimed.job.id.uuid()))
        .add(row::Column::Token.eq(claimed.token))
        .add(row::Column::State.eq(JobState::Leased.name()))
}

fn held(claimed: &ClaimedJob) -> UpdateMany<row::Entity> {
    update_in_workspace::<row::Entity>(claimed.job.workspace).filter(is_held(claimed))
}

const COLUMNS: &str =
    "workspace_id, id, name, payload, state, run_at, attempt, token, lease_until, dedup_key, last_error";

#[cfg(test)]
mod tests;
