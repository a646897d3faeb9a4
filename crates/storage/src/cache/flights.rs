//! Flights: of several callers that miss the same profile at once, the *pilot* fetches it and the *passengers* wait.
//!
//! A flight has a *floor*: the version that somebody committed while it was under way. What lands below it may be older
//! than what a passenger has been told, so it is neither kept nor handed on; passengers then board again.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use attrium_schema::{Profile, ProfileId, WorkspaceId};
use tokio::sync::watch;
use tokio::time::Instant;

use super::Key;

/// How long a flight takes passengers: nobody is handed what was read before they asked by more than this.
const BOARDING: Duration = Duration::from_secs(1);

/// The flights under way. Whatever alters the cache in this process does so under their lock.
#[derive(Debug, Default)]
pub(super) struct Flights {
    under_way: Mutex<HashMap<Key, Flight>>,
}

#[derive(Clone, Debug)]
struct Flight {
    began: Instant,
    floor: Arc<AtomicI64>,
    landing: watch::Receiver<Option<Landed>>,
}

/// The profile, or `None` when there is none such.
type Landed = Option<Arc<Profile>>;

/// Fetches one profile. Dropped before it has landed, it leaves its passengers behind.
pub(super) struct Pilot<'a> {
    flights: &'a Flights,
    key: Key,
    floor: Arc<AtomicI64>,
    landing: watch::Sender<Option<Landed>>,
}

/// Waits for one profile.
pub(super) struct Passenger {
    id: ProfileId,
    landing: watch::Receiver<Option<Landed>>,
}

impl Flights {
    /// Boards the flights that are under way, and begins the others.
    pub(super) fn board(&self, workspace: WorkspaceId, ids: &[ProfileId]) -> (Vec<Pilot<'_>>, Vec<Passenger>) {
        let (mut pilots, mut passengers) = (Vec::new(), Vec::new());
        let mut under_way = self.lock();
        for id in ids {
            let key = (workspace, *id);
            match under_way.get(&key) {
                Some(flight) if flight.began.elapsed() < BOARDING => {
                    passengers.push(Passenger { id: *id, landing: flight.landing.clone() });
                }
                Some(_) | None => {
                    let floor = Arc::new(AtomicI64::new(0));
                    let (sender, landing) = watch::channel(None);
                    under_way.insert(key, Flight { began: Instant::now(), floor: Arc::clone(&floor), landing });
                    pilots.push(Pilot { flights: self, key, floor, landing: sender });
                }
            }
        }
        (pilots, passengers)
    }

    /// Raises the floors of flights to these versions, and forgets what is kept below them, at one moment.
    pub(super) fn raise(&self, workspace: WorkspaceId, versions: &[(ProfileId, i64)], forget: impl Fn(Key, i64)) {
        let under_way = self.lock();
        for (id, version) in versions {
            let key = (workspace, *id);
            if let Some(flight) = under_way.get(&key) {
                flight.floor.fetch_max(*version, Ordering::Relaxed);
            }
            forget(key, *version);
        }
    }

    /// Nothing that is under way is kept, and nobody boards it any more; clears what is kept at the same moment.
    pub(super) fn void(&self, clear: impl Fn()) {
        let mut under_way = self.lock();
        under_way.clear();
        clear();
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Key, Flight>> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pilot<'_> {
    pub(super) fn id(&self) -> ProfileId {
        self.key.1
    }

    /// Hands what was found to the passengers, and has it kept when the flight is still the one under way. The lock is
    /// given back before the pilot is dropped, which takes it again.
    pub(super) fn land(self, found: Option<&Profile>, keep: impl FnOnce(Key, &Profile)) {
        let mut under_way = self.flights.lock();
        let is_current = self.end(&mut under_way);
        if found.map_or(0, |profile| profile.version) < self.floor.load(Ordering::Relaxed) {
            return;
        }
        if let (true, Some(profile)) = (is_current, found) {
            keep(self.key, profile);
        }
        if 0 < self.landing.receiver_count() {
            self.landing.send_replace(Some(found.map(|profile| Arc::new(profile.clone()))));
        }
    }

    /// Takes the flight off the board; answers whether it was there, and not voided or replaced.
    fn end(&self, under_way: &mut HashMap<Key, Flight>) -> bool {
        let is_current = under_way.get(&self.key).is_some_and(|flight| Arc::ptr_eq(&flight.floor, &self.floor));
        if is_current {
            under_way.remove(&self.key);
        }
        is_current
    }
}

impl Drop for Pilot<'_> {
    fn drop(&mut self) {
        self.end(&mut self.flights.lock());
    }
}

impl Passenger {
    pub(super) fn id(&self) -> ProfileId {
        self.id
    }

    /// What the pilot found; `None` when this passenger was left behind.
    pub(super) async fn arrive(mut self) -> Option<Option<Profile>> {
        let landed = self.landing.wait_for(Option::is_some).await.ok()?.clone()?;
        Some(landed.map(|profile| Profile::clone(&profile)))
    }
}
