//! Transitions: who entered and left which segment, and because of what.

use attrium_schema::{ProfileId, SegmentId, Timestamp, WorkspaceId};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;
use uuid::Uuid;

use crate::dialect::{Columns, Kind};
use crate::error::StorageError;
use crate::page::Page;
use crate::statement::{Batch, InWorkspace, Place, bounded, expect_rows, in_workspace};
use crate::store::{Db, Tx};
use crate::wakeups::Topic;

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
#[tracing::instrument(level = "debug", name = "transitions.allocate", skip_all)]
pub async fn allocate(tx: &Tx, count: usize) -> Result<Vec<i64>, StorageError> {
    tx.db().allocate("transition_numbers", count).await
}

/// Transitions, newest first.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "transitions.page", skip_all)]
pub async fn page(
    db: Db<'_>,
    workspace: WorkspaceId,
    of: TransitionsOf,
    page: Page<i64>,
) -> Result<Vec<Transition>, StorageError> {
    let mut rows = in_workspace::<row::Entity>(workspace);
    rows = match of {
        TransitionsOf::Segment(segment) => rows.filter(row::Column::SegmentId.eq(segment.uuid())),
        TransitionsOf::Profile(profile) => rows.filter(row::Column::ProfileId.eq(profile.uuid())),
    };
    let rows = rows
        .filter(row::Column::Sequence.lt(page.after.unwrap_or(i64::MAX)))
        .order_by_desc(row::Column::Sequence)
        .limit(bounded(page.limit))
        .all(&db.executor())
        .await?;
    rows.into_iter().map(Transition::try_from).collect()
}

/// Transitions behind a number, in their order.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "transitions.after", skip_all)]
pub async fn after(
    db: Db<'_>,
    workspace: WorkspaceId,
    sequence: i64,
    limit: usize,
) -> Result<Vec<Transition>, StorageError> {
    let rows = in_workspace::<row::Entity>(workspace)
        .filter(row::Column::Sequence.gt(sequence))
        .order_by_asc(row::Column::Sequence)
        .limit(bounded(limit))
        .all(&db.executor())
        .await?;
    rows.into_iter().map(Transition::try_from).collect()
}

/// The number of the newest transition; 0 when there is none.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "transitions.newest", skip_all)]
pub async fn newest(db: Db<'_>, workspace: WorkspaceId) -> Result<i64, StorageError> {
    let row = in_workspace::<row::Entity>(workspace).order_by_desc(row::Column::Sequence).one(&db.executor()).await?;
    Ok(row.map_or(0, |row| row.sequence))
}

/// Writes transitions, and wakes the followers after the commit: other nodes tell them to their listeners.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "transitions.insert_many", skip_all)]
pub async fn insert_many(tx: &Tx, workspace: WorkspaceId, transitions: &[Transition]) -> Result<(), StorageError> {
    let rows: Vec<NewRow> = transitions.iter().map(NewRow::from).collect();
    let inserted = tx
        .db()
        .execute_batch(
            Batch { table: "transitions", columns: NEW_ROW, rows: &rows },
            |batch| {
                format!(
                    "INSERT INTO transitions
                        (workspace_id, sequence, segment_id, profile_id, kind, at, change_sequence)
                     SELECT batch.workspace_id, batch.sequence, batch.segment_id, batch.profile_id, batch.kind, batch.at,
                        batch.change_sequence
                     FROM {batch}"
                )
            },
            &[workspace.uuid().into()],
        )
        .await?;
    tx.mark(Topic::Changes);
    expect_rows("transitions", rows.len(), inserted)
}

const ENTERED: &str = "entered";
const LEFT: &str = "left";

#[derive(Serialize)]
struct NewRow {
    sequence: i64,
    segment_id: Uuid,
    profile_id: Uuid,
    kind: &'static str,
    at: i64,
    change_sequence: Option<i64>,
}

const NEW_ROW: Columns = &[
    ("sequence", Kind::Integer),
    ("segment_id", Kind::Uuid),
    ("profile_id", Kind::Uuid),
    ("kind", Kind::Text),
    ("at", Kind::Integer),
    ("change_sequence", Kind::Integer),
];

impl From<&Transition> for NewRow {
    fn from(transition: &Transition) -> Self {
        Self {
            sequence: transition.sequence,
            segment_id: transition.segment.uuid(),
            profile_id: transition.profile.uuid(),
            kind: match transition.kind {
                TransitionKind::Entered => ENTERED,
                TransitionKind::Left => LEFT,
            },
            at: transition.at.as_micros(),
            change_sequence: transition.change,
        }
    }
}

impl TryFrom<row::Model> for Transition {
    type Error = StorageError;

    fn try_from(row: row::Model) -> Result<Self, StorageError> {
        let place = Place { table: "transitions", row: &row.sequence };
        Ok(Self {
            sequence: row.sequence,
            segment: SegmentId::from_uuid(row.segment_id),
            profile: ProfileId::from_uuid(row.profile_id),
            kind: match row.kind.as_str() {
                ENTERED => TransitionKind::Entered,
                LEFT => TransitionKind::Left,
                other => return Err(place.corrupt("kind", format!("`{other}` is no kind"))),
            },
            at: place.timestamp("at", row.at)?,
            change: row.change_sequence,
        })
    }
}

impl InWorkspace for row::Entity {
    const WORKSPACE: row::Column = row::Column::WorkspaceId;
}

/// A row of `transitions`.
mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "transitions")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub workspace_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub sequence: i64,
        pub segment_id: Uuid,
        pub profile_id: Uuid,
        pub kind: String,
        pub at: i64,
        pub change_sequence: Option<i64>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests;
