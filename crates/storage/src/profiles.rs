//! Profiles: one row each, with a document of values, a document of where each came from, and a version.

use attrium_schema::{Identifier, Profile, ProfileId, WorkspaceId};

use crate::error::StorageError;
use crate::page::Page;
use crate::store::{Db, Tx};


/// The profile, or `None`.
///
/// # Errors
/// [`StorageError::Corrupt`] when its documents do not read.
pub async fn find(db: Db<'_>, workspace: WorkspaceId, id: ProfileId) -> Result<Option<Profile>, StorageError> {
    let _ = (db, workspace, id);
    unimplemented!("lands next")
}

/// The profiles among these ids, by id.
///
/// # Errors
/// As [`find`].
pub async fn find_many(db: Db<'_>, workspace: WorkspaceId, ids: &[ProfileId]) -> Result<Vec<Profile>, StorageError> {
    let _ = (db, workspace, ids);
    unimplemented!("lands next")
}

/// The profile found by this identifier, or `None`.
///
/// # Errors
/// As [`find`].
pub async fn find_by_identifier(db: Db<'_>, workspace: WorkspaceId, identifier: &Identifier) -> Result<Option<Profile>, StorageError> {
    let _ = (db, workspace, identifier);
    unimplemented!("lands next")
}

/// Profiles by id, which is by age.
///
/// # Errors
/// As [`find`].
pub async fn page(db: Db<'_>, workspace: WorkspaceId, page: Page<ProfileId>) -> Result<Vec<Profile>, StorageError> {
    let _ = (db, workspace, page);
    unimplemented!("lands next")
}

/// As [`page`], for loading every profile into memory: pages of thousands, read fast.
///
/// # Errors
/// As [`find`].
pub async fn page_for_index(db: Db<'_>, workspace: WorkspaceId, page: Page<ProfileId>) -> Result<Vec<Profile>, StorageError> {
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

/// Writes new profiles together with all their identifiers.
///
/// # Errors
/// [`StorageError::UniqueViolation`] when an identifier is taken; then the transaction must be rolled back.
pub async fn insert_many(tx: &Tx, workspace: WorkspaceId, profiles: &[Profile]) -> Result<(), StorageError> {
    let _ = (tx, workspace, profiles);
    unimplemented!("lands next")
}

/// Writes profiles whose stored version is one below theirs and answers the ids of the others: those
/// lost a race and must be read again. Identifiers are not touched.
/// 
/// Read what you update in the same transaction *before* its first write; [`changes`](crate::changes) says why.
///
/// # Errors
/// When the database fails.
pub async fn update_many(tx: &Tx, workspace: WorkspaceId, profiles: &[Profile]) -> Result<Vec<ProfileId>, StorageError> {
    let _ = (tx, workspace, profiles);
    unimplemented!("lands next")
}
