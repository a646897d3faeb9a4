//! Every definition of a workspace, found by key in any case.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value as Json;

use crate::definition::AttributeDefinition;
use crate::parse::{ValueProblem, shown};
use crate::value::{Scalar, Value};

/// Most definitions of one workspace.
pub const ATTRIBUTES_MAX: usize = 1_000;

/// The definitions of one workspace at one moment. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct AttributeSchema {
    definitions: Arc<Vec<Arc<AttributeDefinition>>>,
    by_key: Arc<HashMap<String, usize>>,
}

impl AttributeSchema {
    /// A schema of these definitions; of two with the same key the later one is found.
    pub fn new(definitions: impl IntoIterator<Item = AttributeDefinition>) -> Self {
        let mut definitions: Vec<_> = definitions.into_iter().map(Arc::new).collect();
        definitions.sort_by(|a, b| a.key.cmp(&b.key));
        let by_key =
            definitions.iter().enumerate().map(|(place, definition)| (definition.key.folded(), place)).collect();
        Self { definitions: Arc::new(definitions), by_key: Arc::new(by_key) }
    }

    /// The definition with this key in any case, or `None`.
    pub fn find(&self, key: &str) -> Option<&Arc<AttributeDefinition>> {
        self.by_key.get(&key.to_ascii_lowercase()).map(|place| &self.definitions[*place])
    }

    /// Every definition, by key.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Arc<AttributeDefinition>> {
        self.definitions.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.definitions.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.definitions.is_empty()
    }
}

impl AttributeDefinition {
    /// Reads a value of this attribute from JSON and checks its format; `None` is missing.
    ///
    /// # Errors
    /// [`ValueProblem`] when it is not of the type or the format.
    pub fn read_json(&self, json: &Json) -> Result<Option<Value>, ValueProblem> {
        Value::from_json(self.value_type, json).and_then(|value| self.formatted(value))
    }

    /// Reads a value of this attribute from bare text and checks its format; `None` is missing.
    ///
    /// # Errors
    /// [`ValueProblem`] when it is not of the type or the format.
    pub fn read_text(&self, text: &str) -> Result<Option<Value>, ValueProblem> {
        Value::from_text(self.value_type, text).and_then(|value| self.formatted(value))
    }

    fn formatted(&self, value: Option<Value>) -> Result<Option<Value>, ValueProblem> {
        let (Some(format), Some(value)) = (&self.format, value.as_ref()) else {
            return Ok(value);
        };
        let checked = |scalar: &Scalar| match scalar {
            Scalar::Text(text) => format
                .check(text)
                .map(Scalar::Text)
                .map_err(|problem| ValueProblem::Format { shown: shown(&scalar.to_json()), problem }),
            other => Ok(other.clone()),
        };
        Ok(Some(match value {
            Value::One(scalar) => Value::One(checked(scalar)?),
            Value::Many(items) => Value::Many(items.iter().map(checked).collect::<Result<_, _>>()?),
        }))
    }
}

#[cfg(test)]
mod tests;
