//! Instants. Civil dates and zones are `jiff`'s; an instant here is whole microseconds in UTC,
//! because that is what both databases keep.

use std::fmt;
use std::str::FromStr;

pub use jiff::civil::Date;
pub use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// An instant in UTC, in whole microseconds, from year -9999 to 9999.
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

    /// The instant this many microseconds after 1970 began, or `None` outside the supported years.
    pub fn from_micros(micros: i64) -> Option<Self> {
        jiff::Timestamp::from_microsecond(micros).ok().map(Self)
    }

    /// Microseconds since 1970 began.
    pub fn as_micros(self) -> i64 {
        self.0.as_microsecond()
    }

    /// The same instant for `jiff`'s calendar arithmetic.
    pub fn to_jiff(self) -> jiff::Timestamp {
        self.0
    }

    /// The instant, cut to whole microseconds.
    pub fn from_jiff(timestamp: jiff::Timestamp) -> Self {
        Self::from_micros(timestamp.as_microsecond()).expect("jiff's range in microseconds is jiff's range")
    }

    /// This instant moved by a number of microseconds, held inside the supported years.
    #[must_use]
    pub fn saturating_add_micros(self, micros: i64) -> Self {
        let moved = self.as_micros().saturating_add(micros);
        let bounded = moved.clamp(
            jiff::Timestamp::MIN.as_microsecond(),
            jiff::Timestamp::MAX.as_microsecond(),
        );
        Self::from_micros(bounded).expect("the value was clamped to the range")
    }

    /// The civil day of this instant in a zone.
    pub fn date_in(self, zone: &TimeZone) -> Date {
        zone.to_datetime(self.0).date()
    }
}

impl FromStr for Timestamp {
    type Err = TimestampError;

    /// Reads RFC 3339: a date, a time and an offset or `Z`.
    fn from_str(text: &str) -> Result<Self, TimestampError> {
        text.parse::<jiff::Timestamp>()
            .map(Self::from_jiff)
            .map_err(|_| TimestampError { text: text.chars().take(64).collect() })
    }
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
