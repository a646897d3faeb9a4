//! Answers remembered by key, written in the same transaction as what they answer.

use attrium_schema::{Timestamp, WorkspaceId};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::Value as Json;

use crate::error::StorageError;
use crate::secret::SecretHash;
use crate::statement::{InWorkspace, Place, in_workspace, limit_value};
use crate::store::{Db, Tx};

/// An answer that was given once and will be given again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The hash of the client's key (and of who the client is).
    pub key_hash: SecretHash,
    /// What was asked.
    pub operation: String,
    /// The hash of the input: the same key with another input is a mistake.
    pub body_hash: SecretHash,
    /// What was answered.
    pub answer: Json,
    /// When.
    pub created_at: Timestamp,
}

/// The answer under this key, or `None`.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "idempotency.find", skip_all)]
pub async fn find(db: Db<'_>, workspace: WorkspaceId, key_hash: &SecretHash) -> Result<Option<Answer>, StorageError> {
    let row = in_workspace::<row::Entity>(workspace)
        .filter(row::Column::KeyHash.eq(key_hash.as_bytes().as_slice()))
        .one(&db.executor())
        .await?;
    row.map(Answer::try_from).transpose()
}

/// Remembers an answer. On PostgreSQL it waits for a concurrent holder of the same key.
///
/// # Errors
/// [`StorageError::UniqueViolation`] when the key has one: roll back and [`find`] it.
#[tracing::instrument(level = "debug", name = "idempotency.insert", skip_all)]
pub async fn insert(tx: &Tx, workspace: WorkspaceId, answer: &Answer) -> Result<(), StorageError> {
    let row = row::Model {
        workspace_id: workspace.uuid(),
        key_hash: answer.key_hash.as_bytes().to_vec(),
        operation: answer.operation.clone(),
        body_hash: answer.body_hash.as_bytes().to_vec(),
        answer: answer.answer.clone(),
        created_at: answer.created_at.as_micros(),
    };
    row::Entity::insert(row.into_active_model()).exec_without_returning(&tx.db().executor()).await?;
    Ok(())
}

/// Forgets answers older than this instant, at most so many at once, in every workspace.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "idempotency.delete_expired", skip_all)]
pub async fn delete_expired(tx: &Tx, before: Timestamp, limit: usize) -> Result<u64, StorageError> {
    let sql = "DELETE FROM idempotency WHERE (workspace_id, key_hash) IN
        (SELECT workspace_id, key_hash FROM idempotency WHERE created_at < $1 ORDER BY created_at LIMIT $2)";
    tx.db().execute(sql.to_owned(), vec![before.as_micros().into(), limit_value(limit)]).await
}

impl TryFrom<row::Model> for Answer {
    type Error = StorageError;

    fn try_from(row: row::Model) -> Result<Self, StorageError> {
        let place = Place { table: "idempotency", row: &row.operation };
        Ok(Self {
            key_hash: SecretHash::from_row(place, "key_hash", row.key_hash)?,
            body_hash: SecretHash::from_row(place, "body_hash", row.body_hash)?,
            created_at: place.timestamp("created_at", row.created_at)?,
            operation: row.operation,
            answer: row.answer,
        })
    }
}

impl InWorkspace for row::Entity {
    const WORKSPACE: row::Column = row::Column::WorkspaceId;
}

/// A row of `idempotency`.
mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "idempotency")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub workspace_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub key_hash: Vec<u8>,
        pub operation: String,
        pub body_hash: Vec<u8>,
        pub answer: Json,
        pub created_at: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests;
