//! The text form: what it reads as and how it is printed. Mistakes are next door.

mod mistakes;

use super::*;
use crate::diagnostic::Part;

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

/// What people may type, and how it is printed back.
fn check_typed(typed: &str, printed: &str) {
    let parsed = parse(typed);
    assert_eq!(parsed.diagnostics, [], "{typed}");
    assert_eq!(parsed.rule.expect("it reads").to_text(), printed, "{typed}");
}

#[test]
fn equality_and_order_are_signs() {
    check(r#"country = "TR""#, r#"{"attr":"country","op":"eq","value":"TR"}"#);
    check(r#"country != "TR""#, r#"{"not":{"attr":"country","op":"eq","value":"TR"}}"#);
    check("age < 3", r#"{"attr":"age","op":"lt","value":3}"#);
    check("age <= -3.5", r#"{"attr":"age","op":"lte","value":-3.5}"#);
    check("age > 0.0000001", r#"{"attr":"age","op":"gt","value":1e-7}"#);
    check("age >= 3", r#"{"attr":"age","op":"gte","value":3}"#);
    check("age between 3 and 10", r#"{"attr":"age","op":"between","value":[3,10]}"#);
    check("is_active = true", r#"{"attr":"is_active","op":"eq","value":true}"#);
    check("seen < 2026-05-01T09:30:00Z", r#"{"attr":"seen","op":"lt","value":"2026-05-01T09:30:00Z"}"#);
}

#[test]
fn lists_of_values_stand_in_brackets() {
    check(r#"country in ("TR", "DE")"#, r#"{"attr":"country","op":"in","value":["TR","DE"]}"#);
    check(r#"country not in ("TR")"#, r#"{"not":{"attr":"country","op":"in","value":["TR"]}}"#);
    check("age in ()", r#"{"attr":"age","op":"in","value":[]}"#);
    check("joined in (2026-05-01)", r#"{"attr":"joined","op":"in","value":["2026-05-01"]}"#);
    check(r#"tags has "a""#, r#"{"attr":"tags","op":"has","value":"a"}"#);
    check(r#"tags has any ("a", "b")"#, r#"{"attr":"tags","op":"has_any","value":["a","b"]}"#);
    check(r#"tags has all ("a")"#, r#"{"attr":"tags","op":"has_all","value":["a"]}"#);
    check(r#"tags has none ("a")"#, r#"{"not":{"attr":"tags","op":"has_any","value":["a"]}}"#);
    check(r#"tags = ("a")"#, r#"{"attr":"tags","op":"eq","value":["a"]}"#);
    check(r#"tags != ("a")"#, r#"{"not":{"attr":"tags","op":"eq","value":["a"]}}"#);
    check("size of tags >= 3", r#"{"attr":"tags","op":"size","value":{"op":"gte","value":3}}"#);
    check("size of tags != 3", r#"{"not":{"attr":"tags","op":"size","value":{"op":"eq","value":3}}}"#);
    check("size of tags between 1 and 2", r#"{"attr":"tags","op":"size","value":{"op":"between","value":[1,2]}}"#);
}

#[test]
fn text_operators_are_words() {
    check("email exists", r#"{"attr":"email","op":"exists"}"#);
    check("email missing", r#"{"attr":"email","op":"missing"}"#);
    check("not email exists", r#"{"not":{"attr":"email","op":"exists"}}"#);
    check(r#"name starts with "A""#, r#"{"attr":"name","op":"starts_with","value":"A"}"#);
    check(r#"name ends with "A""#, r#"{"attr":"name","op":"ends_with","value":"A"}"#);
    check(r#"name contains "A""#, r#"{"attr":"name","op":"contains","value":"A"}"#);
    check(r#"name does not contain "A""#, r#"{"not":{"attr":"name","op":"contains","value":"A"}}"#);
    check(r#"name like "A*""#, r#"{"attr":"name","op":"glob","value":"A*"}"#);
    check(r#"name matches "^A\\d""#, r#"{"attr":"name","op":"matches","value":"^A\\d"}"#);
    check(r#"name ~= "ayşe""#, r#"{"attr":"name","op":"ieq","value":"ayşe"}"#);
    check(r#"name ~starts with "a""#, r#"{"attr":"name","op":"istarts_with","value":"a"}"#);
    check(r#"name ~ends with "a""#, r#"{"attr":"name","op":"iends_with","value":"a"}"#);
    check(r#"name ~contains "a""#, r#"{"attr":"name","op":"icontains","value":"a"}"#);
    check(r#"not name ~contains "a""#, r#"{"not":{"attr":"name","op":"icontains","value":"a"}}"#);
}

#[test]
fn time_operators_are_words() {
    check("seen before 2026-05-01", r#"{"attr":"seen","op":"before","value":"2026-05-01"}"#);
    check("seen after 2026-05-01T09:30:00.5Z", r#"{"attr":"seen","op":"after","value":"2026-05-01T09:30:00.5Z"}"#);
    check("seen on 2026-05-01", r#"{"attr":"seen","op":"on","value":"2026-05-01"}"#);
    check("seen in last 30 days", r#"{"attr":"seen","op":"in_last","value":{"n":30,"unit":"days"}}"#);
    check("seen in next 2 weeks", r#"{"attr":"seen","op":"in_next","value":{"n":2,"unit":"weeks"}}"#);
    check("seen more than 3 months ago", r#"{"attr":"seen","op":"more_than_ago","value":{"n":3,"unit":"months"}}"#);
    check("seen more than 1 day ahead", r#"{"attr":"seen","op":"more_than_ahead","value":{"n":1,"unit":"days"}}"#);
    check("birthday is today", r#"{"attr":"birthday","op":"anniversary_in_next","value":{"n":0,"unit":"days"}}"#);
    check(
        "birthday anniversary in next 7 days",
        r#"{"attr":"birthday","op":"anniversary_in_next","value":{"n":7,"unit":"days"}}"#,
    );
    check("weekday of seen in (1, 2)", r#"{"attr":"seen","op":"weekday","value":[1,2]}"#);
    check("month of seen not in (12)", r#"{"not":{"attr":"seen","op":"month","value":[12]}}"#);
    check("hour of seen in (0) in zone of profile", r#"{"attr":"seen","op":"hour","value":[0],"zone":"profile"}"#);
    check(
        r#"seen on 2026-05-01 in zone "Europe/Istanbul""#,
        r#"{"attr":"seen","op":"on","value":"2026-05-01","zone":"Europe/Istanbul"}"#,
    );
}

#[test]
fn another_attribute_stands_where_a_value_may() {
    check("a = b", r#"{"attr":"a","op":"eq","other":"b"}"#);
    check("a != b", r#"{"not":{"attr":"a","op":"eq","other":"b"}}"#);
    check("a < b + 3 days", r#"{"attr":"a","op":"lt","other":"b","offset":{"n":3,"unit":"days"}}"#);
    check("a < b - 1 month", r#"{"attr":"a","op":"lt","other":"b","offset":{"n":-1,"unit":"months"}}"#);
    check("name contains nick", r#"{"attr":"name","op":"contains","other":"nick"}"#);
    check("name does not contain nick", r#"{"not":{"attr":"name","op":"contains","other":"nick"}}"#);
}

#[test]
fn conditions_are_joined_by_words_and_brackets() {
    let (a, b, c) =
        (r#"{"attr":"a","op":"eq","value":1}"#, r#"{"attr":"b","op":"eq","value":2}"#, r#"{"attr":"c","op":"exists"}"#);
    check("a = 1 and b = 2 and c exists", &format!(r#"{{"and":[{a},{b},{c}]}}"#));
    check("a = 1 or (b = 2 and c exists)", &format!(r#"{{"or":[{a},{{"and":[{b},{c}]}}]}}"#));
    check("(a = 1 or b = 2) and c exists", &format!(r#"{{"and":[{{"or":[{a},{b}]}},{c}]}}"#));
    check("(a = 1 and b = 2) and c exists", &format!(r#"{{"and":[{{"and":[{a},{b}]}},{c}]}}"#));
    check("not (a = 1 and b = 2)", &format!(r#"{{"not":{{"and":[{a},{b}]}}}}"#));
    check("not a != 1", &format!(r#"{{"not":{{"not":{a}}}}}"#));
    check("not not c exists", &format!(r#"{{"not":{{"not":{c}}}}}"#));
    check("everyone", r#"{"and":[]}"#);
    check("no one", r#"{"or":[]}"#);
    check("not everyone and no one", r#"{"and":[{"not":{"and":[]}},{"or":[]}]}"#);
    check("all of (a = 1)", &format!(r#"{{"and":[{a}]}}"#));
    check("any of (all of (a = 1)) or c exists", &format!(r#"{{"or":[{{"or":[{{"and":[{a}]}}]}},{c}]}}"#));
}

#[test]
fn keys_that_are_words_stay_keys() {
    for key in
        ["default", "month", "size", "any", "all", "none", "did", "first", "last", "at", "sum", "of", "is", "has"]
    {
        check(&format!("{key} = 1"), &format!(r#"{{"attr":"{key}","op":"eq","value":1}}"#));
        check(&format!("a = {key}"), &format!(r#"{{"attr":"a","op":"eq","other":"{key}"}}"#));
    }
    for key in ["everyone", "no", "account", "sequence", "zone", "contains", "between", "ago"] {
        check(&format!("{key} in (1)"), &format!(r#"{{"attr":"{key}","op":"in","value":[1]}}"#));
        check(&format!("{key} exists"), &format!(r#"{{"attr":"{key}","op":"exists"}}"#));
    }
    for key in ["and", "or", "not", "in", "true", "FALSE"] {
        check(&format!("`{key}` in (1)"), &format!(r#"{{"attr":"{key}","op":"in","value":[1]}}"#));
        check(&format!("a = `{key}`"), &format!(r#"{{"attr":"a","op":"eq","other":"{key}"}}"#));
        check(
            &format!("size of `{key}` = 1"),
            &format!(r#"{{"attr":"{key}","op":"size","value":{{"op":"eq","value":1}}}}"#),
        );
    }
    check("any in (1)", r#"{"attr":"any","op":"in","value":[1]}"#);
    check("did not in (1)", r#"{"not":{"attr":"did","op":"in","value":[1]}}"#);
}

#[test]
fn what_is_typed_otherwise_is_printed_in_one_way() {
    check_typed("  AGE   =\t1\nAND  Name EXISTS ", "AGE = 1 and Name exists");
    check_typed("((age = 1))", "age = 1");
    check_typed("a = 1 or b = 2 and c = 3", "a = 1 or (b = 2 and c = 3)");
    check_typed("not country = \"TR\"", "country != \"TR\"");
    check_typed("not (name contains \"a\")", "name does not contain \"a\"");
    check_typed("seen not in last 1 days", "not seen in last 1 day");
    check_typed("a < b -3 days", "a < b - 3 days");
    check_typed("a = 1.50", "a = 1.5");
    check_typed("a = 1e3", "a = 1000");
    check_typed("a = 9007199254740993", "a = \"9007199254740993\"");
    check_typed("a = \"2026-05-01\"", "a = 2026-05-01");
    check_typed("a = \"2026-13-01\"", "a = \"2026-13-01\"");
    check_typed("a = \"\\u0041\\n\"", "a = \"A\\n\"");
    check_typed("seen before 2026-05-01T12:00:00+02:00", "seen before 2026-05-01T10:00:00Z");
    check_typed("seen on 2026-05-01 in zone of workspace", "seen on 2026-05-01");
    check_typed("seen on 2026-05-01 in zone of \"UTC\"", "seen on 2026-05-01 in zone \"UTC\"");
    check_typed("`age` = 1", "age = 1");
    check_typed("a = TRUE", "a = true");
}

#[test]
fn every_node_and_part_has_its_place() {
    let text = "not (age = 1 or country not in (\"TR\", \"DE\"))";
    let parsed = parse(text);
    let shown: Vec<(Vec<usize>, &str)> =
        parsed.spans.nodes().iter().map(|node| (node.path.clone(), &text[node.whole.clone()])).collect();
    let list = "country not in (\"TR\", \"DE\")";
    assert_eq!(
        shown,
        [
            (vec![], text),
            (vec![0], "(age = 1 or country not in (\"TR\", \"DE\"))"),
            (vec![0, 0], "age = 1"),
            (vec![0, 1], list),
            (vec![0, 1, 0], list),
        ]
    );
    let node = &parsed.spans.nodes()[4];
    assert_eq!(&text[node.part(Part::Attribute)], "country");
    assert_eq!(&text[node.part(Part::Operator)], "not in");
    assert_eq!(&text[node.part(Part::Item(1))], "\"DE\"");
    assert_eq!(&text[node.part(Part::Value)], "(\"TR\", \"DE\")");
    assert_eq!(&text[node.part(Part::Item(9))], "(\"TR\", \"DE\")");
    assert_eq!(&text[node.part(Part::Zone)], list);
}
