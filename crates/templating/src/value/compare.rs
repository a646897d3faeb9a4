//! What is equal, what comes first, what holds what. Days and instants compare with texts that read as
//! one, so that a template may say `renewal_at < "2026-06-01"`.

use std::cmp::Ordering;

use super::{Number, Value};
use crate::dates;
use crate::error::Fault;
use crate::fuel::Meter;
use crate::moment::Moment;

/// Whether `left == right`.
pub(crate) fn equals(left: &Value, right: &Value, moment: &Moment, meter: &mut Meter) -> Result<bool, Fault> {
    meter.steps(1)?;
    Ok(match (left, right) {
        (Value::Blank, Value::Empty) | (Value::Empty, Value::Blank) => false,
        (Value::Nil, Value::Nil) | (Value::Blank, Value::Blank) | (Value::Empty, Value::Empty) => true,
        (Value::Blank, other) | (other, Value::Blank) => other.is_blank(meter)?,
        (Value::Empty, other) | (other, Value::Empty) => other.is_empty(),
        (Value::Boolean(a), Value::Boolean(b)) => a == b,
        (Value::Number(a), Value::Number(b)) => a == b,
        (Value::Range(a), Value::Range(b)) => a == b,
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && all(a.iter().zip(b.iter()), |(a, b)| equals(a, b, moment, meter))?
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && all(a.iter(), |(name, value)| match b.get(name) {
                    Some(other) => equals(value, other, moment, meter),
                    None => Ok(false),
                })?
        }
        (a, b) => match (a.as_text(), b.as_text()) {
            (Some(a), Some(b)) if a.len() != b.len() => false,
            (Some(a), Some(b)) => {
                meter.reading(a.len())?;
                a == b
            }
            _ => order_of_times(a, b, moment, meter)?.is_some_and(Ordering::is_eq),
        },
    })
}

fn all<T>(mut items: impl Iterator<Item = T>, mut holds: impl FnMut(T) -> Result<bool, Fault>) -> Result<bool, Fault> {
    items.try_fold(true, |so_far, item| Ok(so_far && holds(item)?))
}

/// Which of two values comes first; `None` when one of them is of a kind without order.
pub(crate) fn order(
    left: &Value,
    right: &Value,
    moment: &Moment,
    meter: &mut Meter,
) -> Result<Option<Ordering>, Fault> {
    if let (Value::Number(a), Value::Number(b)) = (left, right) {
        return Ok(Some(a.cmp(b)));
    }
    if let (Some(a), Some(b)) = (left.as_text(), right.as_text()) {
        meter.reading(a.len().min(b.len()))?;
        return Ok(Some(a.cmp(b)));
    }
    if let Some(order) = order_of_times(left, right, moment, meter)? {
        return Ok(Some(order));
    }
    let has_order = |value: &Value| match value {
        Value::Number(_) | Value::Text(_) | Value::Markup(_) | Value::Date(_) | Value::Timestamp(_) => true,
        Value::Nil
        | Value::Boolean(_)
        | Value::List(_)
        | Value::Object(_)
        | Value::Range(_)
        | Value::Loop(_)
        | Value::Blank
        | Value::Empty => false,
    };
    if has_order(left) && has_order(right) {
        return Err(Fault::NoOrder { left: left.kind(), right: right.kind() });
    }
    Ok(None)
}

/// The order of two times, at least one of them more than a text.
fn order_of_times(left: &Value, right: &Value, moment: &Moment, meter: &mut Meter) -> Result<Option<Ordering>, Fault> {
    let is_time = |value: &Value| matches!(value, Value::Date(_) | Value::Timestamp(_));
    if !is_time(left) && !is_time(right) {
        return Ok(None);
    }
    let left = dates::instant(left, moment, meter)?;
    let right = dates::instant(right, moment, meter)?;
    Ok(left.zip(right).map(|(left, right)| left.cmp(&right)))
}

/// Whether `left contains right`: a part of a text, an item of a list, a field of an object.
pub(crate) fn contains(left: &Value, right: &Value, moment: &Moment, meter: &mut Meter) -> Result<bool, Fault> {
    if !right.is_truthy() {
        return Ok(false);
    }
    match left {
        Value::Text(text) | Value::Markup(text) => {
            let part = right.to_text(meter)?;
            meter.reading(text.len().saturating_add(part.len()))?;
            Ok(text.contains(&*part))
        }
        Value::List(items) => {
            for item in items.iter() {
                if equals(item, right, moment, meter)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        Value::Object(_) => Ok(!left.at(right, meter)?.is_nil()),
        Value::Range(range) => {
            let Value::Number(number) = right else { return Ok(false) };
            let whole = number.truncated();
            Ok(*number == Number::Integer(whole) && range.first <= whole && whole <= range.last)
        }
        Value::Nil
        | Value::Boolean(_)
        | Value::Number(_)
        | Value::Date(_)
        | Value::Timestamp(_)
        | Value::Loop(_)
        | Value::Blank
        | Value::Empty => Ok(false),
    }
}
