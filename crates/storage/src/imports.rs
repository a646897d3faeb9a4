//! Imports: files of rows on their way in, and the rows that were refused.

use attrium_schema::{Actor, AttributeId, ImportId, Timestamp, WorkspaceId};
use serde_json::Value as Json;

use crate::error::StorageError;
use crate::page::Page;
use crate::store::{Db, Tx};


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
pub async fn find(db: Db<'_>, workspace: WorkspaceId, id: ImportId) -> Result<Option<Import>, StorageError> {
    let _ = (db, workspace, id);
    unimplemented!("lands next")
}

/// The imports among these ids, by id.
///
/// # Errors
/// When the database fails.
pub async fn find_many(db: Db<'_>, workspace: WorkspaceId, ids: &[ImportId]) -> Result<Vec<Import>, StorageError> {
    let _ = (db, workspace, ids);
    unimplemented!("lands next")
}

/// Imports, newest first.
///
/// # Errors
/// When the database fails.
pub async fn page(db: Db<'_>, workspace: WorkspaceId, page: Page<ImportId>) -> Result<Vec<Import>, StorageError> {
    let _ = (db, workspace, page);
    unimplemented!("lands next")
}

/// How many there are.
///
/// # Errors
/// When the database fails.
pub async fn count(db: Db<'_>, workspace: WorkspaceId) -> Result<u64, StorageError> {
    let _ = (db, workspace);
    unimplemented!("lands next")
}

/// Keeps a new import.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &Tx, workspace: WorkspaceId, import: &Import) -> Result<(), StorageError> {
    let _ = (tx, workspace, import);
    unimplemented!("lands next")
}

/// Replaces state, row counts and declared attributes. `rows_done_before` is what was read: a worker
/// that was overtaken by another must not count its rows again.
///
/// # Errors
/// [`StorageError::Conflict`] when the stored count is another one.
pub async fn update(tx: &Tx, workspace: WorkspaceId, import: &Import, rows_done_before: i64) -> Result<(), StorageError> {
    let _ = (tx, workspace, import, rows_done_before);
    unimplemented!("lands next")
}

/// Keeps one part of the file's bytes, numbered from 0, so that a crash does not lose the upload.
///
/// # Errors
/// When the database fails.
pub async fn insert_part(tx: &Tx, workspace: WorkspaceId, import: ImportId, part: (i64, Vec<u8>)) -> Result<(), StorageError> {
    let _ = (tx, workspace, import, part);
    unimplemented!("lands next")
}

/// One part of the file's bytes, or `None` after the last.
///
/// # Errors
/// When the database fails.
pub async fn find_part(db: Db<'_>, workspace: WorkspaceId, import: ImportId, number: i64) -> Result<Option<Vec<u8>>, StorageError> {
    let _ = (db, workspace, import, number);
    unimplemented!("lands next")
}

/// Forgets the file's bytes.
///
/// # Errors
/// When the database fails.
pub async fn delete_parts(tx: &Tx, workspace: WorkspaceId, import: ImportId) -> Result<(), StorageError> {
    let _ = (tx, workspace, import);
    unimplemented!("lands next")
}

/// Refusals of an import in their order.
///
/// # Errors
/// When the database fails.
pub async fn rejects(db: Db<'_>, workspace: WorkspaceId, import: ImportId, page: Page<i64>) -> Result<Vec<ImportReject>, StorageError> {
    let _ = (db, workspace, import, page);
    unimplemented!("lands next")
}

/// Keeps refusals.
///
/// # Errors
/// When the database fails.
pub async fn insert_rejects(tx: &Tx, workspace: WorkspaceId, import: ImportId, rejects: &[ImportReject]) -> Result<(), StorageError> {
    let _ = (tx, workspace, import, rejects);
    unimplemented!("lands next")
}
