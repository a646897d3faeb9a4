//! Sessions: sign-ins of users. Global, as users are.

use attrium_schema::{SessionId, Timestamp, UserId};
use sea_orm::sea_query::{Expr, Order, Query};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use crate::error::StorageError;
use crate::secret::SecretHash;
use crate::statement::{Place, bounded};
use crate::store::{Db, Tx};
use crate::wakeups::Topic;

/// One sign-in of a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Whose.
    pub user: UserId,
    /// The hash of the token in the cookie.
    pub token_hash: SecretHash,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used, give or take a minute.
    pub last_used_at: Timestamp,
    /// When it ends, used or not.
    pub expires_at: Timestamp,
}

/// The session with this token, expired or not, or `None`.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "sessions.find_by_token", skip_all)]
pub async fn find_by_token(db: Db<'_>, token_hash: &SecretHash) -> Result<Option<Session>, StorageError> {
    let row = row::Entity::find()
        .filter(row::Column::TokenHash.eq(token_hash.as_bytes().as_slice()))
        .one(&db.executor())
        .await?;
    row.map(Session::try_from).transpose()
}

/// The session, expired or not, or `None`.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "sessions.find", skip_all)]
pub async fn find(db: Db<'_>, id: SessionId) -> Result<Option<Session>, StorageError> {
    row::Entity::find_by_id(id.uuid()).one(&db.executor()).await?.map(Session::try_from).transpose()
}

/// Begins a session.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "sessions.insert", skip_all)]
pub async fn insert(tx: &Tx, session: &Session) -> Result<(), StorageError> {
    let row = row::Model {
        id: session.id.uuid(),
        user_id: session.user.uuid(),
        token_hash: session.token_hash.as_bytes().to_vec(),
        created_at: session.created_at.as_micros(),
        last_used_at: session.last_used_at.as_micros(),
        expires_at: session.expires_at.as_micros(),
    };
    row::Entity::insert(row.into_active_model()).exec_without_returning(&tx.db().executor()).await?;
    Ok(())
}

/// Notes that a session was used. A session that is gone is none: no error.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "sessions.update_last_used", skip_all)]
pub async fn update_last_used(tx: &Tx, id: SessionId, at: Timestamp) -> Result<(), StorageError> {
    row::Entity::update_many()
        .col_expr(row::Column::LastUsedAt, Expr::value(at.as_micros()))
        .filter(row::Column::Id.eq(id.uuid()))
        .exec(&tx.db().executor())
        .await?;
    Ok(())
}

/// Ends a session, and tells every node; answers whether there was one.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "sessions.delete", skip_all)]
pub async fn delete(tx: &Tx, id: SessionId) -> Result<bool, StorageError> {
    let deleted = row::Entity::delete_by_id(id.uuid()).exec(&tx.db().executor()).await?;
    tx.mark(Topic::Access);
    Ok(deleted.rows_affected == 1)
}

/// Ends every session of a user, as after a new password, and tells every node.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "sessions.delete_of_user", skip_all)]
pub async fn delete_of_user(tx: &Tx, user: UserId) -> Result<u64, StorageError> {
    let deleted =
        row::Entity::delete_many().filter(row::Column::UserId.eq(user.uuid())).exec(&tx.db().executor()).await?;
    tx.mark(Topic::Access);
    Ok(deleted.rows_affected)
}

/// Ends the oldest sessions of a user beyond this many, and tells every node.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "sessions.delete_beyond", skip_all)]
pub async fn delete_beyond(tx: &Tx, user: UserId, kept: usize) -> Result<u64, StorageError> {
    let newest = Query::select()
        .column(row::Column::Id)
        .from(row::Entity)
        .and_where(row::Column::UserId.eq(user.uuid()))
        .order_by(row::Column::Id, Order::Desc)
        .limit(bounded(kept))
        .to_owned();
    let deleted = row::Entity::delete_many()
        .filter(row::Column::UserId.eq(user.uuid()))
        .filter(row::Column::Id.not_in_subquery(newest))
        .exec(&tx.db().executor())
        .await?;
    tx.mark(Topic::Access);
    Ok(deleted.rows_affected)
}

/// Forgets sessions that ended before this instant.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "sessions.delete_expired", skip_all)]
pub async fn delete_expired(tx: &Tx, before: Timestamp) -> Result<u64, StorageError> {
    let deleted = row::Entity::delete_many()
        .filter(row::Column::ExpiresAt.lt(before.as_micros()))
        .exec(&tx.db().executor())
        .await?;
    Ok(deleted.rows_affected)
}

impl TryFrom<row::Model> for Session {
    type Error = StorageError;

    fn try_from(row: row::Model) -> Result<Self, StorageError> {
        let id = SessionId::from_uuid(row.id);
        let place = Place { table: "sessions", row: &id };
        Ok(Self {
            id,
            user: UserId::from_uuid(row.user_id),
            token_hash: SecretHash::from_row(place, "token_hash", row.token_hash)?,
            created_at: place.timestamp("created_at", row.created_at)?,
            last_used_at: place.timestamp("last_used_at", row.last_used_at)?,
            expires_at: place.timestamp("expires_at", row.expires_at)?,
        })
    }
}

/// A row of `sessions`.
mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "sessions")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub user_id: Uuid,
        pub token_hash: Vec<u8>,
        pub created_at: i64,
        pub last_used_at: i64,
        pub expires_at: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests;
