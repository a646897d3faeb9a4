//! Change rows: history, feed and outbox in one.
//!
//! The feed is read in the order (transaction id, number) and only up to the oldest transaction that
//! may still commit, so that it never skips one. For a profile's versions to appear in their order, a
//! unit of work reads the profiles it updates before its first write; see ADR 0004.

use attrium_schema::{AttributeKey, Change, ProfileId, WorkspaceId};

use crate::cursor::Cursor;
use crate::error::StorageError;
use crate::store::{Db, Tx};


/// What came after a cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedPage {
    /// The changes, in the order of the feed.
    pub changes: Vec<Change>,
    /// Where the next page begins; the given cursor when there was nothing.
    pub next: Cursor,
}

/// Which changes of a profile a page answers.
#[derive(Clone, Copy, Debug)]
pub struct HistoryFilter<'a> {
    /// Only versions below this one.
    pub before_version: Option<i64>,
    /// Only changes that name this attribute, in any case.
    pub key: Option<&'a AttributeKey>,
    /// At most so many.
    pub limit: usize,
}

/// Takes this many change numbers, ascending and never given to anyone else; they may have gaps.
///
/// # Errors
/// When the database fails.
pub async fn allocate(tx: &Tx, count: usize) -> Result<Vec<i64>, StorageError> {
    let _ = (tx, count);
    unimplemented!("lands next")
}

/// Writes change rows, and wakes the followers after the commit.
///
/// # Errors
/// [`StorageError::UniqueViolation`] when a profile has a change of that version.
pub async fn insert_many(tx: &Tx, workspace: WorkspaceId, changes: &[Change]) -> Result<(), StorageError> {
    let _ = (tx, workspace, changes);
    unimplemented!("lands next")
}

/// The changes after a cursor that nothing committed later can precede.
///
/// # Errors
/// [`StorageError::ForeignEpoch`] for a cursor from before a restore, [`StorageError::Corrupt`].
pub async fn feed(db: Db<'_>, workspace: WorkspaceId, after: &Cursor, limit: usize) -> Result<FeedPage, StorageError> {
    let _ = (db, workspace, after, limit);
    unimplemented!("lands next")
}

/// The end of the feed: the cursor after every change that [`feed`] would answer now.
///
/// # Errors
/// When the database fails.
pub async fn head(db: Db<'_>, workspace: WorkspaceId) -> Result<Cursor, StorageError> {
    let _ = (db, workspace);
    unimplemented!("lands next")
}

/// How many committed changes lie after a cursor, those the feed still holds back included; stops
/// counting at [`LIST_MAX`](crate::LIST_MAX). Zero means the reader has seen everything.
///
/// # Errors
/// When the database fails.
pub async fn count_after(db: Db<'_>, workspace: WorkspaceId, after: &Cursor) -> Result<u64, StorageError> {
    let _ = (db, workspace, after);
    unimplemented!("lands next")
}

/// Changes of a profile, newest first.
///
/// # Errors
/// [`StorageError::Corrupt`] when a body does not read.
pub async fn of_profile(db: Db<'_>, workspace: WorkspaceId, profile: ProfileId, filter: HistoryFilter<'_>) -> Result<Vec<Change>, StorageError> {
    let _ = (db, workspace, profile, filter);
    unimplemented!("lands next")
}
