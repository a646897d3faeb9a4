//! Numbers, and what values are under a condition.

use super::{IntegerRange, Number, Value};
use crate::Limits;
use crate::fixtures::check_renders;
use crate::fuel::Meter;

#[test]
fn decimals_are_exact_and_keep_their_kind() {
    for (source, expected) in [
        ("0.1 | plus: 0.2", "0.3"),
        ("10 | minus: 2.0", "8.0"),
        ("5.0 | times: 2.10", "10.5"),
        ("7 | divided_by: 2", "3"),
        ("-7 | divided_by: 2", "-4"),
        ("-7 | modulo: 3", "2"),
        ("7 | modulo: -3", "-2"),
        ("-7.5 | modulo: 2", "0.5"),
        ("1 | divided_by: 3.0", "0.3333333333333333"),
        ("1 | divided_by: 3000000.0", "0.0000003333333333333333"),
        ("1 | divided_by: 1024.0", "0.0009765625"),
        ("2.5 | round", "3"),
        ("-2.5 | round", "-3"),
        ("1234.5678 | round: 2", "1234.57"),
        ("1250 | round: -2", "1300"),
        ("-0.4 | round", "0"),
        ("1.20 | plus: 0", "1.2"),
        ("'12.50' | plus: 0", "12.5"),
        ("' -3 apples' | plus: 0", "-3"),
        ("lifetime_value | times: 2", "2501"),
        ("lifetime_value | divided_by: 7 | round: 2", "178.64"),
        ("age | divided_by: 7.0 | ceil", "6"),
    ] {
        check_renders(&format!("{{{{ {source} }}}}"), expected);
    }
}

#[test]
fn numbers_compare_by_value() {
    let number = |text: &str| Number::parse(text).unwrap();
    assert_eq!(number("1"), number("1.0"));
    assert!(number("-9223372036854775809") < number("-9223372036854775808"));
    assert_eq!(Number::parse("1.2.3"), None);
    assert_eq!(Number::parse(&"9".repeat(40)), None);
}

#[test]
fn only_nothing_and_false_are_falsy() {
    for value in [Value::integer(0), Value::text(""), Value::list(Vec::new()), Value::Blank, Value::Empty] {
        assert!(value.is_truthy(), "{value:?}");
    }
    assert!(!Value::Nil.is_truthy() && !Value::Boolean(false).is_truthy());
    let mut meter = Meter::new(&Limits::default());
    assert!(Value::text(" \n").is_blank(&mut meter).unwrap() && !Value::text(" \n").is_empty());
}

#[test]
fn a_range_knows_its_length_without_being_laid_out() {
    let all = IntegerRange { first: i64::MIN, last: i64::MAX };
    assert_eq!(all.len(), u64::MAX);
    assert_eq!(all.get(3), Some(i64::MIN + 3));
    let none = IntegerRange { first: 2, last: 1 };
    assert!(none.is_empty() && none.get(0).is_none());
}
