//! Leases: one holder at a time, known by a fencing token that only grows.

use attrium_schema::{Timestamp, WorkspaceId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, QueryFilter};

use crate::error::StorageError;
use crate::statement::{InWorkspace, Place, in_workspace, update_in_workspace};
use crate::store::{Db, Tx};

/// The end of a lease that was given back: its row stays, so that its token goes on growing.
const RELEASED: i64 = 0;

/// A right held by one node until it expires.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    /// The workspace it is about.
    pub workspace: WorkspaceId,
    /// What it is about.
    pub name: String,
    /// Who holds it.
    pub holder: String,
    /// Grows by one with each new holder.
    pub token: i64,
    /// When it falls free.
    pub expires_at: Timestamp,
}

/// What someone wants of a lease.
#[derive(Clone, Copy, Debug)]
pub struct LeaseRequest<'a> {
    /// The workspace it is about.
    pub workspace: WorkspaceId,
    /// What it is about.
    pub name: &'a str,
    /// Who asks.
    pub holder: &'a str,
    /// Now.
    pub now: Timestamp,
    /// Until when it is wanted.
    pub expires_at: Timestamp,
}

/// The lease as it stands, expired or not, or `None` when nobody ever held it.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "leases.find", skip_all)]
pub async fn find(db: Db<'_>, workspace: WorkspaceId, name: &str) -> Result<Option<Lease>, StorageError> {
    let row = in_workspace::<row::Entity>(workspace).filter(row::Column::Name.eq(name)).one(&db.executor()).await?;
    row.map(Lease::try_from).transpose()
}

/// Takes a lease that is free, has expired, or is the asker's own; `None` when another holds it.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "leases.acquire", skip_all)]
pub async fn acquire(tx: &Tx, request: LeaseRequest<'_>) -> Result<Option<Lease>, StorageError> {
    let sql = "INSERT INTO leases (workspace_id, name, holder, token, expires_at) VALUES ($1, $2, $3, 1, $4)
        ON CONFLICT (workspace_id, name) DO UPDATE SET
            holder = excluded.holder,
            expires_at = excluded.expires_at,
            token = CASE WHEN leases.holder = excluded.holder AND leases.expires_at > $5
                THEN leases.token ELSE leases.token + 1 END
        WHERE leases.holder = excluded.holder OR leases.expires_at <= $5
        RETURNING token";
    let values = vec![
        request.workspace.uuid().into(),
        request.name.into(),
        request.holder.into(),
        request.expires_at.as_micros().into(),
        request.now.as_micros().into(),
    ];
    let Some(row) = tx.db().row(sql.to_owned(), values).await? else {
        return Ok(None);
    };
    Ok(Some(Lease {
        workspace: request.workspace,
        name: request.name.to_owned(),
        holder: request.holder.to_owned(),
        token: row.try_get_by_index(0)?,
        expires_at: request.expires_at,
    }))
}

/// Moves the end of a lease that is still held by this token, and answers whether it is. Nobody can
/// take it before this transaction ends: renewing inside a unit of work fences the unit.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "leases.renew", skip_all)]
pub async fn renew(tx: &Tx, lease: &Lease, expires_at: Timestamp) -> Result<bool, StorageError> {
    let updated = update_in_workspace::<row::Entity>(lease.workspace)
        .col_expr(row::Column::ExpiresAt, Expr::value(expires_at.as_micros()))
        .filter(row::Column::Name.eq(lease.name.as_str()))
        .filter(row::Column::Token.eq(lease.token))
        .filter(row::Column::ExpiresAt.ne(RELEASED))
        .exec(&tx.db().executor())
        .await?;
    Ok(updated.rows_affected == 1)
}

/// Gives a lease back; nothing happens when it was lost.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "leases.release", skip_all)]
pub async fn release(tx: &Tx, lease: &Lease) -> Result<(), StorageError> {
    update_in_workspace::<row::Entity>(lease.workspace)
        .col_expr(row::Column::ExpiresAt, Expr::value(RELEASED))
        .filter(row::Column::Name.eq(lease.name.as_str()))
        .filter(row::Column::Token.eq(lease.token))
        .exec(&tx.db().executor())
        .await?;
    Ok(())
}

impl TryFrom<row::Model> for Lease {
    type Error = StorageError;

    fn try_from(row: row::Model) -> Result<Self, StorageError> {
        let expires_at = Place { table: "leases", row: &row.name }.timestamp("expires_at", row.expires_at)?;
        Ok(Self {
            workspace: WorkspaceId::from_uuid(row.workspace_id),
            name: row.name,
            holder: row.holder,
            token: row.token,
            expires_at,
        })
    }
}

impl InWorkspace for row::Entity {
    const WORKSPACE: row::Column = row::Column::WorkspaceId;
}

/// A row of `leases`.
mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "leases")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub workspace_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub name: String,
        pub holder: String,
        pub token: i64,
        pub expires_at: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests;
