//! Whole numbers in a row.

/// Whole numbers from a first to a last, both included; none when the last is smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IntegerRange {
    /// The first.
    pub first: i64,
    /// The last.
    pub last: i64,
}

impl IntegerRange {
    /// How many numbers there are.
    pub fn len(self) -> u64 {
        if self.last < self.first { 0 } else { self.last.abs_diff(self.first).saturating_add(1) }
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.last < self.first
    }

    /// The number at a place, from 0.
    pub(crate) fn get(self, place: u64) -> Option<i64> {
        (place < self.len()).then(|| self.first.checked_add_unsigned(place)).flatten()
    }
}
