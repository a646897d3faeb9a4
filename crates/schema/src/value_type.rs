//! The types a value may have, and their names in text: `integer`, `list of text`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The type of a single value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScalarType {
    /// Unicode text, compared by code points, never normalised.
    Text,
    /// A whole number of 64 bits with sign.
    Integer,
    /// An exact decimal of up to 28 significant digits.
    Decimal,
    /// True or false.
    Boolean,
    /// A civil day.
    Date,
    /// An instant in UTC, whole microseconds.
    Timestamp,
    /// A place on the sphere.
    GeoPoint,
}

impl ScalarType {
    /// Every scalar type, in the order people meet them.
    pub const ALL: [Self; 7] =
        [Self::Text, Self::Integer, Self::Decimal, Self::Boolean, Self::Date, Self::Timestamp, Self::GeoPoint];

    /// Its name as stored and typed: `geo_point`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Decimal => "decimal",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::Timestamp => "timestamp",
            Self::GeoPoint => "geo_point",
        }
    }

    /// Whether values are numbers, which compare by value across integer and decimal.
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Integer | Self::Decimal)
    }
}

impl fmt::Display for ScalarType {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

/// The type of an attribute: a scalar, or a list of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ValueType {
    /// The type of the value, or of each item.
    pub scalar: ScalarType,
    /// Whether it holds a list. A list keeps order and duplicates; an empty one is missing.
    pub is_list: bool,
}

impl ValueType {
    /// A single value of this type.
    pub const fn one(scalar: ScalarType) -> Self {
        Self { scalar, is_list: false }
    }

    /// A list of this type.
    pub const fn list(scalar: ScalarType) -> Self {
        Self { scalar, is_list: true }
    }
}

impl fmt::Display for ValueType {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_list {
            out.write_str("list of ")?;
        }
        out.write_str(self.scalar.name())
    }
}

/// The text names no value type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is not a type; use one of text, integer, decimal, boolean, date, timestamp, geo_point, or `list of` one"
)]
pub struct ValueTypeError {
    /// The text.
    pub text: String,
}

impl FromStr for ValueType {
    type Err = ValueTypeError;

    fn from_str(text: &str) -> Result<Self, ValueTypeError> {
        let (is_list, name) = match text.strip_prefix("list of ") {
            Some(name) => (true, name),
            None => (false, text),
        };
        ScalarType::ALL
            .into_iter()
            .find(|scalar| scalar.name() == name)
            .map(|scalar| Self { scalar, is_list })
            .ok_or_else(|| ValueTypeError { text: text.to_owned() })
    }
}

impl Serialize for ValueType {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ValueType {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
