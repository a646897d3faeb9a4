//! Leases: one holder at a time, known by a fencing token that only grows.

use attrium_schema::{Timestamp, WorkspaceId};

use crate::error::StorageError;
use crate::store::{Db, Tx};


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
pub async fn find(db: Db<'_>, workspace: WorkspaceId, name: &str) -> Result<Option<Lease>, StorageError> {
    let _ = (db, workspace, name);
    unimplemented!("lands next")
}

/// Takes a lease that is free, has expired, or is the asker's own; `None` when another holds it.
///
/// # Errors
/// When the database fails.
pub async fn acquire(tx: &Tx, request: LeaseRequest<'_>) -> Result<Option<Lease>, StorageError> {
    let _ = (tx, request);
    unimplemented!("lands next")
}

/// Moves the end of a lease that is still held by this token, and answers whether it is. Nobody can
/// take it before this transaction ends: renewing inside a unit of work fences the unit.
///
/// # Errors
/// When the database fails.
pub async fn renew(tx: &Tx, lease: &Lease, expires_at: Timestamp) -> Result<bool, StorageError> {
    let _ = (tx, lease, expires_at);
    unimplemented!("lands next")
}

/// Gives a lease back; nothing happens when it was lost.
///
/// # Errors
/// When the database fails.
pub async fn release(tx: &Tx, lease: &Lease) -> Result<(), StorageError> {
    let _ = (tx, lease);
    unimplemented!("lands next")
}
