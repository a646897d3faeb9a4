//! What a filter is called with, and the ways it reads it.

use std::sync::Arc;

use crate::error::{Fault, FilterProblem};
use crate::escape::Context;
use crate::fuel::{Meter, TextBuilder};
use crate::moment::Moment;
use crate::value::{Number, Value};

/// The longest text that is tried as a whole number.
const WHOLE_BYTES_MAX: usize = 100;

/// One call of a filter.
pub(crate) struct Call<'a> {
    pub(crate) filter: &'static str,
    pub(crate) input: Value,
    pub(crate) arguments: Vec<Value>,
    /// The only named argument there is, `allow_false` of `default`.
    pub(crate) allow_false: bool,
    pub(crate) context: Context,
    pub(crate) moment: &'a Moment,
    pub(crate) meter: &'a mut Meter,
}

impl Call<'_> {
    pub(crate) fn fails(&self, problem: FilterProblem) -> Fault {
        Fault::Filter { filter: self.filter, problem }
    }

    /// The argument at a place; nothing when it is not given.
    pub(crate) fn argument(&self, place: usize) -> Value {
        self.arguments.get(place).cloned().unwrap_or_default()
    }

    /// The input as text.
    pub(crate) fn text(&mut self) -> Result<Arc<str>, Fault> {
        let text = self.input.to_text(self.meter)?;
        self.meter.reading(text.len())?;
        Ok(text)
    }

    /// The argument at a place as text; nothing is the empty text.
    pub(crate) fn text_argument(&mut self, place: usize) -> Result<Arc<str>, Fault> {
        let text = self.argument(place).to_text(self.meter)?;
        self.meter.reading(text.len())?;
        Ok(text)
    }

    /// A text that was made from the input in one go, and is at most a few times as long.
    pub(crate) fn made(&mut self, text: String) -> Result<Value, Fault> {
        self.meter.text(text.len())?;
        Ok(Value::Text(Arc::from(text)))
    }

    /// A text put together piece by piece.
    pub(crate) fn built(
        &mut self,
        build: impl FnOnce(&mut TextBuilder<'_>) -> Result<(), Fault>,
    ) -> Result<Value, Fault> {
        let mut out = TextBuilder::new(self.meter);
        build(&mut out)?;
        Ok(Value::Text(Arc::from(out.finish())))
    }

    /// The number a value stands for in arithmetic: 0 for what is none.
    pub(crate) fn number_of(&mut self, value: &Value) -> Result<Number, Fault> {
        match value {
            Value::Number(number) => Ok(*number),
            Value::Text(text) | Value::Markup(text) => {
                self.meter.reading(text.len())?;
                Number::leading(text).ok_or_else(|| self.fails(FilterProblem::OutOfRange))
            }
            Value::Nil
            | Value::Boolean(_)
            | Value::Date(_)
            | Value::Timestamp(_)
            | Value::List(_)
            | Value::Object(_)
            | Value::Range(_)
            | Value::Loop(_)
            | Value::Blank
            | Value::Empty => Ok(Number::ZERO),
        }
    }

    /// The argument at a place as a whole number.
    pub(crate) fn whole_argument(&self, place: usize) -> Result<i64, Fault> {
        whole_number(&self.argument(place)).ok_or_else(|| self.fails(FilterProblem::NeedsWholeNumber))
    }

    /// The items of the input: those of a list and of the lists in it, the numbers of a range, none of
    /// nothing, else the one value.
    pub(crate) fn items(&mut self) -> Result<Arc<[Value]>, Fault> {
        flat_items(&self.input, self.meter)
    }

    /// A list of values that exist already.
    pub(crate) fn list(&mut self, items: Vec<Value>) -> Result<Value, Fault> {
        self.meter.items(items.len())?;
        Ok(Value::list(items))
    }
}

/// The whole number that a value is, or that its text spells.
pub(crate) fn whole_number(value: &Value) -> Option<i64> {
    match value {
        Value::Number(Number::Integer(number)) => Some(*number),
        Value::Text(text) | Value::Markup(text) if text.len() <= WHOLE_BYTES_MAX => text.trim().parse().ok(),
        Value::Nil
        | Value::Boolean(_)
        | Value::Number(Number::Decimal { .. })
        | Value::Text(_)
        | Value::Markup(_)
        | Value::Date(_)
        | Value::Timestamp(_)
        | Value::List(_)
        | Value::Object(_)
        | Value::Range(_)
        | Value::Loop(_)
        | Value::Blank
        | Value::Empty => None,
    }
}

/// See [`Call::items`].
pub(crate) fn flat_items(value: &Value, meter: &mut Meter) -> Result<Arc<[Value]>, Fault> {
    match value {
        Value::List(items) if !items.iter().any(|item| matches!(item, Value::List(_))) => {
            meter.steps(items.len())?;
            Ok(Arc::clone(items))
        }
        Value::List(items) => {
            let mut flat = Vec::new();
            flatten(items, &mut flat, meter)?;
            Ok(Arc::from(flat))
        }
        Value::Range(range) => {
            // Paid for before it is laid out: a range may be longer than any memory.
            meter.items(usize::try_from(range.len()).unwrap_or(usize::MAX))?;
            Ok((0..range.len()).filter_map(|place| range.get(place)).map(Value::integer).collect())
        }
        Value::Nil => Ok(Arc::from([])),
        Value::Boolean(_)
        | Value::Number(_)
        | Value::Text(_)
        | Value::Markup(_)
        | Value::Date(_)
        | Value::Timestamp(_)
        | Value::Object(_)
        | Value::Loop(_)
        | Value::Blank
        | Value::Empty => Ok(Arc::from([value.clone()])),
    }
}

/// As deep as the data goes, which is bounded where it is read.
fn flatten(items: &[Value], flat: &mut Vec<Value>, meter: &mut Meter) -> Result<(), Fault> {
    for item in items {
        meter.items(1)?;
        match item {
            Value::List(inner) => flatten(inner, flat, meter)?,
            other => flat.push(other.clone()),
        }
    }
    Ok(())
}
