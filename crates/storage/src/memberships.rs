//! Memberships: who is in which segment now, and since when.

use attrium_schema::{ProfileId, SegmentId, Timestamp, WorkspaceId};

use crate::error::StorageError;
use crate::page::Page;
use crate::store::{Db, Tx};


/// A profile's stay in a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The segment.
    pub segment: SegmentId,
    /// Who is in it.
    pub profile: ProfileId,
    /// Since when.
    pub entered_at: Timestamp,
}

/// Members of a segment by profile id.
///
/// # Errors
/// When the database fails.
pub async fn page(db: Db<'_>, workspace: WorkspaceId, segment: SegmentId, page: Page<ProfileId>) -> Result<Vec<Membership>, StorageError> {
    let _ = (db, workspace, segment, page);
    unimplemented!("lands next")
}

/// The segments a profile is in, by segment id.
///
/// # Errors
/// When the database fails.
pub async fn of_profile(db: Db<'_>, workspace: WorkspaceId, profile: ProfileId, limit: usize) -> Result<Vec<Membership>, StorageError> {
    let _ = (db, workspace, profile, limit);
    unimplemented!("lands next")
}

/// How many members a segment has.
///
/// # Errors
/// When the database fails.
pub async fn count(db: Db<'_>, workspace: WorkspaceId, segment: SegmentId) -> Result<u64, StorageError> {
    let _ = (db, workspace, segment);
    unimplemented!("lands next")
}

/// Lets profiles into segments.
///
/// # Errors
/// [`StorageError::UniqueViolation`] when one is in already.
pub async fn insert_many(tx: &Tx, workspace: WorkspaceId, memberships: &[Membership]) -> Result<(), StorageError> {
    let _ = (tx, workspace, memberships);
    unimplemented!("lands next")
}

/// Takes profiles out of segments; each must be in.
///
/// # Errors
/// [`StorageError::RowsAffected`] when one is not.
pub async fn delete_many(tx: &Tx, workspace: WorkspaceId, members: &[(SegmentId, ProfileId)]) -> Result<(), StorageError> {
    let _ = (tx, workspace, members);
    unimplemented!("lands next")
}
