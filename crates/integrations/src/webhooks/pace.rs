//! How fast one endpoint is served: a window that grows with success and shrinks with trouble, and a
//! breaker that leaves a dead endpoint alone for a while.
//!
//! A new endpoint starts with one attempt at a time. So five hundred that never answer hold five hundred
//! places, not four thousand, and one that does answer is soon served eight at a time.

use std::time::Duration;

use attrium_schema::Timestamp;

use super::sender::Outcome;
use crate::outbound::Failure;

/// Most attempts at one endpoint at the same time.
pub const WINDOW_MAX: u32 = 8;
/// So many failures in a row open the breaker.
const FAILURES_MAX: u32 = 10;
const REST_MIN: Duration = Duration::from_mins(1);
const REST_MAX: Duration = Duration::from_hours(1);

/// What an attempt tells about the endpoint, whichever delivery it was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It works.
    Worked,
    /// It does not.
    Failed,
    /// It does not, because it has too much to do.
    Strained,
}

impl Effect {
    /// What an outcome tells.
    pub fn of(outcome: &Outcome) -> Self {
        match outcome {
            Outcome::Answered { status: 200..=299, .. } => Self::Worked,
            Outcome::Answered { status: 429 | 502 | 504, .. } | Outcome::Failed(Failure::Timeout) => Self::Strained,
            Outcome::Answered { .. } | Outcome::Failed(Failure::Unreachable | Failure::Tls | Failure::BrokenAnswer) => {
                Self::Failed
            }
        }
    }
}

/// How fast one endpoint is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pace {
    window: u32,
    failures: u32,
    breaker: Breaker,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Breaker {
    Closed,
    /// Nothing is sent before this instant, and one attempt after it.
    Open {
        until: Timestamp,
        times: u32,
    },
}

impl Default for Pace {
    fn default() -> Self {
        Self { window: 1, failures: 0, breaker: Breaker::Closed }
    }
}

impl Pace {
    /// How many more attempts may begin now while so many are under way.
    pub fn room(&self, in_flight: u32, now: Timestamp) -> u32 {
        let window = match self.breaker {
            Breaker::Closed => self.window,
            Breaker::Open { until, .. } if until <= now => 1,
            Breaker::Open { .. } => 0,
        };
        window.saturating_sub(in_flight)
    }

    /// Whether the last attempt failed.
    pub fn is_failing(&self) -> bool {
        0 < self.failures
    }

    /// Takes note of an attempt that ended.
    pub fn note(&mut self, effect: Effect, now: Timestamp) {
        match effect {
            Effect::Worked => {
                self.failures = 0;
                self.breaker = Breaker::Closed;
                self.window = (self.window + 1).min(WINDOW_MAX);
            }
            Effect::Failed => self.fail(now),
            Effect::Strained => {
                self.window = (self.window / 2).max(1);
                self.fail(now);
            }
        }
    }

    fn fail(&mut self, now: Timestamp) {
        self.failures = self.failures.saturating_add(1);
        match self.breaker {
            Breaker::Closed if FAILURES_MAX <= self.failures => self.open(now, 0),
            Breaker::Open { until, times } if until <= now => self.open(now, times + 1),
            // Attempts that were under way when it opened tell nothing new.
            Breaker::Closed | Breaker::Open { .. } => {}
        }
    }

    fn open(&mut self, now: Timestamp, times: u32) {
        let rest = REST_MIN.saturating_mul(2_u32.saturating_pow(times)).min(REST_MAX);
        let rest_micros = i64::try_from(rest.as_micros()).expect("an hour fits in 63 bits");
        self.window = 1;
        self.breaker = Breaker::Open { until: now.saturating_add_micros(rest_micros), times };
    }
}

#[cfg(test)]
mod tests;
