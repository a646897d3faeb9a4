//! Opening the database the way the settings say; `attrium migrate`.

use std::time::Duration;

use attrium_engine::{CacheConfig, Engine, EngineConfig};

use super::output::Output;
use super::{CliError, Common};
use crate::config::{CacheMode, Config};

/// A server that is just ending lets go of an SQLite file within this.
const LOCK_WAIT: Duration = Duration::from_secs(2);

/// What the engine is told by the settings.
pub(super) fn engine_config(config: &Config) -> EngineConfig {
    EngineConfig {
        lease: config.jobs.lease,
        lock_wait: LOCK_WAIT,
        secret_keys: config.secret_keys.clone(),
        webhooks: config.webhooks.clone(),
        cache: cache_config(config),
        ..EngineConfig::new(config.database_url.clone())
    }
}

fn cache_config(config: &Config) -> CacheConfig {
    match (config.cache.profiles, &config.redis_url) {
        (CacheMode::Off, _) => CacheConfig::Off,
        (CacheMode::Auto, Some(url)) => CacheConfig::Redis { url: url.clone() },
        (CacheMode::Auto, None) => CacheConfig::Memory { bytes_max: config.cache.memory_mb as u64 * (1 << 20) },
    }
}

pub(super) async fn migrate(common: &Common, output: &mut Output) -> Result<(), CliError> {
    let config = common.load()?;
    let engine_config = EngineConfig { has_workers: false, migrates: true, ..engine_config(&config) };
    Engine::open(engine_config).await?.close().await;
    output.line("The tables are up to date.")
}
