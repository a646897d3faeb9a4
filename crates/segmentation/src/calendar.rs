//! Calendar arithmetic: days in a zone, spans, anniversaries. The one place that knows it, so that
//! every engine means the same.
//!
//! Months and years move civil time, clamped to the month's end; a civil time inside a DST gap
//! moves forward, one inside a fold is the earlier. What leaves the supported years stops at their end.

use attrium_schema::{Date, TimeZone, Timestamp};
use jiff::ToSpan;
use jiff::civil::DateTime;

use crate::ast::{Span, SpanUnit};

const SECOND_US: i64 = 1_000_000;
const DAY_US: i64 = 86_400 * SECOND_US;

/// The instant at which a day starts in a zone.
pub(crate) fn day_start(day: Date, zone: &TimeZone) -> Timestamp {
    instant_of(day.at(0, 0, 0, 0), zone)
}

/// The instant of a civil time in a zone.
fn instant_of(civil: DateTime, zone: &TimeZone) -> Timestamp {
    match zone.to_ambiguous_timestamp(civil).compatible() {
        Ok(instant) => Timestamp::from_jiff(instant),
        // Only the very first and last day of the supported years have hours outside them.
        Err(_) if civil.year() < 0 => Timestamp::from_jiff(jiff::Timestamp::MIN),
        Err(_) => Timestamp::from_jiff(jiff::Timestamp::MAX),
    }
}

/// An instant moved by a span: days and weeks are 86,400 s each, months and years by calendar in the zone.
pub(crate) fn move_instant(instant: Timestamp, span: Span, zone: &TimeZone) -> Timestamp {
    let by = |unit_us: i64| instant.saturating_add_micros(span.n.saturating_mul(unit_us));
    match span.unit {
        SpanUnit::Minutes => by(60 * SECOND_US),
        SpanUnit::Hours => by(3_600 * SECOND_US),
        SpanUnit::Days => by(DAY_US),
        SpanUnit::Weeks => by(7 * DAY_US),
        SpanUnit::Months | SpanUnit::Years => {
            let civil = zone.to_datetime(instant.to_jiff());
            let moved = calendar_span(span).and_then(|by| civil.checked_add(by).ok());
            let edge = if span.n < 0 { DateTime::MIN } else { DateTime::MAX };
            instant_of(moved.unwrap_or(edge), zone)
        }
    }
}

/// A day moved by a span of days or longer; minutes and hours do not compile for a date and move nothing.
pub(crate) fn move_day(day: Date, span: Span) -> Date {
    let edge = if span.n < 0 { Date::MIN } else { Date::MAX };
    calendar_span(span).and_then(|by| day.checked_add(by).ok()).unwrap_or(edge)
}

/// The span for `jiff`, or `None` when it is longer than all supported years.
fn calendar_span(span: Span) -> Option<jiff::Span> {
    let zero = jiff::Span::new();
    match span.unit {
        SpanUnit::Minutes | SpanUnit::Hours => Some(zero),
        SpanUnit::Days => zero.try_days(span.n).ok(),
        SpanUnit::Weeks => zero.try_weeks(span.n).ok(),
        SpanUnit::Months => zero.try_months(span.n).ok(),
        SpanUnit::Years => zero.try_years(span.n).ok(),
    }
}

/// Whether a day has its anniversary from `today` to `today` + `days`, both included.
pub(crate) fn has_anniversary(day: Date, today: Date, days: u32) -> bool {
    let last = move_day(today, Span { n: i64::from(days), unit: SpanUnit::Days });
    let next = anniversary(day, today.year()).filter(|date| today <= *date);
    next.or_else(|| anniversary(day, today.year().checked_add(1)?)).is_some_and(|date| date <= last)
}

/// The anniversary of a day in a year; 29 February has its own on 28 February in other years.
fn anniversary(day: Date, year: i16) -> Option<Date> {
    let exact = Date::new(year, day.month(), day.day());
    exact.or_else(|_| Date::new(year, day.month(), day.day() - 1)).ok()
}

/// The day after, or `None` after the last supported one.
pub(crate) fn next_day(day: Date) -> Option<Date> {
    day.checked_add(1.day()).ok()
}
