use proptest::prelude::*;

use super::*;

fn check(text: &str, expected: Result<&str, DecimalError>) {
    let read = parse_decimal(text).map(decimal_to_text);
    assert_eq!(read.as_deref(), expected.as_ref().map(|text| *text), "{text}");
}

#[test]
fn reads_what_json_writes() {
    check("0", Ok("0"));
    check("-0.0", Ok("0"));
    check("12.50", Ok("12.5"));
    check("1e3", Ok("1000"));
    check("1.5E-3", Ok("0.0015"));
    check("100e-2", Ok("1"));
    check("007", Ok("7"));
    check("12345678901234567890.12345678", Ok("12345678901234567890.12345678"));
    check("0.0000000000000000000000000001", Ok("0.0000000000000000000000000001"));
}

#[test]
fn refuses_rather_than_rounds() {
    check("12345678901234567890.123456789", Err(DecimalError::TooPrecise));
    check("1e29", Err(DecimalError::OutOfRange));
    check("1e-29", Err(DecimalError::OutOfRange));
    check("1e999999999999", Err(DecimalError::OutOfRange));
}

#[test]
fn refuses_what_is_not_a_number() {
    check("12,5", Err(DecimalError::Comma));
    for text in ["", "-", ".5", "5.", "1.2.3", "1e", "NaN", "1,2,3", "٣", " 1"] {
        check(text, Err(DecimalError::NotANumber));
    }
}

proptest! {
    #[test]
    fn text_reads_back(mantissa in -9_999_999_999_999_999_999_999_999_999_i128..=9_999_999_999_999_999_999_999_999_999, scale in 0u32..=28) {
        let value = Decimal::from_i128_with_scale(mantissa, scale);
        prop_assert_eq!(parse_decimal(&decimal_to_text(value)), Ok(value.normalize()));
    }
}
