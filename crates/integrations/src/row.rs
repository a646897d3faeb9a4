//! One record of a file, and what may be wrong with a record or with a whole file.

use std::io;

/// One record of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The line it begins on, from 1.
    pub line: u64,
    /// Its cells, at most one per column. A CSV row has one for each column, in order; an NDJSON row only those it names.
    pub cells: Vec<Cell>,
}

/// One value of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Its place in the columns of the file, from 0.
    pub column: usize,
    /// What it holds.
    pub value: CellValue,
}

/// What a cell holds, as the file wrote it.
#[derive(Clone, Debug, PartialEq)]
pub enum CellValue {
    /// Text of a CSV file; empty when nothing is between the delimiters.
    Text(String),
    /// A JSON value: null, a scalar, a list of scalars, or a place `{"lat", "lon"}`.
    Json(serde_json::Value),
}

/// Why the next row did not come.
#[derive(Debug, thiserror::Error)]
pub enum RowError {
    /// One record is wrong; reading goes on behind it.
    #[error(transparent)]
    Record(#[from] RecordProblem),
    /// The file cannot be read; nothing follows.
    #[error(transparent)]
    File(#[from] FileError),
}

/// One record that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {kind}")]
pub struct RecordProblem {
    /// The line the record begins on, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub kind: RecordProblemKind,
}

/// What is wrong with a record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordProblemKind {
    /// Fewer or more fields than the header has.
    #[error("{found} fields where the header has {expected}")]
    Ragged {
        /// How many it has.
        found: usize,
        /// How many the header has.
        expected: usize,
    },
}

/// Why a file cannot be read at all, or no further.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Reading failed.
    #[error("the file could not be read")]
    Io(#[from] io::Error),
}
