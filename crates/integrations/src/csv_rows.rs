//! Rows of a CSV file, one at a time.

use std::io::Read;

use crate::row::{FileError, Row, RowError};

/// The rows of a CSV file.
#[derive(Debug)]
pub struct CsvRows<R> {
    source: R,
    columns: Vec<String>,
}

impl<R: Read> CsvRows<R> {
    /// Reads the header.
    ///
    /// # Errors
    /// [`FileError`] when there is no header that can be used.
    pub fn open(source: R) -> Result<Self, FileError> {
        Ok(Self { source, columns: Vec::new() })
    }

    /// The names of the columns, as the file spells them.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Bytes of the file consumed so far.
    pub fn bytes_read(&self) -> u64 {
        unimplemented!()
    }
}

impl<R: Read> Iterator for CsvRows<R> {
    type Item = Result<Row, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let _ = self.source.read(&mut []);
        unimplemented!()
    }
}
