//! Slows the guessing of passwords: failures are counted per account and address together, so that
//! an attacker elsewhere cannot lock the owner out, and per address, so that one cannot try all accounts.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use attrium_schema::Timestamp;

const WINDOW_MICROS: i64 = 15 * 60 * 1_000_000;
const PER_ACCOUNT_AND_ADDRESS_MAX: u32 = 10;
const PER_ADDRESS_MAX: u32 = 100;
/// Most counters at once: memory stays bounded, whoever makes them.
const COUNTERS_MAX: usize = 20_000;
/// How many of the oldest make room when so many are still live: looking for them takes a while, so not each time.
const EVICTED_AT_ONCE: usize = COUNTERS_MAX / 20;

/// Counts failures in memory, for this node.
#[derive(Debug, Default)]
pub(crate) struct Throttle {
    counters: Mutex<HashMap<String, Counter>>,
}

#[derive(Clone, Copy, Debug)]
struct Counter {
    since: Timestamp,
    failures: u32,
}

impl Throttle {
    /// Counts one attempt as failed until [`Throttle::forgive`] says otherwise: attempts made at the
    /// same time cannot slip past the limit together.
    ///
    /// # Errors
    /// How long to wait, when there were too many.
    pub(crate) fn charge(&self, account: &str, address: IpAddr, now: Timestamp) -> Result<(), Duration> {
        let mut counters = self.counters.lock().unwrap_or_else(PoisonError::into_inner);
        if COUNTERS_MAX <= counters.len() + 2 {
            make_room(&mut counters, now);
        }
        let places = places(account, address);
        for (place, failures_max) in &places {
            if let Some(counter) = counters.get(place).filter(|counter| counter.is_live(now))
                && *failures_max <= counter.failures
            {
                return Err(counter.remaining(now));
            }
        }
        for (place, _) in places {
            let counter = counters.entry(place).or_insert(Counter { since: now, failures: 0 });
            if !counter.is_live(now) {
                *counter = Counter { since: now, failures: 0 };
            }
            counter.failures += 1;
        }
        Ok(())
    }

    /// Takes back what [`Throttle::charge`] counted: the password was right.
    pub(crate) fn forgive(&self, account: &str, address: IpAddr) {
        let mut counters = self.counters.lock().unwrap_or_else(PoisonError::into_inner);
        let [(pair, _), (address, _)] = places(account, address);
        counters.remove(&pair);
        if let Some(counter) = counters.get_mut(&address) {
            counter.failures = counter.failures.saturating_sub(1);
        }
    }
}

impl Counter {
    fn is_live(self, now: Timestamp) -> bool {
        now.as_micros() - self.since.as_micros() < WINDOW_MICROS
    }

    fn remaining(self, now: Timestamp) -> Duration {
        let passed = now.as_micros() - self.since.as_micros();
        Duration::from_micros(u64::try_from(WINDOW_MICROS - passed).unwrap_or(0))
    }
}

/// Drops what no longer counts, then the oldest: nobody is forgiven early for a crowd at the door, unless all of it
/// came later.
fn make_room(counters: &mut HashMap<String, Counter>, now: Timestamp) {
    counters.retain(|_, counter| counter.is_live(now));
    if counters.len() + 2 < COUNTERS_MAX {
        return;
    }
    let mut begun: Vec<Timestamp> = counters.values().map(|counter| counter.since).collect();
    let (_, &mut newest_evicted, _) = begun.select_nth_unstable(EVICTED_AT_ONCE - 1);
    let mut left = EVICTED_AT_ONCE;
    counters.retain(|_, counter| {
        let is_evicted = 0 < left && counter.since <= newest_evicted;
        left -= usize::from(is_evicted);
        !is_evicted
    });
}

/// Where an attempt counts. One subscriber has all of an IPv6 /64, so that is one address.
fn places(account: &str, address: IpAddr) -> [(String, u32); 2] {
    let address = match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    };
    [(format!("{address}\n{account}"), PER_ACCOUNT_AND_ADDRESS_MAX), (address, PER_ADDRESS_MAX)]
}

#[cfg(test)]
mod tests;
