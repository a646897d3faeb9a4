//! Workspaces: the tenants. The one table that leads with nothing but itself.

use attrium_schema::{Timestamp, WorkspaceId};

use crate::error::StorageError;
use crate::page::Page;
use crate::store::{Db, Tx};


/// A tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workspace {
    /// Its id.
    pub id: WorkspaceId,
    /// What requests name it by; unique.
    pub key: String,
    /// What people see.
    pub name: String,
    /// The IANA name of the zone its days begin in.
    pub time_zone: String,
    /// When it was made.
    pub created_at: Timestamp,
}

/// The workspace, or `None`.
///
/// # Errors
/// When the database fails.
pub async fn find(db: Db<'_>, id: WorkspaceId) -> Result<Option<Workspace>, StorageError> {
    let _ = (db, id);
    unimplemented!("lands next")
}

/// The workspace with this key, or `None`.
///
/// # Errors
/// When the database fails.
pub async fn find_by_key(db: Db<'_>, key: &str) -> Result<Option<Workspace>, StorageError> {
    let _ = (db, key);
    unimplemented!("lands next")
}

/// Workspaces by id, which is by age.
///
/// # Errors
/// When the database fails.
pub async fn page(db: Db<'_>, page: Page<WorkspaceId>) -> Result<Vec<Workspace>, StorageError> {
    let _ = (db, page);
    unimplemented!("lands next")
}

/// Makes a workspace.
///
/// # Errors
/// [`StorageError::UniqueViolation`] when its key is taken.
pub async fn insert(tx: &Tx, workspace: &Workspace) -> Result<(), StorageError> {
    let _ = (tx, workspace);
    unimplemented!("lands next")
}
