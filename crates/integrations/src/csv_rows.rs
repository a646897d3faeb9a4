//! Rows of a CSV file, one at a time.

use std::collections::HashMap;
use std::io::Read;

use delimiter::detect;
use records::{Record, Records};

use crate::opening;
use crate::row::{
    COLUMN_NAME_CHARS_MAX, COLUMNS_MAX, Cell, CellValue, FileError, RecordProblem, RecordProblemKind, Row, RowError,
};

mod delimiter;
mod records;

/// The rows of a CSV file: fields parted by commas, semicolons, tabs or pipes, whichever the first lines show; the first
/// record names the columns. Lines end with `\n`, `\r\n` or `\r`, and blank ones are passed over.
#[derive(Debug)]
pub struct CsvRows<R> {
    records: Records<R>,
    delimiter: u8,
    columns: Vec<String>,
    unnamed_columns: usize,
    mark_bytes: u64,
    is_finished: bool,
}

impl<R: Read> CsvRows<R> {
    /// Reads the header.
    ///
    /// # Errors
    /// [`FileError`] when there is no header that can be used.
    pub fn open(source: R) -> Result<Self, FileError> {
        let opening = opening::open(source)?;
        let delimiter = detect(&opening.sample, opening.is_whole);
        let mut records = Records::new(opening.bytes, delimiter);
        let header = records.next(COLUMNS_MAX + 1)?.ok_or(FileError::Empty)?;
        let (columns, unnamed_columns) = columns_of(header)?;
        Ok(Self { records, delimiter, columns, unnamed_columns, mark_bytes: opening.mark_bytes, is_finished: false })
    }

    /// The names of the columns, as the file spells them.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// What parts the fields: `,`, `;`, a tab or `|`.
    pub fn delimiter(&self) -> char {
        char::from(self.delimiter)
    }

    /// How many columns at the end of the header have no name. They are left out, and a value in one is a problem.
    pub fn unnamed_columns(&self) -> usize {
        self.unnamed_columns
    }

    /// Bytes of the file consumed so far.
    pub fn bytes_read(&self) -> u64 {
        self.mark_bytes + self.records.bytes_read()
    }

    fn row(&self, record: Record) -> Result<Row, RecordProblem> {
        let line = record.line;
        self.cells(record).map(|cells| Row { line, cells }).map_err(|kind| RecordProblem { line, kind })
    }

    fn cells(&self, record: Record) -> Result<Vec<Cell>, RecordProblemKind> {
        if let Some(flaw) = record.flaw {
            return Err(flaw);
        }
        let named = self.columns.len();
        if record.count < named || named + self.unnamed_columns < record.count {
            return Err(RecordProblemKind::Ragged { found: record.count, expected: named });
        }
        if let Some(behind) = record.fields[named..].iter().position(|field| !field.is_empty()) {
            return Err(RecordProblemKind::Unnamed { column: named + behind + 1 });
        }
        let fields = record.fields.into_iter().zip(&self.columns).enumerate();
        fields.map(|(column, (field, name))| cell(column, name, field)).collect()
    }
}

impl<R: Read> Iterator for CsvRows<R> {
    type Item = Result<Row, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_finished {
            return None;
        }
        match self.records.next(self.columns.len() + self.unnamed_columns) {
            Ok(Some(record)) => Some(self.row(record).map_err(RowError::from)),
            Ok(None) => {
                self.is_finished = true;
                None
            }
            Err(error) => {
                self.is_finished = true;
                Some(Err(FileError::from(error).into()))
            }
        }
    }
}

fn cell(column: usize, name: &str, field: Vec<u8>) -> Result<Cell, RecordProblemKind> {
    let text = String::from_utf8(field).map_err(|_| RecordProblemKind::NotUtf8 { column: name.to_owned() })?;
    if text.contains('\0') {
        return Err(RecordProblemKind::Nul { column: name.to_owned() });
    }
    Ok(Cell { column, value: CellValue::Text(text) })
}

/// The names in a header, and how many fields behind them have none.
fn columns_of(header: Record) -> Result<(Vec<String>, usize), FileError> {
    let line = header.line;
    if let Some(kind) = header.flaw {
        return Err(FileError::Header(RecordProblem { line, kind }));
    }
    if COLUMNS_MAX < header.count {
        return Err(FileError::TooManyColumns { line, found: header.count });
    }
    let mut names = Vec::with_capacity(header.fields.len());
    for field in header.fields {
        let name = String::from_utf8(field).map_err(|_| FileError::Encoding { line, found: "in another encoding" })?;
        names.push(name);
    }
    let last = names.iter().rposition(|name| !name.trim().is_empty()).unwrap_or(0);
    let unnamed = names.split_off(last + 1).len();
    check_names(line, &names)?;
    Ok((names, unnamed))
}

fn check_names(line: u64, names: &[String]) -> Result<(), FileError> {
    let mut places = HashMap::new();
    for (place, name) in names.iter().enumerate() {
        let column = place + 1;
        if name.contains('\0') {
            return Err(FileError::Encoding { line, found: "binary or UTF-16" });
        }
        if name.trim().is_empty() {
            return Err(FileError::UnnamedColumn { line, column });
        }
        if COLUMN_NAME_CHARS_MAX < name.chars().count() {
            return Err(FileError::LongName { line, column });
        }
        if let Some(first) = places.insert(name.trim().to_lowercase(), column) {
            return Err(FileError::DuplicateColumn { line, first, second: column });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
