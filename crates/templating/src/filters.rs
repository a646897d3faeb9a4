//! The filters: one table of what they are called, what they take and what they give, and one room each
//! for text, encodings, numbers, lists, selections and dates.

mod arguments;
mod dates;
mod encodings;
mod lists;
mod numbers;
mod selections;
mod table;
mod text;

use crate::error::Fault;
use crate::value::Value;
pub(crate) use arguments::{Call, whole_number};
pub(crate) use table::{FILTERS, find};

/// One filter.
#[derive(Debug)]
pub(crate) struct Filter {
    pub(crate) name: &'static str,
    /// One line for people.
    pub(crate) doc: &'static str,
    /// What it is meant for.
    pub(crate) input: Input,
    /// How many arguments it takes: at least, and at most.
    pub(crate) arguments: (usize, usize),
    pub(crate) gives: Gives,
    pub(crate) run: fn(&mut Call<'_>) -> Result<Value, Fault>,
}

/// What a filter is meant for. Rendering converts what does not fit, as Liquid does; checking objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Input {
    Anything,
    Text,
    Number,
    List,
    /// A list or a text.
    Sequence,
    Date,
}

/// What a filter gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gives {
    Text,
    Number,
    Boolean,
    /// A list of the items it was given, or some of them.
    Items,
    /// One of the items it was given.
    Item,
    /// A list of something else.
    List,
    /// What it was given.
    Same,
    /// Text that is not escaped again.
    Markup,
}

impl Filter {
    /// The named argument it takes.
    pub(crate) fn takes_named(&self, name: &str) -> bool {
        self.name == DEFAULT && name == "allow_false"
    }

    /// Whether a missing value is what it is for, so that nothing is lost when it meets one.
    pub(crate) fn is_for_missing(&self) -> bool {
        matches!(self.name, DEFAULT | "json" | "size")
    }
}

/// The filter that stands in for a missing value.
pub(crate) const DEFAULT: &str = "default";

#[cfg(test)]
mod tests;
