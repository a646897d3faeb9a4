//! What scalars take and refuse.

use async_graphql::{Number, ScalarType as _, Value};

use super::{DateTime, Int64};

fn check_int64(value: Value, expected: Option<i64>) {
    let shown = value.to_string();
    assert_eq!(Int64::parse(value).ok().map(|number| number.0), expected, "{shown}");
}

#[test]
fn an_int64_is_a_whole_number_as_text_or_literal() {
    check_int64(Value::from("42"), Some(42));
    check_int64(Value::from("-9223372036854775808"), Some(i64::MIN));
    check_int64(Value::from(9_007_199_254_740_993_i64), Some(9_007_199_254_740_993));
    check_int64(Value::from("9223372036854775808"), None);
    check_int64(Value::from(u64::MAX), None);
    check_int64(Value::from("4.0"), None);
    check_int64(Value::Boolean(true), None);
}

#[test]
fn an_int64_refuses_floats_even_whole_ones() {
    check_int64(Value::Number(Number::from_f64(4.0).unwrap()), None);
    check_int64(Value::Number(Number::from_f64(1e18).unwrap()), None);
}

#[test]
fn an_int64_is_written_as_text() {
    assert_eq!(Int64(i64::MAX).to_value(), Value::from("9223372036854775807"));
}

#[test]
fn a_date_time_is_rfc_3339_in_utc() {
    let written = |text: &str| DateTime::parse(Value::from(text)).ok().map(|instant| instant.to_value());
    assert_eq!(written("2026-05-01T12:30:00+03:00"), Some(Value::from("2026-05-01T09:30:00Z")));
    assert_eq!(written("2026-05-01T09:30:00.000001Z"), Some(Value::from("2026-05-01T09:30:00.000001Z")));
    assert_eq!(written("2026-05-01"), None);
    assert_eq!(written("2026-05-01T09:30:00"), None);
    assert!(DateTime::parse(Value::from(1_777_627_800)).is_err());
}
