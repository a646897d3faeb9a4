//! Hot profiles, kept near: in this process, or in a Redis that the nodes share. Turning it off changes speed, never an
//! answer; `docs/adr/0008-cache.md` argues each guard.
//!
//! An entry has its profile's version. Whoever alters profiles says so before it acknowledges ([`Cache::forget_older`]);
//! every node says so again when it reads the change in the feed, and believes what is kept only while it has lately
//! heard the end of the feed ([`Cache::heard`]). So an answer is never older than what this node has acknowledged, and
//! never two seconds older than the database, whoever died or lost a message on the way.

mod body;
mod flights;
mod hearing;
mod memory;
mod redis;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::future::Future;

use attrium_schema::{Profile, ProfileId, WorkspaceId};
use secrecy::SecretString;
use tokio::time::Instant;

use crate::error::StorageError;
use flights::{Flights, Pilot};
use hearing::Hearing;
use memory::Memory;
use redis::{Lease, Redis};

/// A profile of a workspace.
type Key = (WorkspaceId, ProfileId);

/// What a load answers.
type Loaded = Result<Vec<Profile>, StorageError>;

/// How often a caller waits for somebody else's load before it loads for itself.
const WAITS_MAX: usize = 2;

/// How hot profiles are kept.
#[derive(Clone, Debug)]
pub enum CacheConfig {
    /// Not at all.
    Off,
    /// In this process.
    Memory {
        /// Most bytes of them, roughly.
        bytes_max: u64,
    },
    /// In a Redis.
    Redis {
        /// `redis://[USER:PASSWORD@]HOST[:PORT][/NUMBER]`, or `rediss://` for TLS.
        url: SecretString,
    },
}

/// Hot profiles. It is as good as off until somebody follows the feed for it.
pub struct Cache {
    place: Place,
    flights: Flights,
    hearing: Hearing,
}

enum Place {
    Off,
    Memory(Memory),
    Redis(Box<Redis>),
}

/// What a look at the cache showed.
#[derive(Default)]
struct Sight {
    kept: HashMap<ProfileId, Profile>,
    /// The right to keep what was not there, once it is loaded.
    lease: Option<Lease>,
}

impl Cache {
    /// A cache. It never waits for Redis: one that is away is a miss.
    ///
    /// # Errors
    /// [`StorageError::BadRedisUrl`].
    pub fn open(config: &CacheConfig) -> Result<Self, StorageError> {
        let place = match config {
            CacheConfig::Off => Place::Off,
            CacheConfig::Memory { bytes_max } => Place::Memory(Memory::new(*bytes_max)),
            CacheConfig::Redis { url } => Place::Redis(Box::new(Redis::open(url)?)),
        };
        Ok(Self { place, flights: Flights::default(), hearing: Hearing::default() })
    }

    /// The profiles among these ids, in no particular order: those that are kept, and the others from `load`. Of several
    /// callers that miss the same profile at once, one loads it.
    ///
    /// # Errors
    /// Those of `load`. A cache that fails is a miss.
    pub async fn find_many<F: Future<Output = Loaded>>(
        &self,
        workspace: WorkspaceId,
        ids: &[ProfileId],
        load: impl Fn(Vec<ProfileId>) -> F,
    ) -> Loaded {
        let mut missed = ids.to_vec();
        missed.sort_unstable();
        missed.dedup();
        if self.is_off() {
            return load(missed).await;
        }
        let mut found = self.find_near(workspace, &mut missed);
        for _ in 0..WAITS_MAX {
            if missed.is_empty() {
                break;
            }
            let (pilots, passengers) = self.flights.board(workspace, &missed);
            // First what others may wait for, then what they load: nobody waits in a circle.
            found.extend(self.fly(workspace, pilots, &load).await?);
            missed.clear();
            for passenger in passengers {
                let id = passenger.id();
                match passenger.arrive().await {
                    Some(profile) => found.extend(profile),
                    None => missed.push(id),
                }
            }
        }
        if !missed.is_empty() {
            metrics::counter!("attrium_cache_misses_total").increment(missed.len() as u64);
            found.extend(load(missed).await?);
        }
        Ok(found)
    }

    /// Forgets what is kept of these profiles below these versions. Call it after COMMIT and before the
    /// acknowledgement, and again for every change the feed shows; of a profile that is gone, tell `i64::MAX`. Redis away
    /// delays it by 50 ms, once.
    pub async fn forget_older(&self, workspace: WorkspaceId, versions: &[(ProfileId, i64)]) {
        match &self.place {
            Place::Off => {}
            Place::Memory(memory) => self.flights.raise(workspace, versions, |key, version| {
                memory.forget_older(key, version);
            }),
            Place::Redis(redis) => {
                redis.forget_older(workspace, versions).await;
                // Behind Redis: a flight that begins between the two may still have seen the older version there.
                self.flights.raise(workspace, versions, |_, _| {});
            }
        }
    }

    /// Every change committed before this instant has been told by [`Cache::forget_older`].
    pub fn heard(&self, workspace: WorkspaceId, at: Instant) {
        self.hearing.heard(workspace, at);
    }

    /// Whatever is kept may be older than anyone knows: begins anew. Call it whenever following the feed begins
    /// elsewhere than where it ended.
    pub fn doubt(&self) {
        self.hearing.forget();
        match &self.place {
            Place::Off => {}
            Place::Memory(memory) => self.flights.void(|| memory.clear()),
            Place::Redis(redis) => {
                redis.doubt();
                self.flights.void(|| {});
            }
        }
    }

    /// Looks whether Redis is there, and brings it back into use when it is back. One task calls this every second.
    pub async fn tend(&self) {
        match &self.place {
            Place::Off | Place::Memory(_) => {}
            Place::Redis(redis) => redis.tend().await,
        }
    }

    /// Whether profiles are kept at all.
    pub fn is_off(&self) -> bool {
        matches!(self.place, Place::Off)
    }

    /// Whether it is slower than it should be, because Redis is away.
    pub fn is_degraded(&self) -> bool {
        match &self.place {
            Place::Off | Place::Memory(_) => false,
            Place::Redis(redis) => redis.is_missing(),
        }
    }

    /// Takes what is in this process; leaves in `missed` what is not.
    fn find_near(&self, workspace: WorkspaceId, missed: &mut Vec<ProfileId>) -> Vec<Profile> {
        let Place::Memory(memory) = &self.place else {
            return Vec::new();
        };
        if !self.hearing.is_current(workspace) {
            return Vec::new();
        }
        let mut found = Vec::with_capacity(missed.len());
        missed.retain(|id| match memory.find(&(workspace, *id)) {
            Some(profile) => {
                found.push(profile);
                false
            }
            None => true,
        });
        metrics::counter!("attrium_cache_hits_total").increment(found.len() as u64);
        found
    }

    /// Brings home what these pilots set out for: from the cache, else by one load.
    async fn fly<F: Future<Output = Loaded>>(
        &self,
        workspace: WorkspaceId,
        pilots: Vec<Pilot<'_>>,
        load: &impl Fn(Vec<ProfileId>) -> F,
    ) -> Loaded {
        if pilots.is_empty() {
            return Ok(Vec::new());
        }
        let mut wanted: Vec<ProfileId> = pilots.iter().map(Pilot::id).collect();
        let Sight { mut kept, lease } = self.look(workspace, &wanted).await;
        wanted.retain(|id| !kept.contains_key(id));
        metrics::counter!("attrium_cache_hits_total").increment(kept.len() as u64);
        metrics::counter!("attrium_cache_misses_total").increment(wanted.len() as u64);
        if !wanted.is_empty() {
            let loaded = load(wanted).await?;
            if let (Place::Redis(redis), Some(lease)) = (&self.place, lease) {
                redis.fill(workspace, &loaded, &lease).await;
            }
            kept.extend(loaded.into_iter().map(|profile| (profile.id, profile)));
        }
        let landed = pilots.into_iter().filter_map(|pilot| {
            let profile = kept.remove(&pilot.id());
            pilot.land(profile.as_ref(), |key, profile| match &self.place {
                Place::Memory(memory) => memory.keep(key, profile),
                Place::Off | Place::Redis(_) => {}
            });
            profile
        });
        Ok(landed.collect())
    }

    /// What is kept of these, after their flights began: what landed just before is seen.
    async fn look(&self, workspace: WorkspaceId, wanted: &[ProfileId]) -> Sight {
        if !self.hearing.is_current(workspace) {
            return Sight::default();
        }
        match &self.place {
            Place::Off => Sight::default(),
            Place::Memory(memory) => {
                let kept = wanted.iter().filter_map(|id| Some((*id, memory.find(&(workspace, *id))?))).collect();
                Sight { kept, lease: None }
            }
            Place::Redis(redis) => redis.find_many(workspace, wanted).await,
        }
    }
}
