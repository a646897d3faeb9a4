//! Segments: named rules.

use attrium_schema::{SegmentId, Timestamp, WorkspaceId};
use attrium_segmentation::Rule;
use sea_orm::ActiveValue::NotSet;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::error::StorageError;
use crate::heading::{self, Heading};
use crate::page::Page;
use crate::statement::{
    InWorkspace, Place, bounded, delete_in_workspace, expect_unaltered, in_workspace, update_in_workspace, with_ids,
};
use crate::store::{Db, Tx};
use crate::wakeups::Topic;

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
#[tracing::instrument(level = "debug", name = "segments.find", skip_all)]
pub async fn find(db: Db<'_>, workspace: WorkspaceId, id: SegmentId) -> Result<Option<Segment>, StorageError> {
    let row = in_workspace::<row::Entity>(workspace).filter(row::Column::Id.eq(id.uuid())).one(&db.executor()).await?;
    row.map(Segment::try_from).transpose()
}

/// The segments among these ids, by id.
///
/// # Errors
/// As [`find`].
#[tracing::instrument(level = "debug", name = "segments.find_many", skip_all)]
pub async fn find_many(db: Db<'_>, workspace: WorkspaceId, ids: &[SegmentId]) -> Result<Vec<Segment>, StorageError> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = with_ids::<row::Entity>(workspace, row::Column::Id, ids).all(&db.executor()).await?;
    rows.into_iter().map(Segment::try_from).collect()
}

/// The segment with this key, or `None`.
///
/// # Errors
/// As [`find`].
#[tracing::instrument(level = "debug", name = "segments.find_by_key", skip_all)]
pub async fn find_by_key(db: Db<'_>, workspace: WorkspaceId, key: &str) -> Result<Option<Segment>, StorageError> {
    let row = in_workspace::<row::Entity>(workspace).filter(row::Column::Key.eq(key)).one(&db.executor()).await?;
    row.map(Segment::try_from).transpose()
}

/// Segments by id, which is by age.
///
/// # Errors
/// As [`find`].
#[tracing::instrument(level = "debug", name = "segments.page", skip_all)]
pub async fn page(db: Db<'_>, workspace: WorkspaceId, page: Page<SegmentId>) -> Result<Vec<Segment>, StorageError> {
    let rows = in_workspace::<row::Entity>(workspace)
        .filter(row::Column::Id.gt(page.after.map_or(Uuid::nil(), SegmentId::uuid)))
        .order_by_asc(row::Column::Id)
        .limit(bounded(page.limit))
        .all(&db.executor())
        .await?;
    rows.into_iter().map(Segment::try_from).collect()
}

/// The headings of all segments, by key.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "segments.headings", skip_all)]
pub async fn headings(db: Db<'_>, workspace: WorkspaceId) -> Result<Vec<Heading<SegmentId>>, StorageError> {
    let columns = [row::Column::Id, row::Column::Key, row::Column::Name];
    heading::headings::<row::Entity, _>(db, workspace, columns, SegmentId::from_uuid).await
}

/// How many there are.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "segments.count", skip_all)]
pub async fn count(db: Db<'_>, workspace: WorkspaceId) -> Result<u64, StorageError> {
    Ok(in_workspace::<row::Entity>(workspace).count(&db.executor()).await?)
}

/// Makes a segment.
///
/// # Errors
/// [`StorageError::UniqueViolation`] when its key is taken.
#[tracing::instrument(level = "debug", name = "segments.insert", skip_all)]
pub async fn insert(tx: &Tx, workspace: WorkspaceId, segment: &Segment) -> Result<(), StorageError> {
    let row = row_of(workspace, segment).into_active_model();
    row::Entity::insert(row).exec_without_returning(&tx.db().executor()).await?;
    tx.mark(Topic::Definitions);
    Ok(())
}

/// Replaces a segment; its revision must be one above the stored one. What was evaluated stays as stored.
///
/// # Errors
/// [`StorageError::Conflict`] when it is not.
#[tracing::instrument(level = "debug", name = "segments.update", skip_all)]
pub async fn update(tx: &Tx, workspace: WorkspaceId, segment: &Segment) -> Result<(), StorageError> {
    let row =
        row::ActiveModel { evaluated_revision: NotSet, ..row_of(workspace, segment).into_active_model().reset_all() };
    let updated = update_in_workspace::<row::Entity>(workspace)
        .set(row)
        .filter(row::Column::Id.eq(segment.id.uuid()))
        .filter(row::Column::Revision.eq(i64::from(segment.revision) - 1))
        .exec(&tx.db().executor())
        .await?;
    tx.mark(Topic::Definitions);
    expect_unaltered("segments", updated.rows_affected)
}

/// Notes that the members of this revision are written; answers false when the segment is gone or was edited since.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "segments.update_evaluated", skip_all)]
pub async fn update_evaluated(
    tx: &Tx,
    workspace: WorkspaceId,
    id: SegmentId,
    revision: u32,
) -> Result<bool, StorageError> {
    let updated = update_in_workspace::<row::Entity>(workspace)
        .col_expr(row::Column::EvaluatedRevision, Expr::value(i64::from(revision)))
        .filter(row::Column::Id.eq(id.uuid()))
        .filter(row::Column::Revision.eq(i64::from(revision)))
        .exec(&tx.db().executor())
        .await?;
    Ok(updated.rows_affected == 1)
}

/// Deletes a segment with its members and transitions; answers whether there was one.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "segments.delete", skip_all)]
pub async fn delete(tx: &Tx, workspace: WorkspaceId, id: SegmentId) -> Result<bool, StorageError> {
    let deleted = delete_in_workspace::<row::Entity>(workspace)
        .filter(row::Column::Id.eq(id.uuid()))
        .exec(&tx.db().executor())
        .await?;
    tx.mark(Topic::Definitions);
    Ok(deleted.rows_affected == 1)
}

fn row_of(workspace: WorkspaceId, segment: &Segment) -> row::Model {
    row::Model {
        workspace_id: workspace.uuid(),
        id: segment.id.uuid(),
        key: segment.key.clone(),
        name: segment.name.clone(),
        description: segment.description.clone(),
        rule: segment.rule.to_json(),
        revision: segment.revision.into(),
        evaluated_revision: segment.evaluated_revision.into(),
        created_at: segment.created_at.as_micros(),
        updated_at: segment.updated_at.as_micros(),
    }
}

impl TryFrom<row::Model> for Segment {
    type Error = StorageError;

    fn try_from(row: row::Model) -> Result<Self, StorageError> {
        let id = SegmentId::from_uuid(row.id);
        let place = Place { table: "segments", row: &id };
        let rule = Rule::from_json(&row.rule).map_err(|diagnostics| {
            let problem = diagnostics.first().map_or_else(String::new, ToString::to_string);
            place.corrupt("rule", problem)
        })?;
        Ok(Self {
            id,
            key: row.key,
            name: row.name,
            description: row.description,
            rule,
            revision: place.convert("revision", row.revision)?,
            evaluated_revision: place.convert("evaluated_revision", row.evaluated_revision)?,
            created_at: place.timestamp("created_at", row.created_at)?,
            updated_at: place.timestamp("updated_at", row.updated_at)?,
        })
    }
}

impl InWorkspace for row::Entity {
    const WORKSPACE: row::Column = row::Column::WorkspaceId;
}

/// A row of `segments`.
mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "segments")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub workspace_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub key: String,
        pub name: String,
        pub description: String,
        pub rule: Json,
        pub revision: i64,
        pub evaluated_revision: i64,
        pub created_at: i64,
        pub updated_at: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests;
