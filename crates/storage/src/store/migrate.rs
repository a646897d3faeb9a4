//! Bringing the tables up to date: once, whoever asks, and never half.

use std::collections::HashSet;
use std::time::Duration;

use attrium_migrations::{Migrator, MigratorTrait, SchemaManager};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement};

use super::{Pools, Store, postgres};
use crate::error::StorageError;

/// The advisory lock that migrating nodes of one database share ("attrium" in ASCII).
const LOCK_KEY: i64 = 0x0061_7474_7269_756d;
const LOCK_RETRY: Duration = Duration::from_millis(100);

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

impl Store {
    /// Where the tables stand. Changes nothing.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn schema_state(&self) -> Result<SchemaState, StorageError> {
        state::<Migrator>(self.reading()).await
    }

    /// Brings the tables up to this binary and answers how many migrations it applied.
    /// Several nodes may call it at once: one does the work, the others wait and apply none.
    ///
    /// # Errors
    /// [`StorageError::Ahead`], or [`StorageError::MigrationFailed`]: then nothing of that migration is left.
    pub async fn migrate(&self) -> Result<usize, StorageError> {
        self.migrate_with::<Migrator>().await
    }

    async fn migrate_with<M: MigratorTrait>(&self) -> Result<usize, StorageError> {
        match &self.inner.pools {
            // The process holds the file's lock already.
            Pools::Sqlite(pools) => apply::<M>(&pools.writer).await,
            Pools::Postgres(pools) => under_lock::<M>(pools).await,
        }
    }

    fn reading(&self) -> &DatabaseConnection {
        match &self.inner.pools {
            Pools::Sqlite(pools) => &pools.readers,
            Pools::Postgres(pools) => &pools.pool,
        }
    }
}

/// Holds the advisory lock on a connection outside any pool: closing it is what lets go, whatever happens.
async fn under_lock<M: MigratorTrait>(pools: &postgres::Pools) -> Result<usize, StorageError> {
    let (locking, migrating) = (pools.single(), pools.single());
    let mut lock = locking.acquire().await?.detach();
    // Waiting inside the server would be cut by a lock timeout.
    while !sqlx::query_scalar::<_, bool>("SELECT pg_try_advisory_lock($1)").bind(LOCK_KEY).fetch_one(&mut lock).await? {
        tokio::time::sleep(LOCK_RETRY).await;
    }
    let applied = apply::<M>(&migrating.clone().into()).await;
    migrating.close().await;
    drop(lock);
    applied
}

async fn apply<M: MigratorTrait>(db: &DatabaseConnection) -> Result<usize, StorageError> {
    match state::<M>(db).await? {
        SchemaState::Current => Ok(0),
        SchemaState::Ahead { newest } => Err(StorageError::Ahead { newest }),
        SchemaState::Behind { pending } => {
            M::up(db, None).await.map_err(|error| StorageError::MigrationFailed { source: Box::new(error) })?;
            Ok(pending)
        }
    }
}

async fn state<M: MigratorTrait>(db: &DatabaseConnection) -> Result<SchemaState, StorageError> {
    let known: HashSet<String> = M::migrations().iter().map(|migration| migration.name().to_owned()).collect();
    let applied = applied(db).await?;
    if let Some(newest) = applied.iter().filter(|name| !known.contains(*name)).max() {
        return Ok(SchemaState::Ahead { newest: newest.clone() });
    }
    Ok(match known.len() - applied.len() {
        0 => SchemaState::Current,
        pending => SchemaState::Behind { pending },
    })
}

/// The names of the migrations this database has; none when it is new.
async fn applied(db: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    if !SchemaManager::new(db).has_table("seaql_migrations").await? {
        return Ok(Vec::new());
    }
    let statement = Statement::from_string(db.get_database_backend(), "SELECT version FROM seaql_migrations");
    db.query_all_raw(statement).await?.iter().map(|row| row.try_get_by_index(0)).collect()
}

#[cfg(test)]
mod tests;
