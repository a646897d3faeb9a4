//! A fresh, migrated database for a test.

use std::future::Future;

use crate::error::StorageError;
use crate::store::Store;

/// A fresh, migrated database that is gone when this is dropped.
#[derive(Debug)]
pub struct TestStore {}

impl TestStore {
    /// A file in a temporary folder.
    ///
    /// # Errors
    /// When it cannot be made.
    pub async fn sqlite() -> Result<Self, StorageError> {
        unimplemented!("lands next")
    }

    /// A database on the server of `ATTRIUM_TEST_POSTGRES_URL`; `None` when that is not set.
    ///
    /// # Errors
    /// When it cannot be made.
    pub async fn postgres() -> Result<Option<Self>, StorageError> {
        unimplemented!("lands next")
    }

    /// The store.
    pub fn store(&self) -> &Store {
        unimplemented!("lands next")
    }

    /// The address of the database, for a process or a second store of the test.
    pub fn url(&self) -> &str {
        unimplemented!("lands next")
    }
}

/// Runs a test on SQLite and on PostgreSQL, each with a fresh database. Without
/// `ATTRIUM_TEST_POSTGRES_URL` it says so and runs on SQLite alone.
///
/// # Panics
/// When a database cannot be made, and when the test panics.
pub async fn on_both<F, T>(test: F)
where
    F: Fn(Store) -> T,
    T: Future<Output = ()>,
{
    let _ = test;
    unimplemented!("lands next")
}
