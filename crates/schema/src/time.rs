//! Instants. Civil dates and zones are `jiff`'s; an instant here is whole microseconds in UTC,
//! because that is what both databases keep.

use std::fmt;
use std::str::FromStr;

pub use jiff::civil::Date;
pub use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::parse::has_shape;

/// An instant in UTC, in whole microseconds, from the beginning of year 0 to the end of 9999-12-30T21:59:59Z.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(jiff::Timestamp);

/// Why a text is not a timestamp.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a timestamp; write it as 2026-05-01T09:30:00Z")]
pub struct TimestampError {
    /// The text, cut to 64 characters.
    pub text: String,
}

impl Timestamp {
    /// 1970-01-01T00:00:00Z.
    pub const UNIX_EPOCH: Self = Self(jiff::Timestamp::UNIX_EPOCH);

    /// The first instant of year 0.
    pub const MIN: Self = Self(jiff::Timestamp::constant(-62_167_219_200, 0));

    /// The last instant.
    pub const MAX: Self = Self(jiff::Timestamp::constant(253_402_207_199, 999_999_000));

    /// The instant this many microseconds after 1970 began, or `None` outside [`Self::MIN`] to [`Self::MAX`].
    pub fn from_micros(micros: i64) -> Option<Self> {
        let instant = jiff::Timestamp::from_microsecond(micros).ok().map(Self)?;
        (Self::MIN..=Self::MAX).contains(&instant).then_some(instant)
    }

    /// Microseconds since 1970 began.
    pub fn as_micros(self) -> i64 {
        self.0.as_microsecond()
    }

    /// The same instant for `jiff`'s calendar arithmetic.
    pub fn to_jiff(self) -> jiff::Timestamp {
        self.0
    }

    /// The instant, cut to whole microseconds and held between [`Self::MIN`] and [`Self::MAX`].
    pub fn from_jiff(timestamp: jiff::Timestamp) -> Self {
        Self::held_in_range(whole_micros(timestamp))
    }

    /// This instant moved by a number of microseconds, held between [`Self::MIN`] and [`Self::MAX`].
    #[must_use]
    pub fn saturating_add_micros(self, micros: i64) -> Self {
        Self::held_in_range(self.as_micros().saturating_add(micros))
    }

    fn held_in_range(micros: i64) -> Self {
        let micros = micros.clamp(Self::MIN.as_micros(), Self::MAX.as_micros());
        Self::from_micros(micros).expect("the value was clamped to the range")
    }

    /// The civil day of this instant in a zone.
    pub fn date_in(self, zone: &TimeZone) -> Date {
        zone.to_datetime(self.0).date()
    }
}

impl FromStr for Timestamp {
    type Err = TimestampError;

    /// Reads RFC 3339: a date, a time with seconds, and an offset or `Z`. Digits beyond microseconds are cut.
    fn from_str(text: &str) -> Result<Self, TimestampError> {
        let instant = if is_rfc_3339(text) { text.parse::<jiff::Timestamp>().ok() } else { None };
        instant
            .and_then(|instant| Self::from_micros(whole_micros(instant)))
            .ok_or_else(|| TimestampError { text: text.chars().take(64).collect() })
    }
}

/// The last whole microsecond that is not behind the instant, before 1970 too.
fn whole_micros(instant: jiff::Timestamp) -> i64 {
    let micros = instant.as_nanosecond().div_euclid(1_000);
    i64::try_from(micros).expect("twenty thousand years of microseconds fit in 64 bits")
}

/// jiff reads more of ISO 8601 than RFC 3339 allows: no seconds, no dashes, a zone in brackets.
fn is_rfc_3339(text: &str) -> bool {
    const DATE: &str = "dddd-dd-dd";
    const TIME: &str = "dd:dd:dd";
    let Some((date, rest)) = text.split_at_checked(DATE.len()) else {
        return false;
    };
    let Some((time, rest)) = rest.strip_prefix(['T', 't', ' ']).and_then(|rest| rest.split_at_checked(TIME.len()))
    else {
        return false;
    };
    let offset = match rest.strip_prefix('.') {
        Some(fraction) => fraction.trim_start_matches(|letter: char| letter.is_ascii_digit()),
        None => rest,
    };
    let is_offset = matches!(offset, "Z" | "z") || has_shape(offset, "+dd:dd") || has_shape(offset, "-dd:dd");
    has_shape(date, DATE) && has_shape(time, TIME) && is_offset
}

impl fmt::Display for Timestamp {
    /// RFC 3339 in UTC with as many fractional digits as are needed.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, out)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, out)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests;
