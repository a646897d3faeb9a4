//! The documents inside rows: what a profile holds, and what a change did.
//!
//! A profile has two, by attribute key: `held_values` with the bare JSON of each value, and `held_meta`
//! with `[type, occurred at, sequence, source]`, so that a row reads without the attribute schema. An
//! attribute that was unset is in the second alone, its type null. A change has a list of
//! `{"key", "old"?, "new"?, "late"?}`, each value as `[type, JSON]`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use attrium_schema::{AttributeChange, AttributeKey, Held, Source, Value, ValueType};
use serde::de::DeserializeOwned;
use serde::ser::{Error as _, SerializeMap, Serializer};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::error::StorageError;
use crate::statement::Place;

/// What a profile holds, as JSON by key.
pub(crate) struct HeldValues<'a>(pub(crate) &'a BTreeMap<AttributeKey, Held>);

impl Serialize for HeldValues<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (key, held) in self.0 {
            if let Some(value) = &held.value {
                map.serialize_entry(key, &value.to_json())?;
            }
        }
        map.end()
    }
}

/// What is known about each value: type, occurred at, sequence, source.
pub(crate) struct HeldMeta<'a>(pub(crate) &'a BTreeMap<AttributeKey, Held>);

impl Serialize for HeldMeta<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        // Most values of a profile come from one source, so its text is made once.
        let mut last: Option<(Source, String)> = None;
        for (key, held) in self.0 {
            let value_type = held.value.as_ref().map(type_of).transpose().map_err(S::Error::custom)?;
            let source = match last.take() {
                Some((source, text)) if source == held.source => (source, text),
                _ => (held.source, held.source.to_string()),
            };
            map.serialize_entry(key, &(value_type, held.occurred_at.as_micros(), held.sequence, &source.1))?;
            last = Some(source);
        }
        map.end()
    }
}

fn type_of(value: &Value) -> Result<String, &'static str> {
    value.value_type().map(|value_type| value_type.to_string()).ok_or("a list of mixed types")
}

#[derive(Deserialize)]
struct Meta<'a>(#[serde(borrow)] Option<Cow<'a, str>>, i64, i64, #[serde(borrow)] Cow<'a, str>);

/// Reads the two documents of a profile.
///
/// # Errors
/// [`StorageError::Corrupt`] naming the document and the row.
pub(crate) fn read_held(
    place: Place<'_>,
    values: &str,
    meta: &str,
) -> Result<BTreeMap<AttributeKey, Held>, StorageError> {
    let mut values: BTreeMap<Cow<'_, str>, Json> = parse(place, "held_values", values)?;
    let meta: BTreeMap<Cow<'_, str>, Meta<'_>> =
        serde_json::from_str(meta).map_err(|error| place.corrupt("held_meta", error))?;
    let mut sources = Sources::default();
    let held = meta
        .into_iter()
        .map(|(key, Meta(value_type, occurred_at, sequence, source))| {
            let json = values.remove(&key);
            let held = Held {
                value: read_value(place, "held_values", value_type.as_deref().zip(json))?,
                occurred_at: place.timestamp("held_meta", occurred_at)?,
                sequence,
                source: sources.read(place, &source)?,
            };
            Ok((place.parse("held_meta", &key)?, held))
        })
        .collect::<Result<_, StorageError>>()?;
    match values.keys().next() {
        Some(key) => Err(place.corrupt("held_meta", format!("nothing is said about `{key}`"))),
        None => Ok(held),
    }
}

fn read_value(
    place: Place<'_>,
    column: &'static str,
    typed: Option<(&str, Json)>,
) -> Result<Option<Value>, StorageError> {
    let Some((value_type, json)) = typed else {
        return Ok(None);
    };
    let value_type: ValueType = place.parse(column, value_type)?;
    Value::from_json(value_type, &json).map_err(|problem| place.corrupt(column, problem))
}

/// The last source read is remembered, as when writing.
#[derive(Default)]
struct Sources {
    last: Option<(String, Source)>,
}

impl Sources {
    fn read(&mut self, place: Place<'_>, text: &str) -> Result<Source, StorageError> {
        match &self.last {
            Some((last, source)) if last == text => Ok(*source),
            _ => {
                let source = place.parse("held_meta", text)?;
                self.last = Some((text.to_owned(), source));
                Ok(source)
            }
        }
    }
}

/// What a change did, attribute by attribute.
pub(crate) struct Body<'a>(pub(crate) &'a [AttributeChange]);

impl Serialize for Body<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|change| Written {
            key: &change.key,
            old: change.old.as_ref().map(Typed),
            new: change.new.as_ref().map(Typed),
            late: !change.is_applied,
        }))
    }
}

#[derive(Serialize)]
struct Written<'a> {
    key: &'a AttributeKey,
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<Typed<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<Typed<'a>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    late: bool,
}

struct Typed<'a>(&'a Value);

impl Serialize for Typed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value_type = type_of(self.0).map_err(S::Error::custom)?;
        (value_type, self.0.to_json()).serialize(serializer)
    }
}

#[derive(Deserialize)]
struct Read {
    key: AttributeKey,
    old: Option<(String, Json)>,
    new: Option<(String, Json)>,
    #[serde(default)]
    late: bool,
}

/// Reads the body of a change.
///
/// # Errors
/// [`StorageError::Corrupt`] naming the row.
pub(crate) fn read_body(place: Place<'_>, body: &str) -> Result<Vec<AttributeChange>, StorageError> {
    let read: Vec<Read> = parse(place, "body", body)?;
    let value = |typed: Option<(String, Json)>| match typed {
        Some((value_type, json)) => read_value(place, "body", Some((&value_type, json))),
        None => Ok(None),
    };
    read.into_iter()
        .map(|read| {
            let (old, new) = (value(read.old)?, value(read.new)?);
            Ok(AttributeChange { key: read.key, old, new, is_applied: !read.late })
        })
        .collect()
}

fn parse<T: DeserializeOwned>(place: Place<'_>, column: &'static str, document: &str) -> Result<T, StorageError> {
    serde_json::from_str(document).map_err(|error| place.corrupt(column, error))
}
