//! Canonical JSON: refusals with their place, limits, and reading back what is written.

use serde_json::{Value as Json, json};

use crate::ast::Rule;
use crate::diagnostic::DiagnosticCode as Code;

/// The only problem of this node stands at this place, has this code, and says this.
fn check(node: &Json, place: &str, code: Code, said: &str) {
    check_found(&Rule::from_node_json(node), place, code, said);
}

fn check_found(read: &Result<Rule, Vec<crate::Diagnostic>>, place: &str, code: Code, said: &str) {
    let found = read.as_ref().expect_err("it is refused");
    let shown: Vec<(String, Code)> = found.iter().map(|found| (found.json_path.join("/"), found.code)).collect();
    assert_eq!(shown, [(place.to_owned(), code)], "{found:?}");
    assert!(found[0].message.contains(said), "{}", found[0].message);
}

#[test]
fn a_document_has_a_version_and_a_rule() {
    let document = |json: Json| Rule::from_json(&json);
    let node = json!({"attr": "a", "op": "exists"});
    let rule = document(json!({"v": 1, "rule": node})).unwrap();
    assert_eq!(rule.to_json(), json!({"v": 1, "rule": node}));
    check_found(&document(json!({"v": 2, "rule": node})), "v", Code::Shape, "version 1");
    check_found(&document(json!({"rule": node})), "v", Code::Shape, "missing");
    check_found(&document(json!({"v": 1})), "rule", Code::Shape, "missing");
    check_found(&document(json!({"v": 1, "rule": node, "x": 1})), "x", Code::Shape, "no field `x`");
    check_found(&document(json!([])), "", Code::Shape, "written");
    let stored: Rule = serde_json::from_str(&serde_json::to_string(&rule).unwrap()).unwrap();
    assert_eq!(stored, rule);
    assert!(serde_json::from_str::<Rule>(r#"{"v":1,"rule":{}}"#).is_err());
}

#[test]
fn a_problem_is_placed_in_the_json() {
    let shape = Code::Shape;
    check(&json!(3), "rule", shape, "is an object, not 3");
    check(&json!({}), "rule", shape, "one of the fields");
    check(&json!({"and": {}}), "rule", shape, "a list of nodes, not an object");
    check(&json!({"and": [{"not": {"or": [7]}}]}), "rule/and/0/not/or/0", shape, "not 7");
    check(&json!({"and": [], "or": []}), "rule/or", shape, "no field `or`");
    check(&json!({"attr": "a", "op": "eq", "valeu": 1, "value": 1}), "rule/valeu", shape, "did you mean `value`");
    check(&json!({"attr": 1, "op": "exists"}), "rule/attr", shape, "by its key");
    check(&json!({"attr": "a b", "op": "exists"}), "rule/attr", Code::UnknownAttribute, "`a b`");
    check(&json!({"attr": "a"}), "rule/op", shape, "missing");
    check(&json!({"attr": "a", "op": "startswith", "value": "x"}), "rule/op", Code::UnknownOperator, "`starts_with`");
    check(&json!({"attr": "a", "op": "eq"}), "rule/value", shape, "needs a value");
    check(&json!({"attr": "a", "op": "eq", "value": null}), "rule/value", shape, "missing");
    check(&json!({"attr": "a", "op": "eq", "value": {}}), "rule/value", shape, "one value");
    check(&json!({"attr": "a", "op": "lt", "value": [1]}), "rule/value", shape, "one value");
    check(&json!({"attr": "a", "op": "exists", "value": 1}), "rule/value", shape, "takes no value");
    check(&json!({"attr": "a", "op": "in", "value": "x"}), "rule/value", shape, "a list");
    check(&json!({"attr": "a", "op": "in", "value": ["x", []]}), "rule/value/1", shape, "one value");
    check(&json!({"attr": "a", "op": "between", "value": [1]}), "rule/value", shape, "two values");
    check(&json!({"attr": "a", "op": "contains", "value": 1}), "rule/value", Code::WrongType, "a text");
    check(&json!({"attr": "a", "op": "eq", "value": 1e40}), "rule/value", Code::OutOfRange, "28");
    check(&json!({"attr": "a", "op": "before", "value": "soon"}), "rule/value", Code::WrongType, "2026-05-01");
    check(&json!({"attr": "a", "op": "in_last", "value": 3}), "rule/value", shape, "span");
    check(&json!({"attr": "a", "op": "in_last", "value": {"n": 1, "unit": "moons"}}), "rule/value", shape, "span");
    check(
        &json!({"attr": "a", "op": "in_last", "value": {"n": -1, "unit": "days"}}),
        "rule/value",
        Code::OutOfRange,
        "0 to",
    );
    check(
        &json!({"attr": "a", "op": "size", "value": {"op": "gte", "value": 1.5}}),
        "rule/value",
        shape,
        "whole number",
    );
    check(&json!({"attr": "a", "op": "weekday", "value": [0]}), "rule/value", Code::OutOfRange, "1 to 7");
    let weeks = json!({"n": 1, "unit": "weeks"});
    check(&json!({"attr": "a", "op": "anniversary_in_next", "value": weeks}), "rule/value", Code::WrongType, "in days");
    check(&json!({"attr": "a", "op": "starts_with", "other": "b"}), "rule/other", shape, "two attributes");
    check(&json!({"attr": "a", "op": "eq", "other": "b", "value": 1}), "rule/value", shape, "either");
    check(&json!({"attr": "a", "op": "eq", "value": 1, "offset": weeks}), "rule/offset", shape, "another attribute");
    check(&json!({"attr": "a", "op": "on", "value": "2026-05-01", "zone": 3}), "rule/zone", shape, "workspace");
}

#[test]
fn what_comes_later_is_refused_by_name() {
    let nodes = [
        json!({"any": "pets", "where": {"attr": "type", "op": "eq", "value": "dog"}}),
        json!({"none": "device", "where": {}}),
        json!({"segment": "vip"}),
        json!({"list": "x"}),
        json!({"account_segment": "y"}),
        json!({"sample": {"percent": 10, "seed": "a"}}),
        json!({"changed": "tier"}),
        json!({"at": "2026-05-01", "rule": {}}),
        json!({"event": "purchase", "count": {"op": "gte", "value": 3}}),
        json!({"event": "purchase", "last": {"before": "2026-01-01"}}),
        json!({"sequence": [], "within": {"n": 1, "unit": "days"}}),
    ];
    for node in nodes {
        check(&json!({"and": [{"not": node}]}), "rule/and/0/not", Code::NotSupported, "is not supported yet");
    }
    check(&json!({"attr": "account.plan", "op": "exists"}), "rule/attr", Code::NotSupported, "supported yet");
    check(&json!({"attr": "a", "op": "eq", "other": "b.c"}), "rule/other", Code::NotSupported, "supported yet");
    for op in ["within", "in_box", "in_polygon", "in_place"] {
        check(&json!({"attr": "a", "op": op, "value": {}}), "rule/op", Code::NotSupported, "supported yet");
    }
}

#[test]
fn every_problem_is_gathered() {
    let node = json!({"or": [{"attr": "a", "op": "is"}, {"and": [5, {"attr": "b c", "op": "in", "value": 3}]}]});
    let found = Rule::from_node_json(&node).unwrap_err();
    let places: Vec<String> = found.iter().map(|found| found.json_path.join("/")).collect();
    assert_eq!(places, ["rule/or/0/op", "rule/or/1/and/0", "rule/or/1/and/1/attr", "rule/or/1/and/1/value"]);
    assert_eq!(found[2].path, [1, 1]);
}

#[test]
fn levels_nodes_and_values_have_limits() {
    let leaf = json!({"attr": "a", "op": "exists"});
    let nested = |levels: usize| (1..levels).fold(leaf.clone(), |inner, _| json!({"not": inner}));
    assert!(Rule::from_node_json(&nested(32)).is_ok());
    let deep = format!("rule{}", "/not".repeat(32));
    check(&nested(33), &deep, Code::TooDeep, "32 levels");
    check(&nested(120), &deep, Code::TooDeep, "32 levels");
    assert!(Rule::from_node_json(&json!({"and": vec![leaf.clone(); 499]})).is_ok());
    check(&json!({"and": vec![leaf.clone(); 20_000]}), "rule/and/499", Code::TooManyNodes, "500 nodes");
    let listed = |count: usize| json!({"attr": "a", "op": "in", "value": vec![1; count]});
    assert!(Rule::from_node_json(&listed(10_000)).is_ok());
    check(&listed(10_001), "rule/value", Code::TooManyValues, "10000");
}

#[test]
fn numbers_are_read_by_their_shortest_text() {
    let reads = |text: &str, written: Json| {
        let node: Json = serde_json::from_str(&format!(r#"{{"attr":"a","op":"eq","value":{text}}}"#)).unwrap();
        let rule = Rule::from_node_json(&node).unwrap();
        assert_eq!(rule.to_node_json()["value"], written, "{text}");
        assert_eq!(Rule::from_node_json(&rule.to_node_json()), Ok(rule), "{text}");
    };
    reads("1.0", json!(1));
    reads("0.1", json!(0.1));
    reads("-0.0", json!(0));
    reads("1e-7", json!(1e-7));
    reads("9007199254740991", json!(9_007_199_254_740_991_i64));
    reads("9007199254740992", json!("9007199254740992"));
    reads("123456789.012345", json!(123_456_789.012_345));
    reads("123456789.0123456", json!("123456789.0123456"));
    reads("12345678901234567890.123", json!("12345678901234567000"));
    reads("\"12345678901234567890.123\"", json!("12345678901234567890.123"));
}
