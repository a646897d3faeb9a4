//! Deliveries: one thing owed to one endpoint each, claimed by one worker at a time under a lease and a
//! fencing token. They are their own queue, since workers choose by endpoint; see ADR 0006.

use attrium_schema::{DeliveryId, EndpointId, ProfileId, Timestamp, WorkspaceId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

use self::rows::{NEW_ROW, NewRow, row};
use crate::error::StorageError;
use crate::page::{LIST_MAX, Page};
use crate::statement::{Batch, Place, bounded, expect_rows, in_workspace, limit_value, update_in_workspace};
use crate::store::{Db, Tx};
use crate::wakeups::Topic;

mod claims;
mod rows;

pub use claims::{
    ClaimedDelivery, DeliveryClaim, HeldDelivery, TriedDelivery, Verdict, claim, first_lease_end, free_expired,
    give_back, update_tried,
};

/// What is owed to a deleted endpoint waits to be forgotten, and is shown to nobody.
const HAS_ENDPOINT: &str = "EXISTS (SELECT 1 FROM endpoints
    WHERE endpoints.workspace_id = deliveries.workspace_id AND endpoints.id = deliveries.endpoint_id)";
/// Ids named by one statement.
const RESENT_BY_STATEMENT: usize = 1_000;

/// One thing owed to one endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Its id, which the receiver sees too.
    pub id: DeliveryId,
    /// To whom.
    pub endpoint: EndpointId,
    /// Its number; grows in the order things happened.
    pub sequence: i64,
    /// What happened, by the name engine gives.
    pub event_type: String,
    /// Whom it is about; `None` for a test.
    pub profile: Option<ProfileId>,
    /// The JSON that is sent, byte for byte.
    pub payload: String,
    /// Where it stands.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was made.
    pub created_at: Timestamp,
}

/// Where a delivery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryState {
    /// Waits for its time, or for a worker.
    Due {
        /// Not before this instant.
        run_at: Timestamp,
    },
    /// A worker has it.
    Leased,
    /// It arrived.
    Delivered {
        /// When.
        at: Timestamp,
    },
    /// It was given up; kept to be looked at and sent again.
    Failed {
        /// When.
        at: Timestamp,
    },
}

/// The name of a [`DeliveryState`], to filter by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeliveryStatus {
    /// [`DeliveryState::Due`].
    Due,
    /// [`DeliveryState::Leased`].
    Leased,
    /// [`DeliveryState::Delivered`].
    Delivered,
    /// [`DeliveryState::Failed`].
    Failed,
}

impl DeliveryStatus {
    /// Its name, in the table and in logs: `due`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Due => rows::DUE,
            Self::Leased => rows::LEASED,
            Self::Delivered => rows::DELIVERED,
            Self::Failed => rows::FAILED,
        }
    }
}

/// Which deliveries are meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeliveryFilter {
    /// Those to this endpoint; `None` for all.
    pub endpoint: Option<EndpointId>,
    /// Those that stand so; empty for all.
    pub statuses: Vec<DeliveryStatus>,
    /// Those made at this instant or later.
    pub since: Option<Timestamp>,
    /// Those made before this instant.
    pub before: Option<Timestamp>,
}

/// What an endpoint has still to take, those that wait for their next attempt included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backlog {
    /// The endpoint.
    pub endpoint: EndpointId,
    /// How many deliveries wait; at least one.
    pub count: u64,
    /// When the oldest of them was made.
    pub oldest_at: Timestamp,
}

/// Takes this many delivery numbers, ascending.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "deliveries.allocate", skip_all)]
pub async fn allocate(tx: &Tx, count: usize) -> Result<Vec<i64>, StorageError> {
    tx.db().allocate("delivery_numbers", count).await
}

/// Owes new deliveries, and wakes workers after the commit. They have not been tried yet.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "deliveries.insert_many", skip_all)]
pub async fn insert_many(tx: &Tx, workspace: WorkspaceId, deliveries: &[Delivery]) -> Result<(), StorageError> {
    let rows: Vec<NewRow<'_>> = deliveries.iter().map(NewRow::from).collect();
    let inserted = tx
        .db()
        .execute_batch(
            Batch { table: "deliveries", columns: NEW_ROW, rows: &rows },
            |batch| {
                format!(
                    "INSERT INTO deliveries (workspace_id, id, endpoint_id, sequence, event_type, profile_id, payload,
                        state, run_at, attempts, attempts_before, token, created_at)
                     SELECT batch.workspace_id, batch.id, batch.endpoint_id, batch.sequence, batch.event_type,
                        batch.profile_id, batch.payload, 'due', batch.created_at, 0, 0, 0, batch.created_at
                     FROM {batch}"
                )
            },
            &[workspace.uuid().into()],
        )
        .await?;
    tx.mark(Topic::Deliveries);
    expect_rows("deliveries", rows.len(), inserted)
}

/// The delivery, or `None`, also when its endpoint was deleted.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "deliveries.find", skip_all)]
pub async fn find(db: Db<'_>, workspace: WorkspaceId, id: DeliveryId) -> Result<Option<Delivery>, StorageError> {
    let row = in_workspace::<row::Entity>(workspace)
        .filter(row::Column::Id.eq(id.uuid()))
        .filter(Expr::cust(HAS_ENDPOINT))
        .one(&db.executor())
        .await?;
    row.map(Delivery::try_from).transpose()
}

/// Deliveries, newest first.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "deliveries.page", skip_all)]
pub async fn page(
    db: Db<'_>,
    workspace: WorkspaceId,
    filter: &DeliveryFilter,
    page: Page<i64>,
) -> Result<Vec<Delivery>, StorageError> {
    let rows = in_workspace::<row::Entity>(workspace)
        .filter(is_meant(filter))
        .filter(row::Column::Sequence.lt(page.after.unwrap_or(i64::MAX)))
        .order_by_desc(row::Column::Sequence)
        .limit(bounded(page.limit))
        .all(&db.executor())
        .await?;
    rows.into_iter().map(Delivery::try_from).collect()
}

/// How many are meant.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "deliveries.count", skip_all)]
pub async fn count(db: Db<'_>, workspace: WorkspaceId, filter: &DeliveryFilter) -> Result<u64, StorageError> {
    Ok(in_workspace::<row::Entity>(workspace).filter(is_meant(filter)).count(&db.executor()).await?)
}

/// What some endpoints have still to take, in no order; those without a backlog are left out.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "deliveries.backlogs", skip_all)]
pub async fn backlogs(
    db: Db<'_>,
    workspace: WorkspaceId,
    endpoints: &[EndpointId],
) -> Result<Vec<Backlog>, StorageError> {
    let found: Vec<(Uuid, i64, i64)> = backlog_query(workspace, endpoints).into_tuple().all(&db.executor()).await?;
    let read = |(id, count, oldest_at): (Uuid, i64, i64)| {
        let endpoint = EndpointId::from_uuid(id);
        let oldest_at = Place { table: "deliveries", row: &endpoint }.timestamp("created_at", oldest_at)?;
        Ok(Backlog { endpoint, count: count.unsigned_abs(), oldest_at })
    };
    found.into_iter().map(read).collect()
}

fn backlog_query(workspace: WorkspaceId, endpoints: &[EndpointId]) -> Select<row::Entity> {
    in_workspace::<row::Entity>(workspace)
        .filter(row::Column::EndpointId.is_in(endpoints.iter().take(LIST_MAX).map(|id| id.uuid())))
        .filter(stands(&[DeliveryStatus::Due, DeliveryStatus::Leased]))
        .select_only()
        .column(row::Column::EndpointId)
        .column_as(row::Column::CreatedAt.count(), "count")
        .column_as(row::Column::CreatedAt.min(), "oldest_at")
        .group_by(row::Column::EndpointId)
}

/// Owes a delivery anew from this instant, with a whole schedule before it; false when a worker has it,
/// or when there is none.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "deliveries.resend", skip_all)]
pub async fn resend(tx: &Tx, workspace: WorkspaceId, id: DeliveryId, now: Timestamp) -> Result<bool, StorageError> {
    Ok(resend_those(tx, workspace, &[id], now).await? == 1)
}

/// As [`resend`], for those that are meant and not in a worker's hands: the oldest, at most so many. Answers how
/// many they are.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "deliveries.resend_many", skip_all)]
pub async fn resend_many(
    tx: &Tx,
    workspace: WorkspaceId,
    filter: &DeliveryFilter,
    (limit, now): (usize, Timestamp),
) -> Result<u64, StorageError> {
    let found: Vec<Uuid> = in_workspace::<row::Entity>(workspace)
        .filter(is_meant(filter))
        .order_by_asc(row::Column::Sequence)
        .limit(bounded(limit))
        .select_only()
        .column(row::Column::Id)
        .into_tuple()
        .all(&tx.db().executor())
        .await?;
    let ids: Vec<DeliveryId> = found.into_iter().map(DeliveryId::from_uuid).collect();
    let mut resent = 0;
    for ids in ids.chunks(RESENT_BY_STATEMENT) {
        resent += resend_those(tx, workspace, ids, now).await?;
    }
    Ok(resent)
}

async fn resend_those(
    tx: &Tx,
    workspace: WorkspaceId,
    ids: &[DeliveryId],
    now: Timestamp,
) -> Result<u64, StorageError> {
    let updated = update_in_workspace::<row::Entity>(workspace)
        .col_expr(row::Column::State, Expr::value(rows::DUE))
        .col_expr(row::Column::RunAt, Expr::value(now.as_micros()))
        .col_expr(row::Column::AttemptsBefore, Expr::col(row::Column::Attempts))
        .col_expr(row::Column::FinishedAt, Expr::value(None::<i64>))
        .filter(row::Column::Id.is_in(ids.iter().map(|id| id.uuid())))
        .filter(row::Column::State.ne(rows::LEASED))
        .exec(&tx.db().executor())
        .await?;
    tx.mark(Topic::Deliveries);
    Ok(updated.rows_affected)
}

/// Gives up deliveries that were to be sent before this instant and were not, because nothing is sent to their
/// endpoint: at most so many at once, in every workspace. Answers how many.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "deliveries.update_overdue", skip_all)]
pub async fn update_overdue(tx: &Tx, (before, now): (Timestamp, Timestamp), limit: usize) -> Result<u64, StorageError> {
    // One look into an index for each endpoint, however much is owed.
    let sql = "UPDATE deliveries SET state = 'failed', finished_at = $1
        WHERE state = 'due' AND (workspace_id, id) IN (
            SELECT overdue.workspace_id, overdue.id FROM endpoints CROSS JOIN deliveries AS overdue
            WHERE overdue.workspace_id = endpoints.workspace_id AND overdue.endpoint_id = endpoints.id
                AND overdue.state = 'due' AND overdue.run_at < $2 LIMIT $3)";
    let values = vec![now.as_micros().into(), before.as_micros().into(), limit_value(limit)];
    tx.db().execute(sql.to_owned(), values).await
}

/// Forgets deliveries that arrived or were given up before this instant, at most so many at once, in every
/// workspace.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "deliveries.delete_expired", skip_all)]
pub async fn delete_expired(tx: &Tx, before: Timestamp, limit: usize) -> Result<u64, StorageError> {
    let sql = "DELETE FROM deliveries
        WHERE state IN ('delivered', 'failed') AND (workspace_id, id) IN (
            SELECT workspace_id, id FROM deliveries WHERE finished_at < $1 ORDER BY finished_at LIMIT $2)";
    tx.db().execute(sql.to_owned(), vec![before.as_micros().into(), limit_value(limit)]).await
}

/// Forgets deliveries made before this instant that are owed to nobody, at most so many at once, in every workspace:
/// their endpoint was deleted just when they were made.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "deliveries.delete_stray", skip_all)]
pub async fn delete_stray(tx: &Tx, before: Timestamp, limit: usize) -> Result<u64, StorageError> {
    let sql = format!(
        "DELETE FROM deliveries WHERE (workspace_id, id) IN (SELECT workspace_id, id FROM deliveries
            WHERE created_at < $1 AND NOT {HAS_ENDPOINT} ORDER BY created_at LIMIT $2)"
    );
    tx.db().execute(sql, vec![before.as_micros().into(), limit_value(limit)]).await
}

/// Forgets what an endpoint was owed, at most so many at once.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "deliveries.delete_of", skip_all)]
pub async fn delete_of(
    tx: &Tx,
    workspace: WorkspaceId,
    endpoint: EndpointId,
    limit: usize,
) -> Result<u64, StorageError> {
    let sql = "DELETE FROM deliveries WHERE (workspace_id, id) IN (SELECT workspace_id, id FROM deliveries
        WHERE workspace_id = $1 AND endpoint_id = $2 LIMIT $3)";
    let values = vec![workspace.uuid().into(), endpoint.uuid().into(), limit_value(limit)];
    tx.db().execute(sql.to_owned(), values).await
}

fn is_meant(filter: &DeliveryFilter) -> Condition {
    let mut meant = Condition::all()
        .add_option(filter.endpoint.map(|endpoint| row::Column::EndpointId.eq(endpoint.uuid())))
        .add_option(filter.since.map(|since| row::Column::CreatedAt.gte(since.as_micros())))
        .add_option(filter.before.map(|before| row::Column::CreatedAt.lt(before.as_micros())));
    if !filter.statuses.is_empty() {
        meant = meant.add(stands(&filter.statuses));
    }
    meant
}

/// Written out, as our indices are: SQLite takes a partial one only when it can read that the rows are its own.
fn stands(statuses: &[DeliveryStatus]) -> Expr {
    match statuses {
        [one] => Expr::cust(format!("state = '{}'", one.name())),
        several => {
            let names: Vec<String> = several.iter().map(|status| format!("'{}'", status.name())).collect();
            Expr::cust(format!("state IN ({})", names.join(", ")))
        }
    }
}

#[cfg(test)]
mod tests;
