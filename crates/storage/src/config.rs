//! How a store is opened. Defaults are what a server wants; nothing here reads the environment.

use std::time::Duration;

use secrecy::SecretString;

/// How a store is opened.
#[derive(Clone, Debug)]
pub struct StoreConfig {
    /// `sqlite://path/to/file` or `postgres://user:password@host/database`.
    pub url: SecretString,
    /// What PostgreSQL's own views call our connections.
    pub application_name: String,
    /// Most connections to PostgreSQL, or most readers of an SQLite file; at least 1.
    pub connections_max: u32,
    /// Longest wait for a free connection before [`StorageError::Unavailable`](crate::StorageError::Unavailable).
    pub acquire_timeout: Duration,
    /// Longest wait for the lock of an SQLite file that another process holds.
    pub lock_wait: Duration,
}

impl StoreConfig {
    /// The defaults: 16 connections, 2 seconds for one of them, no wait for a locked file.
    pub fn new(url: SecretString) -> Self {
        Self {
            url,
            application_name: "attrium".to_owned(),
            connections_max: 16,
            acquire_timeout: Duration::from_secs(2),
            lock_wait: Duration::ZERO,
        }
    }
}
