//! Attribute definitions of a workspace.

use attrium_schema::{AttributeDefinition, AttributeId, AttributeKey, AttributeSchema, WorkspaceId};

use crate::error::StorageError;
use crate::store::{Db, Tx};


/// The definition, or `None`.
///
/// # Errors
/// When the database fails.
pub async fn find(db: Db<'_>, workspace: WorkspaceId, id: AttributeId) -> Result<Option<AttributeDefinition>, StorageError> {
    let _ = (db, workspace, id);
    unimplemented!("lands next")
}

/// The definition with this key in any case, or `None`.
///
/// # Errors
/// When the database fails.
pub async fn find_by_key(db: Db<'_>, workspace: WorkspaceId, key: &AttributeKey) -> Result<Option<AttributeDefinition>, StorageError> {
    let _ = (db, workspace, key);
    unimplemented!("lands next")
}

/// Every definition of the workspace; there are at most [`ATTRIBUTES_MAX`](attrium_schema::ATTRIBUTES_MAX).
///
/// # Errors
/// When the database fails.
pub async fn schema(db: Db<'_>, workspace: WorkspaceId) -> Result<AttributeSchema, StorageError> {
    let _ = (db, workspace);
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

/// Declares attributes.
///
/// # Errors
/// [`StorageError::UniqueViolation`] when a key is taken in any case.
pub async fn insert_many(tx: &Tx, workspace: WorkspaceId, definitions: &[AttributeDefinition]) -> Result<(), StorageError> {
    let _ = (tx, workspace, definitions);
    unimplemented!("lands next")
}

/// Replaces a definition; its revision must be one above the stored one.
///
/// # Errors
/// [`StorageError::Conflict`] when it is not.
pub async fn update(tx: &Tx, workspace: WorkspaceId, definition: &AttributeDefinition) -> Result<(), StorageError> {
    let _ = (tx, workspace, definition);
    unimplemented!("lands next")
}
