//! Reading values of a known type from JSON and from text, exactly, with one clear message per failure.

use serde_json::Value as Json;

use crate::decimal::{DecimalError, parse_decimal};
use crate::time::{Date, Timestamp};
use crate::value::{GeoPoint, Scalar, Value};
use crate::value_type::{ScalarType, ValueType};

/// Most bytes of one text value.
pub const TEXT_BYTES_MAX: usize = 8 * 1024;
/// Most items of one list.
pub const LIST_ITEMS_MAX: usize = 500;
/// Most characters of a wrong value that an error repeats.
const SHOWN_CHARS_MAX: usize = 64;

/// Why something is not a value of the wanted type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ValueProblem {
    /// Not of the type.
    #[error("{shown} is not {expected}")]
    WrongType {
        /// The value, quoted as JSON and cut.
        shown: String,
        /// What was expected, and how it is written.
        expected: String,
    },
    /// Text beyond [`TEXT_BYTES_MAX`].
    #[error("the text has {bytes} bytes; at most {TEXT_BYTES_MAX} are kept")]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// A list beyond [`LIST_ITEMS_MAX`].
    #[error("the list has {items} items; at most {LIST_ITEMS_MAX} are kept")]
    TooMany {
        /// Its length.
        items: usize,
    },
    /// Text with U+0000, which no database keeps.
    #[error("the text holds the character U+0000, which cannot be kept")]
    Nul,
    /// Text that does not have the attribute's format.
    #[error("{shown} {problem}")]
    Format {
        /// The value, quoted as JSON and cut.
        shown: String,
        /// What is wrong with it.
        problem: crate::format::FormatProblem,
    },
}

pub(crate) fn shown(json: &Json) -> String {
    let text = json.to_string();
    if text.chars().count() <= SHOWN_CHARS_MAX {
        return text;
    }
    let cut: String = text.chars().take(SHOWN_CHARS_MAX).collect();
    format!("{cut}…")
}

fn expected_of(scalar: ScalarType) -> &'static str {
    match scalar {
        ScalarType::Text => "text; write it in quotes",
        ScalarType::Integer => "a whole number of 64 bits",
        ScalarType::Decimal => "a decimal",
        ScalarType::Boolean => "true or false",
        ScalarType::Date => "a date; write it as 2026-05-01",
        ScalarType::Timestamp => "a timestamp; write it as 2026-05-01T09:30:00Z",
        ScalarType::GeoPoint => r#"a place; write it as {"lat": 41.01, "lon": 28.97}"#,
    }
}

impl Scalar {
    /// Reads a single JSON value of a known type.
    ///
    /// # Errors
    /// [`ValueProblem`] when it is not of the type; `null` is never.
    pub fn from_json(scalar: ScalarType, json: &Json) -> Result<Self, ValueProblem> {
        let wrong = || wrong_type(json, expected_of(scalar));
        match (scalar, json) {
            (ScalarType::Text, Json::String(text)) => checked_text(text),
            (ScalarType::Boolean, Json::Bool(flag)) => Ok(Self::Boolean(*flag)),
            (ScalarType::Integer | ScalarType::Decimal, Json::Number(number)) => {
                Self::from_text(scalar, &number.to_string()).map_err(|_| wrong())
            }
            (
                ScalarType::Integer | ScalarType::Decimal | ScalarType::Date | ScalarType::Timestamp,
                Json::String(text),
            ) => Self::from_text(scalar, text),
            (ScalarType::GeoPoint, Json::Object(fields)) if fields.len() == 2 => {
                let degrees = |name| fields.get(name).and_then(Json::as_f64);
                degrees("lat")
                    .zip(degrees("lon"))
                    .and_then(|(lat, lon)| GeoPoint::new(lat, lon))
                    .map(Self::GeoPoint)
                    .ok_or_else(wrong)
            }
            _ => Err(wrong()),
        }
    }

    /// Reads a single value of a known type from bare text: a cell of a file, a word of a rule.
    ///
    /// # Errors
    /// [`ValueProblem`] when it is not of the type.
    pub fn from_text(scalar: ScalarType, text: &str) -> Result<Self, ValueProblem> {
        let json = || Json::from(text);
        let wrong = || wrong_type(&json(), expected_of(scalar));
        match scalar {
            ScalarType::Text => checked_text(text),
            ScalarType::Integer => integer_from_text(text).map(Self::Integer).ok_or_else(wrong),
            ScalarType::Decimal => parse_decimal(text).map(Self::Decimal).map_err(|error| match error {
                DecimalError::NotANumber => wrong(),
                DecimalError::Comma => wrong_type(&json(), "a decimal; use a point"),
                DecimalError::TooPrecise | DecimalError::OutOfRange => {
                    wrong_type(&json(), "a decimal of at most 28 significant digits")
                }
            }),
            ScalarType::Boolean => match text {
                "true" => Ok(Self::Boolean(true)),
                "false" => Ok(Self::Boolean(false)),
                _ => Err(wrong()),
            },
            ScalarType::Date => date_from_text(text).map(Self::Date).ok_or_else(wrong),
            ScalarType::Timestamp => text.parse::<Timestamp>().map(Self::Timestamp).map_err(|_| wrong()),
            ScalarType::GeoPoint => text
                .split_once(',')
                .and_then(|(lat, lon)| Some((lat.trim().parse().ok()?, lon.trim().parse().ok()?)))
                .and_then(|(lat, lon)| GeoPoint::new(lat, lon))
                .map(Self::GeoPoint)
                .ok_or_else(wrong),
        }
    }
}

impl Value {
    /// Reads a JSON value of a known type; `null` and the empty list are `None`, which is missing.
    ///
    /// # Errors
    /// [`ValueProblem`] when it is not of the type.
    pub fn from_json(value_type: ValueType, json: &Json) -> Result<Option<Self>, ValueProblem> {
        match (value_type.is_list, json) {
            (_, Json::Null) => Ok(None),
            (false, json) => Scalar::from_json(value_type.scalar, json).map(|scalar| Some(Self::One(scalar))),
            (true, Json::Array(items)) if LIST_ITEMS_MAX < items.len() => {
                Err(ValueProblem::TooMany { items: items.len() })
            }
            (true, Json::Array(items)) => {
                let items: Result<Vec<Scalar>, ValueProblem> =
                    items.iter().map(|item| Scalar::from_json(value_type.scalar, item)).collect();
                items.map(|items| (!items.is_empty()).then_some(Self::Many(items)))
            }
            (true, json) => Err(wrong_type(json, &format!("a {value_type}; write it as [\"a\", \"b\"]"))),
        }
    }

    /// Reads a value from bare text; a list is written as a JSON array. Empty text is a value for
    /// single text and missing for every other type.
    ///
    /// # Errors
    /// [`ValueProblem`] when it is not of the type.
    pub fn from_text(value_type: ValueType, text: &str) -> Result<Option<Self>, ValueProblem> {
        if text.is_empty() && value_type != ValueType::one(ScalarType::Text) {
            return Ok(None);
        }
        if !value_type.is_list {
            return Scalar::from_text(value_type.scalar, text).map(|scalar| Some(Self::One(scalar)));
        }
        let json = serde_json::from_str(text).unwrap_or_else(|_| Json::from(text));
        Self::from_json(value_type, &json)
    }
}

fn wrong_type(json: &Json, expected: &str) -> ValueProblem {
    ValueProblem::WrongType { shown: shown(json), expected: expected.to_owned() }
}

fn checked_text(text: &str) -> Result<Scalar, ValueProblem> {
    if TEXT_BYTES_MAX < text.len() {
        return Err(ValueProblem::TooLong { bytes: text.len() });
    }
    if text.contains('\0') {
        return Err(ValueProblem::Nul);
    }
    Ok(Scalar::Text(text.to_owned()))
}

/// A whole number by value: `7`, `7.0` and `7e0` are the same.
fn integer_from_text(text: &str) -> Option<i64> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let decimal = parse_decimal(text).ok()?;
    decimal.is_integer().then(|| i64::try_from(decimal).ok()).flatten()
}

/// `YYYY-MM-DD` and nothing else: jiff alone would take other spellings of ISO 8601, and a time behind it that it drops.
fn date_from_text(text: &str) -> Option<Date> {
    has_shape(text, "dddd-dd-dd").then(|| text.parse().ok()).flatten()
}

/// Whether a text is as long as a shape, with a digit at each `d` and the shape's own letter elsewhere.
pub(crate) fn has_shape(text: &str, shape: &str) -> bool {
    let fits = |(byte, wanted): (u8, u8)| if wanted == b'd' { byte.is_ascii_digit() } else { byte == wanted };
    text.len() == shape.len() && text.bytes().zip(shape.bytes()).all(fits)
}

#[cfg(test)]
mod tests;
