//! Workspaces: the tenants. The one table that leads with nothing but itself.

use attrium_schema::{Timestamp, WorkspaceId};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::error::StorageError;
use crate::page::Page;
use crate::statement::{Place, bounded};
use crate::store::{Db, Tx};
use crate::wakeups::Topic;

/// A tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workspace {
    /// Its id.
    pub id: WorkspaceId,
    /// What requests name it by; unique.
    pub key: String,
    /// What people see.
    pub name: String,
    /// The IANA name of the zone its days begin in.
    pub time_zone: String,
    /// When it was made.
    pub created_at: Timestamp,
}

/// The workspace, or `None`.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "workspaces.find", skip_all)]
pub async fn find(db: Db<'_>, id: WorkspaceId) -> Result<Option<Workspace>, StorageError> {
    let row = row::Entity::find_by_id(id.uuid()).one(&db.executor()).await?;
    row.map(Workspace::try_from).transpose()
}

/// The workspace with this key, or `None`.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "workspaces.find_by_key", skip_all)]
pub async fn find_by_key(db: Db<'_>, key: &str) -> Result<Option<Workspace>, StorageError> {
    let row = row::Entity::find().filter(row::Column::Key.eq(key)).one(&db.executor()).await?;
    row.map(Workspace::try_from).transpose()
}

/// Workspaces by id, which is by age.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "workspaces.page", skip_all)]
pub async fn page(db: Db<'_>, page: Page<WorkspaceId>) -> Result<Vec<Workspace>, StorageError> {
    let rows = row::Entity::find()
        .filter(row::Column::Id.gt(page.after.map_or(Uuid::nil(), WorkspaceId::uuid)))
        .order_by_asc(row::Column::Id)
        .limit(bounded(page.limit))
        .all(&db.executor())
        .await?;
    rows.into_iter().map(Workspace::try_from).collect()
}

/// Makes a workspace.
///
/// # Errors
/// [`StorageError::UniqueViolation`] when its key is taken.
#[tracing::instrument(level = "debug", name = "workspaces.insert", skip_all)]
pub async fn insert(tx: &Tx, workspace: &Workspace) -> Result<(), StorageError> {
    let row = row::Model {
        id: workspace.id.uuid(),
        key: workspace.key.clone(),
        name: workspace.name.clone(),
        time_zone: workspace.time_zone.clone(),
        created_at: workspace.created_at.as_micros(),
    };
    row::Entity::insert(row.into_active_model()).exec_without_returning(&tx.db().executor()).await?;
    tx.mark(Topic::Definitions);
    Ok(())
}

impl TryFrom<row::Model> for Workspace {
    type Error = StorageError;

    fn try_from(row: row::Model) -> Result<Self, StorageError> {
        let id = WorkspaceId::from_uuid(row.id);
        let place = Place { table: "workspaces", row: &id };
        let created_at = place.timestamp("created_at", row.created_at)?;
        Ok(Self { id, key: row.key, name: row.name, time_zone: row.time_zone, created_at })
    }
}

/// A row of `workspaces`.
pub(crate) mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "workspaces")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub key: String,
        pub name: String,
        pub time_zone: String,
        pub created_at: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests;
