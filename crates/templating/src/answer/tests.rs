//! The shape of requests and answers.

use attrium_schema::Timestamp;
use serde_json::{Value as Json, json};

use super::answer;

fn ask(request: &str) -> Json {
    answer(request, "2026-05-20T12:00:00Z".parse::<Timestamp>().unwrap())
}

#[test]
fn a_request_is_answered_with_its_result() {
    assert_eq!(ask(r#"{"template": "Hi {{ name }}!", "data": {"name": "Ayşe"}}"#), json!({ "result": "Hi Ayşe!" }));
    assert_eq!(
        ask(r#"{"template": "{{ profile.name }}", "data": {"profile": {"name": "A"}}}"#),
        json!({ "result": "A" })
    );
    assert_eq!(ask(r#"{"template": "x", "templates": {"a": "b"}, "other": 1}"#), json!({ "result": "x" }));
}

#[test]
fn data_keeps_its_order_and_its_numbers() {
    let request = r#"{"template": "{% for f in o %}{{ f[0] }}={{ f[1] }} {% endfor %}",
        "data": {"o": {"z": 1.0, "a": 12345678901234567890, "m": 1e300, "b": 0.1}}}"#;
    assert_eq!(ask(request)["result"], "z=1.0 a=12345678901234567890 m=1e300 b=0.1 ");
}

#[test]
fn now_is_what_it_is_said_to_be() {
    assert_eq!(ask(r#"{"template": "{{ 'now' | date: '%F %T %Z' }}"}"#)["result"], "2026-05-20 12:00:00 UTC");
}

#[test]
fn a_mistake_says_where_it_stands_and_when_it_was_found() {
    let answer = ask(r#"{"template": "Hi\n{{ name | upcas }}"}"#);
    assert_eq!(answer["stage"], "parse");
    assert_eq!(answer["error"], "There is no filter `upcas`; did you mean `upcase`? (line 2, column 11)");
    let answer = ask(r#"{"template": "Hi {{ 1 | divided_by: 0 }}"}"#);
    assert_eq!(answer["stage"], "render");
    assert_eq!(answer["error"], "`divided_by` divides by zero (line 1, column 11)");
    for request in ["", "[]", r#"{"data": {}}"#, r#"{"template": 1}"#] {
        assert_eq!(ask(request)["stage"], "parse", "{request}");
    }
}
