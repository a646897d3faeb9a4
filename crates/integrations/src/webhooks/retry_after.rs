//! How long a receiver asks to be left alone.

use std::time::{Duration, UNIX_EPOCH};

use attrium_schema::Timestamp;

/// Nobody may ask for more.
pub(super) const RETRY_AFTER_MAX: Duration = Duration::from_hours(24);
/// A number or a date is shorter; what is longer is not read.
const BYTES_MAX: usize = 64;

/// The wait a `retry-after` asks for, as seconds or as a date; `None` when it is neither.
pub(super) fn read(text: &str, now: Timestamp) -> Option<Duration> {
    let text = Some(text.trim()).filter(|text| text.len() <= BYTES_MAX)?;
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number {
        // A number too long to read is longer than a day.
        return Some(text.parse().map_or(RETRY_AFTER_MAX, Duration::from_secs).min(RETRY_AFTER_MAX));
    }
    let date = httpdate::parse_http_date(text).ok()?;
    let since_1970 = Duration::from_micros(u64::try_from(now.as_micros()).unwrap_or(0));
    Some(date.duration_since(UNIX_EPOCH + since_1970).unwrap_or_default().min(RETRY_AFTER_MAX))
}

#[cfg(test)]
mod tests;
