//! The text form: what it reads as, how it is printed, where mistakes are placed.

use super::*;

/// The canonical text reads as this JSON, and the JSON prints as the text.
fn check(text: &str, json: &str) {
    let parsed = parse(text);
    assert_eq!(parsed.diagnostics, [], "{text}");
    let rule = parsed.rule.expect("it reads");
    let json: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(rule.to_node_json(), json, "{text}");
    assert_eq!(rule.to_text(), text);
    assert_eq!(Rule::from_node_json(&json).as_ref(), Ok(&rule), "{text}");
}

#[test]
fn equality_and_order_are_signs() {
    check(r#"country = "TR""#, r#"{"attr":"country","op":"eq","value":"TR"}"#);
    check(r#"country != "TR""#, r#"{"not":{"attr":"country","op":"eq","value":"TR"}}"#);
    check("age < 3", r#"{"attr":"age","op":"lt","value":3}"#);
    check("age <= -3.5", r#"{"attr":"age","op":"lte","value":-3.5}"#);
    check("age > 3", r#"{"attr":"age","op":"gt","value":3}"#);
    check("age >= 3", r#"{"attr":"age","op":"gte","value":3}"#);
    check("age between 3 and 10", r#"{"attr":"age","op":"between","value":[3,10]}"#);
    check("is_active = true", r#"{"attr":"is_active","op":"eq","value":true}"#);
    check("seen < 2026-05-01T09:30:00Z", r#"{"attr":"seen","op":"lt","value":"2026-05-01T09:30:00Z"}"#);
}
