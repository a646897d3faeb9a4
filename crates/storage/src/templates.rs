//! Message templates: named texts with places for a customer's values.

use attrium_schema::{TemplateId, Timestamp, WorkspaceId};
use attrium_templating::Context;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use crate::error::StorageError;
use crate::heading::{self, Heading};
use crate::statement::{
    InWorkspace, Place, delete_in_workspace, expect_unaltered, in_workspace, update_in_workspace, with_ids,
};
use crate::store::{Db, Tx};

/// A named text with places for a customer's values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its id.
    pub id: TemplateId,
    /// What programs name it by; unique in its workspace; never changes.
    pub key: String,
    /// What people see.
    pub name: String,
    /// What it is for; may be empty.
    pub description: String,
    /// Where what is rendered goes, which decides how values are escaped.
    pub context: Context,
    /// The Liquid.
    pub body: String,
    /// Counts edits, from 1; an edit names the revision it was made from.
    pub revision: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last edited.
    pub updated_at: Timestamp,
}

/// The template, or `None` when this workspace has none by that id.
///
/// # Errors
/// [`StorageError::Corrupt`] when its row does not read.
#[tracing::instrument(level = "debug", name = "templates.find", skip_all)]
pub async fn find(db: Db<'_>, workspace: WorkspaceId, id: TemplateId) -> Result<Option<Template>, StorageError> {
    let row = in_workspace::<row::Entity>(workspace).filter(row::Column::Id.eq(id.uuid())).one(&db.executor()).await?;
    row.map(Template::try_from).transpose()
}

/// The templates among these ids, by id.
///
/// # Errors
/// As [`find`].
#[tracing::instrument(level = "debug", name = "templates.find_many", skip_all)]
pub async fn find_many(db: Db<'_>, workspace: WorkspaceId, ids: &[TemplateId]) -> Result<Vec<Template>, StorageError> {
    let ids = ids.iter().map(|id| id.uuid());
    let rows = with_ids::<row::Entity>(workspace, row::Column::Id, ids).all(&db.executor()).await?;
    rows.into_iter().map(Template::try_from).collect()
}

/// The template with this key, or `None`.
///
/// # Errors
/// As [`find`].
#[tracing::instrument(level = "debug", name = "templates.find_by_key", skip_all)]
pub async fn find_by_key(db: Db<'_>, workspace: WorkspaceId, key: &str) -> Result<Option<Template>, StorageError> {
    let row = in_workspace::<row::Entity>(workspace).filter(row::Column::Key.eq(key)).one(&db.executor()).await?;
    row.map(Template::try_from).transpose()
}

/// The headings of all templates, by key.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "templates.headings", skip_all)]
pub async fn headings(db: Db<'_>, workspace: WorkspaceId) -> Result<Vec<Heading<TemplateId>>, StorageError> {
    let columns = [row::Column::Id, row::Column::Key, row::Column::Name];
    heading::headings::<row::Entity, _>(db, workspace, columns, TemplateId::from_uuid).await
}

/// Makes a template.
///
/// # Errors
/// [`StorageError::UniqueViolation`] when its key is taken.
#[tracing::instrument(level = "debug", name = "templates.insert", skip_all)]
pub async fn insert(tx: &Tx, workspace: WorkspaceId, template: &Template) -> Result<(), StorageError> {
    let row = row_of(workspace, template).into_active_model();
    row::Entity::insert(row).exec_without_returning(&tx.db().executor()).await?;
    Ok(())
}

/// Replaces a template; its revision must be one above the stored one.
///
/// # Errors
/// [`StorageError::Conflict`] when it is not.
#[tracing::instrument(level = "debug", name = "templates.update", skip_all)]
pub async fn update(tx: &Tx, workspace: WorkspaceId, template: &Template) -> Result<(), StorageError> {
    let updated = update_in_workspace::<row::Entity>(workspace)
        .set(row_of(workspace, template).into_active_model().reset_all())
        .filter(row::Column::Id.eq(template.id.uuid()))
        .filter(row::Column::Revision.eq(i64::from(template.revision) - 1))
        .exec(&tx.db().executor())
        .await?;
    expect_unaltered("templates", updated.rows_affected)
}

/// Deletes a template; answers whether there was one.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "templates.delete", skip_all)]
pub async fn delete(tx: &Tx, workspace: WorkspaceId, id: TemplateId) -> Result<bool, StorageError> {
    let deleted = delete_in_workspace::<row::Entity>(workspace)
        .filter(row::Column::Id.eq(id.uuid()))
        .exec(&tx.db().executor())
        .await?;
    Ok(deleted.rows_affected == 1)
}

fn row_of(workspace: WorkspaceId, template: &Template) -> row::Model {
    row::Model {
        workspace_id: workspace.uuid(),
        id: template.id.uuid(),
        key: template.key.clone(),
        name: template.name.clone(),
        description: template.description.clone(),
        context: template.context.name().to_owned(),
        body: template.body.clone(),
        revision: template.revision.into(),
        created_at: template.created_at.as_micros(),
        updated_at: template.updated_at.as_micros(),
    }
}

impl TryFrom<row::Model> for Template {
    type Error = StorageError;

    fn try_from(row: row::Model) -> Result<Self, StorageError> {
        let id = TemplateId::from_uuid(row.id);
        let place = Place { table: "templates", row: &id };
        Ok(Self {
            id,
            key: row.key,
            name: row.name,
            description: row.description,
            context: place.parse("context", &row.context)?,
            body: row.body,
            revision: place.convert("revision", row.revision)?,
            created_at: place.timestamp("created_at", row.created_at)?,
            updated_at: place.timestamp("updated_at", row.updated_at)?,
        })
    }
}

impl InWorkspace for row::Entity {
    const WORKSPACE: row::Column = row::Column::WorkspaceId;
}

/// A row of `templates`.
mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "templates")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub workspace_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub key: String,
        pub name: String,
        pub description: String,
        pub context: String,
        pub body: String,
        pub revision: i64,
        pub created_at: i64,
        pub updated_at: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests;
