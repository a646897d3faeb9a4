//! The types of attributes, found from JSON values: a number with a fraction anywhere makes the
//! attribute decimal; strings are dates when all are, timestamps when all are, else text.

use std::collections::BTreeMap;

use attrium_schema::{
    AttributeDefinition, AttributeDraft, AttributeId, AttributeKey, AttributeSchema, PrivacyClass, Scalar, ScalarType,
    Timestamp, Value, ValueType,
};
use serde_json::Value as Json;

use super::lines::{DataLine, TrialError, TrialProblem};

/// The attributes that have a value on some line.
///
/// # Errors
/// [`TrialError`] for the first value that does not go with those before it.
pub(super) fn schema(lines: &[DataLine]) -> Result<AttributeSchema, TrialError> {
    let mut types: BTreeMap<AttributeKey, ValueType> = BTreeMap::new();
    for line in lines {
        for (key, json) in &line.attributes {
            let Some(found) = type_of(key, json).map_err(|problem| problem.at(line.line))? else {
                continue;
            };
            let known = types.entry(key.clone()).or_insert(found);
            *known = joined(*known, found).ok_or_else(|| TrialProblem::MixedTypes(key.clone()).at(line.line))?;
        }
    }
    Ok(AttributeSchema::new(
        types.into_iter().enumerate().map(|(place, (key, value_type))| definition(place, key, value_type)),
    ))
}

/// The values of one line.
///
/// # Errors
/// [`TrialError`] for a value that cannot be kept.
pub(super) fn facts(schema: &AttributeSchema, line: &DataLine) -> Result<BTreeMap<AttributeKey, Value>, TrialError> {
    let mut facts = BTreeMap::new();
    for (key, json) in &line.attributes {
        // An attribute whose every list is empty is missing for all.
        let Some(definition) = schema.find(key.as_str()) else {
            continue;
        };
        let value =
            definition.read_json(json).map_err(|problem| TrialProblem::Value(key.clone(), problem).at(line.line))?;
        facts.extend(value.map(|value| (key.clone(), value)));
    }
    Ok(facts)
}

fn definition(place: usize, key: AttributeKey, value_type: ValueType) -> AttributeDefinition {
    let id = AttributeId::from_uuid(uuid::Uuid::from_u128(place as u128));
    let draft = AttributeDraft {
        label: key.as_str().to_owned(),
        key,
        description: String::new(),
        value_type,
        format: None,
        privacy_class: PrivacyClass::Personal,
    };
    AttributeDefinition::new(id, draft, Timestamp::UNIX_EPOCH)
}

/// The type of one value; `None` for an empty list, which is missing.
fn type_of(key: &AttributeKey, json: &Json) -> Result<Option<ValueType>, TrialProblem> {
    let Json::Array(items) = json else {
        return scalar_type_of(key, json).map(|scalar| Some(ValueType::one(scalar)));
    };
    let mut found = None;
    for item in items {
        let item = ValueType::list(scalar_type_of(key, item)?);
        found = Some(joined(found.unwrap_or(item), item).ok_or_else(|| TrialProblem::MixedTypes(key.clone()))?);
    }
    Ok(found)
}

fn scalar_type_of(key: &AttributeKey, json: &Json) -> Result<ScalarType, TrialProblem> {
    match json {
        Json::Bool(_) => Ok(ScalarType::Boolean),
        Json::Number(number) if number.is_i64() => Ok(ScalarType::Integer),
        Json::Number(_) => Ok(ScalarType::Decimal),
        Json::String(text) if Scalar::from_text(ScalarType::Date, text).is_ok() => Ok(ScalarType::Date),
        Json::String(text) if text.parse::<Timestamp>().is_ok() => Ok(ScalarType::Timestamp),
        Json::String(_) => Ok(ScalarType::Text),
        Json::Object(_) if Scalar::from_json(ScalarType::GeoPoint, json).is_ok() => Ok(ScalarType::GeoPoint),
        Json::Object(_) => Err(TrialProblem::Unsupported(key.clone())),
        Json::Null | Json::Array(_) => Err(TrialProblem::MixedTypes(key.clone())),
    }
}

/// The type that holds values of both, or `None` when they do not go together.
fn joined(left: ValueType, right: ValueType) -> Option<ValueType> {
    let is_string = |scalar| matches!(scalar, ScalarType::Text | ScalarType::Date | ScalarType::Timestamp);
    let scalar = match (left.scalar, right.scalar) {
        (left, right) if left == right => left,
        (left, right) if left.is_number() && right.is_number() => ScalarType::Decimal,
        (left, right) if is_string(left) && is_string(right) => ScalarType::Text,
        _ => return None,
    };
    (left.is_list == right.is_list).then_some(ValueType { scalar, is_list: left.is_list })
}
