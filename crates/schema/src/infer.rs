//! Guesses a definition from a column of values: its type, format and privacy class.
//!
//! A guess is made once, over every value of the column, and the definition it becomes reads every cell
//! it was made from. Where two guesses are possible the less surprising one is taken, which is mostly
//! text: widening a type later is easy, and a leading zero lost is lost.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::definition::{AttributeDraft, AttributeKey, PrivacyClass};
use crate::format::Format;
use crate::hidden::is_hidden;
use crate::value_type::{ScalarType, ValueType};

use formats::PossibleFormats;
pub use header::keys_from_headers;
use types::PossibleTypes;
use words::KeyWords;

mod formats;
mod header;
mod types;
mod words;

/// Most distinct texts of a column that is guessed to be an enum.
const ENUM_OPTIONS_MAX: usize = 24;
/// How often each option occurs on average, at least: ten rows of five words are no enum yet.
const ENUM_USES_MIN: u64 = 10;

/// Watches every value of one column, in memory that does not grow with the column.
#[derive(Clone, Debug, Default)]
pub struct ColumnObserver {
    filled: u64,
    lists: u64,
    types: PossibleTypes,
    formats: PossibleFormats,
    distinct: Distinct,
}

/// What a column seems to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnGuess {
    /// The key of the attribute to be.
    pub key: AttributeKey,
    /// What people will see, made from the header.
    pub label: String,
    /// The type every value reads as; text for a column without values.
    pub value_type: ValueType,
    /// The format every value fits, when the key or the shape speaks for it.
    pub format: Option<Format>,
    /// How careful one must be, by the words of the key and by the format.
    pub privacy_class: PrivacyClass,
    /// How many values were seen; missing ones (empty cells, nulls) do not count.
    pub filled: u64,
    /// Whether JSON values of types that do not go together met in the column. It is text then, and
    /// those that are no strings will not read.
    pub is_mixed: bool,
}

impl ColumnObserver {
    /// An observer that has seen nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sees one cell of a text file. An empty cell is a missing value.
    pub fn observe(&mut self, cell: &str) {
        if cell.is_empty() {
            return;
        }
        self.filled += 1;
        self.types.see_cell(cell);
        self.see_text(cell);
    }

    /// Sees one JSON value. `null` and the empty list are missing values. A string is text, a date or
    /// a timestamp, never a number.
    pub fn observe_json(&mut self, json: &Json) {
        match json {
            Json::Null => return,
            Json::Array(items) if items.is_empty() => return,
            Json::Array(items) => {
                self.lists += 1;
                for item in items {
                    self.see_json(item);
                }
            }
            single => self.see_json(single),
        }
        self.filled += 1;
    }

    fn see_json(&mut self, json: &Json) {
        self.types.see_json(json);
        if let Json::String(text) = json {
            self.see_text(text);
        }
    }

    fn see_text(&mut self, text: &str) {
        self.formats.see(text);
        self.distinct.see(text);
    }

    /// What the column seems to hold. `header` is its name in the file, `key` as [`keys_from_headers`] made it.
    pub fn finish(mut self, header: &str, key: AttributeKey) -> ColumnGuess {
        let words = KeyWords::of(&key);
        if words.name_by_digits() {
            self.types.without_long_digits();
        }
        let is_list = self.lists > 0 && self.lists == self.filled;
        let is_half_lists = self.lists > 0 && !is_list;
        let narrowest = self.types.narrowest().filter(|_| !is_half_lists);
        let scalar = match narrowest {
            Some(scalar) if self.filled > 0 => scalar,
            _ => ScalarType::Text,
        };
        let format = if self.filled > 0 && narrowest == Some(ScalarType::Text) { self.format(&words) } else { None };
        let privacy_class = match &format {
            Some(Format::Email | Format::Phone) => words.privacy_class().max(PrivacyClass::Personal),
            _ => words.privacy_class(),
        };
        ColumnGuess {
            label: header::label_from_header(header, &key),
            key,
            value_type: ValueType { scalar, is_list },
            format,
            privacy_class,
            filled: self.filled,
            is_mixed: narrowest.is_none(),
        }
    }

    fn format(&self, words: &KeyWords) -> Option<Format> {
        self.formats.best(words).or_else(|| self.distinct.options(self.filled))
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

/// The distinct texts of a column, until they are too many or too long to be options.
#[derive(Clone, Debug)]
enum Distinct {
    Few(BTreeSet<String>),
    Many,
}

impl Default for Distinct {
    fn default() -> Self {
        Self::Few(BTreeSet::new())
    }
}

impl Distinct {
    fn see(&mut self, text: &str) {
        let Self::Few(options) = self else { return };
        if options.contains(text) {
            return;
        }
        let is_option =
            !text.trim().is_empty() && !text.contains(is_hidden) && text.chars().count() <= Format::OPTION_CHARS_MAX;
        if is_option && options.len() < ENUM_OPTIONS_MAX {
            options.insert(text.to_owned());
        } else {
            *self = Self::Many;
        }
    }

    /// An open enum of the texts, when each was used often enough.
    fn options(&self, filled: u64) -> Option<Format> {
        let Self::Few(options) = self else { return None };
        let distinct = u64::try_from(options.len()).expect("they are few");
        let is_used = distinct > 0 && distinct * ENUM_USES_MIN <= filled;
        is_used.then(|| Format::Enum { options: options.iter().cloned().collect(), is_open: true })
    }
}

#[cfg(test)]
mod tests;
