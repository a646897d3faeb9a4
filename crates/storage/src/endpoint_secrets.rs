//! The secrets of endpoints, sealed: what opens them is not here.

use attrium_schema::{EndpointId, Timestamp, WorkspaceId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, Condition, EntityTrait, ExprTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};

use crate::error::StorageError;
use crate::page::{LIST_MAX, Page};
use crate::statement::{
    InWorkspace, Place, bounded, delete_in_workspace, in_workspace, limit_value, update_in_workspace,
};
use crate::store::{Db, Tx};

/// One secret of one endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointSecret {
    /// The endpoint.
    pub endpoint: EndpointId,
    /// Counts the endpoint's secrets, from 1; the highest is the current one.
    pub number: i64,
    /// The secret, unreadable.
    pub sealed: Sealed,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends; `None` for the current one.
    pub expires_at: Option<Timestamp>,
}

/// Something unreadable without a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// Which key.
    pub key_id: String,
    /// What it opens.
    pub bytes: Vec<u8>,
}

/// The secrets of these endpoints that are live, the newest first.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "endpoint_secrets.find_live", skip_all)]
pub async fn find_live(
    db: Db<'_>,
    workspace: WorkspaceId,
    endpoints: &[EndpointId],
    now: Timestamp,
) -> Result<Vec<EndpointSecret>, StorageError> {
    let ids = endpoints.iter().take(LIST_MAX).map(|id| id.uuid());
    let rows = in_workspace::<row::Entity>(workspace)
        .filter(row::Column::EndpointId.is_in(ids))
        .filter(is_live(now))
        .order_by_desc(row::Column::Number)
        .all(&db.executor())
        .await?;
    rows.into_iter().map(EndpointSecret::try_from).collect()
}

/// What tells one secret from every other: its workspace, its endpoint and its number.
pub type SecretPlace = (WorkspaceId, EndpointId, i64);

/// Secrets, of any workspace, that are sealed by another key than this one: what a new key must seal again.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "endpoint_secrets.find_sealed_otherwise", skip_all)]
pub async fn find_sealed_otherwise(
    db: Db<'_>,
    key_id: &str,
    page: Page<SecretPlace>,
) -> Result<Vec<(WorkspaceId, EndpointSecret)>, StorageError> {
    let rows = row::Entity::find()
        .filter(row::Column::KeyId.ne(key_id))
        .filter(Condition::all().add_option(page.after.map(is_behind)))
        .order_by_asc(row::Column::WorkspaceId)
        .order_by_asc(row::Column::EndpointId)
        .order_by_asc(row::Column::Number)
        .limit(bounded(page.limit))
        .all(&db.executor())
        .await?;
    let read = |row: row::Model| Ok((WorkspaceId::from_uuid(row.workspace_id), row.try_into()?));
    rows.into_iter().map(read).collect()
}

/// Keeps a new secret.
///
/// # Errors
/// [`StorageError::UniqueViolation`] when another one of that number was made meanwhile.
#[tracing::instrument(level = "debug", name = "endpoint_secrets.insert", skip_all)]
pub async fn insert(tx: &Tx, workspace: WorkspaceId, secret: &EndpointSecret) -> Result<(), StorageError> {
    let row = row::Model {
        workspace_id: workspace.uuid(),
        endpoint_id: secret.endpoint.uuid(),
        number: secret.number,
        key_id: secret.sealed.key_id.clone(),
        sealed: secret.sealed.bytes.clone(),
        created_at: secret.created_at.as_micros(),
        expires_at: secret.expires_at.map(Timestamp::as_micros),
    };
    row::Entity::insert(row.into_active_model()).exec_without_returning(&tx.db().executor()).await?;
    Ok(())
}

/// Lets a secret end at this instant; false when there is none such.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "endpoint_secrets.update_expiry", skip_all)]
pub async fn update_expiry(
    tx: &Tx,
    workspace: WorkspaceId,
    (endpoint, number): (EndpointId, i64),
    expires_at: Timestamp,
) -> Result<bool, StorageError> {
    let updated = update_in_workspace::<row::Entity>(workspace)
        .col_expr(row::Column::ExpiresAt, Expr::value(expires_at.as_micros()))
        .filter(row::Column::EndpointId.eq(endpoint.uuid()))
        .filter(row::Column::Number.eq(number))
        .exec(&tx.db().executor())
        .await?;
    Ok(updated.rows_affected == 1)
}

/// Replaces the seal of a secret; false when there is none such.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "endpoint_secrets.update_seal", skip_all)]
pub async fn update_seal(tx: &Tx, workspace: WorkspaceId, secret: &EndpointSecret) -> Result<bool, StorageError> {
    let updated = update_in_workspace::<row::Entity>(workspace)
        .col_expr(row::Column::KeyId, Expr::value(secret.sealed.key_id.as_str()))
        .col_expr(row::Column::Sealed, Expr::value(secret.sealed.bytes.clone()))
        .filter(row::Column::EndpointId.eq(secret.endpoint.uuid()))
        .filter(row::Column::Number.eq(secret.number))
        .exec(&tx.db().executor())
        .await?;
    Ok(updated.rows_affected == 1)
}

/// Forgets the secrets of an endpoint that have ended.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "endpoint_secrets.delete_ended", skip_all)]
pub async fn delete_ended(
    tx: &Tx,
    workspace: WorkspaceId,
    endpoint: EndpointId,
    now: Timestamp,
) -> Result<(), StorageError> {
    delete_in_workspace::<row::Entity>(workspace)
        .filter(row::Column::EndpointId.eq(endpoint.uuid()))
        .filter(row::Column::ExpiresAt.lte(now.as_micros()))
        .exec(&tx.db().executor())
        .await?;
    Ok(())
}

/// Forgets ended secrets of every workspace, at most so many at once.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "endpoint_secrets.delete_expired", skip_all)]
pub async fn delete_expired(tx: &Tx, now: Timestamp, limit: usize) -> Result<u64, StorageError> {
    let sql = "DELETE FROM endpoint_secrets WHERE (workspace_id, endpoint_id, number) IN
        (SELECT workspace_id, endpoint_id, number FROM endpoint_secrets WHERE expires_at <= $1 LIMIT $2)";
    tx.db().execute(sql.to_owned(), vec![now.as_micros().into(), limit_value(limit)]).await
}

fn is_behind((workspace, endpoint, number): SecretPlace) -> Expr {
    let place = Expr::tuple([row::Column::WorkspaceId, row::Column::EndpointId, row::Column::Number].map(Expr::col));
    place.gt(Expr::tuple([Expr::value(workspace.uuid()), Expr::value(endpoint.uuid()), Expr::value(number)]))
}

fn is_live(now: Timestamp) -> Condition {
    Condition::any().add(row::Column::ExpiresAt.is_null()).add(row::Column::ExpiresAt.gt(now.as_micros()))
}

impl TryFrom<row::Model> for EndpointSecret {
    type Error = StorageError;

    fn try_from(row: row::Model) -> Result<Self, StorageError> {
        let endpoint = EndpointId::from_uuid(row.endpoint_id);
        let place = Place { table: "endpoint_secrets", row: &endpoint };
        Ok(Self {
            endpoint,
            number: row.number,
            sealed: Sealed { key_id: row.key_id, bytes: row.sealed },
            created_at: place.timestamp("created_at", row.created_at)?,
            expires_at: row.expires_at.map(|micros| place.timestamp("expires_at", micros)).transpose()?,
        })
    }
}

impl InWorkspace for row::Entity {
    const WORKSPACE: row::Column = row::Column::WorkspaceId;
}

/// A row of `endpoint_secrets`.
mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "endpoint_secrets")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub workspace_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub endpoint_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: i64,
        pub key_id: String,
        pub sealed: Vec<u8>,
        pub created_at: i64,
        pub expires_at: Option<i64>,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests;
