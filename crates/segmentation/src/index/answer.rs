//! From a question to the rows of one column that answer yes. Each arm is a quicker way to what
//! [`Question::holds`] says row by row; where there is none, the rows are asked one by one.

use std::borrow::Cow;

use roaring::RoaringBitmap;

use super::column::{Column, Store};
use super::lists::Lists;
use crate::compiled::Question;

/// The rows that have a value in this column which answers a question with yes. A question about
/// another attribute looks beyond one column, and is not for here.
pub(super) fn answer<'a>(column: &'a Column, question: &Question<'_>) -> Cow<'a, RoaringBitmap> {
    let one_by_one = || {
        let holds = |row: &u32| question.holds(column.value(*row).as_ref(), None);
        Cow::Owned(column.present().iter().filter(holds).collect())
    };
    match question {
        Question::Exists => Cow::Borrowed(column.present()),
        Question::AnyOf(values) => match column.store() {
            Store::Words(words) => words.dictionary().rows_of_any(values),
            Store::Ordered(ordered) => Cow::Owned(ordered.rows_of_any(values)),
            Store::Lists(lists) => lists.items().rows_of_any(values),
            Store::Places(_) => one_by_one(),
        },
        Question::Range(range) => match column.store() {
            Store::Words(words) => Cow::Owned(words.dictionary().rows_passing(|value| range.contains(value))),
            Store::Ordered(ordered) => Cow::Owned(ordered.rows_in(range)),
            Store::Places(_) | Store::Lists(_) => one_by_one(),
        },
        Question::Predicate(predicate) => match column.store() {
            Store::Words(words) => Cow::Owned(words.dictionary().rows_passing(|value| predicate.holds(value))),
            Store::Ordered(ordered) => {
                Cow::Owned(ordered.rows_passing(column.present(), &|value| predicate.holds(value)))
            }
            Store::Places(_) | Store::Lists(_) => one_by_one(),
        },
        Question::AllOf(items) => in_lists(column, |lists| lists.rows_of_all(items)).unwrap_or_else(one_by_one),
        Question::SetEquals(items) => {
            in_lists(column, |lists| lists.rows_of_all(items) & lists.rows_of_size(|size| size == items.len()))
                .unwrap_or_else(one_by_one)
        }
        Question::Size(count) => {
            in_lists(column, |lists| lists.rows_of_size(|size| count.accepts(size))).unwrap_or_else(one_by_one)
        }
        Question::Missing | Question::Other(..) => Cow::default(),
    }
}

/// The rows found in a column of lists; `None` for any other column.
fn in_lists<'a>(column: &Column, find: impl Fn(&Lists) -> RoaringBitmap) -> Option<Cow<'a, RoaringBitmap>> {
    match column.store() {
        Store::Lists(lists) => Some(Cow::Owned(find(lists))),
        Store::Words(_) | Store::Ordered(_) | Store::Places(_) => None,
    }
}
