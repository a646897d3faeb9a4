//! The kinds of values as far as they are known before rendering.

use std::fmt;

use attrium_schema::{ScalarType, ValueType};

use crate::filters::{Gives, Input};
use crate::value::{Number, Value};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Anything at all.
    #[default]
    Unknown,
    One(ScalarType),
    /// A list, of items of a type where that is known.
    List(Option<ScalarType>),
}

impl Kind {
    pub(crate) const fn of(value_type: ValueType) -> Self {
        if value_type.is_list { Self::List(Some(value_type.scalar)) } else { Self::One(value_type.scalar) }
    }

    pub(crate) const fn of_literal(value: &Value) -> Self {
        match value {
            Value::Boolean(_) => Self::One(ScalarType::Boolean),
            Value::Number(Number::Integer(_)) => Self::One(ScalarType::Integer),
            Value::Number(Number::Decimal { .. }) => Self::One(ScalarType::Decimal),
            Value::Text(_) | Value::Markup(_) => Self::One(ScalarType::Text),
            Value::Date(_) => Self::One(ScalarType::Date),
            Value::Timestamp(_) => Self::One(ScalarType::Timestamp),
            Value::List(_) | Value::Range(_) => Self::List(None),
            Value::Nil | Value::Object(_) | Value::Loop(_) | Value::Blank | Value::Empty => Self::Unknown,
        }
    }

    /// What its items are.
    pub(crate) const fn item(self) -> Self {
        match self {
            Self::List(Some(scalar)) => Self::One(scalar),
            Self::Unknown | Self::One(_) | Self::List(None) => Self::Unknown,
        }
    }

    /// Whether a filter of this input is meant for it.
    pub(crate) const fn fits(self, input: Input) -> bool {
        let scalar = match self {
            Self::Unknown => return true,
            Self::List(_) => return matches!(input, Input::Anything | Input::List | Input::Sequence),
            Self::One(scalar) => scalar,
        };
        match input {
            Input::Anything => true,
            Input::Text => !matches!(scalar, ScalarType::GeoPoint),
            Input::Number => scalar.is_number(),
            Input::List => false,
            Input::Sequence => matches!(scalar, ScalarType::Text),
            Input::Date => {
                matches!(scalar, ScalarType::Date | ScalarType::Timestamp | ScalarType::Text | ScalarType::Integer)
            }
        }
    }

    /// What a filter makes of it. Text that a filter made may well be a number or a date.
    pub(crate) const fn through(self, gives: Gives) -> Self {
        match gives {
            Gives::Text | Gives::Markup => Self::Unknown,
            Gives::Number => Self::One(ScalarType::Decimal),
            Gives::Boolean => Self::One(ScalarType::Boolean),
            Gives::Items => match self {
                Self::List(_) => self,
                Self::Unknown | Self::One(_) => Self::List(None),
            },
            Gives::Item => self.item(),
            Gives::List => Self::List(None),
            Gives::Same => self,
        }
    }

    /// Whether one of two known values can come before the other.
    pub(crate) fn orders_with(self, other: Self) -> bool {
        match (self, other) {
            (Self::Unknown, _) | (_, Self::Unknown) => true,
            (Self::One(a), Self::One(b)) => {
                is_comparable(a, b) && !matches!(a, ScalarType::Boolean | ScalarType::GeoPoint)
            }
            (Self::List(_), _) | (_, Self::List(_)) => false,
        }
    }

    /// Whether two known values can be equal.
    pub(crate) fn can_equal(self, other: Self) -> bool {
        match (self, other) {
            (Self::Unknown, _) | (_, Self::Unknown) | (Self::List(_), Self::List(_)) => true,
            (Self::One(a), Self::One(b)) => is_comparable(a, b),
            (Self::List(_), Self::One(_)) | (Self::One(_), Self::List(_)) => false,
        }
    }
}

/// Of one type, two numbers, or times and what may be written for one.
fn is_comparable(a: ScalarType, b: ScalarType) -> bool {
    let is_time = |scalar| matches!(scalar, ScalarType::Date | ScalarType::Timestamp);
    let is_written = |scalar| is_time(scalar) || scalar == ScalarType::Text;
    a == b || (a.is_number() && b.is_number()) || (is_time(a) && is_written(b)) || (is_time(b) && is_written(a))
}

impl fmt::Display for Kind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => out.write_str("of any type"),
            Self::One(scalar) => fmt::Display::fmt(scalar, out),
            Self::List(None) => out.write_str("a list"),
            Self::List(Some(scalar)) => fmt::Display::fmt(&ValueType::list(*scalar), out),
        }
    }
}
