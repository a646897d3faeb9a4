//! One attribute of every profile: who has a value, what it is, and who has which value.

use std::borrow::{Borrow, Cow};
use std::cmp::{Ordering, Reverse};
use std::collections::HashMap;

use attrium_schema::{GeoPoint, Scalar, ScalarType, Value, ValueType};
use roaring::RoaringBitmap;

use super::lists::Lists;
use super::ordered::{OrderedValues, ordered};
use super::words::Words;
use crate::fit::fitted;
use crate::ordering::compare;

#[derive(Debug)]
pub(super) struct Column {
    value_type: ValueType,
    /// The rows that have a value.
    present: RoaringBitmap,
    store: Store,
}

/// How the values are kept, by type.
#[derive(Debug)]
pub(super) enum Store {
    /// Text and booleans.
    Words(Words),
    /// Numbers, dates and instants.
    Ordered(Box<dyn OrderedValues>),
    /// Places, by row: they only exist or are missing until rules can ask where they lie.
    Places(HashMap<u32, GeoPoint>),
    /// Lists of any type.
    Lists(Lists),
}

impl Store {
    fn new(value_type: ValueType) -> Self {
        if value_type.is_list {
            return Self::Lists(Lists::default());
        }
        if let Some(values) = ordered(value_type.scalar) {
            return Self::Ordered(values);
        }
        if value_type.scalar == ScalarType::GeoPoint {
            return Self::Places(HashMap::new());
        }
        Self::Words(Words::default())
    }
}

impl Column {
    pub(super) fn new(value_type: ValueType) -> Self {
        Self { value_type, present: RoaringBitmap::new(), store: Store::new(value_type) }
    }

    pub(super) fn value_type(&self) -> ValueType {
        self.value_type
    }

    /// The rows that have a value.
    pub(super) fn present(&self) -> &RoaringBitmap {
        &self.present
    }

    pub(super) fn store(&self) -> &Store {
        &self.store
    }

    /// Gives a row this value, or none. A value that is not of the column's type counts as none.
    pub(super) fn set(&mut self, row: u32, value: Option<&Value>) {
        if self.present.remove(row) {
            self.remove(row);
        }
        if value.is_some_and(|value| self.insert(row, value)) {
            self.present.insert(row);
        }
    }

    fn remove(&mut self, row: u32) {
        match &mut self.store {
            Store::Words(words) => words.remove(row),
            Store::Ordered(values) => values.remove(row),
            Store::Places(places) => {
                places.remove(&row);
            }
            Store::Lists(lists) => lists.remove(row),
        }
    }

    fn insert(&mut self, row: u32, value: &Value) -> bool {
        let Some(value) = fitted(Cow::Borrowed(value), self.value_type) else {
            return false;
        };
        match (&mut self.store, &*value) {
            (Store::Words(words), Value::One(scalar)) => words.insert(row, scalar),
            (Store::Ordered(values), Value::One(scalar)) => {
                return values.insert_scalar(row, scalar);
            }
            (Store::Places(places), Value::One(Scalar::GeoPoint(point))) => {
                places.insert(row, *point);
            }
            (Store::Lists(lists), Value::Many(items)) => lists.insert(row, items),
            // A fitted value is always of one of the pairs above.
            (Store::Words(_) | Store::Ordered(_) | Store::Places(_), _) | (Store::Lists(_), Value::One(_)) => {
                return false;
            }
        }
        true
    }

    /// The value of a row, or `None` when it is missing. A list comes as the set of its items.
    pub(super) fn value(&self, row: u32) -> Option<Value> {
        if !self.present.contains(row) {
            return None;
        }
        Some(match &self.store {
            Store::Words(words) => Value::One(words.value(row).clone()),
            Store::Ordered(values) => Value::One(values.scalar(row)),
            Store::Places(places) => Value::One(Scalar::GeoPoint(places[&row])),
            Store::Lists(lists) => Value::Many(lists.set(row).cloned().collect()),
        })
    }

    /// The `n` values or items that most rows hold; among equally frequent ones the smaller first.
    pub(super) fn top_values(&self, n: usize) -> Vec<(Scalar, u64)> {
        match &self.store {
            Store::Words(words) => most_frequent(words.dictionary().counts(), n),
            Store::Ordered(values) => most_frequent(values.counts(), n),
            Store::Places(_) => Vec::new(),
            Store::Lists(lists) => most_frequent(lists.items().counts(), n),
        }
    }

    /// About how much memory it takes.
    pub(super) fn size_bytes(&self) -> usize {
        let store = match &self.store {
            Store::Words(words) => words.size_bytes(),
            Store::Ordered(values) => values.size_bytes(),
            Store::Places(places) => places.capacity() * size_of::<(u32, GeoPoint)>(),
            Store::Lists(lists) => lists.size_bytes(),
        };
        store + super::bitmap_bytes(&self.present)
    }
}

fn most_frequent<S: Borrow<Scalar>>(mut counts: Vec<(S, u64)>, n: usize) -> Vec<(Scalar, u64)> {
    let order = |(left, left_count): &(S, u64), (right, right_count): &(S, u64)| {
        let by_value = || compare(left.borrow(), right.borrow()).unwrap_or(Ordering::Equal);
        Reverse(left_count).cmp(&Reverse(right_count)).then_with(by_value)
    };
    if n < counts.len() {
        counts.select_nth_unstable_by(n, order);
        counts.truncate(n);
    }
    counts.sort_unstable_by(order);
    counts.into_iter().map(|(value, count)| (value.borrow().clone(), count)).collect()
}
