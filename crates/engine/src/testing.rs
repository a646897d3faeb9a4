//! An engine for tests: on any store, with a clock that stands and ids that repeat.

use std::time::Duration;

use attrium_storage::Store;
pub use attrium_storage::testing::TestStore;

use crate::clock::Clock;
use crate::config::EngineConfig;
use crate::engine::Engine;
use crate::error::Error;

/// Where the clock of [`open`] stands at first.
pub const NOW: &str = "2026-05-01T12:00:00Z";
/// Short, so that a test of a crash need not wait long for a dead node's leases.
const LEASE: Duration = Duration::from_millis(500);

/// How [`open`] opens.
///
/// # Panics
/// Never: [`NOW`] is an instant.
pub fn config() -> EngineConfig {
    let clock = Clock::test(NOW.parse().expect("a constant instant reads"));
    EngineConfig { clock, seed: Some(7), lease: LEASE, migrates: true, ..EngineConfig::new(String::new().into()) }
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
