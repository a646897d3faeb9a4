//! A rule as it is stored: the tree that canonical JSON, the text form and GraphQL all spell.
//!
//! Nothing here knows an attribute's type; `compile` checks a rule against the attribute schema.
//! Negative forms (`!=`, `not in`) have no node of their own: they are [`Node::Not`] over the positive.

use attrium_schema::{
    AttributeKey, Date, Decimal, Scalar, ScalarType, TimeZone, Timestamp, decimal_to_text, parse_decimal,
};

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
    /// An IANA name; `compile` checks that it exists.
    Named(String),
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
        let text = decimal_to_text(value);
        match Number::from_text(&text) {
            Some(number) => Self::Number(number),
            None => Self::Text(text),
        }
    }
}

/// A number that survives as a JSON number: an integer within 2^53, or a fraction whose shortest
/// floating-point text is exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number(Decimal);

impl Number {
    fn from_text(shortest: &str) -> Option<Self> {
        const INTEGER_MAX: i64 = (1 << 53) - 1;
        let value: Decimal = parse_decimal(shortest).ok()?;
        let survives = if value.is_integer() {
            i64::try_from(value).is_ok_and(|whole| whole.unsigned_abs() <= INTEGER_MAX.unsigned_abs())
        } else {
            shortest
                .parse::<f64>()
                .ok()
                .and_then(|float| parse_decimal(&float.to_string()).ok())
                .is_some_and(|read_back| read_back == value)
        };
        survives.then_some(Self(value))
    }

    /// Its value.
    pub fn value(self) -> Decimal {
        self.0
    }
}

/// How two values stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// `eq`, `=`.
    Equal,
    /// `lt`, `<`.
    Less,
    /// `lte`, `<=`.
    LessOrEqual,
    /// `gt`, `>`.
    Greater,
    /// `gte`, `>=`.
    GreaterOrEqual,
}

impl Order {
    /// Every order, as people list them.
    pub const ALL: [Self; 5] = [Self::Equal, Self::Less, Self::LessOrEqual, Self::Greater, Self::GreaterOrEqual];

    /// Its name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Equal => "eq",
            Self::Less => "lt",
            Self::LessOrEqual => "lte",
            Self::Greater => "gt",
            Self::GreaterOrEqual => "gte",
        }
    }

    /// Its sign in text.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }

    /// Whether a left side that compares so with the right side satisfies it.
    pub const fn accepts(self, ordering: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => ordering.is_eq(),
            Self::Less => ordering.is_lt(),
            Self::LessOrEqual => ordering.is_le(),
            Self::Greater => ordering.is_gt(),
            Self::GreaterOrEqual => ordering.is_ge(),
        }
    }
}

/// How many: the comparison behind `size`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// Against one number.
    Compare(Order, i64),
    /// Between two, both included.
    Between(i64, i64),
}

impl Count {
    /// Whether this many is right.
    pub fn accepts(self, count: usize) -> bool {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        match self {
            Self::Compare(order, number) => order.accepts(count.cmp(&number)),
            Self::Between(low, high) => (low..=high).contains(&count),
        }
    }
}

/// Operators that read text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextOperator {
    /// `starts_with`.
    StartsWith,
    /// `ends_with`.
    EndsWith,
    /// `contains`.
    Contains,
    /// `ieq`: equal, ignoring case.
    EqualsFolded,
    /// `istarts_with`.
    StartsWithFolded,
    /// `iends_with`.
    EndsWithFolded,
    /// `icontains`.
    ContainsFolded,
    /// `glob`: `*`, `?` and `[a-z]` over the whole text.
    Glob,
    /// `matches`: a regular expression found anywhere in the text.
    Matches,
}

impl TextOperator {
    /// Every text operator.
    pub const ALL: [Self; 9] = [
        Self::StartsWith,
        Self::EndsWith,
        Self::Contains,
        Self::EqualsFolded,
        Self::StartsWithFolded,
        Self::EndsWithFolded,
        Self::ContainsFolded,
        Self::Glob,
        Self::Matches,
    ];

    /// Its name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::StartsWith => "starts_with",
            Self::EndsWith => "ends_with",
            Self::Contains => "contains",
            Self::EqualsFolded => "ieq",
            Self::StartsWithFolded => "istarts_with",
            Self::EndsWithFolded => "iends_with",
            Self::ContainsFolded => "icontains",
            Self::Glob => "glob",
            Self::Matches => "matches",
        }
    }

    /// Its words in text.
    pub const fn words(self) -> &'static str {
        match self {
            Self::StartsWith => "starts with",
            Self::EndsWith => "ends with",
            Self::Contains => "contains",
            Self::EqualsFolded => "~=",
            Self::StartsWithFolded => "~starts with",
            Self::EndsWithFolded => "~ends with",
            Self::ContainsFolded => "~contains",
            Self::Glob => "like",
            Self::Matches => "matches",
        }
    }
}

/// Operators against a point in the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOperator {
    /// `before`: ends as the day starts.
    Before,
    /// `after`: starts as the day ends.
    After,
    /// `on`: within the day.
    On,
}

impl DayOperator {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Before, Self::After, Self::On];

    /// Its name in JSON and in text.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::After => "after",
            Self::On => "on",
        }
    }
}

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

/// Operators that move with the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowOperator {
    /// `in_last`.
    InLast,
    /// `in_next`.
    InNext,
    /// `more_than_ago`.
    MoreThanAgo,
    /// `more_than_ahead`.
    MoreThanAhead,
}

impl WindowOperator {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::InLast, Self::InNext, Self::MoreThanAgo, Self::MoreThanAhead];

    /// Its name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::InLast => "in_last",
            Self::InNext => "in_next",
            Self::MoreThanAgo => "more_than_ago",
            Self::MoreThanAhead => "more_than_ahead",
        }
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
    pub const ALL: [Self; 6] =
        [Self::Minutes, Self::Hours, Self::Days, Self::Weeks, Self::Months, Self::Years];

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

/// What part of a date or an instant is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarPart {
    /// 1 Monday to 7 Sunday.
    Weekday,
    /// 1 January to 12 December.
    Month,
    /// 0 to 23, of an instant.
    Hour,
}

impl CalendarPart {
    /// Every part.
    pub const ALL: [Self; 3] = [Self::Weekday, Self::Month, Self::Hour];

    /// Its name in JSON and in text.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Weekday => "weekday",
            Self::Month => "month",
            Self::Hour => "hour",
        }
    }

    /// The numbers it may have.
    pub const fn numbers(self) -> std::ops::RangeInclusive<u8> {
        match self {
            Self::Weekday => 1..=7,
            Self::Month => 1..=12,
            Self::Hour => 0..=23,
        }
    }
}
