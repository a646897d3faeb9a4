//! Users: people who sign in to the dashboard, and what they are in which workspace.

use std::str::FromStr;

use attrium_schema::{Timestamp, UserId, WorkspaceId};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use secrecy::{ExposeSecret, SecretString};

use crate::error::StorageError;
use crate::page::LIST_MAX;
use crate::statement::{InWorkspace, Place, bounded, expect_rows, in_workspace};
use crate::store::{Db, Tx};
use crate::workspaces::{self, Workspace};

/// Someone who signs in to the dashboard.
#[derive(Clone, Debug)]
pub struct User {
    /// Their id.
    pub id: UserId,
    /// Their e-mail address in lower case; unique.
    pub email: String,
    /// What people see.
    pub name: String,
    /// The argon2id hash of their password, in PHC form.
    pub password_hash: SecretString,
    /// When they were added.
    pub created_at: Timestamp,
}

/// What a user is in a workspace. What a role may do is said in engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Answers for the workspace.
    Owner,
    /// Runs it.
    Admin,
    /// Works with audiences and messages.
    Marketer,
    /// Reads.
    Analyst,
    /// Connects systems.
    Developer,
}

impl Role {
    /// Every role, the mightiest first.
    pub const ALL: [Self; 5] = [Self::Owner, Self::Admin, Self::Marketer, Self::Analyst, Self::Developer];

    /// Its name as stored: `owner`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Marketer => "marketer",
            Self::Analyst => "analyst",
            Self::Developer => "developer",
        }
    }
}

/// The text names no role.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a role; use one of owner, admin, marketer, analyst, developer")]
pub struct RoleError {
    /// The text.
    pub text: String,
}

impl FromStr for Role {
    type Err = RoleError;

    fn from_str(text: &str) -> Result<Self, RoleError> {
        let role = Self::ALL.into_iter().find(|role| role.name() == text);
        role.ok_or_else(|| RoleError { text: text.to_owned() })
    }
}

/// A user in a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The workspace.
    pub workspace: Workspace,
    /// What the user is there.
    pub role: Role,
}

/// The user, or `None`.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "users.find", skip_all)]
pub async fn find(db: Db<'_>, id: UserId) -> Result<Option<User>, StorageError> {
    let row = row::Entity::find_by_id(id.uuid()).one(&db.executor()).await?;
    row.map(User::try_from).transpose()
}

/// The users among these ids, in no order; at most [`LIST_MAX`] ids.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "users.find_many", skip_all)]
pub async fn find_many(db: Db<'_>, ids: &[UserId]) -> Result<Vec<User>, StorageError> {
    let ids = ids.iter().take(LIST_MAX).map(|id| id.uuid());
    let rows = row::Entity::find().filter(row::Column::Id.is_in(ids)).all(&db.executor()).await?;
    rows.into_iter().map(User::try_from).collect()
}

/// The user with this e-mail address in lower case, or `None`.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "users.find_by_email", skip_all)]
pub async fn find_by_email(db: Db<'_>, email: &str) -> Result<Option<User>, StorageError> {
    let row = row::Entity::find().filter(row::Column::Email.eq(email)).one(&db.executor()).await?;
    row.map(User::try_from).transpose()
}

/// How many users there are.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "users.count", skip_all)]
pub async fn count(db: Db<'_>) -> Result<u64, StorageError> {
    Ok(row::Entity::find().count(&db.executor()).await?)
}

/// Adds a user.
///
/// # Errors
/// [`StorageError::UniqueViolation`] when the e-mail address is taken.
#[tracing::instrument(level = "debug", name = "users.insert", skip_all)]
pub async fn insert(tx: &Tx, user: &User) -> Result<(), StorageError> {
    let row = row::Model {
        id: user.id.uuid(),
        email: user.email.clone(),
        name: user.name.clone(),
        password_hash: user.password_hash.expose_secret().to_owned(),
        created_at: user.created_at.as_micros(),
    };
    row::Entity::insert(row.into_active_model()).exec_without_returning(&tx.db().executor()).await?;
    Ok(())
}

/// Replaces a user's name and password hash.
///
/// # Errors
/// [`StorageError::RowsAffected`] when there is no such user.
#[tracing::instrument(level = "debug", name = "users.update", skip_all)]
pub async fn update(tx: &Tx, user: &User) -> Result<(), StorageError> {
    let updated = row::Entity::update_many()
        .col_expr(row::Column::Name, Expr::value(user.name.as_str()))
        .col_expr(row::Column::PasswordHash, Expr::value(user.password_hash.expose_secret()))
        .filter(row::Column::Id.eq(user.id.uuid()))
        .exec(&tx.db().executor())
        .await?;
    expect_rows("users", 1, updated.rows_affected)
}

/// What a user is in a workspace, or `None` for a stranger.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "users.find_role", skip_all)]
pub async fn find_role(db: Db<'_>, workspace: WorkspaceId, user: UserId) -> Result<Option<Role>, StorageError> {
    let row = in_workspace::<member::Entity>(workspace)
        .filter(member::Column::UserId.eq(user.uuid()))
        .one(&db.executor())
        .await?;
    row.map(|row| Place { table: "workspace_users", row: &user }.parse("role", &row.role)).transpose()
}

/// The workspaces of a user, oldest first.
///
/// # Errors
/// When the database fails.
#[tracing::instrument(level = "debug", name = "users.memberships", skip_all)]
pub async fn memberships(db: Db<'_>, user: UserId, limit: usize) -> Result<Vec<Member>, StorageError> {
    let rows = member::Entity::find()
        .filter(member::Column::UserId.eq(user.uuid()))
        .order_by_asc(member::Column::WorkspaceId)
        .limit(bounded(limit))
        .find_also_related(workspaces::row::Entity)
        .all(&db.executor())
        .await?;
    rows.into_iter()
        .map(|(row, workspace)| {
            let place = Place { table: "workspace_users", row: &user };
            let workspace = workspace.ok_or_else(|| place.corrupt("workspace_id", "no such workspace"))?;
            Ok(Member { workspace: workspace.try_into()?, role: place.parse("role", &row.role)? })
        })
        .collect()
}

/// Makes a user a member of a workspace.
///
/// # Errors
/// [`StorageError::UniqueViolation`] when they are one already.
#[tracing::instrument(level = "debug", name = "users.insert_role", skip_all)]
pub async fn insert_role(tx: &Tx, workspace: WorkspaceId, user: UserId, role: Role) -> Result<(), StorageError> {
    let row = member::Model { workspace_id: workspace.uuid(), user_id: user.uuid(), role: role.name().to_owned() };
    member::Entity::insert(row.into_active_model()).exec_without_returning(&tx.db().executor()).await?;
    Ok(())
}

impl TryFrom<row::Model> for User {
    type Error = StorageError;

    fn try_from(row: row::Model) -> Result<Self, StorageError> {
        let id = UserId::from_uuid(row.id);
        let created_at = Place { table: "users", row: &id }.timestamp("created_at", row.created_at)?;
        let password_hash = row.password_hash.into();
        Ok(Self { id, email: row.email, name: row.name, password_hash, created_at })
    }
}

impl InWorkspace for member::Entity {
    const WORKSPACE: member::Column = member::Column::WorkspaceId;
}

/// A row of `users`.
mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "users")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub email: String,
        pub name: String,
        pub password_hash: String,
        pub created_at: i64,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A row of `workspace_users`.
mod member {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "workspace_users")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub workspace_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub user_id: Uuid,
        pub role: String,
    }

    #[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {
        #[sea_orm(
            belongs_to = "crate::workspaces::row::Entity",
            from = "Column::WorkspaceId",
            to = "crate::workspaces::row::Column::Id"
        )]
        Workspace,
    }

    impl Related<crate::workspaces::row::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Workspace.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[cfg(test)]
mod tests;
