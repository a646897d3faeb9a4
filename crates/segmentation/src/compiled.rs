//! A rule checked against the attribute schema: every value is of its attribute's type, every
//! pattern is built. What a test means is said once, by [`Leaf::question`]; the evaluator of one
//! profile and the audience index both put that question.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Bound;

use attrium_schema::{AttributeKey, Date, Scalar, ScalarType, TimeZone, Timestamp, Value, ValueType};

use crate::ast::{CalendarPart, Count, DayOperator, Order, Span, WindowOperator};
use crate::calendar::{day_start, has_anniversary, move_day, move_instant, next_day};
use crate::diagnostic::Diagnostic;
use crate::ordering::{compare, contains, sort_distinct};
pub use crate::pattern::TextTest;

/// A rule that can be asked.
#[derive(Clone, Debug)]
pub struct Compiled {
    pub(crate) root: CompiledNode,
    pub(crate) reads: BTreeSet<AttributeKey>,
    pub(crate) warnings: Vec<Diagnostic>,
}

impl Compiled {
    /// The root of the tree; it has the shape of the rule's own tree.
    pub fn root(&self) -> &CompiledNode {
        &self.root
    }

    /// Every attribute whose value can alter the answer.
    pub fn reads(&self) -> &BTreeSet<AttributeKey> {
        &self.reads
    }

    /// What is worth knowing about a rule that is right.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// Whether the answer can alter while no value does.
    pub fn moves_with_clock(&self) -> bool {
        self.root.moves_with_clock()
    }
}

/// One node of a compiled rule, in the place of the rule's own node.
#[derive(Clone, Debug)]
pub enum CompiledNode {
    /// All of these; of none, everyone.
    All(Vec<CompiledNode>),
    /// At least one of these; of none, no one.
    Any(Vec<CompiledNode>),
    /// The exact complement.
    Not(Box<CompiledNode>),
    /// One attribute put to one test.
    Leaf(Leaf),
}

impl CompiledNode {
    fn moves_with_clock(&self) -> bool {
        match self {
            Self::All(nodes) | Self::Any(nodes) => nodes.iter().any(Self::moves_with_clock),
            Self::Not(node) => node.moves_with_clock(),
            Self::Leaf(leaf) => matches!(leaf.test, Test::Clock(_)),
        }
    }
}

/// One attribute put to one test.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// The attribute, spelled as it was declared.
    pub key: AttributeKey,
    /// Its type.
    pub value_type: ValueType,
    /// The test.
    pub test: Test,
    /// Whose calendar decides.
    pub zone: LeafZone,
}

/// Whose calendar decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeafZone {
    /// The workspace's; also of every test that needs no calendar.
    Workspace,
    /// The one named by this attribute of the profile ([`profile_zone`]), or the workspace's.
    Profile(AttributeKey),
    /// This one.
    Fixed(TimeZone),
}

/// The zone a profile names, or `None` when the value is missing or names none.
pub fn profile_zone(value: Option<&Value>) -> Option<TimeZone> {
    match value {
        Some(Value::One(Scalar::Text(name))) => TimeZone::get(name).ok(),
        Some(Value::One(_) | Value::Many(_)) | None => None,
    }
}

/// A test, before the moment is known. Lists of values are sorted and distinct, and all scalars are
/// of the attribute's own type.
#[derive(Clone, Debug)]
pub enum Test {
    /// There is a value.
    Exists,
    /// There is none.
    Missing,
    /// The value, or at least one item of the list, is among these: `eq in has has_any`.
    AnyOf(Vec<Scalar>),
    /// All of these are items of the list: `has_all`.
    AllOf(Vec<Scalar>),
    /// The list, as a set, is this set.
    SetEquals(Vec<Scalar>),
    /// The list has so many distinct values.
    Size(Count),
    /// The value is in a range.
    Range(ScalarRange),
    /// The text has a shape.
    Text(TextTest),
    /// The instant stands so to a whole day in the zone.
    Day(DayTest),
    /// What moves with the clock.
    Clock(ClockTest),
    /// The weekday, month or hour is among these numbers.
    Calendar {
        /// Which.
        part: CalendarPart,
        /// One bit per number, counted from bit 0 for 0.
        numbers: u32,
    },
    /// The value stands so to another attribute's.
    Other(OtherTest),
}

/// A range of scalars of one type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScalarRange {
    /// Its lower end.
    pub low: Bound<Scalar>,
    /// Its upper end.
    pub high: Bound<Scalar>,
}

impl ScalarRange {
    /// Whether a value lies inside.
    pub fn contains(&self, value: &Scalar) -> bool {
        let above_low = match &self.low {
            Bound::Included(low) => compare(value, low).is_some_and(|order| order.is_ge()),
            Bound::Excluded(low) => compare(value, low).is_some_and(|order| order.is_gt()),
            Bound::Unbounded => true,
        };
        let below_high = match &self.high {
            Bound::Included(high) => compare(value, high).is_some_and(|order| order.is_le()),
            Bound::Excluded(high) => compare(value, high).is_some_and(|order| order.is_lt()),
            Bound::Unbounded => true,
        };
        above_low && below_high
    }
}

/// A comparison of an instant with a whole day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayTest {
    /// How it stands to the day.
    pub operator: DayOperator,
    /// The day.
    pub day: Date,
}

/// What moves with the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockTest {
    /// Within, or beyond, a span from now.
    Window(WindowOperator, Span),
    /// The anniversary is within this many days.
    AnniversaryInNext(u32),
}

/// A comparison with another attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherTest {
    /// The other attribute.
    pub key: AttributeKey,
    /// Its type.
    pub value_type: ValueType,
    /// How the value must stand to it.
    pub operator: OtherOperator,
    /// Added to the other value.
    pub offset: Option<Span>,
}

/// How a value must stand to another attribute's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherOperator {
    /// In this order; lists only for equality, as sets.
    Order(Order),
    /// The text contains the other text.
    Contains,
}

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
                Question::Range(Cow::Owned(self.window(*operator, *span, now, zone)))
            }
            Test::Clock(ClockTest::AnniversaryInNext(days)) => Question::Predicate(Predicate::Anniversary {
                today: now.date_in(zone),
                days: *days,
                zone: zone.clone(),
            }),
            Test::Calendar { part, numbers } => {
                Question::Predicate(Predicate::Calendar(*part, *numbers, zone.clone()))
            }
            Test::Other(other) => Question::Other(other, zone.clone()),
        }
    }

    fn window(&self, operator: WindowOperator, span: Span, now: Timestamp, zone: &TimeZone) -> ScalarRange {
        let back = Span { n: -span.n, unit: span.unit };
        let at = |span: Span| {
            if self.value_type.scalar == ScalarType::Date {
                Scalar::Date(move_day(now.date_in(zone), span))
            } else {
                Scalar::Timestamp(move_instant(now, span, zone))
            }
        };
        let here = at(Span { n: 0, unit: span.unit });
        let (low, high) = match operator {
            WindowOperator::InLast => (Bound::Included(at(back)), Bound::Included(here)),
            WindowOperator::InNext => (Bound::Excluded(here), Bound::Included(at(span))),
            WindowOperator::MoreThanAgo => (Bound::Unbounded, Bound::Excluded(at(back))),
            WindowOperator::MoreThanAhead => (Bound::Excluded(at(span)), Bound::Unbounded),
        };
        ScalarRange { low, high }
    }
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
        && left.iter().zip(right).all(|(left, right)| compare(left, right).is_some_and(|order| order.is_eq()))
}

impl Predicate<'_> {
    /// The answer for one value.
    pub fn holds(&self, value: &Scalar) -> bool {
        match self {
            Self::Text(test) => matches!(value, Scalar::Text(text) if test.holds(text)),
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
