//! Imports: files of rows on their way in, and the rows that were refused.

use attrium_schema::{Actor, AttributeId, ImportId, Timestamp, WorkspaceId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::Value as Json;
use uuid::Uuid;

use self::rows::{ENDED, NEW_REJECT, NewReject, columns_of, part, reject, row, row_of};
use crate::error::StorageError;
use crate::page::Page;
use crate::statement::{
    Batch, bounded, expect_rows, expect_unaltered, in_workspace, limit_value, update_in_workspace, with_ids,
};
use crate::store::{Db, Tx};

mod rows;

/// One file of rows on its way in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Its id.
    pub id: ImportId,
    /// The file's name.
    pub name: String,
    /// How its rows are read; what it holds is engine's word.
    pub options: Json,
    /// Who started it.
    pub actor: Actor,
    /// How far it is.
    pub state: ImportState,
    /// How many rows the file has; `None` until counted.
    pub rows_total: Option<i64>,
    /// Rows dealt with, refused ones included.
    pub rows_done: i64,
    /// Rows refused.
    pub rows_rejected: i64,
    /// The attributes it declared.
    pub created_attributes: Vec<AttributeId>,
    /// When it was started.
    pub created_at: Timestamp,
}

/// How far an import is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportState {
    /// Waits for a worker.
    Queued,
    /// Rows are coming in.
    Running,
    /// Every row was dealt with.
    Done {
        /// When.
        finished_at: Timestamp,
    },
    /// It was given up; the rows done stay.
    Failed {
        /// When.
        finished_at: Timestamp,
        /// Why, for people.
        reason: String,
    },
}

/// A row, or a cell, that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportReject {
    /// Counts the refusals of its import, from 1.
    pub number: i64,
    /// The line of the file, from 1.
    pub line: i64,
    /// The column, when it is about one.
    pub column: Option<String>,
    /// Why, for people.
    pub reason: String,
}

/// The import, or `None`.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "imports.find", skip_all)]
pub async fn find(db: Db<'_>, workspace: WorkspaceId, id: ImportId) -> Result<Option<Import>, StorageError> {
    let row = in_workspace::<row::Entity>(workspace).filter(row::Column::Id.eq(id.uuid())).one(&db.executor()).await?;
    row.map(Import::try_from).transpose()
}

/// The imports among these ids, by id.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "imports.find_many", skip_all)]
pub async fn find_many(db: Db<'_>, workspace: WorkspaceId, ids: &[ImportId]) -> Result<Vec<Import>, StorageError> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = with_ids::<row::Entity>(workspace, row::Column::Id, ids).all(&db.executor()).await?;
    rows.into_iter().map(Import::try_from).collect()
}

/// Imports, newest first.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "imports.page", skip_all)]
pub async fn page(db: Db<'_>, workspace: WorkspaceId, page: Page<ImportId>) -> Result<Vec<Import>, StorageError> {
    let rows = in_workspace::<row::Entity>(workspace)
        .filter(row::Column::Id.lt(page.after.map_or(Uuid::max(), ImportId::uuid)))
        .order_by_desc(row::Column::Id)
        .limit(bounded(page.limit))
        .all(&db.executor())
        .await?;
    rows.into_iter().map(Import::try_from).collect()
}

/// How many there are.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "imports.count", skip_all)]
pub async fn count(db: Db<'_>, workspace: WorkspaceId) -> Result<u64, StorageError> {
    Ok(in_workspace::<row::Entity>(workspace).count(&db.executor()).await?)
}

/// Keeps a new import.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "imports.insert", skip_all)]
pub async fn insert(tx: &Tx, workspace: WorkspaceId, import: &Import) -> Result<(), StorageError> {
    let row = row_of(workspace, import)?.into_active_model();
    row::Entity::insert(row).exec_without_returning(&tx.db().executor()).await?;
    Ok(())
}

/// Replaces state, row counts and declared attributes. `rows_done_before` is what was read: a worker
/// that was overtaken by another must not count its rows again.
///
/// # Errors
/// [`StorageError::Conflict`] when the stored count is another one.
#[tracing::instrument(level = "debug", name = "imports.update", skip_all)]
pub async fn update(
    tx: &Tx,
    workspace: WorkspaceId,
    import: &Import,
    rows_done_before: i64,
) -> Result<(), StorageError> {
    let updated = update_in_workspace::<row::Entity>(workspace)
        .set(row_of(workspace, import)?.into_active_model().reset_all())
        .filter(row::Column::Id.eq(import.id.uuid()))
        .filter(row::Column::RowsDone.eq(rows_done_before))
        .exec(&tx.db().executor())
        .await?;
    expect_unaltered("imports", updated.rows_affected)
}

/// Ends an import, whatever it has done; answers false when it is over already, or unknown.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "imports.update_state", skip_all)]
pub async fn update_state(
    tx: &Tx,
    workspace: WorkspaceId,
    id: ImportId,
    state: &ImportState,
) -> Result<bool, StorageError> {
    let (state, finished_at, failure) = columns_of(state);
    let updated = update_in_workspace::<row::Entity>(workspace)
        .col_expr(row::Column::State, Expr::value(state))
        .col_expr(row::Column::FinishedAt, Expr::value(finished_at))
        .col_expr(row::Column::Failure, Expr::value(failure))
        .filter(row::Column::Id.eq(id.uuid()))
        .filter(row::Column::State.is_not_in(ENDED))
        .exec(&tx.db().executor())
        .await?;
    Ok(updated.rows_affected == 1)
}

/// Keeps one part of the file's bytes, numbered from 0, so that a crash does not lose the upload.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "imports.insert_part", skip_all)]
pub async fn insert_part(
    tx: &Tx,
    workspace: WorkspaceId,
    import: ImportId,
    part: (i64, Vec<u8>),
) -> Result<(), StorageError> {
    let (number, bytes) = part;
    let row = part::Model { workspace_id: workspace.uuid(), import_id: import.uuid(), number, bytes };
    part::Entity::insert(row.into_active_model()).exec_without_returning(&tx.db().executor()).await?;
    Ok(())
}

/// One part of the file's bytes, or `None` after the last.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "imports.find_part", skip_all)]
pub async fn find_part(
    db: Db<'_>,
    workspace: WorkspaceId,
    import: ImportId,
    number: i64,
) -> Result<Option<Vec<u8>>, StorageError> {
    let row = in_workspace::<part::Entity>(workspace)
        .filter(part::Column::ImportId.eq(import.uuid()))
        .filter(part::Column::Number.eq(number))
        .one(&db.executor())
        .await?;
    Ok(row.map(|row| row.bytes))
}

/// Forgets parts of the files of imports that are over, at most `limit` of them; answers how many.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "imports.delete_ended_parts", skip_all)]
pub async fn delete_ended_parts(tx: &Tx, workspace: WorkspaceId, limit: usize) -> Result<u64, StorageError> {
    let sql = "DELETE FROM import_parts WHERE workspace_id = $1 AND (import_id, number) IN (
        SELECT part.import_id, part.number FROM import_parts AS part
        JOIN imports ON imports.workspace_id = part.workspace_id AND imports.id = part.import_id
        WHERE part.workspace_id = $1 AND imports.state IN ($3, $4) LIMIT $2)";
    let [done, failed] = ENDED;
    let values = vec![workspace.uuid().into(), limit_value(limit), done.into(), failed.into()];
    tx.db().execute(sql.to_owned(), values).await
}

/// Refusals of an import in their order.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "imports.rejects", skip_all)]
pub async fn rejects(
    db: Db<'_>,
    workspace: WorkspaceId,
    import: ImportId,
    page: Page<i64>,
) -> Result<Vec<ImportReject>, StorageError> {
    let rows = in_workspace::<reject::Entity>(workspace)
        .filter(reject::Column::ImportId.eq(import.uuid()))
        .filter(reject::Column::Number.gt(page.after.unwrap_or(0)))
        .order_by_asc(reject::Column::Number)
        .limit(bounded(page.limit))
        .all(&db.executor())
        .await?;
    let reject = |row: reject::Model| ImportReject {
        number: row.number,
        line: row.line,
        column: row.column_name,
        reason: row.reason,
    };
    Ok(rows.into_iter().map(reject).collect())
}

/// Keeps refusals.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "imports.insert_rejects", skip_all)]
pub async fn insert_rejects(
    tx: &Tx,
    workspace: WorkspaceId,
    import: ImportId,
    rejects: &[ImportReject],
) -> Result<(), StorageError> {
    let rows: Vec<NewReject<'_>> = rejects.iter().map(NewReject::from).collect();
    let inserted = tx
        .db()
        .execute_batch(
            Batch { table: "import_rejects", columns: NEW_REJECT, rows: &rows },
            |batch| {
                format!(
                    "INSERT INTO import_rejects (workspace_id, import_id, number, line, column_name, reason)
                     SELECT batch.workspace_id, $3, batch.number, batch.line, batch.column_name, batch.reason FROM {batch}"
                )
            },
            &[workspace.uuid().into(), import.uuid().into()],
        )
        .await?;
    expect_rows("import_rejects", rows.len(), inserted)
}

#[cfg(test)]
mod tests;
