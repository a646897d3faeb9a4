use serde_json::{Value as Json, json};

use super::*;

/// The types found in lines of attributes: `age integer, tags list of text`.
fn types(attributes: &[&str]) -> Result<String, String> {
    let trial = Trial::read(&data(attributes)).map_err(|error| error.to_string())?;
    let types: Vec<String> =
        trial.schema().iter().map(|definition| format!("{} {}", definition.key, definition.value_type)).collect();
    Ok(types.join(", "))
}

/// Lines of data about p0, p1 and so on.
fn data(attributes: &[&str]) -> String {
    let line = |(place, attributes): (usize, &&str)| format!(r#"{{"id": "p{place}", "attributes": {{{attributes}}}}}"#);
    attributes.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn types_are_found_over_all_lines() {
    let check = |attributes: &[&str], expected: &str| assert_eq!(types(attributes).unwrap(), expected);
    check(&[r#""a": 1"#, r#""a": -7"#], "a integer");
    check(&[r#""a": 1"#, r#""a": 1.0"#], "a decimal");
    check(&[r#""a": 9223372036854775808"#], "a decimal");
    check(&[r#""a": "2024-02-29""#, r#""a": null"#, ""], "a date");
    check(&[r#""a": "2023-02-29""#], "a text");
    check(&[r#""a": "2024-02-29T10:00:00Z""#, r#""a": "2024-02-29T10:00:00.5+03:00""#], "a timestamp");
    check(&[r#""a": "2024-02-29""#, r#""a": "2024-02-29T10:00:00Z""#], "a text");
    check(&[r#""a": "2024-02-29T10Z""#], "a text");
    check(&[r#""a": "7""#], "a text");
    check(&[r#""a": true, "b": {"lat": 1, "lon": 2}"#], "a boolean, b geo_point");
    check(&[r#""a": []"#, r#""a": [1]"#, r#""A": [2.5, 3]"#], "a list of decimal");
    check(&[r#""a": [], "b": 1"#], "b integer");
}

#[test]
fn data_that_does_not_read_names_its_line() {
    let check = |attributes: &[&str], expected: &str| assert_eq!(types(attributes).unwrap_err(), expected);
    let mixed = "line 2: `a` is of another type here than on earlier lines, or within its list";
    check(&[r#""a": 1"#, r#""a": "1""#], mixed);
    check(&[r#""a": 1"#, r#""a": [1]"#], mixed);
    check(&["", r#""a": [1, "b"]"#], mixed);
    check(&["", r#""a": [[1]]"#], mixed);
    check(&["", r#""a": {"b": 1}"#], "line 2: `a` holds an object, which is not supported yet");
    check(&["", r#""a": 1, "A": 2"#], "line 2: the attribute `a` is there twice");
    let error = |text: &str| Trial::read(text).unwrap_err().to_string();
    assert_eq!(error("\n{\"id\": \"a\"}"), r#"line 2: a data line is {"id": "…", "attributes": {…}}"#);
    let line = r#"{"id": "a", "attributes": {}}"#;
    assert_eq!(error(&format!("{line}\n{line}")), "line 2: the id `a` is on an earlier line too");
    assert!(error("nonsense").starts_with("line 1: not JSON: "));
}

fn trial() -> Trial {
    Trial::read(&data(&[r#""age": 7, "plan": "free""#, r#""age": 8.5"#, r#""plan": "gold""#])).unwrap()
}

/// The answers of both engines to one rules line, which agree.
fn answer(line: &str) -> Json {
    let rules = read_rules(line).unwrap();
    let [index, evaluator] =
        [Engine::Index, Engine::Evaluator].map(|engine| trial().answer(&rules[0], Timestamp::UNIX_EPOCH, engine));
    assert_eq!(index, evaluator);
    assert_eq!(index.is_refused, index.json.get("diagnostics").is_some());
    index.json
}

fn count(rule: &str) -> Json {
    answer(&json!({ "name": "a", "text": rule }).to_string())["count"].clone()
}

#[test]
fn people_are_counted_and_told_apart() {
    // SHA-256 of "p0\np1".
    let expected = json!({ "name": "young", "count": 2, "ids_sha256_16": "391523f6b3e0ccde" });
    assert_eq!(answer(r#"{"name": "young", "text": "age < 10", "note": "ignored"}"#), expected);
    assert_eq!(answer(r#"{"name": "young", "rule": {"attr": "age", "op": "lt", "value": 10}}"#), expected);
}

#[test]
fn an_attribute_in_no_line_is_missing_for_all() {
    assert_eq!(count("plan exists and size of pets >= 0"), 0);
    assert_eq!(count("pets missing"), 3);
    assert_eq!(count(r#"pets != "dog" and pets != 3"#), 3);
    assert_eq!(count("age < weight"), 0);
    assert_eq!(count("plan contains pet"), 0);
}

#[test]
fn a_rule_that_is_wrong_is_answered_with_its_diagnostics() {
    let refused = answer(r#"{"name": "a", "text": "age > 3 and plan > 7"}"#);
    assert_eq!(refused["diagnostics"][0]["path"], json!([1]));
    assert!(refused["diagnostics"][0]["span"].is_array(), "{refused}");
    let refused = answer(r#"{"name": "a", "rule": {"attr": "plan", "op": "gt", "value": 7}}"#);
    assert!(refused["diagnostics"][0]["span"].is_null(), "{refused}");
    assert!(read_rules(r#"{"name": "a"}"#).is_err());
}

#[test]
fn a_check_says_a_rule_in_every_form() {
    let rules =
        read_rules("{\"name\": \"a\", \"text\": \"plan='x'\"}\n\n{\"name\": \"b\", \"text\": \"plan=\\\"x\\\"\"}")
            .unwrap();
    assert!(check(&rules[0], None).is_refused);
    let answer = check(&rules[1], None);
    assert_eq!(answer.json["text"], r#"plan = "x""#);
    assert_eq!(answer.json["json"], json!({ "v": 1, "rule": { "attr": "plan", "op": "eq", "value": "x" } }));
    assert!(answer.json["sentence"].is_string());
    let wrong = &read_rules(r#"{"name": "c", "text": "plan > 7"}"#).unwrap()[0];
    assert!(!check(wrong, None).is_refused, "types are known from data alone");
    assert!(check(wrong, Some(&trial())).is_refused);
}
