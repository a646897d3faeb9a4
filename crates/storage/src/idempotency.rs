//! Answers remembered by key, written in the same transaction as what they answer.

use attrium_schema::{Timestamp, WorkspaceId};
use serde_json::Value as Json;

use crate::error::StorageError;
use crate::secret::SecretHash;
use crate::store::{Db, Tx};


/// An answer that was given once and will be given again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The hash of the client's key (and of who the client is).
    pub key_hash: SecretHash,
    /// What was asked.
    pub operation: String,
    /// The hash of the input: the same key with another input is a mistake.
    pub body_hash: SecretHash,
    /// What was answered.
    pub answer: Json,
    /// When.
    pub created_at: Timestamp,
}

/// The answer under this key, or `None`.
///
/// # Errors
/// When the database fails.
pub async fn find(db: Db<'_>, workspace: WorkspaceId, key_hash: &SecretHash) -> Result<Option<Answer>, StorageError> {
    let _ = (db, workspace, key_hash);
    unimplemented!("lands next")
}

/// Remembers an answer. On PostgreSQL it waits for a concurrent holder of the same key.
///
/// # Errors
/// [`StorageError::UniqueViolation`] when the key has one: roll back and [`find`] it.
pub async fn insert(tx: &Tx, workspace: WorkspaceId, answer: &Answer) -> Result<(), StorageError> {
    let _ = (tx, workspace, answer);
    unimplemented!("lands next")
}

/// Forgets answers older than this instant, at most so many at once, in every workspace.
///
/// # Errors
/// When the database fails.
pub async fn delete_expired(tx: &Tx, before: Timestamp, limit: usize) -> Result<u64, StorageError> {
    let _ = (tx, before, limit);
    unimplemented!("lands next")
}
