//! Rows of an NDJSON file, one at a time.

use std::collections::HashMap;
use std::io::{self, BufRead, Read};

use object::fields_of;

use crate::opening::{self, Bytes, fill};
use crate::row::{
    COLUMN_NAME_CHARS_MAX, COLUMNS_MAX, Cell, CellValue, FIELD_BYTES_MAX, FileError, RecordProblem, RecordProblemKind,
    Row, RowError,
};

mod object;

/// The rows of an NDJSON file: one object of flat fields on each line. The columns are the fields' names, in the order
/// they first occur; names that differ only in case are one column.
#[derive(Debug)]
pub struct NdjsonRows<R> {
    bytes: Bytes<R>,
    columns: Vec<String>,
    places: HashMap<String, usize>,
    line: u64,
    bytes_read: u64,
    buffer: Vec<u8>,
    is_finished: bool,
}

impl<R: Read> NdjsonRows<R> {
    /// Looks at the first bytes.
    ///
    /// # Errors
    /// [`FileError`] when the file is empty, or no text in UTF-8.
    pub fn open(source: R) -> Result<Self, FileError> {
        let opening = opening::open(source)?;
        Ok(Self {
            bytes: opening.bytes,
            columns: Vec::new(),
            places: HashMap::new(),
            line: 0,
            bytes_read: opening.mark_bytes,
            buffer: Vec::new(),
            is_finished: false,
        })
    }

    /// The names of the columns seen so far, as the file first spells them; grows while rows are read.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Bytes of the file consumed so far.
    pub fn bytes_read(&self) -> u64 {
        self.bytes_read
    }

    /// Reads one line without its end into the buffer; `None` at the end of the file. A line that is too long is passed
    /// over to its end.
    fn read_line(&mut self) -> io::Result<Option<Result<(), RecordProblemKind>>> {
        self.buffer.clear();
        let mut is_too_long = false;
        let mut is_begun = false;
        loop {
            let input = fill(&mut self.bytes)?;
            let is_end = input.is_empty();
            let end = input.iter().position(|byte| *byte == b'\n');
            let part = &input[..end.unwrap_or(input.len())];
            is_too_long |= FIELD_BYTES_MAX < self.buffer.len() + part.len();
            if !is_too_long {
                self.buffer.extend_from_slice(part);
            }
            let taken = end.map_or(input.len(), |end| end + 1);
            self.bytes.consume(taken);
            self.bytes_read += taken as u64;
            if is_end && !is_begun {
                return Ok(None);
            }
            is_begun = true;
            if is_end || end.is_some() {
                self.line += 1;
                return Ok(Some(if is_too_long { Err(RecordProblemKind::RecordTooLong) } else { Ok(()) }));
            }
        }
    }

    /// The row of the line in the buffer.
    fn row(&mut self) -> Result<Row, RecordProblemKind> {
        let text = std::str::from_utf8(&self.buffer).map_err(|_| RecordProblemKind::LineNotUtf8)?;
        let mut cells: Vec<Cell> = Vec::new();
        let mut seen = vec![false; self.columns.len()];
        for (name, value) in fields_of(text)? {
            let column = self.column(&name)?;
            seen.resize(self.columns.len(), false);
            if std::mem::replace(&mut seen[column], true) {
                return Err(RecordProblemKind::Duplicate { column: name });
            }
            cells.push(Cell { column, value: CellValue::Json(value) });
        }
        Ok(Row { line: self.line, cells })
    }

    /// The place of a column, a new one when the name was not seen before.
    fn column(&mut self, name: &str) -> Result<usize, RecordProblemKind> {
        let folded = name.trim().to_lowercase();
        if let Some(place) = self.places.get(&folded) {
            return Ok(*place);
        }
        if folded.is_empty() || COLUMN_NAME_CHARS_MAX < name.chars().count() || name.contains('\0') {
            return Err(RecordProblemKind::BadName);
        }
        if self.columns.len() == COLUMNS_MAX {
            return Err(RecordProblemKind::TooManyColumns { column: name.to_owned() });
        }
        self.places.insert(folded, self.columns.len());
        self.columns.push(name.to_owned());
        Ok(self.columns.len() - 1)
    }
}

impl<R: Read> Iterator for NdjsonRows<R> {
    type Item = Result<Row, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_finished {
            let row = match self.read_line() {
                Ok(None) => break,
                Ok(Some(Ok(()))) if self.buffer.iter().all(u8::is_ascii_whitespace) => continue,
                Ok(Some(Ok(()))) => self.row(),
                Ok(Some(Err(kind))) => Err(kind),
                Err(error) => {
                    self.is_finished = true;
                    return Some(Err(FileError::from(error).into()));
                }
            };
            let line = self.line;
            return Some(row.map_err(|kind| RecordProblem { line, kind }.into()));
        }
        self.is_finished = true;
        None
    }
}

#[cfg(test)]
mod tests;
