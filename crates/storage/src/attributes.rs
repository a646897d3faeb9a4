//! Attribute definitions of a workspace.

use attrium_schema::{
    ATTRIBUTES_MAX, AttributeDefinition, AttributeId, AttributeKey, AttributeSchema, PrivacyClass, WorkspaceId,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::error::StorageError;
use crate::statement::{InWorkspace, Place, bounded, expect_unaltered, in_workspace, to_json, update_in_workspace};
use crate::store::{Db, Tx};
use crate::wakeups::Topic;

/// The definition, or `None`.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "attributes.find", skip_all)]
pub async fn find(
    db: Db<'_>,
    workspace: WorkspaceId,
    id: AttributeId,
) -> Result<Option<AttributeDefinition>, StorageError> {
    let row = in_workspace::<row::Entity>(workspace).filter(row::Column::Id.eq(id.uuid())).one(&db.executor()).await?;
    row.map(definition).transpose()
}

/// The definition with this key in any case, or `None`.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "attributes.find_by_key", skip_all)]
pub async fn find_by_key(
    db: Db<'_>,
    workspace: WorkspaceId,
    key: &AttributeKey,
) -> Result<Option<AttributeDefinition>, StorageError> {
    let row = in_workspace::<row::Entity>(workspace)
        .filter(row::Column::FoldedKey.eq(key.folded()))
        .one(&db.executor())
        .await?;
    row.map(definition).transpose()
}

/// Every definition of the workspace; there are at most [`ATTRIBUTES_MAX`].
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "attributes.schema", skip_all)]
pub async fn schema(db: Db<'_>, workspace: WorkspaceId) -> Result<AttributeSchema, StorageError> {
    let rows = in_workspace::<row::Entity>(workspace)
        .order_by_asc(row::Column::FoldedKey)
        .limit(bounded(ATTRIBUTES_MAX))
        .all(&db.executor())
        .await?;
    let definitions: Result<Vec<AttributeDefinition>, StorageError> = rows.into_iter().map(definition).collect();
    Ok(AttributeSchema::new(definitions?))
}

/// How many there are.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "attributes.count", skip_all)]
pub async fn count(db: Db<'_>, workspace: WorkspaceId) -> Result<u64, StorageError> {
    Ok(in_workspace::<row::Entity>(workspace).count(&db.executor()).await?)
}

/// Declares attributes.
///
/// # Errors
/// [`StorageError::UniqueViolation`] when a key is taken in any case.
#[tracing::instrument(level = "debug", name = "attributes.insert_many", skip_all)]
pub async fn insert_many(
    tx: &Tx,
    workspace: WorkspaceId,
    definitions: &[AttributeDefinition],
) -> Result<(), StorageError> {
    if definitions.is_empty() {
        return Ok(());
    }
    let rows: Result<Vec<row::ActiveModel>, StorageError> =
        definitions.iter().map(|definition| Ok(row_of(workspace, definition)?.into_active_model())).collect();
    row::Entity::insert_many(rows?).exec_without_returning(&tx.db().executor()).await?;
    tx.mark(Topic::Definitions);
    Ok(())
}

/// Replaces a definition; its revision must be one above the stored one.
///
/// # Errors
/// [`StorageError::Conflict`] when it is not.
#[tracing::instrument(level = "debug", name = "attributes.update", skip_all)]
pub async fn update(tx: &Tx, workspace: WorkspaceId, definition: &AttributeDefinition) -> Result<(), StorageError> {
    let updated = update_in_workspace::<row::Entity>(workspace)
        .set(row_of(workspace, definition)?.into_active_model().reset_all())
        .filter(row::Column::Id.eq(definition.id.uuid()))
        .filter(row::Column::Revision.eq(i64::from(definition.revision) - 1))
        .exec(&tx.db().executor())
        .await?;
    tx.mark(Topic::Definitions);
    expect_unaltered("attributes", updated.rows_affected)
}

fn row_of(workspace: WorkspaceId, definition: &AttributeDefinition) -> Result<row::Model, StorageError> {
    Ok(row::Model {
        workspace_id: workspace.uuid(),
        id: definition.id.uuid(),
        key: definition.key.as_str().to_owned(),
        folded_key: definition.key.folded(),
        label: definition.label.clone(),
        description: definition.description.clone(),
        value_type: definition.value_type.to_string(),
        format: definition.format.as_ref().map(|format| to_json("attributes", format)).transpose()?,
        privacy_class: privacy_name(definition.privacy_class).to_owned(),
        revision: definition.revision.into(),
        created_at: definition.created_at.as_micros(),
        updated_at: definition.updated_at.as_micros(),
    })
}

fn definition(row: row::Model) -> Result<AttributeDefinition, StorageError> {
    let id = AttributeId::from_uuid(row.id);
    let place = Place { table: "attributes", row: &id };
    Ok(AttributeDefinition {
        id,
        key: place.parse("key", &row.key)?,
        label: row.label,
        description: row.description,
        value_type: place.parse("value_type", &row.value_type)?,
        format: row.format.map(|format| place.json("format", format)).transpose()?,
        privacy_class: privacy_class(place, &row.privacy_class)?,
        revision: place.convert("revision", row.revision)?,
        created_at: place.timestamp("created_at", row.created_at)?,
        updated_at: place.timestamp("updated_at", row.updated_at)?,
    })
}

fn privacy_name(class: PrivacyClass) -> &'static str {
    match class {
        PrivacyClass::Public => "public",
        PrivacyClass::Personal => "personal",
        PrivacyClass::Sensitive => "sensitive",
    }
}

fn privacy_class(place: Place<'_>, name: &str) -> Result<PrivacyClass, StorageError> {
    [PrivacyClass::Public, PrivacyClass::Personal, PrivacyClass::Sensitive]
        .into_iter()
        .find(|class| privacy_name(*class) == name)
        .ok_or_else(|| place.corrupt("privacy_class", format!("`{name}` is no privacy class")))
}

impl InWorkspace for row::Entity {
    const WORKSPACE: row::Column = row::Column::WorkspaceId;
}

/// A row of `attributes`.
mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "attributes")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub workspace_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub key: String,
        pub folded_key: String,
        pub label: String,
        pub description: String,
        pub value_type: String,
        pub format: Option<Json>,
        pub privacy_class: String,
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
