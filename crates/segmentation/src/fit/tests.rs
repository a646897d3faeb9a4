use serde_json::json;

use super::*;

/// What an attribute of one type sees of a value of another; `null` is nothing.
fn check(held: (&str, serde_json::Value), wanted: &str, expected: &serde_json::Value) {
    let (held_type, json) = held;
    let value = Value::from_json(held_type.parse().unwrap(), &json)
        .unwrap()
        .unwrap();
    let seen = fitted(Cow::Owned(value), wanted.parse().unwrap());
    assert_eq!(
        &seen.map(|value| value.to_json()).unwrap_or_default(),
        expected,
        "{held_type} as {wanted}"
    );
}

#[test]
fn an_attribute_sees_values_of_its_own_type() {
    check(("text", json!("7")), "text", &json!("7"));
    check(("text", json!("7")), "integer", &json!(null));
    check(("date", json!("2024-02-29")), "timestamp", &json!(null));
    check(("text", json!("a")), "list of text", &json!(null));
    check(("list of text", json!(["a"])), "text", &json!(null));
}

#[test]
fn numbers_become_each_other_where_nothing_is_lost() {
    check(("integer", json!(7)), "decimal", &json!("7"));
    check(("decimal", json!("7.0")), "integer", &json!(7));
    check(("decimal", json!("7.5")), "integer", &json!(null));
    check(
        ("decimal", json!("9223372036854775808")),
        "integer",
        json!(null),
    );
    check(
        ("list of integer", json!([1, 2])),
        "list of decimal",
        json!(["1", "2"]),
    );
    check(
        ("list of decimal", json!(["1", "2.5"])),
        "list of integer",
        json!(null),
    );
}
