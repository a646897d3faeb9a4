//! Text and booleans: each row's value as a code of a dictionary.

use attrium_schema::Scalar;

use super::dictionary::{Code, Dictionary};

#[derive(Debug, Default)]
pub(super) struct Words {
    dictionary: Dictionary,
    /// By row; meaningful only for rows that have a value.
    codes: Vec<Code>,
}

impl Words {
    /// Notes the value of a row that has none.
    pub(super) fn insert(&mut self, row: u32, value: &Scalar) {
        if self.codes.len() <= row as usize {
            self.codes.resize(row as usize + 1, 0);
        }
        self.codes[row as usize] = self.dictionary.insert(value, row);
    }

    /// Forgets the value of a row that has one.
    pub(super) fn remove(&mut self, row: u32) {
        self.dictionary.remove(self.codes[row as usize], row);
    }

    /// The value of a row that has one.
    pub(super) fn value(&self, row: u32) -> &Scalar {
        self.dictionary.value(self.codes[row as usize])
    }

    pub(super) fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// About how much memory it takes.
    pub(super) fn size_bytes(&self) -> usize {
        self.dictionary.size_bytes() + self.codes.capacity() * size_of::<Code>()
    }
}
