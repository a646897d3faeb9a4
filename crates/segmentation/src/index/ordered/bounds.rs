//! The ends of a range.

use std::ops::Bound;

use attrium_schema::Scalar;

use super::Ordinal;

/// The end of a range in the column's own values, or `None` when it is of another type.
pub(super) fn bound<V: Ordinal>(end: &Bound<Scalar>) -> Option<Bound<V>> {
    match end {
        Bound::Included(end) => V::from_scalar(end).map(Bound::Included),
        Bound::Excluded(end) => V::from_scalar(end).map(Bound::Excluded),
        Bound::Unbounded => Some(Bound::Unbounded),
    }
}

pub(super) fn is_above<V: Ordinal>(value: V, low: Bound<V>) -> bool {
    match low {
        Bound::Included(low) => low <= value,
        Bound::Excluded(low) => low < value,
        Bound::Unbounded => true,
    }
}

pub(super) fn is_below<V: Ordinal>(value: V, high: Bound<V>) -> bool {
    match high {
        Bound::Included(high) => value <= high,
        Bound::Excluded(high) => value < high,
        Bound::Unbounded => true,
    }
}
