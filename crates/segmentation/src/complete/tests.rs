//! Completion: what is offered at the bar, `|`.

use super::*;
use crate::fixtures::schema;

/// The labels offered at the bar.
fn offered(marked: &str) -> Vec<String> {
    completions(marked).into_iter().map(|completion| completion.label).collect()
}

fn completions(marked: &str) -> Vec<Completion> {
    let at = marked.find('|').expect("a bar marks the cursor");
    complete(&marked.replace('|', ""), at, &Catalogue { attributes: &schema() })
}

/// At the bar, exactly these.
fn check(marked: &str, expected: &[&str]) {
    assert_eq!(offered(marked), expected, "{marked}");
}

/// At the bar, these among others, and none of those.
fn check_some(marked: &str, present: &[&str], absent: &[&str]) {
    let offered = offered(marked);
    assert!(present.iter().all(|label| offered.iter().any(|found| found == label)), "{marked}: {offered:?}");
    assert!(!absent.iter().any(|label| offered.iter().any(|found| found == label)), "{marked}: {offered:?}");
}

#[test]
fn a_condition_starts_with_an_attribute_or_a_word() {
    check_some("|", &["age", "tags", "not", "everyone", "size of"], &["=", "and"]);
    check_some("age = 1 and |", &["age", "not"], &["and"]);
    check_some("not (|", &["age"], &["and"]);
    check("coun|", &["country"]);
    check("NAM|", &["name", "other_name"]);
    check("trial e|", &[]);
    check_some("weekday of |", &["seen"], &["not"]);
    check_some("all of (|", &["age", "not"], &[]);
}

#[test]
fn operators_fit_the_type_of_the_attribute() {
    check_some("age |", &["=", "!=", "<", "between", "exists", "not in"], &["contains", "has", "before", "in last"]);
    check_some("tags |", &["has", "has any", "has none", "="], &["in", "contains", "<"]);
    check_some("seen |", &["before", "in last", "is today", "more than"], &["contains", "has"]);
    check_some("location |", &["exists", "missing"], &["="]);
    check("name sta|", &["starts with"]);
    check("name starts |", &["starts with"]);
    check("name ~s|", &["~starts with"]);
    check("seen in|", &["in", "in last", "in next"]);
    check("seen in |", &["in", "in last", "in next"]);
    check("tags has a|", &["has any", "has all"]);
    check("unknown |", &[]);
}

#[test]
fn values_are_options_and_attributes_that_compare() {
    check("status = \"|", &["\"active\"", "\"paused\"", "\"closed\""]);
    check("status in (\"active\", \"p|", &["\"paused\""]);
    check("status in (|", &["\"active\"", "\"paused\"", "\"closed\""]);
    check("is_active = |", &["true", "false"]);
    check("renewal_at < |", &["seen", "trial_ends_at"]);
    check("age between 1 |", &["and"]);
    check("age = pri|", &["price"]);
    check("country = |", &["month", "name", "other_name", "status", "time_zone"]);
}

#[test]
fn after_a_value_comes_what_joins_conditions() {
    check_some("age = 1 |", &["and", "or"], &["age"]);
    check("age = 1 a|", &["and"]);
    check("seen in last 30 |", &["minutes", "hours", "days", "weeks", "months", "years"]);
    check("seen in last 30 w|", &["weeks"]);
    check("seen more than 3 days |", &["ago", "ahead"]);
    check("renewal_at < trial_ends_at + 3 |", &["minutes", "hours", "days", "weeks", "months", "years"]);
    check("name contains |\"a\"", &["country", "month", "other_name", "status", "time_zone"]);
}

#[test]
fn what_is_offered_replaces_what_is_typed() {
    let found = completions("age = 1 and name star|ts");
    assert_eq!((found[0].insert.as_str(), found[0].span.clone()), ("starts with", 17..21));
    let found = completions("status = \"pau|");
    assert_eq!((found[0].insert.as_str(), found[0].span.clone()), ("\"paused\"", 9..13));
    let found = completions("coun|");
    assert_eq!((found[0].detail.as_str(), found[0].kind), ("Country · text", CompletionKind::Attribute));
}

#[test]
fn any_text_at_any_place_is_answered() {
    let text = "not (age = \"ş😀\" or seen more than 3 days ago) and size of tags between 1 and x in (1, \"";
    for at in 0..=text.len() + 3 {
        for found in complete(text, at, &Catalogue { attributes: &schema() }) {
            assert!(text.get(found.span).is_some());
        }
    }
}
