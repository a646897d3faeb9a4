//! API keys: what programs sign in with. Bound to one workspace.

use attrium_schema::{Actor, ApiKeyId, Timestamp, WorkspaceId};

use crate::error::StorageError;
use crate::page::Page;
use crate::secret::SecretHash;
use crate::store::{Db, Tx};


/// One API key. The secret itself is never kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// Its id.
    pub id: ApiKeyId,
    /// The workspace it opens.
    pub workspace: WorkspaceId,
    /// What people see.
    pub name: String,
    /// The part of the key that may be shown and searched.
    pub prefix: String,
    /// The hash of the secret part.
    pub secret_hash: SecretHash,
    /// What it may do, by the names engine gives.
    pub scopes: Vec<String>,
    /// Who made it.
    pub created_by: Actor,
    /// When.
    pub created_at: Timestamp,
    /// When it was last used, give or take a minute; `None` when never.
    pub last_used_at: Option<Timestamp>,
    /// When it was revoked; `None` while it opens.
    pub revoked_at: Option<Timestamp>,
}

/// The keys with this prefix in any workspace, revoked ones included: the door by which a request
/// finds its workspace. Prefixes are random, so more than one is an accident; at most 8 are answered.
///
/// # Errors
/// When the database fails.
pub async fn find_by_prefix(db: Db<'_>, prefix: &str) -> Result<Vec<ApiKey>, StorageError> {
    let _ = (db, prefix);
    unimplemented!("lands next")
}

/// The key, or `None`.
///
/// # Errors
/// When the database fails.
pub async fn find(db: Db<'_>, workspace: WorkspaceId, id: ApiKeyId) -> Result<Option<ApiKey>, StorageError> {
    let _ = (db, workspace, id);
    unimplemented!("lands next")
}

/// The keys among these ids, in no order.
///
/// # Errors
/// When the database fails.
pub async fn find_many(db: Db<'_>, workspace: WorkspaceId, ids: &[ApiKeyId]) -> Result<Vec<ApiKey>, StorageError> {
    let _ = (db, workspace, ids);
    unimplemented!("lands next")
}

/// Keys by id, which is by age; revoked ones included.
///
/// # Errors
/// When the database fails.
pub async fn page(db: Db<'_>, workspace: WorkspaceId, page: Page<ApiKeyId>) -> Result<Vec<ApiKey>, StorageError> {
    let _ = (db, workspace, page);
    unimplemented!("lands next")
}

/// How many keys open this workspace.
///
/// # Errors
/// When the database fails.
pub async fn count(db: Db<'_>, workspace: WorkspaceId) -> Result<u64, StorageError> {
    let _ = (db, workspace);
    unimplemented!("lands next")
}

/// Keeps a new key.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &Tx, key: &ApiKey) -> Result<(), StorageError> {
    let _ = (tx, key);
    unimplemented!("lands next")
}

/// Notes that a key was used.
///
/// # Errors
/// When the database fails.
pub async fn update_last_used(tx: &Tx, workspace: WorkspaceId, id: ApiKeyId, at: Timestamp) -> Result<(), StorageError> {
    let _ = (tx, workspace, id, at);
    unimplemented!("lands next")
}

/// Revokes a key; answers whether it opened until now.
///
/// # Errors
/// When the database fails.
pub async fn revoke(tx: &Tx, workspace: WorkspaceId, id: ApiKeyId, at: Timestamp) -> Result<bool, StorageError> {
    let _ = (tx, workspace, id, at);
    unimplemented!("lands next")
}
