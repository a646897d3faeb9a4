//! How many operations each caller has under way over sockets and event streams.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use attrium_schema::Actor;

/// Most operations of one user or API key at once.
pub(super) const OPERATIONS_MAX: usize = 100;

/// The operations that are under way, by caller.
#[derive(Debug, Default)]
pub(in crate::http) struct Places {
    taken: Mutex<HashMap<Actor, usize>>,
}

/// One operation's place; given back when it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    places: Arc<Places>,
    caller: Actor,
}

impl Places {
    /// A place for one more operation; `None` when the caller has as many as they may.
    pub(super) fn take(self: &Arc<Self>, caller: Actor) -> Option<Place> {
        self.alter(caller, |taken| {
            let has_room = *taken < OPERATIONS_MAX;
            *taken += usize::from(has_room);
            has_room
        })
        .then(|| {
            metrics::gauge!("attrium_live_operations").increment(1.0);
            Place { places: Arc::clone(self), caller }
        })
    }

    /// How many there are, of all callers.
    #[cfg(test)]
    pub(in crate::http) fn taken(&self) -> usize {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).values().sum()
    }

    fn alter<T>(&self, caller: Actor, work: impl FnOnce(&mut usize) -> T) -> T {
        let mut held = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = held.entry(caller).or_default();
        let outcome = work(taken);
        if *taken == 0 {
            held.remove(&caller);
        }
        outcome
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.places.alter(self.caller, |taken| *taken = taken.saturating_sub(1));
        metrics::gauge!("attrium_live_operations").decrement(1.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caller_has_so_many_places_and_gets_them_back() {
        let places = Arc::new(Places::default());
        let held: Vec<Place> = std::iter::from_fn(|| places.take(Actor::Operator)).collect();
        assert_eq!(held.len(), OPERATIONS_MAX);
        assert!(places.take(Actor::System).is_some(), "others have their own");
        drop(held);
        assert!(places.take(Actor::Operator).is_some());
        assert!(places.taken.lock().unwrap().is_empty());
    }
}
