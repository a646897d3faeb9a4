//! An edit of one profile as someone sends it, and its check against the attribute schema.

use std::collections::HashSet;

use attrium_schema::{AttributeKey, AttributeSchema, Identifier, Operation, ProfileId, Timestamp, ValueProblem};
use serde_json::{Value as Json, json};

use crate::attributes;
use crate::error::{Error, Problem, ProblemCode, sentence};
use crate::limits::Limits;
use crate::problems::Problems;

/// A value may claim to be this far ahead of our clock, because clocks differ; no further.
const AHEAD_MICROS_MAX: i64 = 5 * 60 * 1_000_000;

/// Which profile an edit is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProfileTarget {
    /// The one with this id, which must exist.
    Id(ProfileId),
    /// The one with this external id; made when there is none.
    ExternalId(String),
}

/// Values to set (or, with `null`, unset) on one profile.
#[derive(Clone, Debug, PartialEq)]
pub struct ProfileEdit {
    /// Whose.
    pub target: ProfileTarget,
    /// Key and JSON value, in order.
    pub attributes: Vec<(String, Json)>,
    /// When it became true; now when absent. The future is cut to five minutes from now.
    pub occurred_at: Option<Timestamp>,
    /// The version the edit was made from; 0 means that the profile must not exist yet.
    pub expected_version: Option<i64>,
}

/// The target of a checked edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CheckedTarget {
    Id(ProfileId),
    Identifier(Identifier),
}

/// An edit that fits the attribute schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CheckedEdit {
    pub target: CheckedTarget,
    pub operations: Vec<(AttributeKey, Operation)>,
    pub occurred_at: Timestamp,
}

impl ProfileEdit {
    /// The edit with every value read as its attribute's type, as of an instant.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every problem found.
    pub(crate) fn check(
        &self,
        schema: &AttributeSchema,
        limits: &Limits,
        now: Timestamp,
    ) -> Result<CheckedEdit, Error> {
        let mut problems = Problems::default();
        let target = problems.keep(self.checked_target());
        let attributes_max = limits.edit_attributes_max;
        if attributes_max < self.attributes.len() {
            let message = format!("At most {attributes_max} attributes are set at once.");
            problems.push(Problem::new(ProblemCode::TooMany, &["attributes"], message));
        }
        let mut operations = Vec::with_capacity(self.attributes.len());
        let mut seen = HashSet::new();
        for (place, (key, value)) in self.attributes.iter().enumerate() {
            let operation = operation(schema, key, value).and_then(|operation| once(&mut seen, operation));
            match operation {
                Ok(operation) => operations.push(operation),
                Err((field, code, message)) => {
                    problems.push(Problem::new(code, &["attributes", &place.to_string(), field], message));
                }
            }
        }
        let latest = now.saturating_add_micros(AHEAD_MICROS_MAX);
        let occurred_at = self.occurred_at.unwrap_or(now).min(latest);
        Ok(CheckedEdit { target: problems.or_parts(target)?, operations, occurred_at })
    }

    fn checked_target(&self) -> Result<CheckedTarget, Problem> {
        match &self.target {
            ProfileTarget::Id(id) => Ok(CheckedTarget::Id(*id)),
            ProfileTarget::ExternalId(text) => Identifier::external_id(text)
                .map(CheckedTarget::Identifier)
                .map_err(|error| Problem::new(ProblemCode::Invalid, &["externalId"], sentence(&error))),
        }
    }

    /// What an idempotency key is bound to.
    pub(crate) fn body(&self) -> Json {
        let target = match &self.target {
            ProfileTarget::Id(id) => json!({ "id": id }),
            ProfileTarget::ExternalId(text) => json!({ "external_id": text }),
        };
        json!([target, self.attributes, self.occurred_at, self.expected_version])
    }
}

type Refusal = (&'static str, ProblemCode, String);

fn operation(schema: &AttributeSchema, key: &str, value: &Json) -> Result<(AttributeKey, Operation), Refusal> {
    let Some(definition) = schema.find(key) else {
        return Err(("key", ProblemCode::UnknownAttribute, attributes::unknown(schema, key)));
    };
    let read = definition.read_json(value).map_err(|problem| ("value", code_of(&problem), sentence(&problem)))?;
    let operation = read.map_or(Operation::Unset, Operation::Set);
    Ok((definition.key.clone(), operation))
}

/// Which of two values for one attribute is meant, nobody can tell.
fn once(
    seen: &mut HashSet<AttributeKey>,
    operation: (AttributeKey, Operation),
) -> Result<(AttributeKey, Operation), Refusal> {
    if seen.insert(operation.0.clone()) {
        return Ok(operation);
    }
    let message = format!("`{}` is set twice in one edit; send each attribute once.", operation.0);
    Err(("key", ProblemCode::Invalid, message))
}

/// Whether a value is of the wrong type or merely of the wrong format.
pub(crate) fn code_of(problem: &ValueProblem) -> ProblemCode {
    match problem {
        ValueProblem::WrongType { .. } => ProblemCode::WrongType,
        ValueProblem::Format { .. } => ProblemCode::WrongFormat,
        ValueProblem::TooLong { .. } | ValueProblem::TooMany { .. } => ProblemCode::TooMany,
        ValueProblem::Nul => ProblemCode::Invalid,
    }
}
