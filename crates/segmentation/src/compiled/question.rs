//! What a test means, said once: the question it puts to a value at a moment, and the answer.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Bound;

use attrium_schema::{Date, Scalar, ScalarType, TimeZone, Timestamp, Value};

use super::{ClockTest, DayTest, Leaf, OtherOperator, OtherTest, ScalarRange, Test, TextTest};
use crate::ast::{CalendarPart, Count, DayOperator, Order, Span, WindowOperator};
use crate::calendar::{day_start, has_anniversary, move_day, move_instant, next_day};
use crate::ordering::{compare, contains, sort_distinct};

/// What a leaf asks of a value once the moment and the zone are known.
#[derive(Clone, Debug)]
pub enum Question<'a> {
    /// Is there a value?
    Exists,
    /// Is there none?
    Missing,
    /// Is the value, or at least one item of the list, among these (sorted, distinct)?
    AnyOf(&'a [Scalar]),
    /// Are all of these (sorted, distinct) items of the list?
    AllOf(&'a [Scalar]),
    /// Is the list, as a set, this set (sorted, distinct)?
    SetEquals(&'a [Scalar]),
    /// Has the list so many distinct values?
    Size(Count),
    /// Is the one value in this range?
    Range(Cow<'a, ScalarRange>),
    /// Does the one value satisfy a predicate?
    Predicate(Predicate<'a>),
    /// Does it stand so to the other attribute's value?
    Other(&'a OtherTest, TimeZone),
}

/// A question to one scalar alone.
#[derive(Clone, Debug)]
pub enum Predicate<'a> {
    /// Has the text a shape?
    Text(&'a TextTest),
    /// Is the weekday, month or hour in the zone among these numbers (bits)?
    Calendar(CalendarPart, u32, TimeZone),
    /// Is the anniversary from `today` on within so many days?
    Anniversary {
        /// Today in the zone.
        today: Date,
        /// How many days ahead, today not counted.
        days: u32,
        /// The zone that gives an instant its day.
        zone: TimeZone,
    },
}

impl Leaf {
    /// What this leaf asks of a value now, by the calendar of a zone.
    pub fn question(&self, now: Timestamp, zone: &TimeZone) -> Question<'_> {
        match &self.test {
            Test::Exists => Question::Exists,
            Test::Missing => Question::Missing,
            Test::AnyOf(values) => Question::AnyOf(values),
            Test::AllOf(values) => Question::AllOf(values),
            Test::SetEquals(values) => Question::SetEquals(values),
            Test::Size(count) => Question::Size(*count),
            Test::Range(range) => Question::Range(Cow::Borrowed(range)),
            Test::Text(text) => Question::Predicate(Predicate::Text(text)),
            Test::Day(test) => Question::Range(Cow::Owned(day_range(*test, zone))),
            Test::Clock(ClockTest::Window(operator, span)) => {
                let is_date = self.value_type.scalar == ScalarType::Date;
                let from_now = |n| {
                    let span = Span { n, unit: span.unit };
                    if is_date {
                        Scalar::Date(move_day(now.date_in(zone), span))
                    } else {
                        Scalar::Timestamp(move_instant(now, span, zone))
                    }
                };
                Question::Range(Cow::Owned(window(*operator, span.n, from_now)))
            }
            Test::Clock(ClockTest::AnniversaryInNext(days)) => Question::Predicate(Predicate::Anniversary {
                today: now.date_in(zone),
                days: *days,
                zone: zone.clone(),
            }),
            Test::Calendar { part, numbers } => Question::Predicate(Predicate::Calendar(*part, *numbers, zone.clone())),
            Test::Other(other) => Question::Other(other, zone.clone()),
        }
    }
}

/// The values within, or beyond, `n` units from now.
fn window(operator: WindowOperator, n: i64, from_now: impl Fn(i64) -> Scalar) -> ScalarRange {
    let (low, high) = match operator {
        WindowOperator::InLast => (Bound::Included(from_now(-n)), Bound::Included(from_now(0))),
        WindowOperator::InNext => (Bound::Excluded(from_now(0)), Bound::Included(from_now(n))),
        WindowOperator::MoreThanAgo => (Bound::Unbounded, Bound::Excluded(from_now(-n))),
        WindowOperator::MoreThanAhead => (Bound::Excluded(from_now(n)), Bound::Unbounded),
    };
    ScalarRange { low, high }
}

/// The instants before, after or on a whole day.
fn day_range(test: DayTest, zone: &TimeZone) -> ScalarRange {
    let start = Scalar::Timestamp(day_start(test.day, zone));
    let end = next_day(test.day).map(|day| Scalar::Timestamp(day_start(day, zone)));
    let (low, high) = match (test.operator, end) {
        (DayOperator::Before, _) => (Bound::Unbounded, Bound::Excluded(start)),
        (DayOperator::After, Some(end)) => (Bound::Included(end), Bound::Unbounded),
        (DayOperator::On, Some(end)) => (Bound::Included(start), Bound::Excluded(end)),
        // The last supported day never ends.
        (DayOperator::After, None) => (Bound::Excluded(start.clone()), Bound::Excluded(start)),
        (DayOperator::On, None) => (Bound::Included(start), Bound::Unbounded),
    };
    ScalarRange { low, high }
}

impl Question<'_> {
    /// The answer for a value; `other` is the other attribute's, for [`Question::Other`].
    pub fn holds(&self, value: Option<&Value>, other: Option<&Value>) -> bool {
        let Some(value) = value.filter(|value| !value.scalars().is_empty()) else {
            return matches!(self, Self::Missing);
        };
        let one = || match value {
            Value::One(scalar) => Some(scalar),
            Value::Many(_) => None,
        };
        match self {
            Self::Exists => true,
            Self::Missing => false,
            Self::AnyOf(wanted) => value.scalars().iter().any(|scalar| contains(wanted, scalar)),
            Self::AllOf(wanted) => {
                let held = distinct(value);
                wanted.iter().all(|scalar| contains(&held, scalar))
            }
            Self::SetEquals(wanted) => same_set(&distinct(value), wanted),
            Self::Size(count) => count.accepts(distinct(value).len()),
            Self::Range(range) => one().is_some_and(|scalar| range.contains(scalar)),
            Self::Predicate(predicate) => one().is_some_and(|scalar| predicate.holds(scalar)),
            Self::Other(test, zone) => other.is_some_and(|other| test.holds(value, other, zone)),
        }
    }
}

/// The items of a list, sorted, each once.
fn distinct(value: &Value) -> Vec<Scalar> {
    let mut items = value.scalars().to_vec();
    sort_distinct(&mut items);
    items
}

fn same_set(left: &[Scalar], right: &[Scalar]) -> bool {
    left.len() == right.len()
        && left.iter().zip(right).all(|(left, right)| compare(left, right).is_some_and(Ordering::is_eq))
}

impl Predicate<'_> {
    /// The answer for one value.
    pub fn holds(&self, value: &Scalar) -> bool {
        match self {
            Self::Text(wanted) => matches!(value, Scalar::Text(text) if wanted.holds(text)),
            Self::Calendar(part, numbers, zone) => {
                calendar_number(*part, value, zone).is_some_and(|number| numbers & (1 << number) != 0)
            }
            Self::Anniversary { today, days, zone } => {
                day_of(value, zone).is_some_and(|day| has_anniversary(day, *today, *days))
            }
        }
    }
}

/// The day of a date, or of an instant in a zone; `None` for any other value.
fn day_of(value: &Scalar, zone: &TimeZone) -> Option<Date> {
    match value {
        Scalar::Date(day) => Some(*day),
        Scalar::Timestamp(instant) => Some(instant.date_in(zone)),
        Scalar::Text(_) | Scalar::Integer(_) | Scalar::Decimal(_) | Scalar::Boolean(_) | Scalar::GeoPoint(_) => None,
    }
}

fn calendar_number(part: CalendarPart, value: &Scalar, zone: &TimeZone) -> Option<u32> {
    let number = match (part, value) {
        (CalendarPart::Weekday, value) => day_of(value, zone)?.weekday().to_monday_one_offset(),
        (CalendarPart::Month, value) => day_of(value, zone)?.month(),
        (CalendarPart::Hour, Scalar::Timestamp(instant)) => zone.to_datetime(instant.to_jiff()).hour(),
        (CalendarPart::Hour, _) => return None,
    };
    u32::try_from(number).ok()
}

impl OtherTest {
    fn holds(&self, value: &Value, other: &Value, zone: &TimeZone) -> bool {
        match (self.operator, value, other) {
            (OtherOperator::Contains, Value::One(Scalar::Text(text)), Value::One(Scalar::Text(part))) => {
                text.contains(part.as_str())
            }
            (OtherOperator::Order(order), Value::One(left), Value::One(right)) => {
                compare(left, &self.moved(right, zone)).is_some_and(|found| order.accepts(found))
            }
            (OtherOperator::Order(Order::Equal), Value::Many(_), Value::Many(_)) => {
                same_set(&distinct(value), &distinct(other))
            }
            (OtherOperator::Contains | OtherOperator::Order(_), _, _) => false,
        }
    }

    fn moved<'a>(&self, other: &'a Scalar, zone: &TimeZone) -> Cow<'a, Scalar> {
        match (self.offset, other) {
            (Some(span), Scalar::Date(day)) => Cow::Owned(Scalar::Date(move_day(*day, span))),
            (Some(span), Scalar::Timestamp(instant)) => {
                Cow::Owned(Scalar::Timestamp(move_instant(*instant, span, zone)))
            }
            (Some(_) | None, other) => Cow::Borrowed(other),
        }
    }
}
