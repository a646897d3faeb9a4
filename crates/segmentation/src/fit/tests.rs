use serde_json::{Value as Json, json};

use super::*;

/// What an attribute of the wanted type sees of a value of another; `null` is nothing.
fn seen(held_type: &str, json: &Json, wanted: &str) -> Json {
    let value = Value::from_json(held_type.parse().unwrap(), json).unwrap().unwrap();
    let seen = fitted(Cow::Owned(value), wanted.parse().unwrap());
    seen.map(|value| value.to_json()).unwrap_or_default()
}

#[test]
fn an_attribute_sees_values_of_its_own_type() {
    assert_eq!(seen("text", &json!("7"), "text"), json!("7"));
    assert_eq!(seen("text", &json!("7"), "integer"), json!(null));
    assert_eq!(seen("date", &json!("2024-02-29"), "timestamp"), json!(null));
    assert_eq!(seen("text", &json!("a"), "list of text"), json!(null));
    assert_eq!(seen("list of text", &json!(["a"]), "text"), json!(null));
}

#[test]
fn numbers_become_each_other_where_nothing_is_lost() {
    assert_eq!(seen("integer", &json!(7), "decimal"), json!("7"));
    assert_eq!(seen("decimal", &json!("7.0"), "integer"), json!(7));
    assert_eq!(seen("decimal", &json!("7.5"), "integer"), json!(null));
    assert_eq!(seen("decimal", &json!("9223372036854775808"), "integer"), json!(null));
    assert_eq!(seen("list of integer", &json!([1, 2]), "list of decimal"), json!(["1", "2"]));
    assert_eq!(seen("list of decimal", &json!(["1", "2.5"]), "list of integer"), json!(null));
}
