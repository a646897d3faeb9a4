//! One row of a file as a unit of work, or the reasons why it is refused. A row with one wrong cell is
//! refused whole: half a customer helps nobody.

use attrium_integrations::{Cell, CellValue, Row};
use attrium_schema::{
    AttributeDefinition, AttributeSchema, Edit, Identifier, Operation, Source, Value, ValueProblem, WorkspaceId,
};
use serde_json::Value as Json;

use super::options::{ExternalIds, Options};
use super::plan::Survey;
use crate::changes::{Target, Unit};
use crate::error::{Error, sentence};
use crate::ids::Ids;
use crate::nouns::Import;

/// What all rows of one import share.
pub(super) struct Reading<'a> {
    pub(super) workspace: WorkspaceId,
    pub(super) import: &'a Import,
    pub(super) options: &'a Options,
    pub(super) survey: &'a Survey,
    pub(super) schema: &'a AttributeSchema,
    pub(super) ids: &'a Ids,
}

/// Why a row is refused: the column when it is about one, and a sentence.
pub(super) type Refusal = (Option<String>, String);

/// Why the row of a unit is refused that was not done: only what someone wrote for clients.
///
/// # Errors
/// The error itself when it is no fault of the row; the import goes on later.
pub(super) fn refusals_of(error: Error) -> Result<Vec<Refusal>, Error> {
    let problems = error.into_problems()?;
    Ok(problems.into_iter().map(|problem| (None, problem.message)).collect())
}

impl Reading<'_> {
    /// The unit of a row; `number` counts the rows of the file from 1.
    ///
    /// # Errors
    /// Every reason to refuse it.
    pub(super) fn unit(&self, row: &Row, number: i64) -> Result<Unit, Vec<Refusal>> {
        let mut refusals = Vec::new();
        let identifier = self.identifier(row, number).map_err(|refusal| refusals.push(refusal)).ok();
        let mut operations = Vec::with_capacity(row.cells.len());
        for cell in &row.cells {
            let Some(Some(key)) = self.survey.keys.get(cell.column) else {
                continue;
            };
            let Some(definition) = self.schema.find(key.as_str()) else {
                refusals.push((Some(key.to_string()), "The attribute is not declared.".to_owned()));
                continue;
            };
            match self.value(cell, definition) {
                Ok(Some(value)) => operations.push((definition.key.clone(), Operation::Set(value))),
                Ok(None) => {}
                Err(problem) => refusals.push((Some(key.to_string()), sentence(&problem))),
            }
        }
        match identifier {
            Some(identifier) if refusals.is_empty() => Ok(self.made(identifier, operations)),
            _ => Err(refusals),
        }
    }

    fn made(&self, identifier: Identifier, operations: Vec<(attrium_schema::AttributeKey, Operation)>) -> Unit {
        let edit = Edit {
            operations,
            occurred_at: self.import.created_at,
            source: Source::Import(self.import.id),
            actor: self.import.actor,
        };
        let target = Target::Identifier(identifier, self.ids.profile());
        Unit { workspace: self.workspace, target, edit, expected_version: None, claim: None }
    }

    fn identifier(&self, row: &Row, number: i64) -> Result<Identifier, Refusal> {
        let text = match &self.options.external_id {
            ExternalIds::Prefix(prefix) => format!("{prefix}{number:05}"),
            ExternalIds::Column(_) => {
                let cell = row.cells.iter().find(|cell| Some(cell.column) == self.survey.id_column);
                cell.map(|cell| text_of(&cell.value)).unwrap_or_default()
            }
        };
        Identifier::external_id(&text).map_err(|error| (self.id_name(), sentence(&error)))
    }

    fn id_name(&self) -> Option<String> {
        match &self.options.external_id {
            ExternalIds::Column(name) => Some(name.clone()),
            ExternalIds::Prefix(_) => None,
        }
    }

    fn value(&self, cell: &Cell, definition: &AttributeDefinition) -> Result<Option<Value>, ValueProblem> {
        match &cell.value {
            CellValue::Text(text) if self.options.is_missing(text) => Ok(None),
            CellValue::Text(text) => definition.read_text(text),
            CellValue::Json(json) if json.as_str().is_some_and(|text| self.options.is_missing(text)) => Ok(None),
            CellValue::Json(json) => definition.read_json(json),
        }
    }
}

/// An external id as text: ids of systems are often numbers.
fn text_of(value: &CellValue) -> String {
    match value {
        CellValue::Text(text) | CellValue::Json(Json::String(text)) => text.clone(),
        CellValue::Json(Json::Null) => String::new(),
        CellValue::Json(json) => json.to_string(),
    }
}

#[cfg(test)]
mod tests;
