//! Running statements: the few lines every noun shares.

use std::fmt::Display;
use std::str::FromStr;

use attrium_schema::{Timestamp, WorkspaceId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DeleteMany, EntityTrait, QueryFilter, QueryOrder, QueryResult, Select, Statement,
    UpdateMany, Value,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use uuid::Uuid;

use crate::dialect::Columns;
use crate::error::StorageError;
use crate::page::LIST_MAX;
use crate::store::Db;

/// An entity whose rows belong to workspaces.
pub(crate) trait InWorkspace: EntityTrait {
    /// The column that says to which.
    const WORKSPACE: Self::Column;
}

/// The rows of a workspace: how every read of one begins.
pub(crate) fn in_workspace<E: InWorkspace>(workspace: WorkspaceId) -> Select<E> {
    E::find().filter(E::WORKSPACE.eq(workspace.uuid()))
}

/// An update of rows of a workspace.
pub(crate) fn update_in_workspace<E: InWorkspace>(workspace: WorkspaceId) -> UpdateMany<E> {
    E::update_many().filter(E::WORKSPACE.eq(workspace.uuid()))
}

/// A deletion of rows of a workspace.
pub(crate) fn delete_in_workspace<E: InWorkspace>(workspace: WorkspaceId) -> DeleteMany<E> {
    E::delete_many().filter(E::WORKSPACE.eq(workspace.uuid()))
}

/// The rows of a workspace with these ids, by id; of more than [`LIST_MAX`] ids, the first.
pub(crate) fn with_ids<E: InWorkspace>(
    workspace: WorkspaceId,
    id: E::Column,
    ids: impl Iterator<Item = Uuid>,
) -> Select<E> {
    in_workspace::<E>(workspace).filter(id.is_in(ids.take(LIST_MAX))).order_by_asc(id)
}

/// A limit as SQL takes it, cut to [`LIST_MAX`].
pub(crate) fn bounded(limit: usize) -> u64 {
    u64::try_from(limit.min(LIST_MAX)).expect("LIST_MAX fits in 64 bits")
}

/// As [`bounded`], as a parameter.
pub(crate) fn limit_value(limit: usize) -> Value {
    bounded(limit).cast_signed().into()
}

/// The first parameter of a statement over [`Dialect::batch`](crate::dialect::Dialect::batch).
///
/// # Errors
/// [`StorageError::Unwritable`] when a row holds what has no form in the database.
pub(crate) fn batch_parameter<R: Serialize>(table: &'static str, rows: &[R]) -> Result<Value, StorageError> {
    serde_json::to_string(rows)
        .map(Value::from)
        .map_err(|error| StorageError::Unwritable { table, problem: error.to_string() })
}

/// A document of ours as a JSON column takes it.
///
/// # Errors
/// [`StorageError::Unwritable`] when it has no form in JSON.
pub(crate) fn to_json(table: &'static str, document: &impl Serialize) -> Result<Json, StorageError> {
    serde_json::to_value(document).map_err(|error| StorageError::Unwritable { table, problem: error.to_string() })
}

impl Db<'_> {
    /// Every row a statement answers.
    pub(crate) async fn rows(self, sql: String, values: Vec<Value>) -> Result<Vec<QueryResult>, StorageError> {
        let statement = Statement::from_sql_and_values(self.dialect().backend(), sql, values);
        Ok(self.executor().query_all_raw(statement).await?)
    }

    /// The first row a statement answers, or `None`.
    pub(crate) async fn row(self, sql: String, values: Vec<Value>) -> Result<Option<QueryResult>, StorageError> {
        let statement = Statement::from_sql_and_values(self.dialect().backend(), sql, values);
        Ok(self.executor().query_one_raw(statement).await?)
    }

    /// How many rows a statement touched.
    pub(crate) async fn execute(self, sql: String, values: Vec<Value>) -> Result<u64, StorageError> {
        let statement = Statement::from_sql_and_values(self.dialect().backend(), sql, values);
        Ok(self.executor().execute_raw(statement).await?.rows_affected())
    }

    /// The number a counting statement answers.
    pub(crate) async fn count(self, sql: String, values: Vec<Value>) -> Result<u64, StorageError> {
        let row = self.row(sql, values).await?;
        let counted: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
        Ok(counted.unsigned_abs())
    }

    /// Takes numbers of a sequence, ascending.
    pub(crate) async fn allocate(self, sequence: &'static str, count: usize) -> Result<Vec<i64>, StorageError> {
        let wanted = i64::try_from(count).expect("a count of numbers fits in 63 bits");
        let rows = self.rows(self.dialect().allocate(sequence), vec![wanted.into()]).await?;
        let answered: Result<Vec<i64>, _> = rows.iter().map(|row| row.try_get_by_index(0)).collect();
        Ok(self.dialect().allocated(answered?, count))
    }

    /// How many rows of a batch of at most [`BATCH_ROWS`] a statement touched, chunk by chunk.
    /// `sql` gets the batch's table expression; parameter 1 is the batch, `values` follow, the
    /// workspace first.
    pub(crate) async fn execute_batch<R: Serialize>(
        self,
        batch: Batch<'_, R>,
        sql: impl Fn(&str) -> String,
        values: &[Value],
    ) -> Result<u64, StorageError> {
        let sql = sql(&self.dialect().batch(batch.columns));
        let mut touched = 0;
        for rows in batch.rows.chunks(BATCH_ROWS) {
            let mut parameters = vec![batch_parameter(batch.table, rows)?];
            parameters.extend_from_slice(values);
            touched += self.execute(sql.clone(), parameters).await?;
        }
        Ok(touched)
    }

    /// As [`Db::execute_batch`], for statements that answer rows.
    pub(crate) async fn rows_of_batch<R: Serialize>(
        self,
        batch: Batch<'_, R>,
        sql: impl Fn(&str) -> String,
        values: &[Value],
    ) -> Result<Vec<QueryResult>, StorageError> {
        let sql = sql(&self.dialect().batch(batch.columns));
        let mut answered = Vec::new();
        for rows in batch.rows.chunks(BATCH_ROWS) {
            let mut parameters = vec![batch_parameter(batch.table, rows)?];
            parameters.extend_from_slice(values);
            answered.extend(self.rows(sql.clone(), parameters).await?);
        }
        Ok(answered)
    }
}

/// Most rows that travel in one statement.
const BATCH_ROWS: usize = 1_000;

/// Rows that travel together as one JSON parameter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Batch<'a, R> {
    pub(crate) table: &'static str,
    pub(crate) columns: Columns,
    pub(crate) rows: &'a [R],
}

/// Refuses a statement that touched another number of rows than it must.
pub(crate) fn expect_rows(table: &'static str, expected: usize, actual: u64) -> Result<(), StorageError> {
    let expected = u64::try_from(expected).expect("a number of rows fits in 64 bits");
    if actual == expected { Ok(()) } else { Err(StorageError::RowsAffected { table, expected, actual }) }
}

/// Refuses an update that did not find its row as the caller had read it.
pub(crate) fn expect_unaltered(table: &'static str, rows_affected: u64) -> Result<(), StorageError> {
    if rows_affected == 1 { Ok(()) } else { Err(StorageError::Conflict { table }) }
}

/// A row being read: where to point when it does not read.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) table: &'static str,
    pub(crate) row: &'a (dyn Display + Sync),
}

impl Place<'_> {
    pub(crate) fn corrupt(self, column: &'static str, problem: impl Display) -> StorageError {
        StorageError::Corrupt { table: self.table, column, row: self.row.to_string(), problem: problem.to_string() }
    }

    pub(crate) fn timestamp(self, column: &'static str, micros: i64) -> Result<Timestamp, StorageError> {
        Timestamp::from_micros(micros).ok_or_else(|| self.corrupt(column, format!("{micros} is no instant")))
    }

    pub(crate) fn parse<T: FromStr<Err: Display>>(self, column: &'static str, text: &str) -> Result<T, StorageError> {
        text.parse().map_err(|error| self.corrupt(column, error))
    }

    pub(crate) fn json<T: DeserializeOwned>(self, column: &'static str, document: Json) -> Result<T, StorageError> {
        serde_json::from_value(document).map_err(|error| self.corrupt(column, error))
    }

    pub(crate) fn convert<T, N: TryInto<T, Error: Display>>(
        self,
        column: &'static str,
        number: N,
    ) -> Result<T, StorageError> {
        number.try_into().map_err(|error| self.corrupt(column, error))
    }
}
