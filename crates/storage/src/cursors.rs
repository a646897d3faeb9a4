//! How far each follower has read.

use attrium_schema::WorkspaceId;

use crate::cursor::Cursor;
use crate::error::StorageError;
use crate::store::{Db, Tx};


/// How far this follower has read, or `None` when it never has.
///
/// # Errors
/// When the database fails.
pub async fn find(db: Db<'_>, workspace: WorkspaceId, name: &str) -> Result<Option<Cursor>, StorageError> {
    let _ = (db, workspace, name);
    unimplemented!("lands next")
}

/// Notes how far it has read, for the first time or again.
///
/// # Errors
/// When the database fails.
pub async fn update(tx: &Tx, workspace: WorkspaceId, name: &str, cursor: &Cursor) -> Result<(), StorageError> {
    let _ = (tx, workspace, name, cursor);
    unimplemented!("lands next")
}
