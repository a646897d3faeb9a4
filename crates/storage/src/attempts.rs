//! Attempts: each try at a delivery, and how it went.

use attrium_schema::{DeliveryId, EndpointId, Timestamp, WorkspaceId};
use sea_orm::{ColumnTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;
use uuid::Uuid;

use crate::dialect::{Columns, Kind};
use crate::error::StorageError;
use crate::page::LIST_MAX;
use crate::statement::{Batch, InWorkspace, Place, expect_rows, in_workspace, limit_value};
use crate::store::{Db, Tx};

/// One try at a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Which delivery.
    pub delivery: DeliveryId,
    /// Counts its attempts, from 1.
    pub number: u32,
    /// To whom.
    pub endpoint: EndpointId,
    /// When it began.
    pub started_at: Timestamp,
    /// How long it took.
    pub duration_ms: u32,
    /// How it went.
    pub outcome: AttemptOutcome,
}

/// How an attempt went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttemptOutcome {
    /// There was an answer.
    Answered {
        /// Its status code.
        status: u16,
        /// The beginning of its body, harmless to show.
        excerpt: String,
    },
    /// There was none, for this reason.
    Failed(AttemptFailure),
}

/// Why there was no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AttemptFailure {
    /// The name has no address, nobody listens, or the address may not be reached.
    EndpointUnreachable,
    /// Nobody vouches for whoever answers.
    TlsUntrusted,
    /// It took too long.
    Timeout,
    /// The connection broke off, or what came is not HTTP.
    BrokenAnswer,
}

impl AttemptFailure {
    const ALL: [Self; 4] = [Self::EndpointUnreachable, Self::TlsUntrusted, Self::Timeout, Self::BrokenAnswer];

    /// Its name, in the table and in logs: `timeout`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::EndpointUnreachable => "endpoint_unreachable",
            Self::TlsUntrusted => "tls_untrusted",
            Self::Timeout => "timeout",
            Self::BrokenAnswer => "broken_answer",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|failure| failure.name() == name)
    }
}

/// Attempts of one hour at one endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttemptHour {
    /// When the hour began.
    pub began_at: Timestamp,
    /// Attempts answered by 2xx.
    pub succeeded: u64,
    /// The others.
    pub failed: u64,
    /// How long the longest took.
    pub duration_ms_max: u32,
}

/// The attempts of these deliveries, oldest first, delivery by delivery.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "attempts.find_many", skip_all)]
pub async fn find_many(
    db: Db<'_>,
    workspace: WorkspaceId,
    deliveries: &[DeliveryId],
) -> Result<Vec<Attempt>, StorageError> {
    let ids = deliveries.iter().take(LIST_MAX).map(|id| id.uuid());
    let rows = in_workspace::<row::Entity>(workspace)
        .filter(row::Column::DeliveryId.is_in(ids))
        .order_by_asc(row::Column::DeliveryId)
        .order_by_asc(row::Column::Number)
        .limit(LIST_MAX as u64)
        .all(&db.executor())
        .await?;
    rows.into_iter().map(Attempt::try_from).collect()
}

/// The attempts at an endpoint since an instant, hour by hour; hours without any are left out.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "attempts.hours", skip_all)]
pub async fn hours(
    db: Db<'_>,
    workspace: WorkspaceId,
    endpoint: EndpointId,
    since: Timestamp,
) -> Result<Vec<AttemptHour>, StorageError> {
    const HOUR: i64 = 3_600_000_000;
    let sql = format!(
        "SELECT started_at / {HOUR} AS hour, sum(CASE WHEN status BETWEEN 200 AND 299 THEN 1 ELSE 0 END) AS succeeded,
            count(*) AS made, max(duration_ms) AS longest_ms
         FROM attempts WHERE workspace_id = $1 AND endpoint_id = $2 AND started_at >= $3
         GROUP BY started_at / {HOUR} ORDER BY hour LIMIT {LIST_MAX}"
    );
    let values = vec![workspace.uuid().into(), endpoint.uuid().into(), since.as_micros().into()];
    let place = Place { table: "attempts", row: &endpoint };
    let read = |row: &sea_orm::QueryResult| {
        let hour = HourRow::from_query_result(row, "")?;
        Ok(AttemptHour {
            began_at: place.timestamp("started_at", hour.hour * HOUR)?,
            succeeded: hour.succeeded.unsigned_abs(),
            failed: (hour.made - hour.succeeded).unsigned_abs(),
            duration_ms_max: place.convert("duration_ms", hour.longest_ms)?,
        })
    };
    db.rows(sql, values).await?.iter().map(read).collect()
}

#[derive(FromQueryResult)]
struct HourRow {
    hour: i64,
    succeeded: i64,
    made: i64,
    longest_ms: i64,
}

/// Keeps attempts.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "attempts.insert_many", skip_all)]
pub async fn insert_many(tx: &Tx, workspace: WorkspaceId, attempts: &[Attempt]) -> Result<(), StorageError> {
    let rows: Vec<NewRow<'_>> = attempts.iter().map(NewRow::from).collect();
    let inserted = tx
        .db()
        .execute_batch(
            Batch { table: "attempts", columns: NEW_ROW, rows: &rows },
            |batch| {
                format!(
                    "INSERT INTO attempts (workspace_id, delivery_id, number, endpoint_id, started_at, duration_ms, status,
                        failure, excerpt)
                     SELECT batch.workspace_id, batch.delivery_id, batch.number, batch.endpoint_id, batch.started_at,
                        batch.duration_ms, batch.status, batch.failure, batch.excerpt
                     FROM {batch}"
                )
            },
            &[workspace.uuid().into()],
        )
        .await?;
    expect_rows("attempts", rows.len(), inserted)
}

/// Forgets attempts older than this instant, at most so many at once, in every workspace.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "attempts.delete_expired", skip_all)]
pub async fn delete_expired(tx: &Tx, before: Timestamp, limit: usize) -> Result<u64, StorageError> {
    let sql = "DELETE FROM attempts WHERE (workspace_id, delivery_id, number) IN
        (SELECT workspace_id, delivery_id, number FROM attempts WHERE started_at < $1 ORDER BY started_at LIMIT $2)";
    tx.db().execute(sql.to_owned(), vec![before.as_micros().into(), limit_value(limit)]).await
}

/// Forgets the attempts at an endpoint, at most so many at once.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "attempts.delete_of", skip_all)]
pub async fn delete_of(
    tx: &Tx,
    workspace: WorkspaceId,
    endpoint: EndpointId,
    limit: usize,
) -> Result<u64, StorageError> {
    let sql = "DELETE FROM attempts WHERE (workspace_id, delivery_id, number) IN
        (SELECT workspace_id, delivery_id, number FROM attempts WHERE workspace_id = $1 AND endpoint_id = $2 LIMIT $3)";
    let values = vec![workspace.uuid().into(), endpoint.uuid().into(), limit_value(limit)];
    tx.db().execute(sql.to_owned(), values).await
}

#[derive(Serialize)]
struct NewRow<'a> {
    delivery_id: Uuid,
    number: u32,
    endpoint_id: Uuid,
    started_at: i64,
    duration_ms: u32,
    status: Option<u16>,
    failure: Option<&'a str>,
    excerpt: &'a str,
}

const NEW_ROW: Columns = &[
    ("delivery_id", Kind::Uuid),
    ("number", Kind::Integer),
    ("endpoint_id", Kind::Uuid),
    ("started_at", Kind::Integer),
    ("duration_ms", Kind::Integer),
    ("status", Kind::Integer),
    ("failure", Kind::Text),
    ("excerpt", Kind::Text),
];

impl<'a> From<&'a Attempt> for NewRow<'a> {
    fn from(attempt: &'a Attempt) -> Self {
        let (status, failure, excerpt) = match &attempt.outcome {
            AttemptOutcome::Answered { status, excerpt } => (Some(*status), None, excerpt.as_str()),
            AttemptOutcome::Failed(failure) => (None, Some(failure.name()), ""),
        };
        Self {
            delivery_id: attempt.delivery.uuid(),
            number: attempt.number,
            endpoint_id: attempt.endpoint.uuid(),
            started_at: attempt.started_at.as_micros(),
            duration_ms: attempt.duration_ms,
            status,
            failure,
            excerpt,
        }
    }
}

impl TryFrom<row::Model> for Attempt {
    type Error = StorageError;

    fn try_from(row: row::Model) -> Result<Self, StorageError> {
        let delivery = DeliveryId::from_uuid(row.delivery_id);
        let place = Place { table: "attempts", row: &delivery };
        Ok(Self {
            delivery,
            number: place.convert("number", row.number)?,
            endpoint: EndpointId::from_uuid(row.endpoint_id),
            started_at: place.timestamp("started_at", row.started_at)?,
            duration_ms: place.convert("duration_ms", row.duration_ms)?,
            outcome: match (row.status, row.failure) {
                (Some(status), _) => {
                    AttemptOutcome::Answered { status: place.convert("status", status)?, excerpt: row.excerpt }
                }
                (None, Some(name)) => AttemptOutcome::Failed(
                    AttemptFailure::from_name(&name)
                        .ok_or_else(|| place.corrupt("failure", format!("`{name}` is no failure")))?,
                ),
                (None, None) => return Err(place.corrupt("status", "neither a status nor a failure")),
            },
        })
    }
}

impl InWorkspace for row::Entity {
    const WORKSPACE: row::Column = row::Column::WorkspaceId;
}

/// A row of `attempts`.
mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "attempts")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub workspace_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub delivery_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i64,
        pub endpoint_id: Uuid,
        pub started_at: i64,
        pub duration_ms: i64,
        pub status: Option<i64>,
        pub failure: Option<String>,
        pub excerpt: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests;
