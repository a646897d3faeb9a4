//! One record of a file, and what may be wrong with a record or with a whole file.

use std::io;

/// Most columns of a file: as many as a workspace may have attributes.
pub const COLUMNS_MAX: usize = 1_000;
/// Most bytes of one field of a CSV file, and of one line of NDJSON.
pub const FIELD_BYTES_MAX: usize = 1 << 20;
/// Most bytes that the fields of one CSV record hold together.
pub const RECORD_BYTES_MAX: usize = 8 << 20;

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
    /// A JSON value: null, a scalar, a place `{"lat", "lon"}`, or a list of scalars or places.
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
    #[error("{found} fields where the header names {expected}")]
    Ragged {
        /// How many it has.
        found: usize,
        /// How many the header names.
        expected: usize,
    },
    /// A value where the header names no column.
    #[error("column {column} has a value here, but no name in the header")]
    Unnamed {
        /// The place of the column, from 1.
        column: usize,
    },
    /// A quote that opens and is never closed before the file ends.
    #[error("a quote opens in this record and is never closed; nothing behind it could be read")]
    UnclosedQuote,
    /// A field, or a line of NDJSON, beyond [`FIELD_BYTES_MAX`].
    #[error("a field has more than {FIELD_BYTES_MAX} bytes; perhaps a quote before it is never closed")]
    FieldTooLong,
    /// Fields beyond [`RECORD_BYTES_MAX`] together, or a line of NDJSON beyond [`FIELD_BYTES_MAX`].
    #[error("the record is too long to be one customer")]
    RecordTooLong,
    /// Bytes that are not UTF-8.
    #[error("`{column}` is not valid UTF-8; save the file as UTF-8 and import it again")]
    NotUtf8 {
        /// The name of the column.
        column: String,
    },
    /// A line of NDJSON that is not UTF-8.
    #[error("the line is not valid UTF-8; save the file as UTF-8 and import it again")]
    LineNotUtf8,
    /// U+0000, which no database keeps.
    #[error("`{column}` holds the character U+0000, which cannot be kept")]
    Nul {
        /// The name of the column.
        column: String,
    },
    /// A line that is not JSON.
    #[error("not JSON: {reason} at character {column}")]
    NotJson {
        /// What the parser says.
        reason: String,
        /// Where in the line, from 1.
        column: usize,
    },
    /// JSON, but no object.
    #[error("not an object; write one object with fields such as {{\"external_id\": \"c-1\"}} on each line")]
    NotAnObject,
    /// A field that holds an object, or a list that holds lists.
    #[error("`{column}` is nested; write its parts as fields of their own, such as {column}_city")]
    Nested {
        /// The name of the field.
        column: String,
    },
    /// A field named twice, in whatever case.
    #[error("`{column}` occurs twice")]
    Duplicate {
        /// The name of the field.
        column: String,
    },
    /// A name that is blank or too long.
    #[error("a field has no name, or one of more than {COLUMN_NAME_CHARS_MAX} characters")]
    BadName,
    /// A new field where [`COLUMNS_MAX`] were seen already.
    #[error("`{column}` would be one column more than the {COLUMNS_MAX} that a file may have")]
    TooManyColumns {
        /// The name of the field.
        column: String,
    },
    /// A JSON number with more digits than JSON numbers carry safely.
    #[error("the number {text} has more digits than a JSON number keeps; write it as a string")]
    UnsafeNumber {
        /// The number.
        text: String,
    },
}

/// Most characters of a column's name.
pub const COLUMN_NAME_CHARS_MAX: usize = 256;

/// Why a file cannot be read at all, or no further.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Not a text file.
    #[error("the file is {found}, not text; save it as CSV in UTF-8 and import that")]
    NotText {
        /// What it seems to be.
        found: &'static str,
    },
    /// Text in another encoding.
    #[error(
        "line {line}: the text is {found}, not UTF-8; save the file as UTF-8 (in a spreadsheet: “CSV UTF-8”) and import it again"
    )]
    Encoding {
        /// The first line that shows it.
        line: u64,
        /// What it seems to be.
        found: &'static str,
    },
    /// A header that cannot be read as a record.
    #[error(transparent)]
    Header(RecordProblem),
    /// A column without a name between columns that have one.
    #[error("line {line}: column {column} has no name")]
    UnnamedColumn {
        /// The line of the header.
        line: u64,
        /// The place of the column, from 1.
        column: usize,
    },
    /// A name longer than any name is.
    #[error(
        "line {line}: the name of column {column} has more than {COLUMN_NAME_CHARS_MAX} characters; is the first line a header?"
    )]
    LongName {
        /// The line of the header.
        line: u64,
        /// The place of the column, from 1.
        column: usize,
    },
    /// Two columns with one name.
    #[error("line {line}: columns {first} and {second} have the same name, ignoring case")]
    DuplicateColumn {
        /// The line of the header.
        line: u64,
        /// The place of the first, from 1.
        first: usize,
        /// The place of the second, from 1.
        second: usize,
    },
    /// More columns than [`COLUMNS_MAX`].
    #[error("line {line}: {found} columns; a file may have {COLUMNS_MAX}")]
    TooManyColumns {
        /// The line of the header.
        line: u64,
        /// How many it has.
        found: usize,
    },
    /// Reading failed.
    #[error("the file could not be read")]
    Io(#[from] io::Error),
}
