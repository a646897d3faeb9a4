//! The one clock. Everything below the engine is handed instants; nothing else reads time.
//!
//! The *engine's* time may stand still under `--test-clock`; rules, schedules and sessions obey it.
//! Leases measure how long a process has been silent, so they follow the system's time always.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use attrium_schema::Timestamp;
use tokio::sync::watch;

/// Tells the time. Cheap to clone; clones of a test clock move together.
#[derive(Clone, Debug)]
pub struct Clock(Kind);

#[derive(Clone, Debug)]
enum Kind {
    System,
    Test(Arc<TestClock>),
}

#[derive(Debug)]
struct TestClock {
    now: Mutex<Timestamp>,
    moves: watch::Sender<u64>,
}

impl Clock {
    /// The system's time.
    pub fn system() -> Self {
        Self(Kind::System)
    }

    /// A clock that stands at an instant until it is moved.
    pub fn test(now: Timestamp) -> Self {
        let (moves, _) = watch::channel(0);
        Self(Kind::Test(Arc::new(TestClock { now: Mutex::new(now), moves })))
    }

    /// The time now, in whole microseconds.
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Kind::System => system_now(),
            Kind::Test(clock) => *clock.now.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// The system's time, whatever a test clock shows: for leases alone.
    pub(crate) fn lease_now() -> Timestamp {
        system_now()
    }

    /// Whether it stands until it is moved.
    pub fn is_test(&self) -> bool {
        matches!(self.0, Kind::Test(_))
    }

    /// Puts a test clock at an instant and answers true; the system's time cannot be set: false.
    pub fn set(&self, now: Timestamp) -> bool {
        self.move_to(|_| now)
    }

    /// Moves a test clock by microseconds and answers true; the system's time cannot be moved: false.
    pub fn advance_micros(&self, micros: i64) -> bool {
        self.move_to(|now| now.saturating_add_micros(micros))
    }

    fn move_to(&self, target: impl FnOnce(Timestamp) -> Timestamp) -> bool {
        let Kind::Test(clock) = &self.0 else {
            return false;
        };
        let mut now = clock.now.lock().unwrap_or_else(PoisonError::into_inner);
        *now = target(*now);
        drop(now);
        clock.moves.send_modify(|count| *count += 1);
        true
    }

    /// Hears every move of a test clock; the system's time never speaks: `None`.
    pub(crate) fn moves(&self) -> Option<watch::Receiver<u64>> {
        match &self.0 {
            Kind::System => None,
            Kind::Test(clock) => Some(clock.moves.subscribe()),
        }
    }
}

/// Measures how long something takes; it tells no time.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Begins to measure.
    #[expect(clippy::disallowed_methods, reason = "this is the place where time enters")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// How long ago that was.
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the place where time enters")]
fn system_now() -> Timestamp {
    Timestamp::from_jiff(jiff::Timestamp::now())
}

#[cfg(test)]
mod tests;
