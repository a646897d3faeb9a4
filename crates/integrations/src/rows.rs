//! Rows of a file of either format.

use std::io::Read;
use std::str::FromStr;

use crate::csv_rows::CsvRows;
use crate::ndjson_rows::NdjsonRows;
use crate::row::{FileError, Row, RowError};

/// The formats a file of rows may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileFormat {
    /// Comma-separated values, or separated by semicolons, tabs or pipes; the first line names the columns.
    Csv,
    /// One JSON object per line.
    Ndjson,
}

impl FileFormat {
    /// Its name as stored and typed: `ndjson`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Ndjson => "ndjson",
        }
    }

    /// The format a file's name speaks of, by its ending in any case; `None` for any other.
    pub fn of_file_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "csv" | "tsv" | "txt" => Some(Self::Csv),
            "ndjson" | "jsonl" => Some(Self::Ndjson),
            _ => None,
        }
    }
}

/// The text names no file format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a file format; use csv or ndjson")]
pub struct FileFormatError {
    /// The text.
    pub text: String,
}

impl FromStr for FileFormat {
    type Err = FileFormatError;

    fn from_str(text: &str) -> Result<Self, FileFormatError> {
        match text {
            "csv" => Ok(Self::Csv),
            "ndjson" => Ok(Self::Ndjson),
            _ => Err(FileFormatError { text: text.to_owned() }),
        }
    }
}

/// The rows of a file, one at a time, in bounded memory.
#[derive(Debug)]
pub enum Rows<R> {
    /// Of a CSV file.
    Csv(Box<CsvRows<R>>),
    /// Of an NDJSON file.
    Ndjson(NdjsonRows<R>),
}

impl<R: Read> Rows<R> {
    /// Opens a file of this format.
    ///
    /// # Errors
    /// [`FileError`] when nothing in it can be read.
    pub fn open(format: FileFormat, source: R) -> Result<Self, FileError> {
        match format {
            FileFormat::Csv => Ok(Self::Csv(Box::new(CsvRows::open(source)?))),
            FileFormat::Ndjson => NdjsonRows::open(source).map(Self::Ndjson),
        }
    }

    /// The names of the columns as the file spells them. Those of NDJSON grow while rows are read.
    pub fn columns(&self) -> &[String] {
        match self {
            Self::Csv(rows) => rows.columns(),
            Self::Ndjson(rows) => rows.columns(),
        }
    }

    /// Bytes of the file consumed so far.
    pub fn bytes_read(&self) -> u64 {
        match self {
            Self::Csv(rows) => rows.bytes_read(),
            Self::Ndjson(rows) => rows.bytes_read(),
        }
    }
}

impl<R: Read> Iterator for Rows<R> {
    type Item = Result<Row, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Csv(rows) => rows.next(),
            Self::Ndjson(rows) => rows.next(),
        }
    }
}
