//! Deliveries in the hands of workers: taken endpoint by endpoint, given back with what came of them.

use std::collections::BTreeMap;

use attrium_schema::{DeliveryId, EndpointId, Timestamp, WorkspaceId};
use sea_orm::{QueryResult, Value};
use serde::Serialize;
use uuid::Uuid;

use super::rows::{DELIVERED, DUE, FAILED};
use crate::dialect::{Columns, Kind};
use crate::error::StorageError;
use crate::statement::{Batch, Place, limit_value};
use crate::store::{Db, Tx};
use crate::wakeups::Topic;

/// A delivery in the hands of a worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimedDelivery {
    /// Its workspace.
    pub workspace: WorkspaceId,
    /// The delivery.
    pub id: DeliveryId,
    /// To whom.
    pub endpoint: EndpointId,
    /// The JSON to send.
    pub payload: String,
    /// How often it was tried before, ever.
    pub attempts: u32,
    /// How often since it was last owed anew: where it stands in its schedule.
    pub attempts_in_schedule: u32,
    /// Grows with each claim; whoever holds an older one has lost the delivery.
    pub token: i64,
}

/// A delivery in the hands of a worker: what it needs to let go of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeldDelivery {
    /// Its workspace.
    pub workspace: WorkspaceId,
    /// The delivery.
    pub id: DeliveryId,
    /// The claim it is held under.
    pub token: i64,
}

impl From<&ClaimedDelivery> for HeldDelivery {
    fn from(claimed: &ClaimedDelivery) -> Self {
        Self { workspace: claimed.workspace, id: claimed.id, token: claimed.token }
    }
}

/// Which deliveries a worker wants.
#[derive(Clone, Copy, Debug)]
pub struct DeliveryClaim {
    /// The endpoint's workspace.
    pub workspace: WorkspaceId,
    /// Those to this endpoint.
    pub endpoint: EndpointId,
    /// Only the oldest that is owed about each profile.
    pub is_ordered: bool,
    /// Now: which ones' time has come.
    pub now: Timestamp,
    /// Until when it will have them, as leases count time.
    pub lease_until: Timestamp,
    /// Most it takes.
    pub limit: usize,
}

/// What follows from an attempt at a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is tried again.
    Retry {
        /// Not before this instant.
        run_at: Timestamp,
    },
    /// It arrived.
    Delivered {
        /// When.
        at: Timestamp,
    },
    /// It is given up.
    Failed {
        /// When.
        at: Timestamp,
    },
}

/// A delivery that was tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TriedDelivery {
    /// The delivery.
    pub id: DeliveryId,
    /// The claim it was tried under.
    pub token: i64,
    /// What follows.
    pub verdict: Verdict,
}

/// Takes deliveries of one endpoint whose time has come, oldest first. No two workers ever get the same one
/// under the same token.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "deliveries.claim", skip_all)]
pub async fn claim(tx: &Tx, claim: DeliveryClaim) -> Result<Vec<ClaimedDelivery>, StorageError> {
    let db = tx.db();
    let is_next = if claim.is_ordered {
        "AND NOT EXISTS (SELECT 1 FROM deliveries AS earlier
            WHERE earlier.workspace_id = wanted.workspace_id AND earlier.endpoint_id = wanted.endpoint_id
                AND earlier.profile_id = wanted.profile_id AND earlier.sequence < wanted.sequence
                AND earlier.state IN ('due', 'leased'))"
    } else {
        ""
    };
    let skip_locked = db.dialect().skip_locked();
    let sql = format!(
        "WITH chosen AS MATERIALIZED (
            SELECT workspace_id, id FROM deliveries AS wanted
            WHERE workspace_id = $1 AND endpoint_id = $2 AND state = 'due' AND run_at <= $3 {is_next}
            ORDER BY run_at, sequence LIMIT $4 {skip_locked})
        UPDATE deliveries SET state = 'leased', lease_until = $5, token = token + 1
        WHERE (workspace_id, id) IN (SELECT workspace_id, id FROM chosen)
        RETURNING id, payload, attempts, attempts_before, token, run_at, sequence"
    );
    let values: Vec<Value> = vec![
        claim.workspace.uuid().into(),
        claim.endpoint.uuid().into(),
        claim.now.as_micros().into(),
        limit_value(claim.limit),
        claim.lease_until.as_micros().into(),
    ];
    let rows = db.rows(sql, values).await?;
    let mut claimed: Vec<((i64, i64), ClaimedDelivery)> = Vec::with_capacity(rows.len());
    for row in &rows {
        claimed.push(((row.try_get_by_index(5)?, row.try_get_by_index(6)?), read(row, claim)?));
    }
    claimed.sort_by_key(|(place, _)| *place);
    Ok(claimed.into_iter().map(|(_, claimed)| claimed).collect())
}

fn read(row: &QueryResult, claim: DeliveryClaim) -> Result<ClaimedDelivery, StorageError> {
    let id = DeliveryId::from_uuid(row.try_get_by_index(0)?);
    let place = Place { table: "deliveries", row: &id };
    let (attempts, before): (i64, i64) = (row.try_get_by_index(2)?, row.try_get_by_index(3)?);
    Ok(ClaimedDelivery {
        workspace: claim.workspace,
        id,
        endpoint: claim.endpoint,
        payload: row.try_get_by_index(1)?,
        attempts: place.convert("attempts", attempts)?,
        attempts_in_schedule: place.convert("attempts_before", attempts - before)?,
        token: row.try_get_by_index(4)?,
    })
}

/// Notes what follows from attempts, and answers the deliveries it could be noted for: the others were lost to
/// another worker.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "deliveries.update_tried", skip_all)]
pub async fn update_tried(
    tx: &Tx,
    workspace: WorkspaceId,
    tried: &[TriedDelivery],
) -> Result<Vec<DeliveryId>, StorageError> {
    let rows: Vec<TriedRow> = tried.iter().map(TriedRow::from).collect();
    let held = tx
        .db()
        .rows_of_batch(
            Batch { table: "deliveries", columns: TRIED_ROW, rows: &rows },
            |batch| {
                format!(
                    "UPDATE deliveries SET state = batch.state, attempts = deliveries.attempts + 1, lease_until = NULL,
                        run_at = coalesce(batch.run_at, deliveries.run_at), finished_at = batch.finished_at
                     FROM {batch}
                     WHERE deliveries.workspace_id = batch.workspace_id AND deliveries.id = batch.id
                        AND deliveries.token = batch.token AND deliveries.state = 'leased'
                     RETURNING deliveries.id"
                )
            },
            &[workspace.uuid().into()],
        )
        .await?;
    held.iter().map(|row| Ok(DeliveryId::from_uuid(row.try_get_by_index(0)?))).collect()
}

/// Owes again at once what a worker holds and does not wait for, as one does that stops. Those that it lost are left
/// alone.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "deliveries.give_back", skip_all)]
pub async fn give_back(tx: &Tx, held: &[HeldDelivery]) -> Result<(), StorageError> {
    let mut by_workspace: BTreeMap<WorkspaceId, Vec<HeldRow>> = BTreeMap::new();
    for held in held {
        let row = HeldRow { id: held.id.uuid(), token: held.token };
        by_workspace.entry(held.workspace).or_default().push(row);
    }
    for (workspace, rows) in by_workspace {
        tx.db()
            .execute_batch(
                Batch { table: "deliveries", columns: HELD_ROW, rows: &rows },
                |batch| {
                    format!(
                        "UPDATE deliveries SET state = 'due', lease_until = NULL FROM {batch}
                         WHERE deliveries.workspace_id = batch.workspace_id AND deliveries.id = batch.id
                            AND deliveries.token = batch.token AND deliveries.state = 'leased'"
                    )
                },
                &[workspace.uuid().into()],
            )
            .await?;
    }
    tx.mark(Topic::Deliveries);
    Ok(())
}

#[derive(Serialize)]
struct HeldRow {
    id: Uuid,
    token: i64,
}

const HELD_ROW: Columns = &[("id", Kind::Uuid), ("token", Kind::Integer)];

/// Owes again what workers held beyond their lease, in every workspace. Whoever still works on one is told by
/// the token once another has claimed it.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "deliveries.free_expired", skip_all)]
pub async fn free_expired(tx: &Tx, lease_now: Timestamp) -> Result<u64, StorageError> {
    let sql = "UPDATE deliveries SET state = 'due', lease_until = NULL WHERE state = 'leased' AND lease_until <= $1";
    tx.db().execute(sql.to_owned(), vec![lease_now.as_micros().into()]).await
}

/// When the first lease of a worker ends; `None` when no worker has anything.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "deliveries.first_lease_end", skip_all)]
pub async fn first_lease_end(db: Db<'_>) -> Result<Option<Timestamp>, StorageError> {
    let sql = "SELECT min(lease_until) FROM deliveries WHERE state = 'leased'";
    let Some(row) = db.row(sql.to_owned(), Vec::new()).await? else {
        return Ok(None);
    };
    let micros: Option<i64> = row.try_get_by_index(0)?;
    micros.map(|micros| Place { table: "deliveries", row: &"min" }.timestamp("lease_until", micros)).transpose()
}

#[derive(Serialize)]
struct TriedRow {
    id: Uuid,
    token: i64,
    state: &'static str,
    run_at: Option<i64>,
    finished_at: Option<i64>,
}

const TRIED_ROW: Columns = &[
    ("id", Kind::Uuid),
    ("token", Kind::Integer),
    ("state", Kind::Text),
    ("run_at", Kind::Integer),
    ("finished_at", Kind::Integer),
];

impl From<&TriedDelivery> for TriedRow {
    fn from(tried: &TriedDelivery) -> Self {
        let (state, run_at, finished_at) = match tried.verdict {
            Verdict::Retry { run_at } => (DUE, Some(run_at), None),
            Verdict::Delivered { at } => (DELIVERED, None, Some(at)),
            Verdict::Failed { at } => (FAILED, None, Some(at)),
        };
        Self {
            id: tried.id.uuid(),
            token: tried.token,
            state,
            run_at: run_at.map(Timestamp::as_micros),
            finished_at: finished_at.map(Timestamp::as_micros),
        }
    }
}
