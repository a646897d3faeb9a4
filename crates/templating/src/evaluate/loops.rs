//! Loops. Nothing is laid out for them: an item is fetched when its turn comes.

use std::sync::Arc;

use super::{Flow, Renderer};
use crate::error::{Fault, RenderError};
use crate::filters::whole_number;
use crate::tree::{Expression, For, Offset};
use crate::value::{IntegerRange, Loop, Object, Value};

/// A loop in one iteration.
pub(super) struct Frame {
    pub(super) variable: Arc<str>,
    pub(super) item: Value,
    pub(super) state: Arc<Loop>,
}

/// What is looped over.
enum Items {
    List(Arc<[Value]>),
    Object(Arc<Object>),
    Range(IntegerRange),
    /// A text, which is one item, wherever the loop starts.
    One(Value),
    None,
}

/// The items of one loop, from one place up to another.
struct Window {
    items: Items,
    from: u64,
    length: u64,
    is_reversed: bool,
}

impl Items {
    fn of(value: Value) -> Self {
        match value {
            Value::List(items) => Self::List(items),
            Value::Object(object) => Self::Object(object),
            Value::Range(range) => Self::Range(range),
            Value::Text(_) | Value::Markup(_) if !value.is_empty() => Self::One(value),
            Value::Nil
            | Value::Boolean(_)
            | Value::Number(_)
            | Value::Text(_)
            | Value::Markup(_)
            | Value::Date(_)
            | Value::Timestamp(_)
            | Value::Loop(_)
            | Value::Blank
            | Value::Empty => Self::None,
        }
    }

    fn len(&self) -> u64 {
        match self {
            Self::List(items) => items.len() as u64,
            Self::Object(object) => object.len() as u64,
            Self::Range(range) => range.len(),
            Self::One(_) => 1,
            Self::None => 0,
        }
    }

    fn get(&self, place: u64) -> Value {
        let index = usize::try_from(place).unwrap_or(usize::MAX);
        match self {
            Self::List(items) => items.get(index).cloned().unwrap_or_default(),
            Self::Object(object) => object.pair(index).unwrap_or_default(),
            Self::Range(range) => range.get(place).map(Value::integer).unwrap_or_default(),
            Self::One(value) => value.clone(),
            Self::None => Value::Nil,
        }
    }
}

impl Window {
    fn get(&self, turn: u64) -> Value {
        let place = if self.is_reversed { self.length - 1 - turn } else { turn };
        self.items.get(self.from + place)
    }
}

impl<'t> Renderer<'t> {
    pub(super) fn repeated(&mut self, repeated: &'t For) -> Result<Flow, RenderError> {
        let window = self.window(repeated)?;
        if window.length == 0 {
            return repeated.otherwise.as_ref().map_or(Ok(Flow::On), |body| self.body(body));
        }
        let limit = self.rendering.limits.iterations_max;
        let length = usize::try_from(window.length).ok().filter(|length| *length <= limit);
        let Some(length) = length else {
            let fault = Fault::TooManyIterations { items: window.length, limit };
            return self.at(Err(fault), &repeated.collection.span);
        };
        let parent = self.loops.last().map(|frame| Arc::clone(&frame.state));
        for (turn, index0) in (0..window.length).zip(0..length) {
            self.step(&repeated.variable.span)?;
            let state = Loop { name: Arc::clone(&repeated.name), length, index0, parent: parent.clone() };
            self.loops.push(Frame {
                variable: Arc::clone(&repeated.variable.text),
                item: window.get(turn),
                state: Arc::new(state),
            });
            let flow = self.body(&repeated.body);
            self.loops.pop();
            if flow? == Flow::Break {
                break;
            }
        }
        Ok(Flow::On)
    }

    /// What the loop runs over, its offset and its limit applied.
    fn window(&mut self, repeated: &'t For) -> Result<Window, RenderError> {
        let items = Items::of(self.value(&repeated.collection)?);
        let offset = match &repeated.offset {
            None => 0,
            Some(Offset::Continue) => self.stops.get(&repeated.name).copied().unwrap_or_default(),
            Some(Offset::At(offset)) => self.parameter(offset, "offset")?.unwrap_or_default(),
        };
        let limit = match &repeated.limit {
            None => None,
            Some(limit) => self.parameter(limit, "limit")?,
        };
        let (from, limit) = if matches!(items, Items::One(_)) { (0, None) } else { (offset, limit) };
        let length = items.len().saturating_sub(from).min(limit.unwrap_or(u64::MAX));
        self.stops.insert(Arc::clone(&repeated.name), from.saturating_add(length));
        Ok(Window { items, from, length, is_reversed: repeated.is_reversed })
    }

    /// A limit or an offset; `None` when it is nothing. Negative ones count as 0.
    fn parameter(&mut self, expression: &'t Expression, parameter: &'static str) -> Result<Option<u64>, RenderError> {
        let value = self.value(expression)?;
        if value.is_nil() {
            return Ok(None);
        }
        let given = whole_number(&value).ok_or(Fault::LoopParameter { parameter, given: value.kind() });
        Ok(Some(u64::try_from(self.at(given, &expression.span)?).unwrap_or(0)))
    }
}
