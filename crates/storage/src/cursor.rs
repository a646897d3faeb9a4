//! A place in the change feed.

use std::fmt;
use std::str::FromStr;

/// A place in the change feed: everything at or before it was read. Its text is opaque to clients.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cursor {
    pub(crate) epoch: i64,
    pub(crate) transaction_id: i64,
    pub(crate) sequence: i64,
}

/// The text is not a cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor of the change feed")]
pub struct CursorError;

impl Cursor {
    /// Before the first change, in any epoch.
    pub const START: Self = Self { epoch: 0, transaction_id: 0, sequence: 0 };

    /// The number of the last change read; 0 at the start.
    pub const fn sequence(self) -> i64 {
        self.sequence
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:x}.{:x}.{:x}", self.epoch, self.transaction_id, self.sequence)
    }
}

impl FromStr for Cursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, CursorError> {
        let mut parts = text.split('.').map(|part| i64::from_str_radix(part, 16));
        let mut next = || parts.next().and_then(Result::ok).filter(|part| 0 <= *part).ok_or(CursorError);
        let cursor = Self { epoch: next()?, transaction_id: next()?, sequence: next()? };
        if parts.next().is_some() { Err(CursorError) } else { Ok(cursor) }
    }
}

#[cfg(test)]
mod tests;
