//! Delivers: what crosses the border of the house. Files come in: rows of CSV and NDJSON, read as a
//! stream. Webhooks go out: signed, once per call, to addresses that may be reached. See the README for
//! the crate used alone.
//!
//! Deliberately absent: attributes and their types (a row is cells with a line number, and `engine`
//! maps it), what is owed to whom, and the database. The first types to read are [`Rows`] and
//! [`webhooks::Sender`].
#![cfg_attr(doctest, doc = include_str!("../README.md"))]

mod row;
mod opening;
mod csv_rows;
mod ndjson_rows;
mod rows;

pub mod outbound;
pub mod webhooks;

#[cfg(feature = "testing")]
pub mod testing;

pub use csv_rows::CsvRows;
pub use ndjson_rows::NdjsonRows;
pub use row::{
    COLUMN_NAME_CHARS_MAX, COLUMNS_MAX, Cell, CellValue, FIELD_BYTES_MAX, FileError, RECORD_BYTES_MAX, RecordProblem,
    RecordProblemKind, Row, RowError,
};
pub use rows::{FileFormat, FileFormatError, Rows};
