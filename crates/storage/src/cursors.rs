//! How far each follower has read.

use attrium_schema::WorkspaceId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use crate::cursor::Cursor;
use crate::error::StorageError;
use crate::statement::{InWorkspace, Place, in_workspace};
use crate::store::{Db, Tx};

/// How far this follower has read, or `None` when it never has.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "cursors.find", skip_all)]
pub async fn find(db: Db<'_>, workspace: WorkspaceId, name: &str) -> Result<Option<Cursor>, StorageError> {
    let row = in_workspace::<row::Entity>(workspace).filter(row::Column::Name.eq(name)).one(&db.executor()).await?;
    row.map(|row| Place { table: "cursors", row: &row.name }.parse("cursor", &row.cursor)).transpose()
}

/// Notes how far it has read, for the first time or again.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "cursors.update", skip_all)]
pub async fn update(tx: &Tx, workspace: WorkspaceId, name: &str, cursor: &Cursor) -> Result<(), StorageError> {
    let row = row::Model { workspace_id: workspace.uuid(), name: name.to_owned(), cursor: cursor.to_string() };
    let again = OnConflict::columns([row::Column::WorkspaceId, row::Column::Name])
        .update_column(row::Column::Cursor)
        .to_owned();
    row::Entity::insert(row.into_active_model()).on_conflict(again).exec_without_returning(&tx.db().executor()).await?;
    Ok(())
}

impl InWorkspace for row::Entity {
    const WORKSPACE: row::Column = row::Column::WorkspaceId;
}

/// A row of `cursors`.
mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "cursors")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub workspace_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        pub cursor: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests;
