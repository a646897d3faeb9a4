//! What is true of the whole database.

use crate::error::StorageError;
use crate::store::{Db, Tx};


/// What is true of the whole database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Counts restores, from 1: cursors of an earlier epoch no longer hold.
    pub epoch: i64,
    /// Whether it was created for the test clock; a server with that handle opens no other.
    pub is_test_clock: bool,
}

/// The settings, or `None` on a database nobody has set up yet.
///
/// # Errors
/// When the database fails.
pub async fn find(db: Db<'_>) -> Result<Option<Settings>, StorageError> {
    let _ = db;
    unimplemented!("lands next")
}

/// Writes the settings of a new database.
///
/// # Errors
/// [`StorageError::UniqueViolation`] when they stand already.
pub async fn insert(tx: &Tx, settings: &Settings) -> Result<(), StorageError> {
    let _ = (tx, settings);
    unimplemented!("lands next")
}
