//! What the cache answers is never older than what was acknowledged, whatever happens meanwhile.

mod kept;
mod model;
mod redis;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::*;
use crate::fixtures::{edit, profile_id, unborn_profile};

fn here() -> WorkspaceId {
    WorkspaceId::from_uuid(crate::fixtures::uuid(1))
}

/// A profile at a version, with a value that tells it.
fn profile(number: u128, version: i64) -> Profile {
    let mut profile = unborn_profile(number);
    for version in 1..=version {
        edit(&mut profile, &format!("country {version}"), version);
    }
    profile
}

/// Profiles as a database has them, and how often it was asked.
#[derive(Default)]
struct Database {
    versions: Mutex<HashMap<ProfileId, (u128, i64)>>,
    loads: AtomicUsize,
}

impl Database {
    /// Makes the next version of a profile and answers it.
    fn commit(&self, number: u128) -> i64 {
        let mut versions = self.versions.lock().unwrap();
        let (_, version) = versions.entry(profile_id(number)).or_insert((number, 0));
        *version += 1;
        *version
    }

    /// Loses a profile for good, and answers what is told of it.
    fn erase(&self, number: u128) -> i64 {
        self.versions.lock().unwrap().remove(&profile_id(number));
        i64::MAX
    }

    async fn load(&self, ids: Vec<ProfileId>) -> Result<Vec<Profile>, StorageError> {
        self.loads.fetch_add(1, Ordering::Relaxed);
        tokio::task::yield_now().await;
        let found: Vec<(u128, i64)> = {
            let versions = self.versions.lock().unwrap();
            ids.iter().filter_map(|id| versions.get(id).copied()).collect()
        };
        // What was read grows old on its way.
        for _ in 0..3 {
            tokio::task::yield_now().await;
        }
        Ok(found.into_iter().map(|(number, version)| profile(number, version)).collect())
    }

    fn loads(&self) -> usize {
        self.loads.load(Ordering::Relaxed)
    }

    async fn find(&self, cache: &Cache, number: u128) -> i64 {
        let load = |ids| self.load(ids);
        let found = cache.find_many(here(), &[profile_id(number)], load).await.unwrap();
        found.first().map_or(0, |profile| profile.version)
    }
}

/// Tends until Redis is in use, and believed.
async fn tended(cache: &Cache) {
    let began = Instant::now();
    cache.tend().await;
    while cache.is_degraded() {
        assert!(began.elapsed() < Duration::from_secs(20), "Redis does not come back");
        cache.tend().await;
    }
    cache.heard(here(), Instant::now());
}

fn in_memory() -> Cache {
    let cache = Cache::open(&CacheConfig::Memory { bytes_max: 1 << 20 }).unwrap();
    cache.heard(here(), Instant::now());
    cache
}
