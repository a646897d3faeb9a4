//! How much of the server each caller may have over sockets and event streams: so many operations and sockets
//! at once, and of their events a few in the making.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use attrium_schema::Actor;
use tokio::sync::Semaphore;

use crate::graphql::Turn;

/// Most operations of one user or API key at once.
pub(super) const OPERATIONS_MAX: usize = 100;
/// Most sockets of one user or API key at once.
pub(super) const SOCKETS_MAX: usize = 50;

/// What is under way, by caller.
#[derive(Debug)]
pub(in crate::http) struct Places {
    each_max: usize,
    gauge: &'static str,
    taken: Mutex<HashMap<Actor, Taken>>,
}

#[derive(Debug)]
struct Taken {
    places: usize,
    /// Who makes an event holds one of these, so that a caller's listeners leave processors to others.
    turns: Arc<Semaphore>,
}

/// The place of one operation or socket; given back when it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    places: Arc<Places>,
    caller: Actor,
    turns: Arc<Semaphore>,
}

impl Places {
    /// Places for operations.
    pub(in crate::http) fn of_operations() -> Self {
        Self::new(OPERATIONS_MAX, "attrium_live_operations")
    }

    /// Places for sockets.
    pub(in crate::http) fn of_sockets() -> Self {
        Self::new(SOCKETS_MAX, "attrium_live_sockets")
    }

    fn new(each_max: usize, gauge: &'static str) -> Self {
        Self { each_max, gauge, taken: Mutex::default() }
    }

    /// One more place; `None` when the caller has as many as they may.
    pub(super) fn take(self: &Arc<Self>, caller: Actor) -> Option<Place> {
        let mut held = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = held.entry(caller).or_insert_with(|| Taken { places: 0, turns: Arc::new(Semaphore::new(turns())) });
        if self.each_max <= taken.places {
            return None;
        }
        taken.places += 1;
        metrics::gauge!(self.gauge).increment(1.0);
        Some(Place { places: Arc::clone(self), caller, turns: Arc::clone(&taken.turns) })
    }

    /// How many there are, of all callers.
    #[cfg(test)]
    pub(in crate::http) fn taken(&self) -> usize {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).values().map(|taken| taken.places).sum()
    }
}

/// How many events of one caller are made at once: half of the processors, at least one.
fn turns() -> usize {
    std::thread::available_parallelism().map_or(1, |processors| processors.get().div_ceil(2))
}

impl Place {
    /// What the events of this operation wait for.
    pub(super) fn turn(&self) -> Turn {
        Turn::of(Arc::clone(&self.turns))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut held = self.places.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(taken) = held.get_mut(&self.caller) {
            taken.places -= 1;
            if taken.places == 0 {
                held.remove(&self.caller);
            }
        }
        metrics::gauge!(self.places.gauge).decrement(1.0);
    }
}

#[cfg(test)]
mod tests;
