//! Points and spans of time as a rule spells them.

use attrium_schema::{Date, Scalar, ScalarType, TimeZone, Timestamp};

/// A day or an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// A whole day in the zone.
    Day(Date),
    /// An instant.
    Instant(Timestamp),
}

impl When {
    /// Reads `2026-05-01` or an RFC 3339 timestamp from year 0 on, or answers `None`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if let Ok(Scalar::Date(day)) = Scalar::from_text(ScalarType::Date, text) {
            return Some(Self::Day(day));
        }
        let instant: Timestamp = text.parse().ok()?;
        // Years before 0 have a sign in front, which the text form has no place for.
        (0 <= instant.date_in(&TimeZone::UTC).year()).then_some(Self::Instant(instant))
    }
}

/// A number of one unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// How many: at most [`Span::N_MAX`] either way; negative only as an offset.
    pub n: i64,
    /// Of what.
    pub unit: SpanUnit,
}

impl Span {
    /// Most units of one span.
    pub const N_MAX: i64 = 1_000_000_000;
}

/// Units of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpanUnit {
    /// Sixty seconds.
    Minutes,
    /// Sixty minutes.
    Hours,
    /// Calendar days of a date; 86,400 seconds of a timestamp.
    Days,
    /// Seven days.
    Weeks,
    /// By calendar.
    Months,
    /// By calendar.
    Years,
}

impl SpanUnit {
    /// Every unit, from short to long.
    pub const ALL: [Self; 6] = [Self::Minutes, Self::Hours, Self::Days, Self::Weeks, Self::Months, Self::Years];

    /// Its name in JSON: `days`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Minutes => "minutes",
            Self::Hours => "hours",
            Self::Days => "days",
            Self::Weeks => "weeks",
            Self::Months => "months",
            Self::Years => "years",
        }
    }
}
