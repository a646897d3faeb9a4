//! An engine for tests: on any store, with a clock that stands and ids that repeat.

use std::time::Duration;

use attrium_storage::Store;
pub use attrium_storage::testing::TestStore;

use crate::clock::Clock;
use crate::config::EngineConfig;
use crate::engine::Engine;
use crate::error::Error;
use crate::secret_keys::SecretKeys;
use crate::webhooks::{Guard, WebhooksConfig};

/// Where the clock of [`open`] stands at first.
pub const NOW: &str = "2026-05-01T12:00:00Z";
/// Short, so that a test of a crash need not wait long for a dead node's leases.
const LEASE: Duration = Duration::from_millis(500);

/// What [`config`] seals secrets by.
pub const SECRET_KEY: &str = "bm90IGEgc2VjcmV0OiBpdCBzdGFuZHMgaW4gdGVzdHM=";
/// Short, for the same reason.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(1);

/// How [`open`] opens. Webhooks may reach this machine.
///
/// # Panics
/// Never: what stands above reads.
pub fn config() -> EngineConfig {
    let clock = Clock::test(NOW.parse().expect("a constant instant reads"));
    let secret_keys = SecretKeys::parse(&[SECRET_KEY.into()]).expect("a constant key reads");
    let loopback = "127.0.0.0/8".parse().expect("a constant block reads");
    let guard = Guard { allow_http: true, allow_cidrs: vec![loopback] };
    let webhooks = WebhooksConfig { guard, attempt_timeout: ATTEMPT_TIMEOUT, ..WebhooksConfig::default() };
    let quiet = EngineConfig::new(String::new().into());
    EngineConfig { clock, seed: Some(7), lease: LEASE, migrates: true, secret_keys, webhooks, ..quiet }
}

/// An engine with workers on a test clock.
///
/// # Errors
/// As [`Engine::open`].
pub async fn open(store: &Store) -> Result<Engine, Error> {
    Engine::on_store(store.clone(), config()).await
}

/// Ends an engine as `kill -9` would: loops stop where they are and no lease is given back. The store stays open.
pub async fn crash(engine: &Engine) {
    engine.tasks().cut();
    engine.tasks().ended().await;
}
