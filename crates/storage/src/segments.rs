//! Segments: named rules.

use attrium_schema::{SegmentId, Timestamp, WorkspaceId};
use attrium_segmentation::Rule;

use crate::error::StorageError;
use crate::page::Page;
use crate::store::{Db, Tx};


/// A named rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Its id.
    pub id: SegmentId,
    /// What rules and programs name it by; unique in its workspace; never changes.
    pub key: String,
    /// What people see.
    pub name: String,
    /// What it is for; may be empty.
    pub description: String,
    /// Whom it selects.
    pub rule: Rule,
    /// Counts edits, from 1; an edit names the revision it was made from.
    pub revision: u32,
    /// The revision whose members are written; 0 before the first count.
    pub evaluated_revision: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last edited.
    pub updated_at: Timestamp,
}

/// The segment, or `None` when this workspace has none by that id.
///
/// # Errors
/// [`StorageError::Corrupt`] when the stored rule no longer reads.
pub async fn find(db: Db<'_>, workspace: WorkspaceId, id: SegmentId) -> Result<Option<Segment>, StorageError> {
    let _ = (db, workspace, id);
    unimplemented!("lands next")
}

/// The segments among these ids, by id.
///
/// # Errors
/// As [`find`].
pub async fn find_many(db: Db<'_>, workspace: WorkspaceId, ids: &[SegmentId]) -> Result<Vec<Segment>, StorageError> {
    let _ = (db, workspace, ids);
    unimplemented!("lands next")
}

/// The segment with this key, or `None`.
///
/// # Errors
/// As [`find`].
pub async fn find_by_key(db: Db<'_>, workspace: WorkspaceId, key: &str) -> Result<Option<Segment>, StorageError> {
    let _ = (db, workspace, key);
    unimplemented!("lands next")
}

/// Segments by id, which is by age.
///
/// # Errors
/// As [`find`].
pub async fn page(db: Db<'_>, workspace: WorkspaceId, page: Page<SegmentId>) -> Result<Vec<Segment>, StorageError> {
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

/// Makes a segment.
///
/// # Errors
/// [`StorageError::UniqueViolation`] when its key is taken.
pub async fn insert(tx: &Tx, workspace: WorkspaceId, segment: &Segment) -> Result<(), StorageError> {
    let _ = (tx, workspace, segment);
    unimplemented!("lands next")
}

/// Replaces a segment; its revision must be one above the stored one. What was evaluated stays as stored.
///
/// # Errors
/// [`StorageError::Conflict`] when it is not.
pub async fn update(tx: &Tx, workspace: WorkspaceId, segment: &Segment) -> Result<(), StorageError> {
    let _ = (tx, workspace, segment);
    unimplemented!("lands next")
}

/// Notes that the members of this revision are written; answers false when the segment is gone or was edited since.
///
/// # Errors
/// When the database fails.
pub async fn update_evaluated(tx: &Tx, workspace: WorkspaceId, id: SegmentId, revision: u32) -> Result<bool, StorageError> {
    let _ = (tx, workspace, id, revision);
    unimplemented!("lands next")
}

/// Deletes a segment with its members and transitions; answers whether there was one.
///
/// # Errors
/// When the database fails.
pub async fn delete(tx: &Tx, workspace: WorkspaceId, id: SegmentId) -> Result<bool, StorageError> {
    let _ = (tx, workspace, id);
    unimplemented!("lands next")
}
