//! Values and their JSON: lossless both ways for a known type.

use std::fmt;

use rust_decimal::Decimal;
use serde_json::{Number, json};

use crate::decimal::decimal_to_text;
use crate::time::{Date, Timestamp};
use crate::value_type::{ScalarType, ValueType};

/// Integers up to this size survive as JSON numbers in every client; larger ones are written as strings.
const JSON_INTEGER_MAX: i64 = (1 << 53) - 1;

/// A place on the sphere, in degrees, kept as it was given (seven digits and more survive).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GeoPoint {
    lat: f64,
    lon: f64,
}

impl GeoPoint {
    /// The point, or `None` unless -90 <= lat <= 90 and -180 <= lon <= 180.
    pub fn new(lat: f64, lon: f64) -> Option<Self> {
        let is_valid = (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon);
        // Adding zero turns -0.0 into 0.0: one spelling per point.
        is_valid.then_some(Self { lat: lat + 0.0, lon: lon + 0.0 })
    }

    /// Degrees north.
    pub fn lat(self) -> f64 {
        self.lat
    }

    /// Degrees east.
    pub fn lon(self) -> f64 {
        self.lon
    }
}

// A point's coordinates are never NaN, so equality is total.
impl Eq for GeoPoint {}

/// One value that is not a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// Unicode text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// An exact decimal.
    Decimal(Decimal),
    /// True or false.
    Boolean(bool),
    /// A civil day.
    Date(Date),
    /// An instant.
    Timestamp(Timestamp),
    /// A place.
    GeoPoint(GeoPoint),
}

impl Scalar {
    /// The type of this value.
    pub const fn scalar_type(&self) -> ScalarType {
        match self {
            Self::Text(_) => ScalarType::Text,
            Self::Integer(_) => ScalarType::Integer,
            Self::Decimal(_) => ScalarType::Decimal,
            Self::Boolean(_) => ScalarType::Boolean,
            Self::Date(_) => ScalarType::Date,
            Self::Timestamp(_) => ScalarType::Timestamp,
            Self::GeoPoint(_) => ScalarType::GeoPoint,
        }
    }

    /// The value in JSON: integers beyond 2^53 and decimals as strings, a point as `{"lat", "lon"}`.
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Text(text) => text.as_str().into(),
            Self::Integer(number) if number.unsigned_abs() <= JSON_INTEGER_MAX.unsigned_abs() => {
                Number::from(*number).into()
            }
            Self::Integer(number) => number.to_string().into(),
            Self::Decimal(number) => decimal_to_text(*number).into(),
            Self::Boolean(flag) => (*flag).into(),
            Self::Date(date) => date.to_string().into(),
            Self::Timestamp(instant) => instant.to_string().into(),
            Self::GeoPoint(point) => json!({ "lat": point.lat, "lon": point.lon }),
        }
    }
}

impl fmt::Display for Scalar {
    /// The value as a person reads it: text bare, numbers in full, dates and instants in ISO 8601.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => out.write_str(text),
            Self::Integer(number) => write!(out, "{number}"),
            Self::Decimal(number) => out.write_str(&decimal_to_text(*number)),
            Self::Boolean(flag) => write!(out, "{flag}"),
            Self::Date(date) => write!(out, "{date}"),
            Self::Timestamp(instant) => write!(out, "{instant}"),
            Self::GeoPoint(point) => write!(out, "{}, {}", point.lat, point.lon),
        }
    }
}

/// What an attribute holds. Missing is the absence of a `Value`: there is no null here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A single value.
    One(Scalar),
    /// A list, never empty, in its given order with its duplicates.
    Many(Vec<Scalar>),
}

impl Value {
    /// The value in JSON.
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::One(scalar) => scalar.to_json(),
            Self::Many(items) => items.iter().map(Scalar::to_json).collect(),
        }
    }

    /// The one value, or every item.
    pub fn scalars(&self) -> &[Scalar] {
        match self {
            Self::One(scalar) => std::slice::from_ref(scalar),
            Self::Many(items) => items,
        }
    }

    /// Its type, or `None` for a list of mixed types, which no attribute may hold.
    pub fn value_type(&self) -> Option<ValueType> {
        let first = self.scalars().first()?.scalar_type();
        let is_uniform = self.scalars().iter().all(|item| item.scalar_type() == first);
        let is_list = matches!(self, Self::Many(_));
        is_uniform.then_some(ValueType { scalar: first, is_list })
    }
}

impl fmt::Display for Value {
    /// The value as a person reads it; items of a list are separated by commas.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, scalar) in self.scalars().iter().enumerate() {
            if 0 < place {
                out.write_str(", ")?;
            }
            fmt::Display::fmt(scalar, out)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
