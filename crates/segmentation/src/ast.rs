//! A rule as it is stored: the tree that canonical JSON, the text form and GraphQL all spell.
//!
//! Nothing here knows an attribute's type; `compile` checks a rule against the attribute schema.
//! Negative forms (`!=`, `not in`) have no node of their own: they are [`Node::Not`] over the positive.

mod operators;
mod time;

use attrium_schema::{AttributeKey, Decimal, decimal_to_text};

pub use operators::{CalendarPart, Count, DayOperator, Order, TextOperator, WindowOperator};
pub use time::{Span, SpanUnit, When};

/// Most levels of one rule; a comparison alone is one level.
pub const LEVELS_MAX: usize = 32;
/// Most nodes of one rule.
pub const NODES_MAX: usize = 500;
/// Most values of one list of values.
pub const VALUES_MAX: usize = 10_000;
/// Most bytes of a rule's text.
pub const TEXT_BYTES_MAX: usize = 64 * 1024;

/// A rule: which profiles are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The root of the tree.
    pub node: Node,
}

/// One node of a rule's tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// All of these; of none, everyone.
    And(Vec<Node>),
    /// At least one of these; of none, no one.
    Or(Vec<Node>),
    /// The exact complement.
    Not(Box<Node>),
    /// One attribute put to one test.
    Compare(Comparison),
}

impl Node {
    /// The node's children, in order.
    pub fn children(&self) -> &[Node] {
        match self {
            Self::And(nodes) | Self::Or(nodes) => nodes,
            Self::Not(node) => std::slice::from_ref(node),
            Self::Compare(_) => &[],
        }
    }
}

/// One attribute put to one test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The attribute, as it was written.
    pub attribute: AttributeKey,
    /// The test.
    pub condition: Condition,
    /// Whose calendar decides; `None` is the workspace's.
    pub zone: Option<Zone>,
}

/// A zone other than the workspace's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Zone {
    /// The profile's own, from its `time_zone` attribute.
    Profile,
    /// An IANA name; `compile` checks that it exists. Never `workspace` or `profile`, which mean those.
    Named(String),
}

impl Zone {
    /// The zone of this name; `workspace` is `None`.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "workspace" => None,
            "profile" => Some(Self::Profile),
            name => Some(Self::Named(name.to_owned())),
        }
    }
}

/// What is asked of an attribute's value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// `exists`.
    Exists,
    /// `missing`.
    Missing,
    /// `eq lt lte gt gte` with one value or another attribute.
    Compare(Order, Operand),
    /// `eq` of a list with a list, as sets.
    SetEquals(Vec<Literal>),
    /// `in`.
    In(Vec<Literal>),
    /// `between`, both ends included.
    Between(Literal, Literal),
    /// The operators that read text.
    Text(TextOperator, String),
    /// `contains` with another attribute.
    ContainsOther(AttributeKey),
    /// `has`.
    Has(Literal),
    /// `has_any`.
    HasAny(Vec<Literal>),
    /// `has_all`.
    HasAll(Vec<Literal>),
    /// `size`: how many distinct values a list has.
    Size(Count),
    /// `before after on`.
    Day(DayOperator, When),
    /// `in_last in_next more_than_ago more_than_ahead`.
    Window(WindowOperator, Span),
    /// `anniversary_in_next` this many days; 0 is today.
    AnniversaryInNext(u32),
    /// `weekday month hour` among these numbers.
    Calendar(CalendarPart, Vec<u8>),
}

/// What stands right of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operand {
    /// A value.
    Literal(Literal),
    /// Another attribute of the same profile.
    Other {
        /// Its key.
        attribute: AttributeKey,
        /// Added to its value; may be negative.
        offset: Option<Span>,
    },
}

/// A value as a rule spells it. Dates and instants are text here, as they are in JSON; the
/// attribute's type decides what a text means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Literal {
    /// A JSON string.
    Text(String),
    /// A JSON number.
    Number(Number),
    /// True or false.
    Boolean(bool),
}

impl Literal {
    /// A number, or its text when a JSON number would not carry it exactly: both mean the same.
    pub fn number(value: Decimal) -> Self {
        Number::new(value).map_or_else(|| Self::Text(decimal_to_text(value)), Self::Number)
    }
}

/// A number that every reader of JSON reads exactly: an integer within 2^53, or a fraction of up to
/// 15 significant digits, 22 of them after the point at most. Even readers that are a hair off for
/// longer ones are right about these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number(Decimal);

impl Number {
    fn new(value: Decimal) -> Option<Self> {
        const INTEGER_MAX: u128 = (1 << 53) - 1;
        const MANTISSA_END: u128 = 10_u128.pow(15);
        const SCALE_MAX: u32 = 22;
        let value = value.normalize();
        let digits = value.mantissa().unsigned_abs();
        let survives = match value.scale() {
            0 => digits <= INTEGER_MAX,
            scale => digits < MANTISSA_END && scale <= SCALE_MAX,
        };
        survives.then_some(Self(value))
    }

    /// Its value.
    pub fn value(self) -> Decimal {
        self.0
    }
}
