//! The records of a CSV file as bytes, in bounded memory whatever the file holds.
//!
//! The parser is `csv-core`; the `csv` crate above it would gather a record of any length before it
//! answers, and take a quote that is never closed for the end of a field.

use std::io::{self, BufRead, Read};

use csv_core::ReadFieldResult;

use crate::opening::{Bytes, fill};
use crate::row::{FIELD_BYTES_MAX, RECORD_BYTES_MAX, RecordProblemKind};

/// Room for a field before it has shown that it needs more.
const FIELD_BYTES_USUAL: usize = 4 * 1024;

/// One record as bytes.
pub(super) struct Record {
    /// The line it begins on, from 1.
    pub(super) line: u64,
    /// Its first fields, as many as were asked for.
    pub(super) fields: Vec<Vec<u8>>,
    /// How many fields it has.
    pub(super) count: usize,
    /// Why the fields cannot be used.
    pub(super) flaw: Option<RecordProblemKind>,
}

/// Reads records.
#[derive(Debug)]
pub(super) struct Records<R> {
    bytes: Bytes<R>,
    parser: csv_core::Reader,
    lines: Lines,
    bytes_read: u64,
    field: Vec<u8>,
}

impl<R: Read> Records<R> {
    pub(super) fn new(bytes: Bytes<R>, delimiter: u8) -> Self {
        Self {
            bytes,
            parser: csv_core::ReaderBuilder::new().delimiter(delimiter).build(),
            lines: Lines { line: 1, is_behind_return: false },
            bytes_read: 0,
            field: vec![0; FIELD_BYTES_USUAL],
        }
    }

    pub(super) fn bytes_read(&self) -> u64 {
        self.bytes_read
    }

    /// The next record, with at most `fields_max` of its fields; `None` at the end. Blank lines are no records.
    pub(super) fn next(&mut self, fields_max: usize) -> io::Result<Option<Record>> {
        if !self.skip_line_ends()? {
            return Ok(None);
        }
        let mut record = Record { line: self.lines.line, fields: Vec::new(), count: 0, flaw: None };
        let mut kept_bytes = 0;
        loop {
            let Field { length, is_last, flaw } = self.next_field()?;
            record.count += 1;
            kept_bytes += length;
            let too_long = (RECORD_BYTES_MAX < kept_bytes).then_some(RecordProblemKind::RecordTooLong);
            record.flaw = record.flaw.or(flaw).or(too_long);
            if record.flaw.is_none() && record.fields.len() < fields_max {
                record.fields.push(self.field[..length].to_vec());
            }
            if is_last {
                return Ok(Some(record));
            }
        }
    }

    /// Passes blank lines; false at the end of the file.
    fn skip_line_ends(&mut self) -> io::Result<bool> {
        loop {
            let input = fill(&mut self.bytes)?;
            let skipped = input.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            let (is_end, is_record) = (input.is_empty(), skipped < input.len());
            self.lines.pass(&input[..skipped]);
            self.advance(skipped);
            if is_end || is_record {
                return Ok(is_record);
            }
        }
    }

    /// Reads one field into `self.field`. One that is too long is passed over to its end.
    fn next_field(&mut self) -> io::Result<Field> {
        let mut length = 0;
        let mut flaw = None;
        loop {
            let input = fill(&mut self.bytes)?;
            if input.is_empty() {
                let is_quoted = self.is_inside_quotes();
                let flaw = if is_quoted { Some(RecordProblemKind::UnclosedQuote) } else { flaw };
                return Ok(Field { length, is_last: true, flaw });
            }
            let (result, taken, written) = self.parser.read_field(input, &mut self.field[length..]);
            self.lines.pass(&input[..taken]);
            self.advance(taken);
            length += written;
            match result {
                ReadFieldResult::InputEmpty => {}
                // A full buffer of one byte more than the limit holds a field that is too long.
                ReadFieldResult::OutputFull if self.field.len() <= FIELD_BYTES_MAX => {
                    self.field.resize((self.field.len() * 2).min(FIELD_BYTES_MAX + 1), 0);
                }
                ReadFieldResult::OutputFull => {
                    flaw = Some(RecordProblemKind::FieldTooLong);
                    length = 0;
                }
                ReadFieldResult::Field { record_end } => return Ok(Field { length, is_last: record_end, flaw }),
                ReadFieldResult::End => return Ok(Field { length, is_last: true, flaw }),
            }
        }
    }

    fn advance(&mut self, count: usize) {
        self.bytes.consume(count);
        self.bytes_read += count as u64;
    }

    /// At the end of the file: whether a quote is still open. The parser does not tell, but it shows: outside quotes one
    /// more line end closes the record, inside them it is text.
    fn is_inside_quotes(&mut self) -> bool {
        let (_, _, written) = self.parser.read_field(b"\n", &mut [0; 4]);
        written > 0
    }
}

struct Field {
    length: usize,
    is_last: bool,
    flaw: Option<RecordProblemKind>,
}

/// Counts lines, which end with `\n`, `\r\n` or `\r`.
#[derive(Debug)]
struct Lines {
    line: u64,
    is_behind_return: bool,
}

impl Lines {
    fn pass(&mut self, bytes: &[u8]) {
        for byte in bytes {
            let is_end = *byte == b'\r' || (*byte == b'\n' && !self.is_behind_return);
            self.line += u64::from(is_end);
            self.is_behind_return = *byte == b'\r';
        }
    }
}
