//! The type check: what is refused, where, with what hint; and what is only warned of.

use crate::fixtures::schema;
use crate::{Analysis, Catalogue, Diagnostic, DiagnosticCode as Code, Severity};

fn found(text: &str) -> Vec<Diagnostic> {
    let schema = schema();
    let analysis = Analysis::of_text(text, &Catalogue { attributes: &schema });
    assert!(analysis.rule.is_some(), "{text}: {:?}", analysis.diagnostics);
    let has_errors = analysis.diagnostics.iter().any(|found| found.severity == Severity::Error);
    assert_eq!(analysis.compiled.is_none(), has_errors, "{text}");
    analysis.diagnostics
}

/// The only finding stands under this word, has this code, and says this.
fn check(text: &str, word: &str, code: Code, said: &str) {
    let found = found(text);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    let span = found[0].span.clone().expect("it has a place");
    assert_eq!((&text[span], found[0].code), (word, code), "{text}: {}", found[0].message);
    assert!(found[0].message.contains(said), "{text}: {}", found[0].message);
}

fn check_right(text: &str) {
    assert_eq!(found(text), [], "{text}");
}

#[test]
fn an_unknown_attribute_comes_with_its_neighbours() {
    check("contry = \"TR\"", "contry", Code::UnknownAttribute, "did you mean `country`?");
    check("trial_ends exists", "trial_ends", Code::UnknownAttribute, "`trial_ends_at`");
    check("xyzzy exists", "xyzzy", Code::UnknownAttribute, "No attribute has the key `xyzzy`");
    check("name = TR", "TR", Code::UnknownAttribute, "write text in quotes: \"TR\"");
    check("age = agee", "agee", Code::UnknownAttribute, "did you mean `age`?");
    assert_eq!(found("name = TR")[0].suggestions.last().unwrap(), "\"TR\"");
    check_right("COUNTRY = \"TR\"");
}

#[test]
fn an_operator_must_fit_the_type() {
    let wrong = Code::WrongOperator;
    check("tags in (\"a\")", "in", wrong, "did you mean `has any`?");
    check("tags contains \"a\"", "contains", wrong, "did you mean `has`?");
    check("tags ~= \"a\"", "~=", wrong, "a list of text");
    check("tags = \"a\"", "=", wrong, "is a list");
    check("tags < \"a\"", "<", wrong, "does not fit");
    check("tags contains name", "contains", wrong, "does not fit");
    check("country has \"a\"", "has", wrong, "did you mean `contains`?");
    check("country has any (\"a\")", "has any", wrong, "did you mean `in`?");
    check("country = (\"a\", \"b\")", "=", wrong, "by `in`");
    check("age starts with \"a\"", "starts with", wrong, "which is an integer");
    check("age before 2026-05-01", "before", wrong, "did you mean `<`?");
    check("is_active < true", "<", wrong, "did you mean `=`?");
    check("name in last 3 days", "in last", wrong, "which is text");
    check("hour of joined in (1)", "hour of", wrong, "which is a date");
    check("size of name = 1", "size of", wrong, "does not fit");
    check("location = \"x\"", "=", Code::NotSupported, "not supported yet");
    check_right("location exists and age = 1");
}

#[test]
fn a_value_must_fit_the_type() {
    let wrong = Code::WrongType;
    check("age = \"many\"", "\"many\"", wrong, "a number, without quotes");
    check("age = true", "true", wrong, "and true is not");
    check("name = 7", "7", wrong, "in quotes: \"7\"");
    check("name starts with \"a\" and country = 7", "7", wrong, "`country` is text");
    check("is_active = \"yes\"", "\"yes\"", wrong, "true or false");
    check("joined = \"soon\"", "\"soon\"", wrong, "2026-05-01");
    check("joined = 2026-05-01T00:00:00Z", "2026-05-01T00:00:00Z", wrong, "is a date");
    check("joined before 2026-05-01T00:00:00Z", "2026-05-01T00:00:00Z", wrong, "is a date");
    check("seen on 2026-05-01T00:00:00Z", "2026-05-01T00:00:00Z", wrong, "`on` asks for a day");
    check("price = \"123456789012345678901234567890\"", "\"123456789012345678901234567890\"", Code::OutOfRange, "28");
    check("scores has \"x\"", "\"x\"", wrong, "list of integer");
    check("age between 1 and \"x\"", "\"x\"", wrong, "an integer");
    for text in ["seen = 2026-05-01", "seen < 2026-05-01", "seen >= 2026-05-01"] {
        check(text, "2026-05-01", wrong, "before, after or on");
    }
    check("seen in (2026-05-01)", "2026-05-01", wrong, "write the time too");
    check("seen between 2026-05-01 and 2026-05-02T00:00:00Z", "2026-05-01", wrong, "write the time too");
}

#[test]
fn lists_of_values_have_one_type_and_are_not_empty() {
    check("country in ()", "()", Code::EmptyList, "no values");
    check("tags has any ()", "()", Code::EmptyList, "no values");
    check("tags = ()", "()", Code::EmptyList, "no values");
    check("weekday of seen in ()", "()", Code::EmptyList, "no values");
    check("country in (\"TR\", 1)", "(\"TR\", 1)", Code::MixedTypes, "mixes numbers and text");
    check("age in (1, true)", "(1, true)", Code::MixedTypes, "mixes");
    check("age in (1, \"x\")", "(1, \"x\")", Code::MixedTypes, "mixes");
    check_right("price in (1, \"12345678901234567890.5\")");
    assert_eq!(found("age in (\"x\", \"y\")").len(), 2);
}

#[test]
fn spans_fit_dates_and_timestamps() {
    check("joined in last 3 hours", "3 hours", Code::WrongType, "days, weeks, months or years");
    check("joined < birthday + 5 minutes", "+ 5 minutes", Code::WrongType, "days, weeks");
    check("age < visits + 3 days", "+ 3 days", Code::WrongType, "Time can be added");
    check("seen < joined", "joined", Code::WrongType, "do not compare");
    check("name = tags", "tags", Code::WrongType, "do not compare");
    check("name contains age", "age", Code::WrongType, "do not compare");
    check_right("seen < renewal_at + 5 minutes and age <= price");
}

#[test]
fn patterns_and_zones_must_read() {
    check("name matches \"(\"", "\"(\"", Code::BadPattern, "unclosed group");
    check("name matches \"a{1000}{1000}{1000}\"", "\"a{1000}{1000}{1000}\"", Code::BadPattern, "too large");
    let many = vec!["name matches \"a\""; 21].join(" or ");
    check(&many, "matches", Code::BadPattern, "at most 20 patterns");
    check("name matches \"(?=a)\"", "\"(?=a)\"", Code::BadPattern, "look-around");
    check("name like \"[a\"", "\"[a\"", Code::BadPattern, "never closed");
    check("name like \"[z-a]\"", "\"[z-a]\"", Code::BadPattern, "backwards");
    check(
        "seen on 2026-05-01 in zone \"Europe/Istambul\"",
        "\"Europe/Istambul\"",
        Code::UnknownZone,
        "Europe/Istanbul",
    );
    check("age = 1 in zone of profile", "profile", Code::WrongType, "for dates and timestamps");
}

#[test]
fn all_problems_are_told_at_once() {
    let text = "contry = \"TR\" and (age = \"x\" or tags contains \"a\") and not seen in last 3 days";
    let codes: Vec<Code> = found(text).iter().map(|found| found.code).collect();
    assert_eq!(codes, [Code::UnknownAttribute, Code::WrongType, Code::WrongOperator]);
    let places: Vec<String> = found(text).iter().map(|found| found.json_path.join("/")).collect();
    assert_eq!(places, ["rule/and/0/attr", "rule/and/1/or/0/value", "rule/and/1/or/1/op"]);
}

#[test]
fn a_value_that_no_profile_can_have_is_warned_of() {
    check("status = \"actve\"", "\"actve\"", Code::NotAnOption, "did you mean `active`?");
    check("status in (\"active\", \"gone\")", "\"gone\"", Code::NotAnOption, "not among the options");
    check("country = \"tr\"", "\"tr\"", Code::NotAnOption, "did you mean \"TR\"?");
    check("country = \"Turkey\"", "\"Turkey\"", Code::NotAnOption, "country");
    check("age = 1.5", "1.5", Code::NeverTrue, "an integer");
    check("age > 1e20", "1e20", Code::NeverTrue, "an integer");
    check("age between 10 and 3", "age between 10 and 3", Code::NeverTrue, "lower end");
}

#[test]
fn a_negative_form_says_whom_it_includes() {
    check("country != \"TR\"", "country != \"TR\"", Code::IncludesMissing, "profiles without `country`");
    check("not seen in last 3 days", "not seen in last 3 days", Code::IncludesMissing, "without `seen`");
    check_right("country exists and country != \"TR\"");
    check_right("age > 3 and (name missing or not age = 5)");
    check_right("not country exists");
    check_right("not country missing");
}

#[test]
fn the_profiles_zone_needs_an_attribute() {
    check_right("seen on 2026-05-01 in zone of profile");
    let without = attrium_schema::AttributeSchema::new(
        schema()
            .iter()
            .filter(|definition| definition.key.as_str() != "time_zone")
            .map(|definition| definition.as_ref().clone()),
    );
    let analysis = Analysis::of_text("seen on 2026-05-01 in zone of profile", &Catalogue { attributes: &without });
    assert_eq!(analysis.diagnostics[0].code, Code::NoZoneAttribute);
    assert!(analysis.compiled.is_some());
}

#[test]
fn a_rule_from_json_is_placed_in_its_canonical_text() {
    let schema = schema();
    let json = serde_json::json!({"v": 1, "rule": {"and": [{"attr": "age", "op": "eq", "value": "x"}, {"attr": "name", "op": "exists"}]}});
    let analysis = Analysis::of_json(&json, &Catalogue { attributes: &schema });
    let span = analysis.diagnostics[0].span.clone().unwrap();
    assert_eq!((&analysis.text[span], analysis.text.as_str()), ("\"x\"", "age = \"x\" and name exists"));
    let bare = Analysis::of_json(&json["rule"]["and"][1], &Catalogue { attributes: &schema });
    assert!(bare.compiled.is_some());
    let wrong =
        Analysis::of_json(&serde_json::json!({"at": "2026-05-01", "rule": {}}), &Catalogue { attributes: &schema });
    assert_eq!(wrong.diagnostics[0].code, Code::NotSupported);
}
