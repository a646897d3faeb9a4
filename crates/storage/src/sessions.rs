//! Sessions: sign-ins of users. Global, as users are.

use attrium_schema::{SessionId, Timestamp, UserId};

use crate::error::StorageError;
use crate::secret::SecretHash;
use crate::store::{Db, Tx};


/// One sign-in of a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Whose.
    pub user: UserId,
    /// The hash of the token in the cookie.
    pub token_hash: SecretHash,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used, give or take a minute.
    pub last_used_at: Timestamp,
    /// When it ends, used or not.
    pub expires_at: Timestamp,
}

/// The session with this token, expired or not, or `None`.
///
/// # Errors
/// When the database fails.
pub async fn find_by_token(db: Db<'_>, token_hash: &SecretHash) -> Result<Option<Session>, StorageError> {
    let _ = (db, token_hash);
    unimplemented!("lands next")
}

/// Begins a session.
///
/// # Errors
/// When the database fails.
pub async fn insert(tx: &Tx, session: &Session) -> Result<(), StorageError> {
    let _ = (tx, session);
    unimplemented!("lands next")
}

/// Notes that a session was used. A session that is gone is none: no error.
///
/// # Errors
/// When the database fails.
pub async fn update_last_used(tx: &Tx, id: SessionId, at: Timestamp) -> Result<(), StorageError> {
    let _ = (tx, id, at);
    unimplemented!("lands next")
}

/// Ends a session; answers whether there was one.
///
/// # Errors
/// When the database fails.
pub async fn delete(tx: &Tx, id: SessionId) -> Result<bool, StorageError> {
    let _ = (tx, id);
    unimplemented!("lands next")
}

/// Ends every session of a user, as after a new password.
///
/// # Errors
/// When the database fails.
pub async fn delete_of_user(tx: &Tx, user: UserId) -> Result<u64, StorageError> {
    let _ = (tx, user);
    unimplemented!("lands next")
}

/// Ends the oldest sessions of a user beyond this many.
///
/// # Errors
/// When the database fails.
pub async fn delete_beyond(tx: &Tx, user: UserId, kept: usize) -> Result<u64, StorageError> {
    let _ = (tx, user, kept);
    unimplemented!("lands next")
}

/// Forgets sessions that ended before this instant.
///
/// # Errors
/// When the database fails.
pub async fn delete_expired(tx: &Tx, before: Timestamp) -> Result<u64, StorageError> {
    let _ = (tx, before);
    unimplemented!("lands next")
}
