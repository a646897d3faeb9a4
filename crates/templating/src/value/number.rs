//! Numbers: whole ones of 64 bits, and exact decimals of up to 28 digits. Whole numbers that outgrow 64 bits
//! go on as decimals; what outgrows those is refused. Digits behind the point that do not fit are rounded.
//!
//! Liquid tells `5` from `5.0`: a number that was written with a point keeps it, and so does what comes of
//! it. The decimals of attributes do not: they are shown as everywhere in the platform.

use std::cmp::Ordering;
use std::fmt;

use attrium_schema::parse_decimal;
use rust_decimal::prelude::ToPrimitive as _;
use rust_decimal::{Decimal, RoundingStrategy};

/// A quotient that does not come out even is rounded to so many digits.
const QUOTIENT_DIGITS: u32 = 16;
/// Most digits that a decimal can have, and most of them after the point.
const DIGITS_MAX: u32 = 28;

/// A number in a template.
#[derive(Clone, Copy, Debug)]
pub enum Number {
    /// A whole number.
    Integer(i64),
    /// An exact decimal.
    Decimal {
        /// The number; trailing zeros are never shown.
        value: Decimal,
        /// Whether it is shown with a point even when it is whole.
        shows_point: bool,
    },
}

/// Why a calculation has no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoResult {
    /// A division by zero.
    DivisionByZero,
    /// More than 28 digits.
    OutOfRange,
}

impl Number {
    pub(crate) const ZERO: Self = Self::Integer(0);

    /// Reads digits with an optional sign and fraction, as templates and JSON write numbers.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if let Ok(number) = text.parse() {
            return Some(Self::Integer(number));
        }
        let decimal = parse_decimal(text).ok()?;
        Some(Self::decimal(decimal, text.contains('.')))
    }

    /// The number that a coordinate is written as.
    pub(crate) fn from_degrees(degrees: f64) -> Self {
        Self::parse(&degrees.to_string()).unwrap_or(Self::ZERO)
    }

    /// The number that a text begins with, as Liquid reads texts in arithmetic: all of `2.5`, the 10
    /// of `10 apples`, and 0 of what begins with no digit.
    pub(crate) fn leading(text: &str) -> Option<Self> {
        let text = text.trim();
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if unsigned.split_once('.').is_some_and(|(whole, fraction)| is_digits(whole) && is_digits(fraction)) {
            return Self::parse(text);
        }
        let sign = usize::from(text.starts_with(['-', '+']));
        let digits = text[sign..].bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 { Some(Self::ZERO) } else { Self::parse(&text[..sign + digits]) }
    }

    pub(crate) const fn decimal(value: Decimal, shows_point: bool) -> Self {
        Self::Decimal { value, shows_point }
    }

    const fn shows_point(self) -> bool {
        matches!(self, Self::Decimal { shows_point: true, .. })
    }

    fn to_decimal(self) -> Decimal {
        match self {
            Self::Integer(number) => Decimal::from(number),
            Self::Decimal { value, .. } => value,
        }
    }

    fn is_zero(self) -> bool {
        self.to_decimal().is_zero()
    }

    /// One of the operations below: on whole numbers while they fit, else on decimals.
    fn calculate(
        self,
        other: Self,
        whole: fn(i64, i64) -> Option<i64>,
        exact: fn(Decimal, Decimal) -> Option<Decimal>,
    ) -> Result<Self, NoResult> {
        if let (Self::Integer(a), Self::Integer(b)) = (self, other)
            && let Some(result) = whole(a, b)
        {
            return Ok(Self::Integer(result));
        }
        let result = exact(self.to_decimal(), other.to_decimal()).ok_or(NoResult::OutOfRange)?;
        Ok(Self::decimal(result, self.shows_point() || other.shows_point()))
    }

    pub(crate) fn plus(self, other: Self) -> Result<Self, NoResult> {
        self.calculate(other, i64::checked_add, Decimal::checked_add)
    }

    pub(crate) fn minus(self, other: Self) -> Result<Self, NoResult> {
        self.calculate(other, i64::checked_sub, Decimal::checked_sub)
    }

    pub(crate) fn times(self, other: Self) -> Result<Self, NoResult> {
        self.calculate(other, i64::checked_mul, Decimal::checked_mul)
    }

    /// Whole numbers divide downwards, as 7 by 2 is 3; a decimal on either side makes it exact.
    pub(crate) fn divided_by(self, other: Self) -> Result<Self, NoResult> {
        if other.is_zero() {
            return Err(NoResult::DivisionByZero);
        }
        self.calculate(other, floor_quotient, quotient)
    }

    /// The remainder, with the sign of the divisor.
    pub(crate) fn modulo(self, other: Self) -> Result<Self, NoResult> {
        if other.is_zero() {
            return Err(NoResult::DivisionByZero);
        }
        let whole = |a, b| Some(floor_remainder(a, b));
        self.calculate(other, whole, |a, b| {
            let rest = a.checked_rem(b)?;
            let is_off = !rest.is_zero() && rest.is_sign_negative() != b.is_sign_negative();
            if is_off { rest.checked_add(b) } else { Some(rest) }
        })
    }

    pub(crate) fn abs(self) -> Self {
        match self {
            Self::Integer(number) => {
                number.checked_abs().map_or_else(|| Self::decimal(Decimal::from(number).abs(), false), Self::Integer)
            }
            Self::Decimal { value, shows_point } => Self::decimal(value.abs(), shows_point),
        }
    }

    pub(crate) fn ceil(self) -> Self {
        self.whole(Decimal::ceil)
    }

    pub(crate) fn floor(self) -> Self {
        self.whole(Decimal::floor)
    }

    /// Rounded to so many digits after the point, halves away from zero; negative ones round to
    /// tens, hundreds and so on. Rounded to no digits it is a whole number.
    pub(crate) fn round(self, places: i64) -> Result<Self, NoResult> {
        const HALF_AWAY: RoundingStrategy = RoundingStrategy::MidpointAwayFromZero;
        if 0 < places {
            let places = u32::try_from(places).unwrap_or(DIGITS_MAX).min(DIGITS_MAX);
            return Ok(match self {
                Self::Integer(_) => self,
                Self::Decimal { value, shows_point } => {
                    Self::decimal(value.round_dp_with_strategy(places, HALF_AWAY), shows_point)
                }
            });
        }
        let zeros = u32::try_from(places.unsigned_abs()).unwrap_or(u32::MAX);
        let Some(unit) = 10_i64.checked_pow(zeros).map(Decimal::from) else { return Ok(Self::ZERO) };
        let units = self.to_decimal().checked_div(unit).ok_or(NoResult::OutOfRange)?;
        let rounded = units.round_dp_with_strategy(0, HALF_AWAY).checked_mul(unit).ok_or(NoResult::OutOfRange)?;
        Ok(Self::decimal(rounded, false).whole(Decimal::trunc))
    }

    /// A whole number by one of `Decimal`'s ways of making one.
    fn whole(self, way: fn(&Decimal) -> Decimal) -> Self {
        match self {
            Self::Integer(_) => self,
            Self::Decimal { value, .. } => {
                let whole = way(&value).normalize();
                whole.to_i64().map_or(Self::decimal(whole, false), Self::Integer)
            }
        }
    }

    /// Without its fraction, held within 64 bits.
    pub(crate) fn truncated(self) -> i64 {
        match self {
            Self::Integer(number) => number,
            Self::Decimal { value, .. } => {
                let edge = if value.is_sign_negative() { i64::MIN } else { i64::MAX };
                value.trunc().to_i64().unwrap_or(edge)
            }
        }
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    /// By value: `1` and `1.0` are equal.
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Integer(a), Self::Integer(b)) => a.cmp(b),
            (a, b) => a.to_decimal().cmp(&b.to_decimal()),
        }
    }
}

fn floor_quotient(a: i64, b: i64) -> Option<i64> {
    let quotient = a.checked_div(b)?;
    let is_above = a.checked_rem(b)? != 0 && (a < 0) != (b < 0);
    Some(if is_above { quotient - 1 } else { quotient })
}

fn floor_remainder(a: i64, b: i64) -> i64 {
    // The one overflow, the smallest number by -1, leaves no rest.
    let rest = a.checked_rem(b).unwrap_or_default();
    if rest != 0 && (rest < 0) != (b < 0) { rest + b } else { rest }
}

/// The exact quotient, or one of 16 digits when there is none.
fn quotient(a: Decimal, b: Decimal) -> Option<Decimal> {
    let quotient = a.checked_div(b)?.normalize();
    let digits = quotient.mantissa().unsigned_abs().checked_ilog10().map_or(1, |log| log + 1);
    // What does not come out even fills all the digits there are.
    let is_exact = digits < DIGITS_MAX && quotient.scale() < DIGITS_MAX;
    if is_exact {
        return Some(quotient);
    }
    quotient.round_sf_with_strategy(QUOTIENT_DIGITS, RoundingStrategy::MidpointAwayFromZero)
}

impl fmt::Display for Number {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(number) => fmt::Display::fmt(number, out),
            Self::Decimal { value, shows_point } => {
                let value = value.normalize();
                let point = if *shows_point && value.scale() == 0 { ".0" } else { "" };
                write!(out, "{value}{point}")
            }
        }
    }
}
