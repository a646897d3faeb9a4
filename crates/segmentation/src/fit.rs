//! How an attribute sees a value that a profile holds for it: values normally have the attribute's
//! type, but may have been kept before the attribute was declared anew with another one.

use std::borrow::Cow;

use attrium_schema::{Decimal, Scalar, ScalarType, Value, ValueType};

/// The value as one of this type, or `None` when it is not of the type and so counts as missing.
/// Whole numbers and decimals change into each other where nothing is lost.
pub(crate) fn fitted(value: Cow<'_, Value>, value_type: ValueType) -> Option<Cow<'_, Value>> {
    if value.value_type() == Some(value_type) {
        return Some(value);
    }
    match (&*value, value_type.is_list) {
        (Value::One(scalar), false) => Some(Cow::Owned(Value::One(number(scalar, value_type.scalar)?))),
        (Value::Many(items), true) if !items.is_empty() => {
            let items: Option<Vec<Scalar>> = items.iter().map(|item| number(item, value_type.scalar)).collect();
            Some(Cow::Owned(Value::Many(items?)))
        }
        (Value::One(_) | Value::Many(_), _) => None,
    }
}

fn number(scalar: &Scalar, wanted: ScalarType) -> Option<Scalar> {
    match (scalar, wanted) {
        (Scalar::Integer(_), ScalarType::Integer) | (Scalar::Decimal(_), ScalarType::Decimal) => Some(scalar.clone()),
        (Scalar::Integer(whole), ScalarType::Decimal) => Some(Scalar::Decimal(Decimal::from(*whole))),
        (Scalar::Decimal(decimal), ScalarType::Integer) if decimal.is_integer() => {
            i64::try_from(*decimal).ok().map(Scalar::Integer)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
