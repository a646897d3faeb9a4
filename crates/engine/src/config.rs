//! What an engine needs to know before it opens.

use std::time::Duration;

use attrium_storage::CacheConfig;
use secrecy::SecretString;

use crate::clock::Clock;
use crate::limits::Limits;
use crate::secret_keys::SecretKeys;
use crate::webhooks::WebhooksConfig;

/// How an engine is opened. [`EngineConfig::new`] gives what a production server wants.
#[derive(Clone, Debug)]
pub struct EngineConfig {
    /// `sqlite://…` or `postgres://…`.
    pub database_url: SecretString,
    /// The system's time, or a test clock.
    pub clock: Clock,
    /// Makes the same ids every time; `None`, the rule, takes chance from the operating system.
    pub seed: Option<u64>,
    /// Whether this engine follows the feed and runs jobs. The command line's short writes do not.
    pub has_workers: bool,
    /// How long a silent process keeps a lease: 1 to 600 seconds.
    pub lease: Duration,
    /// Makes or migrates the tables while opening; otherwise a database that is behind is refused.
    pub migrates: bool,
    /// Longest wait for an SQLite file that another process holds.
    pub lock_wait: Duration,
    /// What it holds everyone to.
    pub limits: Limits,
    /// What secrets are sealed by before they are stored; without a key, no endpoint can be made.
    pub secret_keys: SecretKeys,
    /// How webhooks go out.
    pub webhooks: WebhooksConfig,
    /// How hot profiles are kept. Without workers nobody follows the feed for them, and none are.
    pub cache: CacheConfig,
}

impl EngineConfig {
    /// The system's clock, workers on, leases of 30 seconds, the published limits, hot profiles in memory.
    pub fn new(database_url: SecretString) -> Self {
        Self {
            database_url,
            clock: Clock::system(),
            seed: None,
            has_workers: true,
            lease: Duration::from_secs(30),
            migrates: false,
            lock_wait: Duration::ZERO,
            limits: Limits::default(),
            secret_keys: SecretKeys::default(),
            webhooks: WebhooksConfig::default(),
            cache: CacheConfig::Memory { bytes_max: 64 << 20 },
        }
    }
}
