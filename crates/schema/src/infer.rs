//! Guesses a definition from a column of values: its type, format and privacy class.
//!
//! A guess is made once, over every value of the column, and never refuses a cell it has seen. What
//! is guessed, and why so carefully, is told in `docs/adr/0005-inference.md`.

use serde_json::Value as Json;

use crate::definition::{AttributeDraft, AttributeKey, PrivacyClass};
use crate::format::Format;
use crate::value_type::ValueType;

/// Watches every value of one column, in bounded memory.
#[derive(Clone, Debug, Default)]
pub struct ColumnObserver {}

/// What a column seems to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnGuess {
    /// The key of the attribute to be.
    pub key: AttributeKey,
    /// What people will see, made from the header.
    pub label: String,
    /// The type every value reads as.
    pub value_type: ValueType,
    /// The format every value fits, when the key or the shape speaks for it.
    pub format: Option<Format>,
    /// How careful one must be, by the words of the key and by the format.
    pub privacy_class: PrivacyClass,
    /// How many values were seen; missing ones (empty cells, nulls) do not count.
    pub filled: u64,
    /// Whether JSON values of different types met in it, so that not all of them will read.
    pub is_mixed: bool,
}

impl ColumnObserver {
    /// An observer that has seen nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sees one cell of a text file. An empty cell is a missing value.
    pub fn observe(&mut self, cell: &str) {
        unimplemented!("{cell}")
    }

    /// Sees one JSON value. `null` and the empty list are missing values. A string is text, a date or
    /// a timestamp, never a number.
    pub fn observe_json(&mut self, json: &Json) {
        unimplemented!("{json}")
    }

    /// What the column seems to hold. `header` is its name in the file, `key` as [`keys_from_headers`] made it.
    pub fn finish(self, header: &str, key: AttributeKey) -> ColumnGuess {
        unimplemented!("{header} {key}")
    }
}

impl From<ColumnGuess> for AttributeDraft {
    fn from(guess: ColumnGuess) -> Self {
        Self {
            key: guess.key,
            label: guess.label,
            description: String::new(),
            value_type: guess.value_type,
            format: guess.format,
            privacy_class: guess.privacy_class,
        }
    }
}

/// A key for each header of a file, in order, all distinct: `First Name` is `first_name`, `e-mail` is
/// `email`, `2024 sales` is `column_2024_sales`; a second `email` is `email_2`.
pub fn keys_from_headers<H: AsRef<str>>(headers: &[H]) -> Vec<AttributeKey> {
    unimplemented!("{}", headers.len())
}
