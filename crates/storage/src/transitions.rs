//! Transitions: who entered and left which segment, and because of what.

use attrium_schema::{ProfileId, SegmentId, Timestamp, WorkspaceId};

use crate::error::StorageError;
use crate::page::Page;
use crate::store::{Db, Tx};


/// Whether someone came or went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TransitionKind {
    /// Came.
    Entered,
    /// Went.
    Left,
}

/// One profile entering or leaving one segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transition {
    /// Its number; grows with time.
    pub sequence: i64,
    /// The segment.
    pub segment: SegmentId,
    /// Who.
    pub profile: ProfileId,
    /// Came or went.
    pub kind: TransitionKind,
    /// When.
    pub at: Timestamp,
    /// The change that brought it; `None` when the clock or an edit of the rule did.
    pub change: Option<i64>,
}

/// Whose transitions a page answers.
#[derive(Clone, Copy, Debug)]
pub enum TransitionsOf {
    /// Those of a segment.
    Segment(SegmentId),
    /// Those of a profile.
    Profile(ProfileId),
}

/// Takes this many transition numbers, ascending.
///
/// # Errors
/// When the database fails.
pub async fn allocate(tx: &Tx, count: usize) -> Result<Vec<i64>, StorageError> {
    let _ = (tx, count);
    unimplemented!("lands next")
}

/// Transitions, newest first.
///
/// # Errors
/// When the database fails.
pub async fn page(db: Db<'_>, workspace: WorkspaceId, of: TransitionsOf, page: Page<i64>) -> Result<Vec<Transition>, StorageError> {
    let _ = (db, workspace, of, page);
    unimplemented!("lands next")
}

/// Writes transitions.
///
/// # Errors
/// When the database fails.
pub async fn insert_many(tx: &Tx, workspace: WorkspaceId, transitions: &[Transition]) -> Result<(), StorageError> {
    let _ = (tx, workspace, transitions);
    unimplemented!("lands next")
}
