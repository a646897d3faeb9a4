//! A rule checked against the attribute schema: every value is of its attribute's type, every
//! pattern is built. What a test means is said once, by [`Leaf::question`]; the evaluator of one
//! profile and the audience index both put that question.

mod question;

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::ops::Bound;

use attrium_schema::{AttributeKey, Date, Scalar, TimeZone, Value, ValueType};

use crate::ast::{CalendarPart, Count, DayOperator, Order, Span, WindowOperator};
use crate::diagnostic::Diagnostic;
use crate::ordering::compare;
pub use crate::pattern::TextTest;
pub use question::{Predicate, Question};

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
            Bound::Included(low) => compare(value, low).is_some_and(Ordering::is_ge),
            Bound::Excluded(low) => compare(value, low).is_some_and(Ordering::is_gt),
            Bound::Unbounded => true,
        };
        let below_high = match &self.high {
            Bound::Included(high) => compare(value, high).is_some_and(Ordering::is_le),
            Bound::Excluded(high) => compare(value, high).is_some_and(Ordering::is_lt),
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
