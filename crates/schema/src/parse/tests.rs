use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::decimal::decimal_to_text;

/// Reads JSON as a type named in text, and compares with what it is written as.
#[expect(clippy::needless_pass_by_value, reason = "a table of cases reads better without ampersands")]
fn check(value_type: &str, json: Json, expected: Result<Json, &str>) {
    let read = Value::from_json(value_type.parse().unwrap(), &json);
    let written =
        read.map(|value| value.map_or(Json::Null, |value| value.to_json())).map_err(|problem| problem.to_string());
    assert_eq!(written, expected.map_err(str::to_owned), "{json} as {value_type}");
}

fn check_text(value_type: &str, text: &str, expected: Result<Json, &str>) {
    let read = Value::from_text(value_type.parse().unwrap(), text);
    let written =
        read.map(|value| value.map_or(Json::Null, |value| value.to_json())).map_err(|problem| problem.to_string());
    assert_eq!(written, expected.map_err(str::to_owned), "{text:?} as {value_type}");
}

#[test]
fn integers() {
    check("integer", json!(7), Ok(json!(7)));
    check("integer", json!("7"), Ok(json!(7)));
    check("integer", json!(7.0), Ok(json!(7)));
    check("integer", json!("-0.0"), Ok(json!(0)));
    check("integer", json!(i64::MIN), Ok(json!("-9223372036854775808")));
    check("integer", json!("9223372036854775807"), Ok(json!("9223372036854775807")));
    check("integer", json!(9_007_199_254_740_991_i64), Ok(json!(9_007_199_254_740_991_i64)));
    check("integer", json!(9_007_199_254_740_992_i64), Ok(json!("9007199254740992")));
    check("integer", json!(u64::MAX), Err("18446744073709551615 is not a whole number of 64 bits"));
    check("integer", json!(1.5), Err("1.5 is not a whole number of 64 bits"));
    check("integer", json!(true), Err("true is not a whole number of 64 bits"));
    check_text("integer", "", Ok(Json::Null));
    check_text("integer", "9223372036854775808", Err("\"9223372036854775808\" is not a whole number of 64 bits"));
    check_text("integer", " 7", Err("\" 7\" is not a whole number of 64 bits"));
}

#[test]
fn decimals() {
    check("decimal", json!(0.1), Ok(json!("0.1")));
    check("decimal", json!("12.50"), Ok(json!("12.5")));
    check("decimal", json!(-0.0), Ok(json!("0")));
    check("decimal", json!(u64::MAX), Ok(json!("18446744073709551615")));
    check("decimal", json!("12,5"), Err("\"12,5\" is not a decimal; use a point"));
    check("decimal", json!(1e300), Err("1e+300 is not a decimal"));
    check_text("decimal", "1e400", Err("\"1e400\" is not a decimal of at most 28 significant digits"));
    check_text("decimal", "NaN", Err("\"NaN\" is not a decimal"));
}

#[test]
fn booleans() {
    check("boolean", json!(true), Ok(json!(true)));
    check("boolean", json!("true"), Err("\"true\" is not true or false"));
    check_text("boolean", "false", Ok(json!(false)));
    check_text("boolean", "False", Err("\"False\" is not true or false"));
}

#[test]
fn dates() {
    let refused =
        |text: &str| check("date", json!(text), Err(&format!("\"{text}\" is not a date; write it as 2026-05-01")));
    check("date", json!("2024-02-29"), Ok(json!("2024-02-29")));
    check("date", json!("0000-01-01"), Ok(json!("0000-01-01")));
    check("date", json!("9999-12-31"), Ok(json!("9999-12-31")));
    refused("2023-02-29");
    refused("10000-01-01");
    refused("20260501");
    refused("2026-5-1");
    refused("2026-W18-5");
    refused("2026-05-01T00:00:00Z");
    refused("-000001-01-01");
    refused("٢٠٢٦-٠٥-٠١");
    check("date", json!(20_260_501), Err("20260501 is not a date; write it as 2026-05-01"));
}

#[test]
fn timestamps() {
    check("timestamp", json!("2026-05-01T12:00:00+03:00"), Ok(json!("2026-05-01T09:00:00Z")));
    let cure = "is not a timestamp; write it as 2026-05-01T09:30:00Z";
    check("timestamp", json!("2026-05-01"), Err(&format!("\"2026-05-01\" {cure}")));
    check("timestamp", json!(0), Err(&format!("0 {cure}")));
}

#[test]
fn places() {
    let cure = r#"is not a place; write it as {"lat": 41.01, "lon": 28.97}"#;
    check("geo_point", json!({"lat": 41, "lon": -180}), Ok(json!({"lat": 41.0, "lon": -180.0})));
    check("geo_point", json!({"lat": -0.0, "lon": 0}), Ok(json!({"lat": 0.0, "lon": 0.0})));
    check("geo_point", json!({"lat": 91, "lon": 0}), Err(&format!(r#"{{"lat":91,"lon":0}} {cure}"#)));
    check("geo_point", json!({"lat": 1}), Err(&format!(r#"{{"lat":1}} {cure}"#)));
    check("geo_point", json!({"lat": 1, "lon": 2, "km": 3}), Err(&format!(r#"{{"km":3,"lat":1,"lon":2}} {cure}"#)));
    check_text("geo_point", "41.01, 28.97", Ok(json!({"lat": 41.01, "lon": 28.97})));
    check_text("geo_point", "NaN,0", Err(&format!("\"NaN,0\" {cure}")));
    check_text("geo_point", "inf,0", Err(&format!("\"inf,0\" {cure}")));
}

#[test]
fn text_is_bounded_and_holds_no_nul() {
    check("text", json!(""), Ok(json!("")));
    check("text", json!("\u{feff}ayşe\u{301}"), Ok(json!("\u{feff}ayşe\u{301}")));
    check("text", json!("x".repeat(TEXT_BYTES_MAX)), Ok(json!("x".repeat(TEXT_BYTES_MAX))));
    check("text", json!("x".repeat(TEXT_BYTES_MAX + 1)), Err("the text has 8193 bytes; at most 8192 are kept"));
    check("text", json!("a\0b"), Err("the text holds the character U+0000, which cannot be kept"));
    check("text", json!(1), Err("1 is not text; write it in quotes"));
    check_text("text", "", Ok(json!("")));
}

#[test]
fn lists_keep_order_and_duplicates_and_an_empty_one_is_missing() {
    check("list of integer", json!([2, "1", 2]), Ok(json!([2, 1, 2])));
    check("list of text", json!([]), Ok(Json::Null));
    check("list of text", Json::Null, Ok(Json::Null));
    check("list of text", json!(["a", null]), Err("null is not text; write it in quotes"));
    check("list of text", json!("a"), Err("\"a\" is not a list of text; write it as [\"a\", \"b\"]"));
    check("list of text", json!([["a"]]), Err("[\"a\"] is not text; write it in quotes"));
    check(
        "list of integer",
        Json::from(vec![1; LIST_ITEMS_MAX + 1]),
        Err("the list has 501 items; at most 500 are kept"),
    );
    check("text", json!(["a"]), Err("[\"a\"] is not text; write it in quotes"));
    check_text("list of text", "[\"a\", \"b\"]", Ok(json!(["a", "b"])));
    check_text("list of text", "a, b", Err("\"a, b\" is not a list of text; write it as [\"a\", \"b\"]"));
}

#[test]
fn a_long_wrong_value_is_shown_cut() {
    let problem = Scalar::from_text(ScalarType::Integer, &"ş".repeat(1_000)).unwrap_err().to_string();
    assert_eq!(problem, format!("\"{}… is not a whole number of 64 bits", "ş".repeat(63)));
}

/// Any value of a type.
fn scalar(scalar_type: ScalarType) -> BoxedStrategy<Scalar> {
    match scalar_type {
        ScalarType::Text => "[^\0]{0,40}".prop_map(Scalar::Text).boxed(),
        ScalarType::Integer => any::<i64>().prop_map(Scalar::Integer).boxed(),
        ScalarType::Decimal => {
            let digits = 9_999_999_999_999_999_999_999_999_999_i128;
            let decimal = |(mantissa, scale)| rust_decimal::Decimal::from_i128_with_scale(mantissa, scale);
            (-digits..=digits, 0_u32..=28).prop_map(decimal).prop_map(Scalar::Decimal).boxed()
        }
        ScalarType::Boolean => any::<bool>().prop_map(Scalar::Boolean).boxed(),
        ScalarType::Date => {
            let date = |(year, month, day)| Date::new(year, month, day).unwrap();
            (0_i16..=9999, 1_i8..=12, 1_i8..=28).prop_map(date).prop_map(Scalar::Date).boxed()
        }
        ScalarType::Timestamp => (Timestamp::MIN.as_micros()..=Timestamp::MAX.as_micros())
            .prop_map(|micros| Scalar::Timestamp(Timestamp::from_micros(micros).unwrap()))
            .boxed(),
        ScalarType::GeoPoint => (-90.0..=90.0, -180.0..=180.0)
            .prop_map(|(lat, lon)| GeoPoint::new(lat, lon).unwrap())
            .prop_map(Scalar::GeoPoint)
            .boxed(),
    }
}

fn value() -> impl Strategy<Value = Value> {
    prop::sample::select(ScalarType::ALL.to_vec()).prop_flat_map(|scalar_type| {
        prop_oneof![
            scalar(scalar_type).prop_map(Value::One),
            prop::collection::vec(scalar(scalar_type), 1..5).prop_map(Value::Many),
        ]
    })
}

proptest! {
    #[test]
    fn json_reads_back(value in value()) {
        let value_type = value.value_type().unwrap();
        prop_assert_eq!(Value::from_json(value_type, &value.to_json()), Ok(Some(value)));
    }

    #[test]
    fn text_reads_back(value in value()) {
        let value_type = value.value_type().unwrap();
        // A list is typed as JSON; a single value as people read it.
        let text = if value_type.is_list { value.to_json().to_string() } else { value.to_string() };
        prop_assert_eq!(Value::from_text(value_type, &text), Ok(Some(value)));
    }

    #[test]
    fn decimals_are_written_without_a_trace_of_how_they_were_made(mantissa in -10_000_i128..10_000, scale in 0_u32..10) {
        let text = decimal_to_text(rust_decimal::Decimal::from_i128_with_scale(mantissa, scale));
        prop_assert!(!text.contains('e') && text != "-0" && !(text.contains('.') && text.ends_with('0')), "{text}");
    }

    #[test]
    fn no_text_panics(scalar_type in prop::sample::select(ScalarType::ALL.to_vec()), text in "[0-9eE+\\-.,:TZ é\"\\[\\]]{0,30}") {
        let _ = Value::from_text(ValueType::one(scalar_type), &text);
        let _ = Value::from_text(ValueType::list(scalar_type), &text);
    }
}
