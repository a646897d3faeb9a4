//! A database for one test: a file in a temporary folder, or a fresh database on the test run's PostgreSQL.

use std::path::Path;

use attrium_storage::testing::TestStore;
use tempfile::TempDir;

/// A database, with a folder for the files of whoever runs on it; both are gone when it is dropped.
pub struct Database {
    folder: TempDir,
    url: String,
    /// Keeps the PostgreSQL database from being dropped.
    _postgres: Option<TestStore>,
}

impl Database {
    /// An SQLite file that does not exist yet.
    ///
    /// # Panics
    /// When no temporary folder can be made.
    pub fn sqlite() -> Self {
        let folder = TempDir::new().expect("a temporary folder can be made");
        let url = format!("sqlite://{}", folder.path().join("attrium.db").display());
        Self { folder, url, _postgres: None }
    }

    /// A fresh database on the server of `ATTRIUM_TEST_POSTGRES_URL`; `None` when that is not set.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn postgres() -> Option<Self> {
        let store = TestStore::postgres().await?;
        let folder = TempDir::new().expect("a temporary folder can be made");
        let url = store.url().to_owned();
        Some(Self { folder, url, _postgres: Some(store) })
    }

    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The folder beside it.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

/// Runs a test on SQLite and then on PostgreSQL. Without `ATTRIUM_TEST_POSTGRES_URL` it says that it
/// ran on SQLite alone; `cargo xtask test` always sets it.
///
/// # Panics
/// When the test does.
pub async fn on_both<F: AsyncFn(Database)>(test: F) {
    test(Database::sqlite()).await;
    match Database::postgres().await {
        Some(database) => test(database).await,
        None => eprintln!("ATTRIUM_TEST_POSTGRES_URL is not set: ran on SQLite alone"),
    }
}
