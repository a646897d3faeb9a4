//! Scalars: instants and 64-bit integers as strings, and JSON. None of them ever passes through a float.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use attrium_schema::Timestamp;

/// Any JSON value.
pub(super) type Json = serde_json::Value;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DateTime(pub(super) Timestamp);

/// An instant in UTC with microseconds, written as RFC 3339: `2026-05-01T09:30:00Z`.
#[Scalar]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else {
            return Err(InputValueError::expected_type(value));
        };
        text.parse()
            .map(Self)
            .map_err(|_| InputValueError::custom("write an instant in RFC 3339, such as \"2026-05-01T09:30:00Z\""))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Int64(pub(super) i64);

/// A whole number of 64 bits with sign, written as a string: JSON numbers lose digits beyond 2^53 in
/// many clients. As input, an integer literal is taken too; a number with a fraction or an exponent is not.
#[Scalar]
impl ScalarType for Int64 {
    fn parse(value: Value) -> InputValueResult<Self> {
        let number = match &value {
            Value::String(text) => text.parse().ok(),
            Value::Number(number) => number.as_i64(),
            Value::Null | Value::Boolean(_) | Value::Binary(_) | Value::Enum(_) | Value::List(_) | Value::Object(_) => {
                None
            }
        };
        number.map(Self).ok_or_else(|| InputValueError::custom("write a whole number of 64 bits, such as \"42\""))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

#[cfg(test)]
mod tests;
