//! What each operator means, one topic a test. `check` alone knows the API.

use std::collections::BTreeMap;

use attrium_schema::{AttributeKey, AttributeSchema, Value};
use serde_json::Value as Json;

use crate::fixtures::{noon_in, schema};
use crate::{Catalogue, Compiled, Moment, Node, Rule, compile, parse};

fn facts(schema: &AttributeSchema, json: &str) -> BTreeMap<AttributeKey, Value> {
    let json: BTreeMap<String, Json> = serde_json::from_str(json).unwrap();
    let read = |(key, json): (String, Json)| {
        let definition = schema.find(&key).expect("the fixture has this attribute");
        definition.read_json(&json).unwrap().map(|value| (definition.key.clone(), value))
    };
    json.into_iter().filter_map(read).collect()
}

fn compiled(rule: &Rule, schema: &AttributeSchema) -> Compiled {
    compile(rule, &Catalogue { attributes: schema }).unwrap_or_else(|found| panic!("{}: {found:?}", rule.to_text()))
}

/// Whether a rule selects a profile at a moment; its complement must not.
fn check_at(moment: &Moment, rule: &str, profile: &str, expected: bool) {
    let schema = schema();
    let facts = facts(&schema, profile);
    let rule = parse(rule).rule.unwrap_or_else(|| panic!("does not read: {rule}"));
    let found = compiled(&rule, &schema).matches(&facts, moment);
    assert_eq!(found, expected, "{} for {profile} at {moment:?}", rule.to_text());
    let complement = Rule { node: Node::Not(Box::new(rule.node)) };
    assert_eq!(compiled(&complement, &schema).matches(&facts, moment), !expected, "{}", complement.to_text());
}

fn check(rule: &str, profile: &str, expected: bool) {
    check_at(&noon_in("UTC"), rule, profile, expected);
}

#[test]
fn a_missing_value_fails_every_test_but_missing() {
    let rules = [
        "name exists",
        "name = \"\"",
        "name in (\"\")",
        "name < \"z\"",
        "name between \"\" and \"z\"",
        "name contains \"\"",
        "name ~= \"\"",
        "name like \"*\"",
        "name matches \"\"",
        "name = other_name",
        "size of tags >= 0",
        "size of tags = 0",
        "tags has none (\"a\") and tags exists",
        "age < 9",
        "is_active = false",
        "birthday is today",
        "seen in last 30 days",
        "seen more than 1 day ago",
        "month of seen in (1)",
        "joined on 2026-05-20",
    ];
    for rule in rules {
        check(rule, "{}", false);
    }
    check("name missing", "{}", true);
    check("name missing", r#"{"name": ""}"#, false);
    check("tags missing", r#"{"tags": []}"#, true);
    check("not (country = \"TR\")", "{}", true);
    check("country != \"TR\"", r#"{"country": "TR"}"#, false);
}

#[test]
fn an_empty_and_is_everyone_and_an_empty_or_no_one() {
    check("everyone", "{}", true);
    check("no one", "{}", false);
    check("all of (age = 1)", r#"{"age": 1}"#, true);
    check("any of (age = 1)", r#"{"age": 2}"#, false);
}

#[test]
fn and_binds_before_or_and_not_before_and() {
    check("age = 1 or age = 2 and visits = 3", r#"{"age": 1}"#, true);
    check("(age = 1 or age = 2) and visits = 3", r#"{"age": 1}"#, false);
    check("not age = 1 and visits = 3", r#"{"visits": 4}"#, false);
}

#[test]
fn numbers_compare_by_value_across_integer_and_decimal() {
    check("age = 1.0", r#"{"age": 1}"#, true);
    check("price = 1", r#"{"price": "1.00"}"#, true);
    check("price = \"1.0\"", r#"{"price": 1}"#, true);
    check("age = \"1\"", r#"{"age": 1}"#, true);
    check("age = 1.5", r#"{"age": 1}"#, false);
    check("age < 1.5", r#"{"age": 1}"#, true);
    check("age < 1.5", r#"{"age": 2}"#, false);
    check("age >= 1.5", r#"{"age": 1}"#, false);
    check("age > -1.5", r#"{"age": -1}"#, true);
    check("age <= -1.5", r#"{"age": -1}"#, false);
    check("age < 1e20", r#"{"age": "9223372036854775807"}"#, true);
    check("age > 1e20", r#"{"age": "9223372036854775807"}"#, false);
    check("age <= 9223372036854775807", r#"{"age": "9223372036854775807"}"#, true);
    check("age < 9223372036854775807", r#"{"age": "9223372036854775807"}"#, false);
    check("price = 12345678901234567890.12345678", r#"{"price": "12345678901234567890.12345678"}"#, true);
    check("price in (1, \"2.50\")", r#"{"price": "2.5"}"#, true);
    check("age between 3 and 10", r#"{"age": 10}"#, true);
    check("age between 3.5 and 10", r#"{"age": 3}"#, false);
    check("age < price", r#"{"age": 1, "price": "1.01"}"#, true);
    check("age = price", r#"{"age": 1, "price": "1.00"}"#, true);
}

#[test]
fn text_compares_by_code_points_unnormalised() {
    check("name = \"é\"", "{\"name\": \"e\u{301}\"}", false);
    check("name < \"a\"", r#"{"name": "Z"}"#, true);
    check("name > \"\u{ffff}\"", "{\"name\": \"\u{10000}\"}", true);
    check("name between \"a\" and \"b\"", r#"{"name": "b"}"#, true);
    check("name between \"a\" and \"b\"", r#"{"name": "ba"}"#, false);
    check("name = \"\"", r#"{"name": ""}"#, true);
    check("name exists", r#"{"name": ""}"#, true);
    check("country in (\"TR\", \"DE\")", r#"{"country": "DE"}"#, true);
    check("country not in (\"TR\", \"DE\")", "{}", true);
}

#[test]
fn text_operators_look_at_the_start_the_end_and_inside() {
    check("name starts with \"Ay\"", r#"{"name": "Ayşe"}"#, true);
    check("name starts with \"ay\"", r#"{"name": "Ayşe"}"#, false);
    check("name ends with \"şe\"", r#"{"name": "Ayşe"}"#, true);
    check("name contains \"yş\"", r#"{"name": "Ayşe"}"#, true);
    check("name does not contain \"x\"", "{}", true);
    check("name contains other_name", r#"{"name": "Ayşe", "other_name": "şe"}"#, true);
    check("name contains other_name", r#"{"name": "Ayşe"}"#, false);
}

#[test]
fn folding_ignores_case_letter_by_letter() {
    check("name ~= \"AYŞE\"", r#"{"name": "ayşe"}"#, true);
    check("name ~= \"ΣΑΣ\"", r#"{"name": "σας"}"#, true);
    // Simple folding keeps one letter one letter: ß is not ss, and İ is no i.
    check("name ~= \"STRASSE\"", r#"{"name": "straße"}"#, false);
    check("name ~= \"STRAẞE\"", r#"{"name": "straße"}"#, true);
    check("name ~= \"i\"", r#"{"name": "İ"}"#, false);
    check("name ~= \"k\"", "{\"name\": \"\u{212a}\"}", true);
    check("name ~starts with \"AY\"", r#"{"name": "ayşe"}"#, true);
    check("name ~ends with \"ŞE\"", r#"{"name": "ayşe"}"#, true);
    check("name ~contains \"YŞ\"", r#"{"name": "ayşe"}"#, true);
}

#[test]
fn a_glob_covers_the_whole_text() {
    check("name like \"A*\"", r#"{"name": "A"}"#, true);
    check("name like \"A*\"", r#"{"name": "BA"}"#, false);
    check("name like \"*b*\"", "{\"name\": \"a\\nb\\nc\"}", true);
    check("name like \"?\"", r#"{"name": "ş"}"#, true);
    check("name like \"?\"", r#"{"name": ""}"#, false);
    check("name like \"[a-c]x\"", r#"{"name": "bx"}"#, true);
    check("name like \"[a-c]x\"", r#"{"name": "dx"}"#, false);
    check("name like \"[!a-c]x\"", r#"{"name": "dx"}"#, true);
    check("name like \"[]*]\"", r#"{"name": "]"}"#, true);
    check("name like \"[*]\"", r#"{"name": "a"}"#, false);
    check("name like \"[a-]\"", r#"{"name": "-"}"#, true);
    check("name like \"a.c\"", r#"{"name": "abc"}"#, false);
}

#[test]
fn a_regular_expression_is_found_anywhere_in_linear_time() {
    check("name matches \"b+\"", r#"{"name": "abbc"}"#, true);
    check("name matches \"^b+$\"", r#"{"name": "abbc"}"#, false);
    let long = "a".repeat(8_000);
    check("name matches \"(a+)+$\"", &format!("{{\"name\": \"{long}b\"}}"), false);
}

#[test]
fn lists_compare_as_sets() {
    check("tags has \"a\"", r#"{"tags": ["b", "a"]}"#, true);
    check("tags has any (\"x\", \"a\")", r#"{"tags": ["b", "a"]}"#, true);
    check("tags has all (\"a\", \"b\")", r#"{"tags": ["b", "a", "c"]}"#, true);
    check("tags has all (\"a\", \"d\")", r#"{"tags": ["b", "a", "c"]}"#, false);
    check("tags has none (\"a\")", r#"{"tags": ["b"]}"#, true);
    check("tags has none (\"a\")", "{}", true);
    check("tags = (\"a\", \"b\", \"a\")", r#"{"tags": ["b", "a", "b"]}"#, true);
    check("tags = (\"a\")", r#"{"tags": ["b", "a"]}"#, false);
    check("tags != (\"a\")", "{}", true);
    check("tags = labels", r#"{"tags": ["a", "b"], "labels": ["b", "a", "a"]}"#, true);
    check("scores has 1.0", r#"{"scores": [1]}"#, true);
    check("scores has all (1, 1.5)", r#"{"scores": [1]}"#, false);
}

#[test]
fn size_counts_distinct_values() {
    check("size of tags = 2", r#"{"tags": ["b", "a", "b"]}"#, true);
    check("size of tags != 2", r#"{"tags": ["b", "a", "b"]}"#, false);
    check("size of tags between 1 and 2", r#"{"tags": ["b"]}"#, true);
    check("size of tags < 1", "{}", false);
}

#[test]
fn a_window_on_an_instant_counts_days_of_86400_seconds() {
    let seen = |at: &str| format!("{{\"seen\": \"{at}\"}}");
    check("seen in last 30 days", &seen("2026-04-20T12:00:00Z"), true);
    check("seen in last 30 days", &seen("2026-04-20T11:59:59.999999Z"), false);
    check("seen in last 30 days", &seen("2026-05-20T12:00:00Z"), true);
    check("seen in last 30 days", &seen("2026-05-20T12:00:00.000001Z"), false);
    check("seen in next 2 hours", &seen("2026-05-20T12:00:00Z"), false);
    check("seen in next 2 hours", &seen("2026-05-20T14:00:00Z"), true);
    check("seen more than 30 minutes ago", &seen("2026-05-20T11:30:00Z"), false);
    check("seen more than 30 minutes ago", &seen("2026-05-20T11:29:59Z"), true);
    check("seen more than 1 week ahead", &seen("2026-05-27T12:00:00Z"), false);
    check("seen more than 1 week ahead", &seen("2026-05-27T12:00:00.000001Z"), true);
    check("seen in last 1000000000 years", &seen("2026-05-20T12:00:00Z"), true);
    check("seen more than 1000000000 weeks ago", &seen("0001-01-01T00:00:00Z"), false);
    // Summer time began in between: a day is still 86,400 s.
    let berlin = Moment { now: "2026-03-29T12:00:00Z".parse().unwrap(), ..noon_in("Europe/Berlin") };
    check_at(&berlin, "seen in last 1 day", &seen("2026-03-28T12:00:00Z"), true);
    check_at(&berlin, "seen in last 1 day", &seen("2026-03-28T11:59:59Z"), false);
}

#[test]
fn months_move_civil_time_clamped_to_the_months_end() {
    let at = |now: &str, zone: &str| Moment { now: now.parse().unwrap(), ..noon_in(zone) };
    let march = at("2026-03-31T12:00:00Z", "UTC");
    check_at(&march, "seen in last 1 month", r#"{"seen": "2026-02-28T12:00:00Z"}"#, true);
    check_at(&march, "seen in last 1 month", r#"{"seen": "2026-02-28T11:59:59Z"}"#, false);
    check_at(&at("2024-02-29T00:00:00Z", "UTC"), "seen in last 1 year", r#"{"seen": "2023-02-28T00:00:00Z"}"#, true);
    // Noon in Berlin is noon a month ago, though the offset was another: 10:00Z now, 11:00Z then.
    let berlin = at("2026-04-15T10:00:00Z", "Europe/Berlin");
    check_at(&berlin, "seen in last 1 month", r#"{"seen": "2026-03-15T11:00:00Z"}"#, true);
    check_at(&berlin, "seen in last 1 month", r#"{"seen": "2026-03-15T10:59:59Z"}"#, false);
    // 02:30 was skipped on 29 March 2026: it moves forward to 03:30, 01:30Z.
    let gap = at("2026-04-29T00:30:00Z", "Europe/Berlin");
    check_at(&gap, "seen in last 1 month", r#"{"seen": "2026-03-29T01:30:00Z"}"#, true);
    check_at(&gap, "seen in last 1 month", r#"{"seen": "2026-03-29T01:29:59Z"}"#, false);
    // 02:30 came twice on 25 October 2026: the earlier one, 00:30Z.
    let fold = at("2026-11-25T01:30:00Z", "Europe/Berlin");
    check_at(&fold, "seen in last 1 month", r#"{"seen": "2026-10-25T00:30:00Z"}"#, true);
    check_at(&fold, "seen in last 1 month", r#"{"seen": "2026-10-25T00:29:59Z"}"#, false);
}

#[test]
fn a_window_on_a_date_counts_whole_days_in_the_zone() {
    let joined = |day: &str| format!("{{\"joined\": \"{day}\"}}");
    check("joined in last 30 days", &joined("2026-04-20"), true);
    check("joined in last 30 days", &joined("2026-04-19"), false);
    check("joined in last 0 days", &joined("2026-05-20"), true);
    check("joined in next 1 day", &joined("2026-05-20"), false);
    check("joined in next 1 day", &joined("2026-05-21"), true);
    check("joined more than 1 month ago", &joined("2026-04-19"), true);
    check("joined more than 1 month ago", &joined("2026-04-20"), false);
    check("joined more than 1 year ahead", &joined("2027-05-21"), true);
    // It is the 21st in Auckland already.
    check_at(&noon_in("Pacific/Auckland"), "joined in last 0 days", &joined("2026-05-21"), true);
    check("joined in last 0 days in zone \"Pacific/Auckland\"", &joined("2026-05-21"), true);
}

#[test]
fn a_day_is_its_hours_in_the_zone() {
    let seen = |at: &str| format!("{{\"seen\": \"{at}\"}}");
    let istanbul = noon_in("Europe/Istanbul");
    check_at(&istanbul, "seen before 2026-05-01", &seen("2026-04-30T20:59:59.999999Z"), true);
    check_at(&istanbul, "seen before 2026-05-01", &seen("2026-04-30T21:00:00Z"), false);
    check_at(&istanbul, "seen on 2026-05-01", &seen("2026-04-30T21:00:00Z"), true);
    check_at(&istanbul, "seen on 2026-05-01", &seen("2026-05-01T21:00:00Z"), false);
    check_at(&istanbul, "seen after 2026-05-01", &seen("2026-05-01T20:59:59Z"), false);
    check_at(&istanbul, "seen after 2026-05-01", &seen("2026-05-01T21:00:00Z"), true);
    check("seen after 2026-05-01T10:00:00Z", &seen("2026-05-01T10:00:00Z"), false);
    check("seen before 2026-05-01T12:00:00+02:00", &seen("2026-05-01T09:59:59Z"), true);
    check("seen >= 2026-05-01T10:00:00Z", &seen("2026-05-01T10:00:00Z"), true);
    check("seen in (2026-05-01T10:00:00Z)", &seen("2026-05-01T12:00:00+02:00"), true);
    check("joined before 2026-05-01", r#"{"joined": "2026-05-01"}"#, false);
    check("joined after 2026-05-01", r#"{"joined": "2026-05-02"}"#, true);
    check("joined on 2026-05-01", r#"{"joined": "2026-05-01"}"#, true);
    check("joined = 2026-05-01", r#"{"joined": "2026-05-01"}"#, true);
    // Midnight was skipped in Beirut on 26 March 2023: the day began at 01:00, 22:00Z.
    check("seen on 2023-03-26 in zone \"Asia/Beirut\"", &seen("2023-03-25T22:00:00Z"), true);
    check("seen on 2023-03-26 in zone \"Asia/Beirut\"", &seen("2023-03-25T21:59:59Z"), false);
    check("seen after 9999-12-31", &seen("9999-12-30T00:00:00Z"), false);
}

#[test]
fn an_anniversary_ignores_the_year() {
    let born = |day: &str| format!("{{\"birthday\": \"{day}\"}}");
    check("birthday is today", &born("1990-05-20"), true);
    check("birthday is today", &born("1990-05-21"), false);
    check("birthday anniversary in next 7 days", &born("1990-05-20"), true);
    check("birthday anniversary in next 7 days", &born("1990-05-27"), true);
    check("birthday anniversary in next 7 days", &born("1990-05-28"), false);
    check("birthday anniversary in next 400 days", &born("1990-05-19"), true);
    let at = |day: &str| Moment { now: format!("{day}T12:00:00Z").parse().unwrap(), ..noon_in("UTC") };
    check_at(&at("2026-12-28"), "birthday anniversary in next 7 days", &born("1990-01-04"), true);
    check_at(&at("2026-12-28"), "birthday anniversary in next 7 days", &born("1990-01-05"), false);
    check_at(&at("2027-02-28"), "birthday is today", &born("2000-02-29"), true);
    check_at(&at("2027-03-01"), "birthday is today", &born("2000-02-29"), false);
    check_at(&at("2028-02-28"), "birthday is today", &born("2000-02-29"), false);
    check_at(&at("2028-02-29"), "birthday is today", &born("2000-02-29"), true);
    check_at(&at("2027-12-31"), "birthday anniversary in next 59 days", &born("2000-02-29"), false);
    check_at(&at("2027-12-31"), "birthday anniversary in next 60 days", &born("2000-02-29"), true);
}

#[test]
fn weekday_month_and_hour_follow_the_zone() {
    // Sunday, 31 May 2026, 22:30 UTC: Monday, 1 June in Istanbul.
    let seen = r#"{"seen": "2026-05-31T22:30:00Z", "time_zone": "Europe/Istanbul"}"#;
    check("weekday of seen in (7)", seen, true);
    check("weekday of seen not in (7)", seen, false);
    check("weekday of seen in (1) in zone of profile", seen, true);
    check("month of seen in (6) in zone \"Europe/Istanbul\"", seen, true);
    check("month of seen in (5, 12)", seen, true);
    check("hour of seen in (22)", seen, true);
    check("hour of seen in (0, 1) in zone of profile", seen, true);
    check("weekday of joined in (3)", r#"{"joined": "2026-05-20"}"#, true);
    check("month of joined in (5)", r#"{"joined": "2026-05-20"}"#, true);
}

#[test]
fn a_profile_without_a_valid_zone_takes_the_workspaces() {
    let istanbul = noon_in("Europe/Istanbul");
    check_at(&istanbul, "hour of seen in (1) in zone of profile", r#"{"seen": "2026-05-31T22:30:00Z"}"#, true);
    let schema = schema();
    let mut odd = facts(&schema, r#"{"seen": "2026-05-31T22:30:00Z"}"#);
    odd.insert(AttributeKey::parse("time_zone").unwrap(), Value::One(attrium_schema::Scalar::Text("Mars/Base".into())));
    let rule = parse("hour of seen in (1) in zone of profile").rule.unwrap();
    assert!(compiled(&rule, &schema).matches(&odd, &istanbul));
}

#[test]
fn another_attribute_may_be_moved_by_a_span() {
    let both =
        |renewal: &str, trial: &str| format!("{{\"renewal_at\": \"{renewal}\", \"trial_ends_at\": \"{trial}\"}}");
    check("renewal_at < trial_ends_at + 3 days", &both("2026-05-03T23:59:59Z", "2026-05-01T00:00:00Z"), true);
    check("renewal_at < trial_ends_at + 3 days", &both("2026-05-04T00:00:00Z", "2026-05-01T00:00:00Z"), false);
    check("renewal_at >= trial_ends_at - 1 month", &both("2026-02-28T00:00:00Z", "2026-03-31T00:00:00Z"), true);
    check("renewal_at = trial_ends_at", &both("2026-05-01T00:00:00Z", "2026-05-01T02:00:00+02:00"), true);
    check("joined > birthday + 18 years", r#"{"joined": "2026-05-20", "birthday": "2008-05-19"}"#, true);
    check("joined = birthday", r#"{"joined": "2026-05-20"}"#, false);
}

#[test]
fn only_rules_with_a_window_move_with_the_clock() {
    let schema = schema();
    let moves = |text: &str| compiled(&parse(text).rule.unwrap(), &schema).moves_with_clock();
    assert!(moves("age = 1 and not seen in last 3 days"));
    assert!(moves("birthday is today"));
    assert!(!moves("seen before 2026-05-01 and weekday of seen in (1)"));
}

#[test]
fn a_rule_reads_the_other_attribute_and_the_zone_too() {
    let schema = schema();
    let rule = parse("AGE = visits or hour of seen in (1) in zone of profile").rule.unwrap();
    let reads: Vec<String> = compiled(&rule, &schema).reads().iter().map(ToString::to_string).collect();
    assert_eq!(reads, ["age", "seen", "time_zone", "visits"]);
}
