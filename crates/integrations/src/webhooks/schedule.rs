//! What follows from an attempt: done, tried again later, given up, or the endpoint is gone.

use std::time::Duration;

use super::retry_after::RETRY_AFTER_MAX;
use super::sender::Outcome;

/// The waits before each retry, in seconds: 12 attempts in 75 hours and 42 minutes.
pub const RETRY_SCHEDULE_S: [u64; 11] = [5, 30, 120, 600, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
const WAIT_MAX: Duration = RETRY_AFTER_MAX;
/// How far chance moves a wait, up or down: endpoints that failed together must not come back together.
const JITTER: f64 = 0.2;

/// When failed deliveries are tried again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    waits: Vec<Duration>,
}

/// Why numbers are no schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScheduleError {
    /// Too many retries.
    #[error("a retry schedule has at most {} waits", Schedule::WAITS_MAX)]
    TooMany,
    /// A wait of nothing, or of more than a day.
    #[error("a wait is 1 to {} seconds", WAIT_MAX.as_secs())]
    Wait,
}

/// What follows from an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It arrived.
    Delivered,
    /// It is tried again after this long.
    Retry {
        /// How long.
        after: Duration,
    },
    /// That was the last attempt.
    GiveUp,
    /// The receiver wants nothing more: its endpoint is disabled.
    Disable,
}

impl Default for Schedule {
    fn default() -> Self {
        Self { waits: RETRY_SCHEDULE_S.into_iter().map(Duration::from_secs).collect() }
    }
}

impl Schedule {
    /// Most waits.
    pub const WAITS_MAX: usize = 19;

    /// A schedule of these waits before each retry. The first attempt is made at once: a 0 in front may say so.
    ///
    /// # Errors
    /// [`ScheduleError`].
    pub fn new(waits_s: &[u64]) -> Result<Self, ScheduleError> {
        let waits_s = waits_s.strip_prefix(&[0]).unwrap_or(waits_s);
        if Self::WAITS_MAX < waits_s.len() {
            return Err(ScheduleError::TooMany);
        }
        if waits_s.iter().any(|wait| !(1..=WAIT_MAX.as_secs()).contains(wait)) {
            return Err(ScheduleError::Wait);
        }
        Ok(Self { waits: waits_s.iter().copied().map(Duration::from_secs).collect() })
    }

    /// How often a delivery is attempted, the first time included.
    pub fn attempts_max(&self) -> usize {
        self.waits.len() + 1
    }

    /// What follows from the attempt of this number, from 1. `chance` is a random number from 0 to 1.
    pub fn next(&self, attempt: u32, outcome: &Outcome, chance: f64) -> Decision {
        let asked_for = match outcome {
            Outcome::Answered { status: 200..=299, .. } => return Decision::Delivered,
            Outcome::Answered { status: 410, .. } => return Decision::Disable,
            Outcome::Answered { retry_after, .. } => *retry_after,
            Outcome::Failed(_) => None,
        };
        let place = usize::try_from(attempt).unwrap_or(usize::MAX).saturating_sub(1);
        let Some(wait) = self.waits.get(place) else {
            return Decision::GiveUp;
        };
        let scattered = wait.mul_f64(1.0 - JITTER + 2.0 * JITTER * chance.clamp(0.0, 1.0));
        Decision::Retry { after: scattered.max(asked_for.unwrap_or_default()) }
    }
}

#[cfg(test)]
mod tests;
