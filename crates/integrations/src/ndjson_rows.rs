//! Rows of an NDJSON file, one at a time.

use std::io::Read;

use crate::row::{FileError, Row, RowError};

/// The rows of an NDJSON file.
#[derive(Debug)]
pub struct NdjsonRows<R> {
    source: R,
    columns: Vec<String>,
}

impl<R: Read> NdjsonRows<R> {
    /// Begins to read.
    ///
    /// # Errors
    /// [`FileError`] when the file is empty, or no text in UTF-8.
    pub fn open(source: R) -> Result<Self, FileError> {
        Ok(Self { source, columns: Vec::new() })
    }

    /// The names of the columns, as the file spells them; grows while rows are read.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Bytes of the file consumed so far.
    pub fn bytes_read(&self) -> u64 {
        unimplemented!()
    }
}

impl<R: Read> Iterator for NdjsonRows<R> {
    type Item = Result<Row, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let _ = self.source.read(&mut []);
        unimplemented!()
    }
}
