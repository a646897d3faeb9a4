//! API keys: what programs sign in with. Bound to one workspace.

use attrium_schema::{Actor, ApiKeyId, Timestamp, WorkspaceId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use crate::error::StorageError;
use crate::page::{LIST_MAX, Page};
use crate::secret::SecretHash;
use crate::statement::{InWorkspace, Place, bounded, in_workspace, update_in_workspace};
use crate::store::{Db, Tx};
use crate::wakeups::Topic;

/// One API key. The secret itself is never kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// Its id.
    pub id: ApiKeyId,
    /// The workspace it opens.
    pub workspace: WorkspaceId,
    /// What people see.
    pub name: String,
    /// The part of the key that may be shown and searched.
    pub prefix: String,
    /// The hash of the secret part.
    pub secret_hash: SecretHash,
    /// What it may do, by the names engine gives.
    pub scopes: Vec<String>,
    /// Who made it.
    pub created_by: Actor,
    /// When.
    pub created_at: Timestamp,
    /// When it was last used, give or take a minute; `None` when never.
    pub last_used_at: Option<Timestamp>,
    /// When it was revoked; `None` while it opens.
    pub revoked_at: Option<Timestamp>,
}

/// The keys with this prefix in any workspace, revoked ones included: the door by which a request
/// finds its workspace. Prefixes are random, so more than one is an accident; at most 8 are answered.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "api_keys.find_by_prefix", skip_all)]
pub async fn find_by_prefix(db: Db<'_>, prefix: &str) -> Result<Vec<ApiKey>, StorageError> {
    let rows = row::Entity::find()
        .filter(row::Column::Prefix.eq(prefix))
        .order_by_asc(row::Column::Id)
        .limit(8)
        .all(&db.executor())
        .await?;
    rows.into_iter().map(ApiKey::try_from).collect()
}

/// The key, or `None`.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "api_keys.find", skip_all)]
pub async fn find(db: Db<'_>, workspace: WorkspaceId, id: ApiKeyId) -> Result<Option<ApiKey>, StorageError> {
    let row = in_workspace::<row::Entity>(workspace).filter(row::Column::Id.eq(id.uuid())).one(&db.executor()).await?;
    row.map(ApiKey::try_from).transpose()
}

/// The keys among these ids, in no order.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "api_keys.find_many", skip_all)]
pub async fn find_many(db: Db<'_>, workspace: WorkspaceId, ids: &[ApiKeyId]) -> Result<Vec<ApiKey>, StorageError> {
    let ids = ids.iter().take(LIST_MAX).map(|id| id.uuid());
    let rows = in_workspace::<row::Entity>(workspace).filter(row::Column::Id.is_in(ids)).all(&db.executor()).await?;
    rows.into_iter().map(ApiKey::try_from).collect()
}

/// Keys by id, which is by age; revoked ones included.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "api_keys.page", skip_all)]
pub async fn page(db: Db<'_>, workspace: WorkspaceId, page: Page<ApiKeyId>) -> Result<Vec<ApiKey>, StorageError> {
    let rows = in_workspace::<row::Entity>(workspace)
        .filter(row::Column::Id.gt(page.after.map_or(Uuid::nil(), ApiKeyId::uuid)))
        .order_by_asc(row::Column::Id)
        .limit(bounded(page.limit))
        .all(&db.executor())
        .await?;
    rows.into_iter().map(ApiKey::try_from).collect()
}

/// How many keys open this workspace.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "api_keys.count", skip_all)]
pub async fn count(db: Db<'_>, workspace: WorkspaceId) -> Result<u64, StorageError> {
    let open = in_workspace::<row::Entity>(workspace).filter(row::Column::RevokedAt.is_null());
    Ok(open.count(&db.executor()).await?)
}

/// Keeps a new key.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "api_keys.insert", skip_all)]
pub async fn insert(tx: &Tx, key: &ApiKey) -> Result<(), StorageError> {
    let row = row::Model {
        workspace_id: key.workspace.uuid(),
        id: key.id.uuid(),
        name: key.name.clone(),
        prefix: key.prefix.clone(),
        secret_hash: key.secret_hash.as_bytes().to_vec(),
        scopes: key.scopes.iter().map(String::as_str).collect(),
        created_by: key.created_by.to_string(),
        created_at: key.created_at.as_micros(),
        last_used_at: key.last_used_at.map(Timestamp::as_micros),
        revoked_at: key.revoked_at.map(Timestamp::as_micros),
    };
    row::Entity::insert(row.into_active_model()).exec_without_returning(&tx.db().executor()).await?;
    Ok(())
}

/// Notes that a key was used.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "api_keys.update_last_used", skip_all)]
pub async fn update_last_used(
    tx: &Tx,
    workspace: WorkspaceId,
    id: ApiKeyId,
    at: Timestamp,
) -> Result<(), StorageError> {
    update_in_workspace::<row::Entity>(workspace)
        .col_expr(row::Column::LastUsedAt, Expr::value(at.as_micros()))
        .filter(row::Column::Id.eq(id.uuid()))
        .exec(&tx.db().executor())
        .await?;
    Ok(())
}

/// Revokes a key, and tells every node; answers whether it opened until now.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "api_keys.revoke", skip_all)]
pub async fn revoke(tx: &Tx, workspace: WorkspaceId, id: ApiKeyId, at: Timestamp) -> Result<bool, StorageError> {
    let revoked = update_in_workspace::<row::Entity>(workspace)
        .col_expr(row::Column::RevokedAt, Expr::value(at.as_micros()))
        .filter(row::Column::Id.eq(id.uuid()))
        .filter(row::Column::RevokedAt.is_null())
        .exec(&tx.db().executor())
        .await?;
    tx.mark(Topic::Access);
    Ok(revoked.rows_affected == 1)
}

impl TryFrom<row::Model> for ApiKey {
    type Error = StorageError;

    fn try_from(row: row::Model) -> Result<Self, StorageError> {
        let id = ApiKeyId::from_uuid(row.id);
        let place = Place { table: "api_keys", row: &id };
        let timestamp = |column, micros: Option<i64>| micros.map(|micros| place.timestamp(column, micros)).transpose();
        Ok(Self {
            id,
            workspace: WorkspaceId::from_uuid(row.workspace_id),
            name: row.name,
            prefix: row.prefix,
            secret_hash: SecretHash::from_row(place, "secret_hash", row.secret_hash)?,
            scopes: place.json("scopes", row.scopes)?,
            created_by: place.parse("created_by", &row.created_by)?,
            created_at: place.timestamp("created_at", row.created_at)?,
            last_used_at: timestamp("last_used_at", row.last_used_at)?,
            revoked_at: timestamp("revoked_at", row.revoked_at)?,
        })
    }
}

impl InWorkspace for row::Entity {
    const WORKSPACE: row::Column = row::Column::WorkspaceId;
}

/// A row of `api_keys`.
mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "api_keys")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub workspace_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub name: String,
        pub prefix: String,
        pub secret_hash: Vec<u8>,
        pub scopes: Json,
        pub created_by: String,
        pub created_at: i64,
        pub last_used_at: Option<i64>,
        pub revoked_at: Option<i64>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests;
