//! The kinds of value that are kept in order.

use std::fmt::Debug;

use attrium_schema::{Date, Decimal, Scalar, Timestamp};

/// A kind of value that has an order.
pub(in crate::index) trait Ordinal: Copy + Ord + Debug + Send + Sync + 'static {
    /// What the array holds for a row without a value; never read.
    const BLANK: Self;

    /// The value, or `None` when the scalar is of another kind.
    fn from_scalar(scalar: &Scalar) -> Option<Self>;

    /// The value as others know it.
    fn to_scalar(self) -> Scalar;
}

impl Ordinal for i64 {
    const BLANK: Self = 0;

    fn from_scalar(scalar: &Scalar) -> Option<Self> {
        match scalar {
            Scalar::Integer(number) => Some(*number),
            Scalar::Decimal(number) => number.is_integer().then(|| Self::try_from(*number).ok()).flatten(),
            Scalar::Text(_) | Scalar::Boolean(_) | Scalar::Date(_) | Scalar::Timestamp(_) | Scalar::GeoPoint(_) => None,
        }
    }

    fn to_scalar(self) -> Scalar {
        Scalar::Integer(self)
    }
}

impl Ordinal for Decimal {
    const BLANK: Self = Self::ZERO;

    fn from_scalar(scalar: &Scalar) -> Option<Self> {
        match scalar {
            Scalar::Decimal(number) => Some(*number),
            Scalar::Integer(number) => Some(Self::from(*number)),
            Scalar::Text(_) | Scalar::Boolean(_) | Scalar::Date(_) | Scalar::Timestamp(_) | Scalar::GeoPoint(_) => None,
        }
    }

    fn to_scalar(self) -> Scalar {
        Scalar::Decimal(self)
    }
}

impl Ordinal for Date {
    const BLANK: Self = Self::ZERO;

    fn from_scalar(scalar: &Scalar) -> Option<Self> {
        if let Scalar::Date(date) = scalar { Some(*date) } else { None }
    }

    fn to_scalar(self) -> Scalar {
        Scalar::Date(self)
    }
}

impl Ordinal for Timestamp {
    const BLANK: Self = Self::UNIX_EPOCH;

    fn from_scalar(scalar: &Scalar) -> Option<Self> {
        if let Scalar::Timestamp(instant) = scalar { Some(*instant) } else { None }
    }

    fn to_scalar(self) -> Scalar {
        Scalar::Timestamp(self)
    }
}
