//! Lines of data and of rules: their shape, and what is wrong with a line that does not have it.

use std::collections::HashSet;

use attrium_schema::{AttributeKey, KeyError, ValueProblem};
use serde_json::{Map, Value as Json};

use crate::ast::Rule;
use crate::diagnostic::Diagnostic;
use crate::text::{Spans, parse};

/// A line that does not read.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct TrialError {
    /// Its number, from 1.
    pub line: usize,
    /// What is wrong.
    #[source]
    pub problem: TrialProblem,
}

/// What is wrong with a line.
#[derive(Debug, thiserror::Error)]
pub enum TrialProblem {
    /// Not JSON.
    #[error("not JSON: {0}")]
    Json(serde_json::Error),
    /// A data line of another shape.
    #[error(r#"a data line is {{"id": "…", "attributes": {{…}}}}"#)]
    DataShape,
    /// A rules line of another shape.
    #[error(r#"a rules line is {{"name": "…", "rule": {{…}}}} or {{"name": "…", "text": "…"}}"#)]
    RuleShape,
    /// An id that an earlier line has.
    #[error("the id `{0}` is on an earlier line too")]
    SameId(String),
    /// An attribute twice, in different case.
    #[error("the attribute `{0}` is there twice")]
    SameKey(AttributeKey),
    /// A key that no attribute can have.
    #[error(transparent)]
    Key(KeyError),
    /// Values of types that do not go together.
    #[error("`{0}` is of another type here than on earlier lines, or within its list")]
    MixedTypes(AttributeKey),
    /// A value of a type that rules cannot ask about.
    #[error("`{0}` holds an object, which is not supported yet")]
    Unsupported(AttributeKey),
    /// A value that cannot be kept.
    #[error("`{0}`: {1}")]
    Value(AttributeKey, ValueProblem),
}

impl TrialProblem {
    pub(super) fn at(self, line: usize) -> TrialError {
        TrialError { line, problem: self }
    }
}

/// One person, before types are known.
pub(super) struct DataLine {
    /// The line's number, from 1.
    pub(super) line: usize,
    pub(super) id: String,
    /// Values that are not null.
    pub(super) attributes: Vec<(AttributeKey, Json)>,
}

/// One rule of a rules file.
#[derive(Clone, Debug)]
pub struct RuleLine {
    /// Its name.
    pub name: String,
    /// The rule, or what is wrong with it.
    pub rule: Result<Rule, Vec<Diagnostic>>,
    /// Where the nodes stand in the text; empty for a rule in JSON.
    pub(super) spans: Spans,
}

/// Reads a rules file. A rule that is wrong is no error here: its [`RuleLine`] says so.
///
/// # Errors
/// [`TrialError`] for the first line that is not of the right shape.
pub fn read_rules(text: &str) -> Result<Vec<RuleLine>, TrialError> {
    objects(text).map(|object| object.and_then(|(line, fields)| rule_line(line, &fields))).collect()
}

fn rule_line(line: usize, fields: &Map<String, Json>) -> Result<RuleLine, TrialError> {
    let name = fields.get("name").and_then(Json::as_str);
    match (name, fields.get("rule"), fields.get("text")) {
        (Some(name), Some(node), None) => {
            Ok(RuleLine { name: name.to_owned(), rule: Rule::from_node_json(node), spans: Spans::default() })
        }
        (Some(name), None, Some(Json::String(text))) => {
            let parsed = parse(text);
            let rule = parsed.rule.ok_or(parsed.diagnostics);
            Ok(RuleLine { name: name.to_owned(), rule, spans: parsed.spans })
        }
        _ => Err(TrialProblem::RuleShape.at(line)),
    }
}

pub(super) fn read_data(text: &str) -> Result<Vec<DataLine>, TrialError> {
    let mut seen = HashSet::new();
    objects(text)
        .map(|object| {
            let (line, fields) = object?;
            let read = data_line(line, fields)?;
            if seen.insert(read.id.clone()) { Ok(read) } else { Err(TrialProblem::SameId(read.id).at(line)) }
        })
        .collect()
}

fn data_line(line: usize, mut fields: Map<String, Json>) -> Result<DataLine, TrialError> {
    let (Some(Json::String(id)), Some(Json::Object(attributes))) = (fields.remove("id"), fields.remove("attributes"))
    else {
        return Err(TrialProblem::DataShape.at(line));
    };
    let mut keys = HashSet::new();
    let attributes = attributes
        .into_iter()
        .map(|(key, value)| {
            let key = AttributeKey::parse(&key).map_err(|error| TrialProblem::Key(error).at(line))?;
            if keys.insert(key.clone()) { Ok((key, value)) } else { Err(TrialProblem::SameKey(key).at(line)) }
        })
        .filter(|attribute| !matches!(attribute, Ok((_, Json::Null))))
        .collect::<Result<_, _>>()?;
    Ok(DataLine { line, id, attributes })
}

/// The objects of a text with one on each line; blank lines count but hold nothing.
fn objects(text: &str) -> impl Iterator<Item = Result<(usize, Map<String, Json>), TrialError>> {
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    lines.map(|(text, line)| {
        let fields = serde_json::from_str(text).map_err(|error| TrialProblem::Json(error).at(line))?;
        Ok((line, fields))
    })
}
