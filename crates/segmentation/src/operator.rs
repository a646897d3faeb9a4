//! Every operator of a comparison: its name in JSON, its words in text, the types it fits.

use attrium_schema::{ScalarType, ValueType};

use crate::ast::{CalendarPart, Condition, DayOperator, Order, TextOperator, WindowOperator};

/// The operator of a comparison, without its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Exists,
    Missing,
    Order(Order),
    In,
    Between,
    Text(TextOperator),
    Has,
    HasAny,
    HasAll,
    Size,
    Day(DayOperator),
    Window(WindowOperator),
    AnniversaryInNext,
    Calendar(CalendarPart),
}

/// Operators of the language on places, which are not answered yet.
pub(crate) const GEO_OPERATORS: [&str; 4] = ["within", "in_box", "in_polygon", "in_place"];

impl Operator {
    /// Every operator, as people list them.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        let plain = [Self::In, Self::Between, Self::Exists, Self::Missing];
        let lists = [Self::Has, Self::HasAny, Self::HasAll, Self::Size];
        Order::ALL
            .map(Self::Order)
            .into_iter()
            .chain(plain)
            .chain(TextOperator::ALL.map(Self::Text))
            .chain(lists)
            .chain(DayOperator::ALL.map(Self::Day))
            .chain(WindowOperator::ALL.map(Self::Window))
            .chain([Self::AnniversaryInNext])
            .chain(CalendarPart::ALL.map(Self::Calendar))
    }

    /// The operator with this name in JSON, or `None`.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::all().find(|operator| operator.name() == name)
    }

    /// Its name in JSON.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Exists => "exists",
            Self::Missing => "missing",
            Self::Order(order) => order.name(),
            Self::In => "in",
            Self::Between => "between",
            Self::Text(operator) => operator.name(),
            Self::Has => "has",
            Self::HasAny => "has_any",
            Self::HasAll => "has_all",
            Self::Size => "size",
            Self::Day(operator) => operator.name(),
            Self::Window(operator) => operator.name(),
            Self::AnniversaryInNext => "anniversary_in_next",
            Self::Calendar(part) => part.name(),
        }
    }

    /// Its words in text, as far as they stand together.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Exists | Self::Missing | Self::In | Self::Between | Self::Has => self.name(),
            Self::Order(order) => order.sign(),
            Self::Text(operator) => operator.words(),
            Self::HasAny => "has any",
            Self::HasAll => "has all",
            Self::Size => "size of",
            Self::Day(operator) => operator.name(),
            Self::Window(WindowOperator::InLast) => "in last",
            Self::Window(WindowOperator::InNext) => "in next",
            Self::Window(WindowOperator::MoreThanAgo | WindowOperator::MoreThanAhead) => "more than",
            Self::AnniversaryInNext => "anniversary in next",
            Self::Calendar(CalendarPart::Weekday) => "weekday of",
            Self::Calendar(CalendarPart::Month) => "month of",
            Self::Calendar(CalendarPart::Hour) => "hour of",
        }
    }

    /// Whether values of this type can be asked so.
    pub(crate) fn fits(self, value_type: ValueType) -> bool {
        let ValueType { scalar, is_list } = value_type;
        let is_geo = scalar == ScalarType::GeoPoint;
        let is_time = !is_list && matches!(scalar, ScalarType::Date | ScalarType::Timestamp);
        match self {
            Self::Exists | Self::Missing => true,
            Self::Order(Order::Equal) => !is_geo,
            Self::In => !is_list && !is_geo,
            Self::Order(Order::Less | Order::LessOrEqual | Order::Greater | Order::GreaterOrEqual) | Self::Between => {
                !is_list && !is_geo && scalar != ScalarType::Boolean
            }
            Self::Text(_) => value_type == ValueType::one(ScalarType::Text),
            Self::Has | Self::HasAny | Self::HasAll => is_list && !is_geo,
            Self::Size => is_list,
            Self::Day(_)
            | Self::Window(_)
            | Self::AnniversaryInNext
            | Self::Calendar(CalendarPart::Weekday | CalendarPart::Month) => is_time,
            Self::Calendar(CalendarPart::Hour) => value_type == ValueType::one(ScalarType::Timestamp),
        }
    }
}

impl Condition {
    /// The operator of this condition.
    pub(crate) const fn operator(&self) -> Operator {
        match self {
            Self::Exists => Operator::Exists,
            Self::Missing => Operator::Missing,
            Self::Compare(order, _) => Operator::Order(*order),
            Self::SetEquals(_) => Operator::Order(Order::Equal),
            Self::In(_) => Operator::In,
            Self::Between(..) => Operator::Between,
            Self::Text(operator, _) => Operator::Text(*operator),
            Self::ContainsOther(_) => Operator::Text(TextOperator::Contains),
            Self::Has(_) => Operator::Has,
            Self::HasAny(_) => Operator::HasAny,
            Self::HasAll(_) => Operator::HasAll,
            Self::Size(_) => Operator::Size,
            Self::Day(operator, _) => Operator::Day(*operator),
            Self::Window(operator, _) => Operator::Window(*operator),
            Self::AnniversaryInNext(_) => Operator::AnniversaryInNext,
            Self::Calendar(part, _) => Operator::Calendar(*part),
        }
    }
}
