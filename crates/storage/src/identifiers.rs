//! What profiles are found by; each unique in its workspace.

use attrium_schema::{Identifier, IdentifierKind, ProfileId, WorkspaceId};

use crate::error::StorageError;
use crate::page::Page;
use crate::store::{Db, Tx};

/// Which identifiers a page answers.
#[derive(Clone, Copy, Debug)]
pub struct IdentifierSearch<'a> {
    /// Their kind.
    pub kind: IdentifierKind,
    /// What they begin with; empty for all.
    pub prefix: &'a str,
}


/// Whose identifier it is, or `None`.
///
/// # Errors
/// When the database fails.
pub async fn find(db: Db<'_>, workspace: WorkspaceId, identifier: &Identifier) -> Result<Option<ProfileId>, StorageError> {
    let _ = (db, workspace, identifier);
    unimplemented!("lands next")
}

/// Whose identifiers these are; those of nobody are left out, the order is lost.
///
/// # Errors
/// When the database fails.
pub async fn find_many(db: Db<'_>, workspace: WorkspaceId, identifiers: &[Identifier]) -> Result<Vec<(Identifier, ProfileId)>, StorageError> {
    let _ = (db, workspace, identifiers);
    unimplemented!("lands next")
}

/// Identifiers of a kind that begin with a text, by code point.
///
/// # Errors
/// When the database fails.
pub async fn page(db: Db<'_>, workspace: WorkspaceId, search: IdentifierSearch<'_>, page: Page<&str>) -> Result<Vec<(Identifier, ProfileId)>, StorageError> {
    let _ = (db, workspace, search, page);
    unimplemented!("lands next")
}

/// How many of a kind begin with a text.
///
/// # Errors
/// When the database fails.
pub async fn count(db: Db<'_>, workspace: WorkspaceId, search: IdentifierSearch<'_>) -> Result<u64, StorageError> {
    let _ = (db, workspace, search);
    unimplemented!("lands next")
}

/// Gives identifiers to profiles that exist. [`profiles::insert_many`](crate::profiles::insert_many) writes those of new ones.
///
/// # Errors
/// [`StorageError::UniqueViolation`] when one is taken.
pub async fn insert_many(tx: &Tx, workspace: WorkspaceId, identifiers: &[(Identifier, ProfileId)]) -> Result<(), StorageError> {
    let _ = (tx, workspace, identifiers);
    unimplemented!("lands next")
}
