//! Filters that choose items by a property: `where`, `reject`, `find`, `find_index`, `has`.
//!
//! What a property is follows Liquid: of an object a field; of a text, the part itself where the text
//! holds it; of a whole number, one of its bits. Nothing, booleans and decimals have none, and a
//! list with one of these gives nothing.

use std::sync::Arc;

use crate::error::{Fault, FilterProblem};
use crate::filters::Call;
use crate::value::{Number, Value, equals};

/// The property of an item; `None` when an item of this kind can have none.
pub(super) fn property_of(item: &Value, name: &Value, call: &mut Call<'_>) -> Result<Option<Value>, Fault> {
    call.meter.steps(1)?;
    match (item, name) {
        (Value::Object(_), name) => item.at(name, call.meter).map(Some),
        (Value::Text(text) | Value::Markup(text), Value::Text(part) | Value::Markup(part)) => {
            call.meter.reading(text.len().saturating_add(part.len()))?;
            Ok(Some(if text.contains(&**part) { name.clone() } else { Value::Nil }))
        }
        (Value::Text(_) | Value::Markup(_), Value::Nil) => Ok(None),
        (Value::Number(Number::Integer(number)), Value::Number(Number::Integer(bit))) => {
            let bit = u32::try_from(*bit).ok().and_then(|bit| number.checked_shr(bit)).unwrap_or(0) & 1;
            Ok(Some(Value::integer(bit)))
        }
        (Value::Text(_) | Value::Markup(_) | Value::Number(Number::Integer(_)), _) => {
            Err(call.fails(FilterProblem::NoProperty))
        }
        _ => Ok(None),
    }
}

/// Every item with the property that the first argument names, or with itself when it names none.
/// `None` when an item can have no property.
pub(super) fn property_pairs(call: &mut Call<'_>) -> Result<Option<Vec<(Value, Value)>>, Fault> {
    let items = call.items()?;
    let name = call.argument(0);
    call.meter.items(items.len().saturating_mul(2))?;
    let mut pairs = Vec::with_capacity(items.len());
    for item in items.iter() {
        let property = if name.is_nil() {
            item.clone()
        } else {
            match property_of(item, &name, call)? {
                Some(property) => property,
                None => return Ok(None),
            }
        };
        pairs.push((item.clone(), property));
    }
    Ok(Some(pairs))
}

/// The property of every item, or the items when none is named; what can have none counts as nothing.
pub(super) fn properties(call: &mut Call<'_>) -> Result<Arc<[Value]>, Fault> {
    let items = call.items()?;
    let name = call.argument(0);
    if name.is_nil() {
        return Ok(items);
    }
    call.meter.items(items.len())?;
    items.iter().map(|item| Ok(property_of(item, &name, call)?.unwrap_or_default())).collect()
}

/// Items, and the places of those that match.
struct Matches {
    items: Arc<[Value]>,
    places: Vec<usize>,
}

/// The items that match, up to a number of them; `None` when an item can have no property.
fn matches(call: &mut Call<'_>, count_max: usize) -> Result<Option<Matches>, Fault> {
    let items = call.items()?;
    let (name, target) = (call.argument(0), call.argument(1));
    let mut places = Vec::new();
    for (place, item) in items.iter().enumerate() {
        if places.len() == count_max {
            break;
        }
        let Some(property) = property_of(item, &name, call)? else { return Ok(None) };
        let is_match =
            if target.is_nil() { property.is_truthy() } else { equals(&property, &target, call.moment, call.meter)? };
        if is_match {
            call.meter.items(1)?;
            places.push(place);
        }
    }
    Ok(Some(Matches { items, places }))
}

/// The items whose property is a value, or is there at all.
pub(super) fn where_(call: &mut Call<'_>) -> Result<Value, Fault> {
    match matches(call, usize::MAX)? {
        Some(Matches { items, places }) => call.list(places.into_iter().map(|place| items[place].clone()).collect()),
        None => Ok(Value::Nil),
    }
}

/// The items that `where` would not keep.
pub(super) fn reject(call: &mut Call<'_>) -> Result<Value, Fault> {
    let Some(Matches { items, places }) = matches(call, usize::MAX)? else { return Ok(Value::Nil) };
    let mut places = places.into_iter().peekable();
    let kept = items.iter().enumerate().filter(|(place, _)| places.next_if_eq(place).is_none());
    let kept = kept.map(|(_, item)| item.clone()).collect();
    call.list(kept)
}

/// The first item that `where` would keep.
pub(super) fn find(call: &mut Call<'_>) -> Result<Value, Fault> {
    let found = matches(call, 1)?;
    Ok(found.and_then(|found| Some(found.items[*found.places.first()?].clone())).unwrap_or_default())
}

/// The place of that item, from 0.
pub(super) fn find_index(call: &mut Call<'_>) -> Result<Value, Fault> {
    let found = matches(call, 1)?;
    Ok(found.and_then(|found| found.places.first().copied()).map(Value::count).unwrap_or_default())
}

/// Whether there is such an item.
pub(super) fn has(call: &mut Call<'_>) -> Result<Value, Fault> {
    let found = matches(call, 1)?;
    Ok(found.map(|found| Value::Boolean(!found.places.is_empty())).unwrap_or_default())
}
