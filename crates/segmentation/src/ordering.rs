//! How two scalars compare: numbers by value across integer and decimal, text by code points,
//! everything else within its type.

use std::cmp::Ordering;

use attrium_schema::{Decimal, Scalar};

/// How `left` stands to `right`, or `None` when their types do not compare.
pub fn compare(left: &Scalar, right: &Scalar) -> Option<Ordering> {
    match (left, right) {
        // UTF-8 keeps the order of code points.
        (Scalar::Text(left), Scalar::Text(right)) => Some(left.cmp(right)),
        (Scalar::Integer(left), Scalar::Integer(right)) => Some(left.cmp(right)),
        (Scalar::Decimal(left), Scalar::Decimal(right)) => Some(left.cmp(right)),
        (Scalar::Integer(left), Scalar::Decimal(right)) => Some(Decimal::from(*left).cmp(right)),
        (Scalar::Decimal(left), Scalar::Integer(right)) => Some(left.cmp(&Decimal::from(*right))),
        (Scalar::Boolean(left), Scalar::Boolean(right)) => Some(left.cmp(right)),
        (Scalar::Date(left), Scalar::Date(right)) => Some(left.cmp(right)),
        (Scalar::Timestamp(left), Scalar::Timestamp(right)) => Some(left.cmp(right)),
        // Places have no order that means anything; this one tells equal ones apart from others.
        (Scalar::GeoPoint(left), Scalar::GeoPoint(right)) => {
            Some(left.lat().total_cmp(&right.lat()).then(left.lon().total_cmp(&right.lon())))
        }
        _ => None,
    }
}

/// Sorts values of one type and drops repeated ones, as [`contains`] wants them.
pub(crate) fn sort_distinct(values: &mut Vec<Scalar>) {
    let order = |left: &Scalar, right: &Scalar| compare(left, right).unwrap_or(Ordering::Equal);
    values.sort_by(order);
    values.dedup_by(|left, right| compare(left, right) == Some(Ordering::Equal));
}

/// Whether a value is among sorted ones.
pub(crate) fn contains(sorted: &[Scalar], value: &Scalar) -> bool {
    // A value of another type compares with none of them: it sorts before all, and is not found.
    sorted.binary_search_by(|probe| compare(probe, value).unwrap_or(Ordering::Greater)).is_ok()
}
