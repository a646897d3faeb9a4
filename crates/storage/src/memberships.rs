//! Memberships: who is in which segment now, and since when.

use attrium_schema::{ProfileId, SegmentId, Timestamp, WorkspaceId};
use sea_orm::{ColumnTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::Serialize;
use uuid::Uuid;

use crate::dialect::{Columns, Kind};
use crate::error::StorageError;
use crate::page::{LIST_MAX, Page};
use crate::statement::{Batch, InWorkspace, Place, bounded, expect_rows, in_workspace, limit_value};
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
#[tracing::instrument(level = "debug", name = "memberships.page", skip_all)]
pub async fn page(
    db: Db<'_>,
    workspace: WorkspaceId,
    segment: SegmentId,
    page: Page<ProfileId>,
) -> Result<Vec<Membership>, StorageError> {
    let rows = in_workspace::<row::Entity>(workspace)
        .filter(row::Column::SegmentId.eq(segment.uuid()))
        .filter(row::Column::ProfileId.gt(page.after.map_or(Uuid::nil(), ProfileId::uuid)))
        .order_by_asc(row::Column::ProfileId)
        .limit(bounded(page.limit))
        .all(&db.executor())
        .await?;
    rows.into_iter().map(Membership::try_from).collect()
}

/// The stays of these profiles in a segment, by profile id; none of those who are not in it.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "memberships.find_many", skip_all)]
pub async fn find_many(
    db: Db<'_>,
    workspace: WorkspaceId,
    segment: SegmentId,
    profiles: &[ProfileId],
) -> Result<Vec<Membership>, StorageError> {
    let rows = in_workspace::<row::Entity>(workspace)
        .filter(row::Column::SegmentId.eq(segment.uuid()))
        .filter(row::Column::ProfileId.is_in(profiles.iter().take(LIST_MAX).map(|id| id.uuid())))
        .order_by_asc(row::Column::ProfileId)
        .all(&db.executor())
        .await?;
    rows.into_iter().map(Membership::try_from).collect()
}

/// The segments that each of these profiles is in: the same page of each, by segment id. Those of one
/// profile come together.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "memberships.pages_of_profiles", skip_all)]
pub async fn pages_of_profiles(
    db: Db<'_>,
    workspace: WorkspaceId,
    profiles: &[ProfileId],
    page: Page<SegmentId>,
) -> Result<Vec<Membership>, StorageError> {
    let wanted: Vec<OfProfile> = profiles.iter().map(|id| OfProfile { profile_id: id.uuid() }).collect();
    let after = page.after.map_or(Uuid::nil(), SegmentId::uuid);
    let rows = db
        .rows_of_batch(
            Batch { table: "memberships", columns: OF_PROFILE, rows: &wanted },
            |batch| {
                format!(
                    "SELECT * FROM (
                        SELECT memberships.*, row_number() OVER (PARTITION BY profile_id ORDER BY segment_id) AS place
                        FROM memberships
                        WHERE segment_id > $3 AND (workspace_id, profile_id) IN
                            (SELECT batch.workspace_id, batch.profile_id FROM {batch})) AS found
                     WHERE place <= $4 ORDER BY profile_id, segment_id"
                )
            },
            &[workspace.uuid().into(), after.into(), limit_value(page.limit)],
        )
        .await?;
    rows.iter().map(|row| row::Model::from_query_result(row, "")?.try_into()).collect()
}

/// How many segments each of these profiles is in; those in none are left out.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "memberships.counts_of_profiles", skip_all)]
pub async fn counts_of_profiles(
    db: Db<'_>,
    workspace: WorkspaceId,
    profiles: &[ProfileId],
) -> Result<Vec<(ProfileId, u64)>, StorageError> {
    let counts: Vec<(Uuid, i64)> = in_workspace::<row::Entity>(workspace)
        .filter(row::Column::ProfileId.is_in(profiles.iter().take(LIST_MAX).map(|id| id.uuid())))
        .select_only()
        .column(row::Column::ProfileId)
        .column_as(row::Column::SegmentId.count(), "segments")
        .group_by(row::Column::ProfileId)
        .into_tuple()
        .all(&db.executor())
        .await?;
    Ok(counts.into_iter().map(|(id, count)| (ProfileId::from_uuid(id), count.unsigned_abs())).collect())
}

/// How many members a segment has.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "memberships.count", skip_all)]
pub async fn count(db: Db<'_>, workspace: WorkspaceId, segment: SegmentId) -> Result<u64, StorageError> {
    let members = in_workspace::<row::Entity>(workspace).filter(row::Column::SegmentId.eq(segment.uuid()));
    Ok(members.count(&db.executor()).await?)
}

/// Lets profiles into segments.
///
/// # Errors
/// [`StorageError::UniqueViolation`] when one is in already.
#[tracing::instrument(level = "debug", name = "memberships.insert_many", skip_all)]
pub async fn insert_many(tx: &Tx, workspace: WorkspaceId, memberships: &[Membership]) -> Result<(), StorageError> {
    let rows: Vec<NewRow> = memberships.iter().map(NewRow::from).collect();
    let inserted = tx
        .db()
        .execute_batch(
            Batch { table: "memberships", columns: NEW_ROW, rows: &rows },
            |batch| {
                format!(
                    "INSERT INTO memberships (workspace_id, segment_id, profile_id, entered_at)
                     SELECT batch.workspace_id, batch.segment_id, batch.profile_id, batch.entered_at FROM {batch}"
                )
            },
            &[workspace.uuid().into()],
        )
        .await?;
    expect_rows("memberships", rows.len(), inserted)
}

/// Takes profiles out of segments; each must be in.
///
/// # Errors
/// [`StorageError::RowsAffected`] when one is not.
#[tracing::instrument(level = "debug", name = "memberships.delete_many", skip_all)]
pub async fn delete_many(
    tx: &Tx,
    workspace: WorkspaceId,
    members: &[(SegmentId, ProfileId)],
) -> Result<(), StorageError> {
    let rows: Vec<Member> = members
        .iter()
        .map(|(segment, profile)| Member { segment_id: segment.uuid(), profile_id: profile.uuid() })
        .collect();
    let deleted = tx
        .db()
        .execute_batch(
            Batch { table: "memberships", columns: MEMBER, rows: &rows },
            |batch| {
                format!(
                    "DELETE FROM memberships WHERE (workspace_id, segment_id, profile_id) IN
                        (SELECT batch.workspace_id, batch.segment_id, batch.profile_id FROM {batch})"
                )
            },
            &[workspace.uuid().into()],
        )
        .await?;
    expect_rows("memberships", rows.len(), deleted)
}

#[derive(Serialize)]
struct NewRow {
    segment_id: Uuid,
    profile_id: Uuid,
    entered_at: i64,
}

const NEW_ROW: Columns = &[("segment_id", Kind::Uuid), ("profile_id", Kind::Uuid), ("entered_at", Kind::Integer)];

impl From<&Membership> for NewRow {
    fn from(membership: &Membership) -> Self {
        Self {
            segment_id: membership.segment.uuid(),
            profile_id: membership.profile.uuid(),
            entered_at: membership.entered_at.as_micros(),
        }
    }
}

#[derive(Serialize)]
struct Member {
    segment_id: Uuid,
    profile_id: Uuid,
}

const MEMBER: Columns = &[("segment_id", Kind::Uuid), ("profile_id", Kind::Uuid)];

#[derive(Serialize)]
struct OfProfile {
    profile_id: Uuid,
}

const OF_PROFILE: Columns = &[("profile_id", Kind::Uuid)];

impl TryFrom<row::Model> for Membership {
    type Error = StorageError;

    fn try_from(row: row::Model) -> Result<Self, StorageError> {
        let profile = ProfileId::from_uuid(row.profile_id);
        let place = Place { table: "memberships", row: &profile };
        let entered_at = place.timestamp("entered_at", row.entered_at)?;
        Ok(Self { segment: SegmentId::from_uuid(row.segment_id), profile, entered_at })
    }
}

impl InWorkspace for row::Entity {
    const WORKSPACE: row::Column = row::Column::WorkspaceId;
}

/// A row of `memberships`.
mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "memberships")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub workspace_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub segment_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub profile_id: Uuid,
        pub entered_at: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests;
