//! Exact decimals of up to 28 significant digits, read and written as text.
//!
//! `rust_decimal` holds them; its own parser rounds what does not fit, ours refuses.

use rust_decimal::Decimal;

/// Most significant digits a decimal may have.
const SIGNIFICANT_DIGITS_MAX: usize = 28;
/// Most digits after the point.
const SCALE_MAX: i64 = 28;

/// Why a text is not a decimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecimalError {
    /// Not digits with an optional sign, point and exponent.
    #[error("not a number")]
    NotANumber,
    /// A comma where a point should be.
    #[error("use a point, not a comma")]
    Comma,
    /// More than 28 significant digits.
    #[error("more than 28 significant digits")]
    TooPrecise,
    /// Too large or too small for 28 digits.
    #[error("outside the range of 28 digits")]
    OutOfRange,
}

/// Reads a decimal as JSON writes numbers, `1e3` and a leading `+` included; trailing zeros are dropped.
///
/// # Errors
/// [`DecimalError`], never rounding.
pub fn parse_decimal(text: &str) -> Result<Decimal, DecimalError> {
    let (is_negative, unsigned) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (&unsigned[..at], parse_exponent(&unsigned[at + 1..])?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !all_digits(whole) || !all_digits(fraction) || whole.is_empty() || mantissa.ends_with('.') {
        let is_comma = mantissa.matches(',').count() == 1 && all_digits(&mantissa.replacen(',', "", 1));
        return Err(if is_comma { DecimalError::Comma } else { DecimalError::NotANumber });
    }
    let digits = [whole, fraction].concat();
    let significant = digits.trim_start_matches('0').trim_end_matches('0');
    if significant.is_empty() {
        return Ok(Decimal::ZERO);
    }
    if SIGNIFICANT_DIGITS_MAX < significant.len() {
        return Err(DecimalError::TooPrecise);
    }
    let trailing_zeros = digits.len() - digits.trim_end_matches('0').len();
    let length = |digits: usize| i64::try_from(digits).map_err(|_| DecimalError::OutOfRange);
    let scale = length(fraction.len())? - length(trailing_zeros)? - exponent;
    scaled(significant, scale).map(|value| if is_negative { -value } else { value })
}

fn parse_exponent(text: &str) -> Result<i64, DecimalError> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(DecimalError::NotANumber);
    }
    // Nine digits are far outside any range, and cannot overflow below.
    text.parse::<i32>().map(i64::from).map_err(|_| DecimalError::OutOfRange)
}

/// `significant` x 10^-scale.
fn scaled(significant: &str, scale: i64) -> Result<Decimal, DecimalError> {
    let mut mantissa: i128 = significant.parse().map_err(|_| DecimalError::OutOfRange)?;
    if SCALE_MAX < scale {
        return Err(DecimalError::OutOfRange);
    }
    if scale < 0 {
        let power = u32::try_from(-scale).map_err(|_| DecimalError::OutOfRange)?;
        mantissa = 10_i128
            .checked_pow(power)
            .and_then(|factor| mantissa.checked_mul(factor))
            .ok_or(DecimalError::OutOfRange)?;
    }
    let places = u32::try_from(scale.max(0)).map_err(|_| DecimalError::OutOfRange)?;
    Decimal::try_from_i128_with_scale(mantissa, places).map_err(|_| DecimalError::OutOfRange)
}

/// The shortest text of a decimal: no exponent, no trailing zeros, no `-0`.
pub fn decimal_to_text(value: Decimal) -> String {
    value.normalize().to_string()
}

#[cfg(test)]
mod tests;
