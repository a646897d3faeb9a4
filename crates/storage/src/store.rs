//! The store: one database, opened. Reads take [`Db`], writes take [`Tx`].

use std::sync::Arc;

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseExecutor, DatabaseTransaction, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};
use secrecy::ExposeSecret;

use crate::config::StoreConfig;
use crate::dialect::Dialect;
use crate::error::StorageError;
use crate::wakeups::{Marked, Signals, Topic, Wakeups};

mod migrate;
mod postgres;
mod sqlite;

pub use migrate::SchemaState;
pub use sqlite::sqlite_version;

/// One database, opened. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    pools: Pools,
    signals: Signals,
}

#[derive(Debug)]
enum Pools {
    Sqlite(sqlite::Pools),
    Postgres(Box<postgres::Pools>),
}

/// Where a read happens: on the pool, or inside a transaction.
#[derive(Clone, Copy, Debug)]
pub struct Db<'a>(Place<'a>);

#[derive(Clone, Copy, Debug)]
enum Place<'a> {
    Pool(&'a DatabaseConnection),
    Transaction(&'a DatabaseTransaction),
}

/// A transaction that may write. Dropped without [`Tx::commit`], it leaves nothing behind.
#[derive(Debug)]
pub struct Tx {
    transaction: DatabaseTransaction,
    signals: Signals,
    marked: Marked,
}

impl Store {
    /// Opens the database; an SQLite file and its folder are made when missing. Runs no migration.
    ///
    /// # Errors
    /// [`StorageError::BadUrl`], [`StorageError::Locked`] when another process holds the file,
    /// [`StorageError::SqliteTooOld`], [`StorageError::Unavailable`] when nobody answers.
    pub async fn open(config: StoreConfig) -> Result<Self, StorageError> {
        let signals = Signals::new();
        let scheme = config.url.expose_secret().split(':').next().unwrap_or_default();
        let pools = match scheme {
            "sqlite" => Pools::Sqlite(sqlite::Pools::open(&config).await?),
            "postgres" | "postgresql" => Pools::Postgres(Box::new(postgres::Pools::open(&config, &signals).await?)),
            _ => return Err(StorageError::BadUrl { source: None }),
        };
        Ok(Self { inner: Arc::new(Inner { pools, signals }) })
    }

    /// Begins a transaction: on SQLite on the one writer, at once (`BEGIN IMMEDIATE`).
    ///
    /// # Errors
    /// [`StorageError::Unavailable`] when no connection is free in time.
    pub async fn begin(&self) -> Result<Tx, StorageError> {
        let transaction = match &self.inner.pools {
            Pools::Sqlite(pools) => {
                let sqlite_transaction_mode = Some(SqliteTransactionMode::Immediate);
                let options = TransactionOptions { sqlite_transaction_mode, ..TransactionOptions::default() };
                pools.writer.begin_with_options(options).await?
            }
            Pools::Postgres(pools) => pools.pool.begin().await?,
        };
        Ok(Tx { transaction, signals: self.inner.signals.clone(), marked: Marked::default() })
    }

    /// The pool, for reads outside a transaction.
    pub fn db(&self) -> Db<'_> {
        Db(Place::Pool(match &self.inner.pools {
            Pools::Sqlite(pools) => &pools.readers,
            Pools::Postgres(pools) => &pools.pool,
        }))
    }

    /// Hears what is committed from now on, here and on other nodes.
    pub fn wakeups(&self) -> Wakeups {
        self.inner.signals.wakeups()
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`StorageError::Unavailable`] when it does not.
    pub async fn ping(&self) -> Result<(), StorageError> {
        self.db().row("SELECT 1".to_owned(), Vec::new()).await?;
        Ok(())
    }

    /// Whether this is an SQLite file: one writer, one process.
    pub fn is_sqlite(&self) -> bool {
        matches!(self.inner.pools, Pools::Sqlite(_))
    }

    /// Closes every connection; on SQLite writes the log back and lets go of the lock.
    pub async fn close(&self) {
        match &self.inner.pools {
            Pools::Sqlite(pools) => pools.close().await,
            Pools::Postgres(pools) => pools.close().await,
        }
    }
}

impl Tx {
    /// Reads that see this transaction's own writes.
    pub fn db(&self) -> Db<'_> {
        Db(Place::Transaction(&self.transaction))
    }

    /// Makes everything since [`Store::begin`] last, on disk, and wakes those who follow.
    ///
    /// # Errors
    /// When the database refuses; then nothing was written. [`StorageError::Unavailable`] when the
    /// connection broke meanwhile: then nobody knows, and only reading tells.
    pub async fn commit(self) -> Result<(), StorageError> {
        if let Some(notify) = self.db().dialect().notify() {
            for topic in self.marked.topics() {
                self.db().row(notify.to_owned(), vec![topic.name().into()]).await?;
            }
        }
        self.transaction.commit().await?;
        for topic in self.marked.topics() {
            self.signals.send(topic);
        }
        Ok(())
    }

    /// Takes everything back now instead of when dropped.
    ///
    /// # Errors
    /// When the connection is gone; nothing was written then either.
    pub async fn rollback(self) -> Result<(), StorageError> {
        Ok(self.transaction.rollback().await?)
    }

    /// Wakes those who follow this topic once the transaction commits.
    pub(crate) fn mark(&self, topic: Topic) {
        self.marked.mark(topic);
    }
}

impl<'a> Db<'a> {
    pub(crate) fn executor(self) -> DatabaseExecutor<'a> {
        match self.0 {
            Place::Pool(pool) => pool.into(),
            Place::Transaction(transaction) => transaction.into(),
        }
    }

    pub(crate) fn dialect(self) -> Dialect {
        Dialect::of(self.executor().get_database_backend())
    }
}

#[cfg(test)]
mod tests;
