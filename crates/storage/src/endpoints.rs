//! Webhook endpoints: where deliveries go, and how well that works.

use attrium_schema::{AttributeKey, EndpointId, SegmentId, Timestamp, WorkspaceId};
use sea_orm::ActiveValue::NotSet;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, ExprTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

use self::rows::{row, row_of};
use crate::error::StorageError;
use crate::page::Page;
use crate::statement::{
    Place, bounded, delete_in_workspace, expect_unaltered, in_workspace, update_in_workspace, with_ids,
};
use crate::store::{Db, Tx};
use crate::wakeups::Topic;

mod rows;

/// A URL that is told of events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Its id.
    pub id: EndpointId,
    /// What people see.
    pub name: String,
    /// Where deliveries go.
    pub url: String,
    /// What it is told of, by the names engine gives.
    pub event_types: Vec<String>,
    /// The attributes whose values it is told.
    pub attributes: Vec<AttributeKey>,
    /// The segments it is told of, those deleted since included; none of them stands for all there are.
    pub segments: Vec<SegmentId>,
    /// Whether what is told of one profile comes one after the other.
    pub is_ordered: bool,
    /// Whether anything is sent.
    pub state: EndpointState,
    /// How well it works.
    pub health: EndpointHealth,
    /// Counts edits, from 1; an edit names the revision it was made from.
    pub revision: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last edited.
    pub updated_at: Timestamp,
}

/// Whether anything is sent to an endpoint. Deliveries are owed in every state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndpointState {
    /// Deliveries are sent.
    Active,
    /// Someone wants them to wait.
    Paused {
        /// Since when.
        since: Timestamp,
    },
    /// It answered 410: it wants nothing more.
    Gone {
        /// Since when.
        since: Timestamp,
    },
    /// Nothing but failures for too long.
    Failing {
        /// Since when it is left alone.
        since: Timestamp,
    },
}

impl EndpointState {
    /// Its name, in the table and in logs: `active`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => rows::ACTIVE,
            Self::Paused { .. } => rows::PAUSED,
            Self::Gone { .. } => rows::GONE,
            Self::Failing { .. } => rows::FAILING,
        }
    }

    /// The state of this name; `None` when there is none, or when it lacks its instant.
    pub fn from_name(name: &str, since: Option<Timestamp>) -> Option<Self> {
        match name {
            rows::ACTIVE => Some(Self::Active),
            rows::PAUSED => Some(Self::Paused { since: since? }),
            rows::GONE => Some(Self::Gone { since: since? }),
            rows::FAILING => Some(Self::Failing { since: since? }),
            _ => None,
        }
    }

    /// Since when nothing is sent; `None` while it is active.
    pub const fn since(self) -> Option<Timestamp> {
        match self {
            Self::Active => None,
            Self::Paused { since } | Self::Gone { since } | Self::Failing { since } => Some(since),
        }
    }
}

/// How well an endpoint works.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EndpointHealth {
    /// Attempts that failed since the last one that did not.
    pub failures: u32,
    /// When the first of them was made; `None` while it works.
    pub failing_since: Option<Timestamp>,
    /// When it last took a delivery; `None` when it never did.
    pub last_success_at: Option<Timestamp>,
    /// When an attempt last failed; `None` when none ever did.
    pub last_failure_at: Option<Timestamp>,
}

/// What some attempts in a row, oldest first, say about their endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HealthNews {
    /// The endpoint.
    pub endpoint: EndpointId,
    /// When the last success among them was; `None` when all failed.
    pub succeeded_at: Option<Timestamp>,
    /// How many failed behind that, or at all.
    pub failures: u32,
    /// When the first and the last of those were.
    pub failed_at: Option<(Timestamp, Timestamp)>,
}

/// Since when, and how often, an endpoint must have failed to be left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FailingLimit {
    /// The first failure in the row is no younger than this.
    pub failing_before: Timestamp,
    /// At least so many in a row.
    pub failures_min: u32,
}

/// The endpoint, or `None`.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "endpoints.find", skip_all)]
pub async fn find(db: Db<'_>, workspace: WorkspaceId, id: EndpointId) -> Result<Option<Endpoint>, StorageError> {
    let row = in_workspace::<row::Entity>(workspace).filter(row::Column::Id.eq(id.uuid())).one(&db.executor()).await?;
    row.map(Endpoint::try_from).transpose()
}

/// The endpoints among these ids, by id.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "endpoints.find_many", skip_all)]
pub async fn find_many(db: Db<'_>, workspace: WorkspaceId, ids: &[EndpointId]) -> Result<Vec<Endpoint>, StorageError> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = with_ids::<row::Entity>(workspace, row::Column::Id, ids).all(&db.executor()).await?;
    rows.into_iter().map(Endpoint::try_from).collect()
}

/// Endpoints by id, which is by age.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "endpoints.page", skip_all)]
pub async fn page(db: Db<'_>, workspace: WorkspaceId, page: Page<EndpointId>) -> Result<Vec<Endpoint>, StorageError> {
    let rows = in_workspace::<row::Entity>(workspace)
        .filter(row::Column::Id.gt(page.after.map_or(Uuid::nil(), EndpointId::uuid)))
        .order_by_asc(row::Column::Id)
        .limit(bounded(page.limit))
        .all(&db.executor())
        .await?;
    rows.into_iter().map(Endpoint::try_from).collect()
}

/// How many there are.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "endpoints.count", skip_all)]
pub async fn count(db: Db<'_>, workspace: WorkspaceId) -> Result<u64, StorageError> {
    Ok(in_workspace::<row::Entity>(workspace).count(&db.executor()).await?)
}

/// Makes an endpoint.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "endpoints.insert", skip_all)]
pub async fn insert(tx: &Tx, workspace: WorkspaceId, endpoint: &Endpoint) -> Result<(), StorageError> {
    let row = row_of(workspace, endpoint)?.into_active_model();
    row::Entity::insert(row).exec_without_returning(&tx.db().executor()).await?;
    Ok(())
}

/// Replaces what people decide about an endpoint, and lets workers begin anew with it; its revision must be one
/// above the stored one. State and health stay as stored.
///
/// # Errors
/// [`StorageError::Conflict`] when it is not.
#[tracing::instrument(level = "debug", name = "endpoints.update", skip_all)]
pub async fn update(tx: &Tx, workspace: WorkspaceId, endpoint: &Endpoint) -> Result<(), StorageError> {
    let row = row::ActiveModel {
        state: NotSet,
        state_since: NotSet,
        failures: NotSet,
        failing_since: NotSet,
        last_success_at: NotSet,
        last_failure_at: NotSet,
        chapter: NotSet,
        ..row_of(workspace, endpoint)?.into_active_model().reset_all()
    };
    let updated = update_in_workspace::<row::Entity>(workspace)
        .set(row)
        .col_expr(row::Column::Chapter, next_chapter())
        .filter(row::Column::Id.eq(endpoint.id.uuid()))
        .filter(row::Column::Revision.eq(i64::from(endpoint.revision) - 1))
        .exec(&tx.db().executor())
        .await?;
    expect_unaltered("endpoints", updated.rows_affected)
}

/// Puts an endpoint into a state; one that becomes active begins with a clean record. Answers whether
/// it was in another one: of several who disable it, one is told so.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "endpoints.update_state", skip_all)]
pub async fn update_state(
    tx: &Tx,
    workspace: WorkspaceId,
    id: EndpointId,
    (state, now): (EndpointState, Timestamp),
) -> Result<bool, StorageError> {
    let mut update = update_in_workspace::<row::Entity>(workspace)
        .col_expr(row::Column::State, Expr::value(state.name()))
        .col_expr(row::Column::StateSince, Expr::value(now.as_micros()))
        .filter(row::Column::Id.eq(id.uuid()))
        .filter(row::Column::State.ne(state.name()));
    if state == EndpointState::Active {
        update = update
            .col_expr(row::Column::Failures, Expr::value(0_i64))
            .col_expr(row::Column::FailingSince, Expr::value(None::<i64>))
            .col_expr(row::Column::Chapter, next_chapter());
        tx.mark(Topic::Deliveries);
    }
    Ok(update.exec(&tx.db().executor()).await?.rows_affected == 1)
}

/// Takes note of attempts.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "endpoints.update_health", skip_all)]
pub async fn update_health(tx: &Tx, workspace: WorkspaceId, news: HealthNews) -> Result<(), StorageError> {
    let failures = i64::from(news.failures);
    let first = news.failed_at.map(|(first, _)| first.as_micros());
    let mut update = update_in_workspace::<row::Entity>(workspace).filter(row::Column::Id.eq(news.endpoint.uuid()));
    update = match news.succeeded_at {
        Some(at) => update
            .col_expr(row::Column::LastSuccessAt, Expr::value(at.as_micros()))
            .col_expr(row::Column::Failures, Expr::value(failures))
            .col_expr(row::Column::FailingSince, Expr::value(first)),
        None => update
            .col_expr(row::Column::Failures, Expr::col(row::Column::Failures).add(failures))
            .col_expr(row::Column::FailingSince, Expr::col(row::Column::FailingSince).if_null(first)),
    };
    if let Some((_, last)) = news.failed_at {
        update = update.col_expr(row::Column::LastFailureAt, Expr::value(last.as_micros()));
    }
    update.exec(&tx.db().executor()).await?;
    Ok(())
}

/// Leaves an active endpoint alone that failed for too long; answers whether it did.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "endpoints.disable_failing", skip_all)]
pub async fn disable_failing(
    tx: &Tx,
    workspace: WorkspaceId,
    id: EndpointId,
    (limit, now): (FailingLimit, Timestamp),
) -> Result<bool, StorageError> {
    let disabled = update_in_workspace::<row::Entity>(workspace)
        .col_expr(row::Column::State, Expr::value(rows::FAILING))
        .col_expr(row::Column::StateSince, Expr::value(now.as_micros()))
        .filter(row::Column::Id.eq(id.uuid()))
        .filter(row::Column::State.eq(rows::ACTIVE))
        .filter(row::Column::FailingSince.lte(limit.failing_before.as_micros()))
        .filter(row::Column::Failures.gte(i64::from(limit.failures_min)))
        .exec(&tx.db().executor())
        .await?;
    Ok(disabled.rows_affected == 1)
}

/// Lets workers begin anew with an active endpoint, or with all of a workspace: someone says that it works again.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "endpoints.forgive", skip_all)]
pub async fn forgive(tx: &Tx, workspace: WorkspaceId, id: Option<EndpointId>) -> Result<(), StorageError> {
    update_in_workspace::<row::Entity>(workspace)
        .col_expr(row::Column::Chapter, next_chapter())
        .filter(row::Column::State.eq(rows::ACTIVE))
        .filter(Condition::all().add_option(id.map(|id| row::Column::Id.eq(id.uuid()))))
        .exec(&tx.db().executor())
        .await?;
    Ok(())
}

fn next_chapter() -> Expr {
    Expr::col(row::Column::Chapter).add(1)
}

/// Deletes an endpoint with its secrets; answers whether there was one. What it was owed stays: see
/// [`deliveries::delete_of`](crate::deliveries::delete_of).
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "endpoints.delete", skip_all)]
pub async fn delete(tx: &Tx, workspace: WorkspaceId, id: EndpointId) -> Result<bool, StorageError> {
    let deleted = delete_in_workspace::<row::Entity>(workspace)
        .filter(row::Column::Id.eq(id.uuid()))
        .exec(&tx.db().executor())
        .await?;
    Ok(deleted.rows_affected == 1)
}

/// An endpoint that something is owed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwedEndpoint {
    /// Its workspace.
    pub workspace: WorkspaceId,
    /// The endpoint.
    pub id: EndpointId,
    /// When the first delivery is to be sent.
    pub run_at: Timestamp,
    /// Grows when people edit, resume or forgive the endpoint: what a worker held against it is no longer true.
    pub chapter: i64,
}

/// The active endpoints of every workspace that something is owed to, and when: how workers find work. One
/// look into an index for each, however much is owed.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "endpoints.owed", skip_all)]
pub async fn owed(db: Db<'_>) -> Result<Vec<OwedEndpoint>, StorageError> {
    let sql = "SELECT workspace_id, id, run_at, chapter FROM (
            SELECT endpoints.workspace_id, endpoints.id, endpoints.chapter, (
                SELECT min(deliveries.run_at) FROM deliveries
                WHERE deliveries.workspace_id = endpoints.workspace_id AND deliveries.endpoint_id = endpoints.id
                    AND deliveries.state = 'due') AS run_at
            FROM endpoints WHERE endpoints.state = 'active') AS owed
        WHERE run_at IS NOT NULL";
    let rows = db.rows(sql.to_owned(), Vec::new()).await?;
    let read = |row: &sea_orm::QueryResult| {
        let id = EndpointId::from_uuid(row.try_get_by_index(1)?);
        let run_at = Place { table: "deliveries", row: &id }.timestamp("run_at", row.try_get_by_index(2)?)?;
        let workspace = WorkspaceId::from_uuid(row.try_get_by_index(0)?);
        Ok(OwedEndpoint { workspace, id, run_at, chapter: row.try_get_by_index(3)? })
    };
    rows.iter().map(read).collect()
}

#[cfg(test)]
mod tests;
