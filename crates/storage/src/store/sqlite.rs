//! Opening an SQLite file: its lock, one writer, and readers that cannot write.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Mutex;
use std::time::Duration;

use sea_orm::DatabaseConnection;
use secrecy::ExposeSecret;
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use crate::config::StoreConfig;
use crate::error::StorageError;

/// Older ones can lose committed data in WAL mode when a checkpoint meets a second connection.
const VERSION_MIN: [u32; 3] = [3, 51, 3];
/// How often a locked file is tried again.
const LOCK_RETRY: Duration = Duration::from_millis(50);

#[derive(Debug)]
pub(super) struct Pools {
    pub(super) writer: DatabaseConnection,
    pub(super) readers: DatabaseConnection,
    /// Held until [`Pools::close`]; the operating system lets go of it when the process dies.
    lock: Mutex<Option<File>>,
}

impl Pools {
    pub(super) async fn open(config: &StoreConfig) -> Result<Self, StorageError> {
        let url = config.url.expose_secret();
        let options = SqliteConnectOptions::from_str(url)
            .map_err(|error| StorageError::BadUrl { source: Some(Box::new(error)) })?;
        let path = options.get_filename().to_owned();
        if path.as_os_str().is_empty() || url.contains(":memory:") || url.contains("mode=memory") {
            return Err(StorageError::BadUrl { source: None });
        }
        make_folder(&path)?;
        let lock = take_lock(&path, config.lock_wait).await?;
        make_private(&path)?;
        let was_killed = std::fs::metadata(beside(&path, "-wal")).is_ok_and(|log| 0 < log.len());

        let options = options
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            .pragma("journal_size_limit", "67108864");
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(config.acquire_timeout)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options.clone().create_if_missing(true))
            .await?;
        check_version(&writer).await?;
        if was_killed {
            check_file(&writer).await?;
        }
        let readers = SqlitePoolOptions::new()
            .max_connections(config.connections_max.max(1))
            .acquire_timeout(config.acquire_timeout)
            .connect_with(options.read_only(true).pragma("query_only", "ON"))
            .await?;
        Ok(Self { writer: writer.into(), readers: readers.into(), lock: Mutex::new(Some(lock)) })
    }

    /// Readers go first: the last connection to leave, the writer, writes the log back.
    pub(super) async fn close(&self) {
        self.readers.get_sqlite_connection_pool().close().await;
        self.writer.get_sqlite_connection_pool().close().await;
        drop(self.lock.lock().map(|mut lock| lock.take()));
    }
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn file_error(path: &Path) -> impl Fn(std::io::Error) -> StorageError {
    move |source| StorageError::File { path: path.to_owned(), source }
}

fn make_folder(path: &Path) -> Result<(), StorageError> {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => std::fs::create_dir_all(folder).map_err(file_error(folder)),
        Some(_) | None => Ok(()),
    }
}

/// Makes the file when it is missing, readable by its owner alone; SQLite gives the files beside it
/// the same mode.
fn make_private(path: &Path) -> Result<File, StorageError> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path).map_err(file_error(path))?;
    #[cfg(unix)]
    {
        let owner_alone = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        file.set_permissions(owner_alone).map_err(file_error(path))?;
    }
    Ok(file)
}

/// One process per file: two would check the version of profiles against caches of their own.
async fn take_lock(path: &Path, wait: Duration) -> Result<File, StorageError> {
    let path = beside(path, ".lock");
    let file = make_private(&path)?;
    let attempt = async {
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(()),
                Err(TryLockError::WouldBlock) => tokio::time::sleep(LOCK_RETRY).await,
                Err(TryLockError::Error(source)) => return Err(file_error(&path)(source)),
            }
        }
    };
    match tokio::time::timeout(wait, attempt).await {
        Ok(taken) => taken.map(|()| file),
        Err(_) => Err(StorageError::Locked { path }),
    }
}

/// The version of the SQLite library in this binary, such as `3.51.3`.
///
/// # Errors
/// [`StorageError`] when the library does not even open a database in memory.
pub async fn sqlite_version() -> Result<String, StorageError> {
    let pool = SqlitePoolOptions::new().max_connections(1).connect("sqlite::memory:").await?;
    version_of(&pool).await
}

async fn version_of(pool: &SqlitePool) -> Result<String, StorageError> {
    Ok(sqlx::query_scalar("SELECT sqlite_version()").fetch_one(pool).await?)
}

async fn check_version(pool: &SqlitePool) -> Result<(), StorageError> {
    let version = version_of(pool).await?;
    if is_safe(&version) { Ok(()) } else { Err(StorageError::SqliteTooOld { version }) }
}

/// Whether a version such as `3.51.3` keeps what it committed.
pub(super) fn is_safe(version: &str) -> bool {
    let numbers: Vec<u32> = version.split('.').map_while(|number| number.parse().ok()).collect();
    VERSION_MIN.as_slice() <= numbers.as_slice()
}

/// After an unclean stop the file is looked over before anyone trusts it.
async fn check_file(pool: &SqlitePool) -> Result<(), StorageError> {
    let answer: String = sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(pool).await?;
    if answer == "ok" {
        return Ok(());
    }
    Err(StorageError::Corrupt { table: "(file)", column: "(page)", row: "quick_check".to_owned(), problem: answer })
}
