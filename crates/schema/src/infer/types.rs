//! Which types every value of a column could have.

use serde_json::Value as Json;

use crate::decimal::parse_decimal;
use crate::value::Scalar;
use crate::value_type::ScalarType;

/// The types but text, narrowest first: a whole number is also a decimal.
const NARROW: [ScalarType; 6] = [
    ScalarType::Integer,
    ScalarType::Decimal,
    ScalarType::Boolean,
    ScalarType::Date,
    ScalarType::Timestamp,
    ScalarType::GeoPoint,
];

/// How many digits a name has at least; `phone_lines` of 2 is a count.
const LONG_DIGITS: usize = 4;

/// The types that every value seen so far has.
#[derive(Clone, Debug)]
pub(super) struct PossibleTypes {
    narrow: Vec<ScalarType>,
    is_text_possible: bool,
    /// Whether every value is digits alone, and enough of them to be a postcode or a phone number.
    are_long_digits: bool,
}

impl Default for PossibleTypes {
    fn default() -> Self {
        Self { narrow: NARROW.to_vec(), is_text_possible: true, are_long_digits: true }
    }
}

impl PossibleTypes {
    /// Sees a cell of a text file.
    pub(super) fn see_cell(&mut self, cell: &str) {
        self.are_long_digits &= LONG_DIGITS <= cell.len() && cell.bytes().all(|byte| byte.is_ascii_digit());
        self.narrow.retain(|scalar| match scalar {
            ScalarType::Integer => is_plain_number(cell) && cell.parse::<i64>().is_ok(),
            ScalarType::Decimal => is_plain_number(cell) && parse_decimal(cell).is_ok(),
            ScalarType::Boolean | ScalarType::Date | ScalarType::Timestamp => Scalar::from_text(*scalar, cell).is_ok(),
            // A cell such as `41.01, 28.97` may be any two numbers.
            ScalarType::GeoPoint | ScalarType::Text => false,
        });
    }

    /// Sees a single JSON value. The digits of a JSON string are text: whoever wrote it could have written a number.
    pub(super) fn see_json(&mut self, json: &Json) {
        self.is_text_possible &= json.is_string();
        self.are_long_digits = false;
        self.narrow.retain(|scalar| match (scalar, json) {
            (ScalarType::Integer, Json::Number(number)) => number.is_i64(),
            (ScalarType::Decimal, Json::Number(number)) => parse_decimal(&number.to_string()).is_ok(),
            (ScalarType::Integer | ScalarType::Decimal, _) => false,
            (scalar, json) => Scalar::from_json(*scalar, json).is_ok(),
        });
    }

    /// Takes numbers out when every value is long digits: for a column whose key says that they name something.
    pub(super) fn without_long_digits(&mut self) {
        if self.are_long_digits {
            self.narrow.retain(|scalar| !scalar.is_number());
        }
    }

    /// The narrowest type that every value has, or `None` when there is none.
    pub(super) fn narrowest(&self) -> Option<ScalarType> {
        let text = self.is_text_possible.then_some(ScalarType::Text);
        self.narrow.first().copied().or(text)
    }
}

/// Digits that reading as a number and writing again would not spoil: no `007`, no `+90…`, and an exponent only with
/// a point or a sign, because `12E4` is as likely a code.
fn is_plain_number(cell: &str) -> bool {
    let unsigned = cell.strip_prefix('-').unwrap_or(cell);
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (&unsigned[..at], &unsigned[at + 1..]),
        None => (unsigned, ""),
    };
    let is_marked_exponent = exponent.is_empty() || mantissa.contains('.') || exponent.starts_with(['+', '-']);
    let has_leading_zero = mantissa.len() > 1 && mantissa.starts_with('0') && !mantissa.starts_with("0.");
    unsigned.starts_with(|first: char| first.is_ascii_digit()) && is_marked_exponent && !has_leading_zero
}
