//! How long a job that failed waits before it is tried again.

const FIRST_MICROS: i64 = 5 * 1_000_000;
const LONGEST_MICROS: i64 = 30 * 60 * 1_000_000;

/// Five seconds after the first try, twice as long after each further one, at most half an hour; give or
/// take a fifth, by `chance`, so that what failed together does not come back together.
pub(super) fn delay_micros(attempts: u32, chance: u8) -> i64 {
    let doublings = attempts.saturating_sub(1).min(20);
    let delay = (FIRST_MICROS << doublings).min(LONGEST_MICROS);
    delay / 100 * (80 + i64::from(chance) * 40 / 255)
}

#[cfg(test)]
mod tests;
