//! What benchmarks read off a run.

use std::time::{SystemTime, UNIX_EPOCH};

use attrium_schema::Timestamp;

/// The middle of the values; the upper of the two for an even number.
///
/// # Panics
/// When there are none.
pub fn median(values: &[f64]) -> f64 {
    percentile(values, 50)
}

/// The smallest value that is at least as large as this many percent of all.
///
/// # Panics
/// When there are none, or the percentage is above 100.
pub fn percentile(values: &[f64], percent: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[(sorted.len() * percent / 100).min(sorted.len() - 1)]
}

/// The memory a process holds that is not swapped out, as Linux counts it.
///
/// # Panics
/// When the process is gone, or the system keeps no `/proc`.
pub fn resident_bytes(process_id: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process_id}/status")).expect("the process runs, on Linux");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("Linux says what is resident");
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().expect("Linux counts in kB");
    kilobytes * 1_024
}

/// The system's time, to hold against the instants a server writes on the same machine.
///
/// # Panics
/// When the system's clock is centuries off.
#[expect(clippy::disallowed_methods, reason = "what is measured was stamped by another process")]
pub fn wall_clock() -> Timestamp {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).expect("it is later than 1970");
    let micros = i64::try_from(since_1970.as_micros()).expect("it is before the year 292278");
    Timestamp::from_micros(micros).expect("an instant of our time")
}
