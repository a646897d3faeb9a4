//! The first look at a file: how many rows it has, what its columns hold, and which attributes are new.
//! It is made again when an import is resumed, and then declares nothing twice.

use std::collections::BTreeSet;

use attrium_integrations::{CellValue, RecordProblem, RowError};
use attrium_schema::{
    ATTRIBUTES_MAX, AttributeDraft, AttributeKey, AttributeSchema, ColumnGuess, ColumnObserver, keys_from_headers,
};

use super::options::{ExternalIds, Options};
use super::source::FileRows;
use super::stopped::{Stopped, Unfit};
use crate::error::sentence;

/// What a file holds.
pub(super) struct Survey {
    pub(super) rows: i64,
    /// The column with the external id, when one has it.
    pub(super) id_column: Option<usize>,
    /// The attribute of each column; `None` for the column with the external id.
    pub(super) keys: Vec<Option<AttributeKey>>,
    guesses: Vec<ColumnGuess>,
}

/// Reads a whole file. Call it on a blocking thread.
///
/// # Errors
/// Why the file cannot be imported, or not now.
pub(super) fn survey(mut rows: FileRows, options: &Options) -> Result<Survey, Stopped> {
    let mut observers: Vec<ColumnObserver> = Vec::new();
    let mut count = 0;
    let mut first_problem = None;
    loop {
        let row = match rows.next() {
            None => break,
            Some(Ok(row)) => row,
            Some(Err(RowError::Record(problem))) => {
                count += 1;
                first_problem.get_or_insert(problem);
                continue;
            }
            Some(Err(RowError::File(error))) => return Err(Stopped::by_file(error)),
        };
        count += 1;
        for cell in &row.cells {
            while observers.len() <= cell.column {
                observers.push(ColumnObserver::new());
            }
            match &cell.value {
                CellValue::Text(text) if options.is_missing(text) => {}
                CellValue::Text(text) => observers[cell.column].observe(text),
                CellValue::Json(json) if json.as_str().is_some_and(|text| options.is_missing(text)) => {}
                CellValue::Json(json) => observers[cell.column].observe_json(json),
            }
        }
    }
    let columns = rows.columns().to_vec();
    if let (true, Some(problem)) = (columns.is_empty(), first_problem) {
        return Err(Stopped::Unfit(unreadable(&problem)));
    }
    observers.resize_with(columns.len(), ColumnObserver::new);
    let id_column = id_column(&columns, options).map_err(Stopped::Unfit)?;
    let keys = keys_from_headers(&columns);
    let is_attribute = |place: usize| Some(place) != id_column;
    let guesses = observers
        .into_iter()
        .zip(columns.iter().zip(&keys))
        .enumerate()
        .filter(|(place, _)| is_attribute(*place))
        .map(|(_, (observer, (header, key)))| observer.finish(header, key.clone()))
        .collect();
    let keys = keys.into_iter().enumerate().map(|(place, key)| is_attribute(place).then_some(key)).collect();
    Ok(Survey { rows: count, id_column, keys, guesses })
}

impl Survey {
    /// The attributes that must be declared before rows come in.
    ///
    /// # Errors
    /// When there would be more than a workspace may have.
    pub(super) fn new_attributes(&self, schema: &AttributeSchema) -> Result<Vec<AttributeDraft>, Unfit> {
        let known: BTreeSet<String> = schema.iter().map(|definition| definition.key.folded()).collect();
        let missing: Vec<AttributeDraft> = self
            .guesses
            .iter()
            .filter(|guess| !known.contains(&guess.key.folded()))
            .map(|guess| AttributeDraft::from(guess.clone()))
            .collect();
        if ATTRIBUTES_MAX < known.len() + missing.len() {
            return Err(format!("With this file the workspace would have more than {ATTRIBUTES_MAX} attributes."));
        }
        Ok(missing)
    }
}

/// Only of NDJSON no column may be known at the end: not one of its lines was an object of flat fields.
fn unreadable(first: &RecordProblem) -> Unfit {
    let reason = sentence(&first.kind);
    format!("No line of this file can be read. Line {}: {reason} Mend it, or say that it is CSV if it is.", first.line)
}

fn id_column(columns: &[String], options: &Options) -> Result<Option<usize>, Unfit> {
    let ExternalIds::Column(wanted) = &options.external_id else {
        return Ok(None);
    };
    let found = columns.iter().position(|column| column.trim().eq_ignore_ascii_case(wanted.trim()));
    let known = columns.join(", ");
    found.map(Some).ok_or_else(|| format!("The file has no column `{wanted}`; it has {known}."))
}
