//! What an engine needs to know before it opens.

use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;

use crate::clock::Clock;

/// How an engine is opened. [`EngineConfig::new`] gives what a production server wants.
#[derive(Clone, Debug)]
pub struct EngineConfig {
    /// `sqlite://…` or `postgres://…`.
    pub database_url: SecretString,
    /// Where uploaded files wait for their import, beside the SQLite file when there is one.
    pub data_folder: PathBuf,
    /// The system's time, or a test clock.
    pub clock: Clock,
    /// Makes the same ids every time; `None`, the rule, takes chance from the operating system.
    pub seed: Option<u64>,
    /// Whether this engine follows the feed and runs jobs. The command line's short writes do not.
    pub has_workers: bool,
    /// How long a silent process keeps a lease: 1 to 600 seconds.
    pub lease: Duration,
    /// Creates or migrates the tables while opening; otherwise an old database is refused.
    pub migrates: bool,
}

impl EngineConfig {
    /// The system's clock, workers on, leases of 30 seconds.
    pub fn new(database_url: SecretString, data_folder: PathBuf) -> Self {
        Self {
            database_url,
            data_folder,
            clock: Clock::system(),
            seed: None,
            has_workers: true,
            lease: Duration::from_secs(30),
            migrates: false,
        }
    }
}
