//! A fresh, migrated database for a test.
//!
//! On PostgreSQL each test gets a copy of a template that is migrated once per set of migrations: the
//! server is named by `ATTRIUM_TEST_POSTGRES_URL`, whose user may make databases.

mod redis;

use std::fmt;
use std::future::Future;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use secrecy::SecretString;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use tempfile::TempDir;

pub use redis::TestRedis;

use crate::config::StoreConfig;
use crate::store::Store;

/// The advisory lock under which the template is made.
const TEMPLATE_LOCK: i64 = 0x7465_6d70_6c61_7465;

/// A fresh, migrated database that is gone when this is dropped.
#[derive(Debug)]
pub struct TestStore {
    store: Store,
    url: String,
    database: Option<Database>,
    /// Deletes itself.
    _folder: Option<TempDir>,
}

/// A database to drop, and where.
#[derive(Clone, Debug)]
struct Database {
    server: PgConnectOptions,
    name: String,
}

impl TestStore {
    /// A file in a temporary folder.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let url = format!("sqlite://{}", folder.path().join("attrium.db").display());
        let store = Store::open(config(&url)).await.expect("a new file opens");
        store.migrate().await.expect("a new file migrates");
        Self { store, url, database: None, _folder: Some(folder) }
    }

    /// A database on the server of `ATTRIUM_TEST_POSTGRES_URL`; `None` when that is not set.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn postgres() -> Option<Self> {
        let server = server()?;
        let template = template(&server).await;
        let name = fresh_name();
        let mut connection = connect(&server).await;
        run(&mut connection, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        run(&mut connection, format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        let url = server.clone().database(&name).to_url_lossy().to_string();
        let store = Store::open(config(&url)).await.expect("a new database opens");
        Some(Self { store, url, database: Some(Database { server, name }), _folder: None })
    }

    /// One on each database. Without `ATTRIUM_TEST_POSTGRES_URL` it says so and makes the one on SQLite.
    ///
    /// # Panics
    /// When one cannot be made.
    pub async fn both() -> Vec<Self> {
        let mut stores = vec![Self::sqlite().await];
        match Self::postgres().await {
            Some(store) => stores.push(store),
            None => say("ATTRIUM_TEST_POSTGRES_URL is not set: this test ran on SQLite alone"),
        }
        stores
    }

    /// The store.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The address of the database, for a process or a second store of the test.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for TestStore {
    /// A drop cannot wait, so another thread does: databases of finished tests would fill the disk.
    #[expect(clippy::disallowed_methods, reason = "dropping cannot await, so it waits for a thread with a runtime")]
    fn drop(&mut self) {
        let Some(Database { server, name }) = self.database.take() else {
            return;
        };
        let dropping = async move {
            // By force: the connections of this store are still open, and close with it.
            run(&mut connect(&server).await, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.expect("a runtime can be made");
        if std::thread::spawn(move || runtime.block_on(dropping)).join().is_err() {
            say("a test database could not be dropped");
        }
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
    for fresh in TestStore::both().await {
        test(fresh.store().clone()).await;
    }
}

/// A small pool and quiet defaults.
fn config(url: &str) -> StoreConfig {
    let mut config = StoreConfig::new(SecretString::from(url));
    config.connections_max = 20;
    config.acquire_timeout = Duration::from_secs(10);
    config
}

#[expect(
    clippy::disallowed_methods,
    reason = "tests alone reach this, and their runner speaks through the environment"
)]
fn server() -> Option<PgConnectOptions> {
    let url = std::env::var("ATTRIUM_TEST_POSTGRES_URL").ok()?;
    Some(url.parse().expect("ATTRIUM_TEST_POSTGRES_URL is an address of PostgreSQL"))
}

/// A name no running test has: nextest runs each test in a process of its own.
fn fresh_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("attrium_test_{}_{number}", std::process::id())
}

/// The migrated database that tests copy, named by the sources of the migrations; made by whoever comes first.
async fn template(server: &PgConnectOptions) -> String {
    let mut hasher = DefaultHasher::new();
    attrium_migrations::SOURCES.hash(&mut hasher);
    let name = format!("attrium_template_{:016x}", hasher.finish());
    let mut connection = connect(server).await;
    sqlx::query("SELECT pg_advisory_lock($1)")
        .bind(TEMPLATE_LOCK)
        .execute(&mut connection)
        .await
        .expect("the lock can be waited for");
    let exists: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)")
        .bind(&name)
        .fetch_one(&mut connection)
        .await
        .expect("the list of databases reads");
    if !exists {
        // Under another name until it is whole.
        let draft = format!("{name}_draft");
        run(&mut connection, format!("DROP DATABASE IF EXISTS {draft} WITH (FORCE)")).await;
        run(&mut connection, format!("CREATE DATABASE {draft}")).await;
        let store = Store::open(config(server.clone().database(&draft).to_url_lossy().as_str())).await;
        let store = store.expect("the template opens");
        store.migrate().await.expect("the template migrates");
        store.close().await;
        run(&mut connection, format!("ALTER DATABASE {draft} RENAME TO {name}")).await;
    }
    name
}

async fn connect(server: &PgConnectOptions) -> PgConnection {
    PgConnection::connect_with(server).await.expect("the server of ATTRIUM_TEST_POSTGRES_URL answers")
}

/// Runs a statement whose names are ours.
async fn run(connection: &mut PgConnection, sql: String) {
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await.expect("the server obeys its test user");
}

#[expect(clippy::print_stderr, reason = "whoever runs the tests must see it")]
fn say(message: impl fmt::Display) {
    eprintln!("{message}");
}
