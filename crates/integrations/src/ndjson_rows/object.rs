//! One line of NDJSON as the fields of one object, in their order.

use std::fmt;

use attrium_schema::parse_decimal;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Number, Value as Json};

use crate::row::RecordProblemKind;

/// A number this short has no digit that a 64-bit number could lose.
const SAFE_NUMBER_CHARS: usize = 15;

/// The fields of an object, duplicates included: a `serde_json` map would keep the last one silently.
struct Fields(Vec<(String, Json)>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;

        impl<'de> Visitor<'de> for Object {
            type Value = Fields;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Fields, M::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }

        deserializer.deserialize_map(Object)
    }
}

/// The fields of a line, each of them flat.
///
/// # Errors
/// [`RecordProblemKind`] unless the line is an object of flat fields whose numbers were read exactly.
pub(super) fn fields_of(line: &str) -> Result<Vec<(String, Json)>, RecordProblemKind> {
    let Fields(fields) = serde_json::from_str(line).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => RecordProblemKind::NotAnObject,
        serde_json::error::Category::Syntax | serde_json::error::Category::Eof | serde_json::error::Category::Io => {
            not_json(&error)
        }
    })?;
    for (name, value) in &fields {
        if !is_flat(value) {
            return Err(RecordProblemKind::Nested { column: name.clone() });
        }
        if has_nul(value) {
            return Err(RecordProblemKind::Nul { column: name.clone() });
        }
    }
    match unsafe_number(line) {
        Some(text) => Err(RecordProblemKind::UnsafeNumber { text: text.chars().take(64).collect() }),
        None => Ok(fields),
    }
}

fn not_json(error: &serde_json::Error) -> RecordProblemKind {
    let text = error.to_string();
    let reason = text.split(" at line ").next().unwrap_or_default().to_owned();
    RecordProblemKind::NotJson { reason, column: error.column() }
}

/// A scalar, a place, or a list of them.
fn is_flat(value: &Json) -> bool {
    match value {
        Json::Array(items) => items.iter().all(|item| !item.is_array() && is_flat(item)),
        Json::Object(fields) => fields.len() == 2 && fields.contains_key("lat") && fields.contains_key("lon"),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => true,
    }
}

fn has_nul(value: &Json) -> bool {
    match value {
        Json::String(text) => text.contains('\0'),
        Json::Array(items) => items.iter().any(has_nul),
        Json::Object(_) | Json::Null | Json::Bool(_) | Json::Number(_) => false,
    }
}

/// The first number of a line of valid JSON that `serde_json` reads as another number, because it has more digits
/// than 64 bits of floating point.
fn unsafe_number(line: &str) -> Option<&str> {
    let bytes = line.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => at = end_of_string(bytes, at),
            b'-' | b'0'..=b'9' => {
                let is_number = |byte: &u8| matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9');
                let end = at + bytes[at..].iter().take_while(|byte| is_number(byte)).count();
                if !is_kept(&line[at..end]) {
                    return Some(&line[at..end]);
                }
                at = end;
            }
            _ => at += 1,
        }
    }
    None
}

/// The place behind the string that opens here.
fn end_of_string(bytes: &[u8], opening: usize) -> usize {
    let mut at = opening + 1;
    while at < bytes.len() && bytes[at] != b'"' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at + 1
}

fn is_kept(text: &str) -> bool {
    text.len() <= SAFE_NUMBER_CHARS
        || text.parse::<Number>().is_ok_and(|read| parse_decimal(&read.to_string()) == parse_decimal(text))
}
