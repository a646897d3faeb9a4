//! Filters over the items of a list. What is no list counts as a list of itself, and lists inside lists
//! are laid flat, as in Liquid.

use std::collections::HashSet;
use std::mem::discriminant;
use std::sync::Arc;

use super::selections::{property_of, property_pairs};
use crate::dates;
use crate::error::{Fault, FilterProblem};
use crate::filters::Call;
use crate::fuel::TextBuilder;
use crate::value::{Number, Value};

pub(super) fn join(call: &mut Call<'_>) -> Result<Value, Fault> {
    let items = call.items()?;
    let glue = if call.arguments.is_empty() { " ".into() } else { call.text_argument(0)? };
    call.built(|out| {
        items.iter().enumerate().try_for_each(|(place, item)| {
            out.push(if place == 0 { "" } else { &glue })?;
            item.write(out)
        })
    })
}

pub(super) fn reverse(call: &mut Call<'_>) -> Result<Value, Fault> {
    let items = call.items()?;
    call.list(items.iter().rev().cloned().collect())
}

pub(super) fn concat(call: &mut Call<'_>) -> Result<Value, Fault> {
    let items = call.items()?;
    let Value::List(others) = call.argument(0) else {
        return Err(call.fails(FilterProblem::NeedsList));
    };
    call.meter.items(items.len().saturating_add(others.len()))?;
    Ok(Value::List(items.iter().chain(others.iter()).cloned().collect()))
}

/// Without the items that are nothing, or whose property is.
pub(super) fn compact(call: &mut Call<'_>) -> Result<Value, Fault> {
    let Some(pairs) = property_pairs(call)? else { return Ok(Value::Nil) };
    call.list(pairs.into_iter().filter(|(_, property)| !property.is_nil()).map(|(item, _)| item).collect())
}

/// The first of every set of items that are the same, or have the same property.
pub(super) fn uniq(call: &mut Call<'_>) -> Result<Value, Fault> {
    let Some(pairs) = property_pairs(call)? else { return Ok(Value::Nil) };
    let mut seen = HashSet::new();
    let mut kept = Vec::new();
    for (item, property) in pairs {
        // JSON tells `1` from `"1"`, `1.0` and nothing.
        let mut key = TextBuilder::new(call.meter);
        property.write_json(&mut key)?;
        if seen.insert(key.finish()) {
            kept.push(item);
        }
    }
    call.list(kept)
}

/// What items are put in order by. Nothing comes last.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum SortKey {
    Number(Number),
    Time(jiff::Timestamp),
    Text(Arc<str>),
    Nothing,
}

/// In order, by a property where one is named. Only like can be put in order with like.
pub(super) fn sort(call: &mut Call<'_>) -> Result<Value, Fault> {
    let Some(pairs) = property_pairs(call)? else { return Ok(Value::Nil) };
    let mut keyed = Vec::with_capacity(pairs.len());
    for (item, property) in pairs {
        keyed.push((sort_key(&property, call)?, item));
    }
    let mut kinds =
        keyed.iter().map(|(key, _)| discriminant(key)).filter(|kind| *kind != discriminant(&SortKey::Nothing));
    let first = kinds.next();
    if kinds.any(|kind| Some(kind) != first) {
        return Err(call.fails(FilterProblem::NoOrder));
    }
    pay_for_sorting(call, keyed.iter().map(|(key, _)| if let SortKey::Text(text) = key { text.len() } else { 0 }))?;
    keyed.sort_by(|(a, _), (b, _)| a.cmp(b));
    call.list(keyed.into_iter().map(|(_, item)| item).collect())
}

fn sort_key(value: &Value, call: &mut Call<'_>) -> Result<SortKey, Fault> {
    match value {
        Value::Nil => Ok(SortKey::Nothing),
        Value::Number(number) => Ok(SortKey::Number(*number)),
        Value::Text(text) | Value::Markup(text) => Ok(SortKey::Text(Arc::clone(text))),
        Value::Date(_) | Value::Timestamp(_) => {
            Ok(dates::instant(value, call.moment, call.meter)?.map_or(SortKey::Nothing, SortKey::Time))
        }
        Value::Boolean(_)
        | Value::List(_)
        | Value::Object(_)
        | Value::Range(_)
        | Value::Loop(_)
        | Value::Blank
        | Value::Empty => Err(call.fails(FilterProblem::NoOrder)),
    }
}

/// In alphabetical order, ignoring case; everything counts as its text, and nothing comes last.
pub(super) fn sort_natural(call: &mut Call<'_>) -> Result<Value, Fault> {
    let Some(pairs) = property_pairs(call)? else { return Ok(Value::Nil) };
    let mut keyed = Vec::with_capacity(pairs.len());
    for (item, property) in pairs {
        let text = property.to_text(call.meter)?.to_lowercase();
        call.meter.text(text.len())?;
        keyed.push(((property.is_nil(), text), item));
    }
    pay_for_sorting(call, keyed.iter().map(|((_, text), _)| text.len()))?;
    keyed.sort_by(|(a, _), (b, _)| a.cmp(b));
    call.list(keyed.into_iter().map(|(_, item)| item).collect())
}

/// Sorting looks at every key about so often as their number has binary digits.
fn pay_for_sorting(call: &mut Call<'_>, key_bytes: impl ExactSizeIterator<Item = usize>) -> Result<(), Fault> {
    let items = key_bytes.len();
    let rounds = (usize::BITS - items.leading_zeros()) as usize;
    call.meter.steps(items.saturating_mul(rounds))?;
    call.meter.reading(key_bytes.sum::<usize>().saturating_mul(rounds))
}

/// One property of every item.
pub(super) fn map(call: &mut Call<'_>) -> Result<Value, Fault> {
    let name = call.argument(0);
    let items = call.items()?;
    let mut mapped = Vec::new();
    for item in items.iter() {
        let property = match item {
            Value::Nil => Value::Nil,
            item => property_of(item, &name, call)?.unwrap_or_default(),
        };
        mapped.push(property);
    }
    call.list(mapped)
}
