//! Users: people who sign in to the dashboard, and what they are in which workspace.

use attrium_schema::{Timestamp, UserId, WorkspaceId};
use secrecy::SecretString;

use crate::error::StorageError;
use crate::store::{Db, Tx};
use crate::workspaces::Workspace;


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
pub async fn find(db: Db<'_>, id: UserId) -> Result<Option<User>, StorageError> {
    let _ = (db, id);
    unimplemented!("lands next")
}

/// The users among these ids, in no order; at most [`LIST_MAX`](crate::LIST_MAX) ids.
///
/// # Errors
/// When the database fails.
pub async fn find_many(db: Db<'_>, ids: &[UserId]) -> Result<Vec<User>, StorageError> {
    let _ = (db, ids);
    unimplemented!("lands next")
}

/// The user with this e-mail address in lower case, or `None`.
///
/// # Errors
/// When the database fails.
pub async fn find_by_email(db: Db<'_>, email: &str) -> Result<Option<User>, StorageError> {
    let _ = (db, email);
    unimplemented!("lands next")
}

/// How many users there are.
///
/// # Errors
/// When the database fails.
pub async fn count(db: Db<'_>) -> Result<u64, StorageError> {
    let _ = db;
    unimplemented!("lands next")
}

/// Adds a user.
///
/// # Errors
/// [`StorageError::UniqueViolation`] when the e-mail address is taken.
pub async fn insert(tx: &Tx, user: &User) -> Result<(), StorageError> {
    let _ = (tx, user);
    unimplemented!("lands next")
}

/// Replaces a user's name and password hash.
///
/// # Errors
/// [`StorageError::RowsAffected`] when there is no such user.
pub async fn update(tx: &Tx, user: &User) -> Result<(), StorageError> {
    let _ = (tx, user);
    unimplemented!("lands next")
}

/// What a user is in a workspace, or `None` for a stranger.
///
/// # Errors
/// When the database fails.
pub async fn find_role(db: Db<'_>, workspace: WorkspaceId, user: UserId) -> Result<Option<Role>, StorageError> {
    let _ = (db, workspace, user);
    unimplemented!("lands next")
}

/// The workspaces of a user, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn memberships(db: Db<'_>, user: UserId, limit: usize) -> Result<Vec<Member>, StorageError> {
    let _ = (db, user, limit);
    unimplemented!("lands next")
}

/// Makes a user a member of a workspace.
///
/// # Errors
/// [`StorageError::UniqueViolation`] when they are one already.
pub async fn insert_role(tx: &Tx, workspace: WorkspaceId, user: UserId, role: Role) -> Result<(), StorageError> {
    let _ = (tx, workspace, user, role);
    unimplemented!("lands next")
}
