//! The store: one database, opened. Reads take [`Db`], writes take [`Tx`].

use crate::config::StoreConfig;
use crate::error::StorageError;
use crate::wakeups::Wakeups;

/// One database, opened. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {}

/// Where the database's tables stand against this binary's migrations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemaState {
    /// Migrations are missing: [`Store::migrate`] first.
    Behind {
        /// How many.
        pending: usize,
    },
    /// As this binary wants it.
    Current,
    /// It has a migration this binary does not know: do not touch it.
    Ahead {
        /// The newest of them.
        newest: String,
    },
}

/// Where a read happens: on the pool, or inside a transaction.
#[derive(Clone, Copy, Debug)]
pub struct Db<'a> {
    marker: std::marker::PhantomData<&'a ()>,
}

/// A transaction that may write. Dropped without [`Tx::commit`], it leaves nothing behind.
#[derive(Debug)]
pub struct Tx {}

impl Store {
    /// Opens the database; an SQLite file and its folder are made when missing. Runs no migration.
    ///
    /// # Errors
    /// [`StorageError::BadUrl`], [`StorageError::Locked`] when another process holds the file,
    /// [`StorageError::SqliteTooOld`], [`StorageError::Unavailable`] when nobody answers.
    pub async fn open(config: StoreConfig) -> Result<Self, StorageError> {
        let _ = config;
        unimplemented!("lands next")
    }

    /// Begins a transaction: on SQLite on the one writer, at once (`BEGIN IMMEDIATE`).
    ///
    /// # Errors
    /// [`StorageError::Unavailable`] when no connection is free in time.
    pub async fn begin(&self) -> Result<Tx, StorageError> {
        unimplemented!("lands next")
    }

    /// The pool, for reads outside a transaction.
    pub fn db(&self) -> Db<'_> {
        unimplemented!("lands next")
    }

    /// Hears what is committed from now on, here and on other nodes.
    pub fn wakeups(&self) -> Wakeups {
        unimplemented!("lands next")
    }

    /// Where the tables stand. Changes nothing.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn schema_state(&self) -> Result<SchemaState, StorageError> {
        unimplemented!("lands next")
    }

    /// Brings the tables up to this binary and answers how many migrations it applied.
    /// Several nodes may call it at once: one does the work, the others wait and apply none.
    ///
    /// # Errors
    /// [`StorageError::Ahead`], or [`StorageError::MigrationFailed`]: then nothing of that migration is left.
    pub async fn migrate(&self) -> Result<usize, StorageError> {
        unimplemented!("lands next")
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`StorageError::Unavailable`] when it does not.
    pub async fn ping(&self) -> Result<(), StorageError> {
        unimplemented!("lands next")
    }

    /// Whether this is an SQLite file: one writer, one process.
    pub fn is_sqlite(&self) -> bool {
        unimplemented!("lands next")
    }

    /// Closes every connection; on SQLite writes the log back and lets go of the lock.
    pub async fn close(&self) {
        unimplemented!("lands next")
    }
}

impl Tx {
    /// Reads that see this transaction's own writes.
    pub fn db(&self) -> Db<'_> {
        unimplemented!("lands next")
    }

    /// Makes everything since [`Store::begin`] last, on disk, and wakes those who follow.
    ///
    /// # Errors
    /// When the database refuses; then nothing was written.
    pub async fn commit(self) -> Result<(), StorageError> {
        unimplemented!("lands next")
    }

    /// Takes everything back now instead of when dropped.
    ///
    /// # Errors
    /// When the connection is gone; nothing was written then either.
    pub async fn rollback(self) -> Result<(), StorageError> {
        unimplemented!("lands next")
    }
}
