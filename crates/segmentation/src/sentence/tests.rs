//! Rules in words.

use crate::fixtures::schema;
use crate::parse;

fn check(text: &str, sentence: &str) {
    let rule = parse(text).rule.unwrap_or_else(|| panic!("does not read: {text}"));
    assert_eq!(rule.sentence(&schema()), sentence);
}

#[test]
fn a_sentence_names_attributes_by_their_labels() {
    check("renewal_at exists", "Profiles where Renewal at is known.");
    check("renewal_at < trial_ends_at - 3 days", "Profiles where Renewal at is less than Trial ends at minus 3 days.");
    check("unknown = 1", "Profiles where unknown is 1.");
}

#[test]
fn negatives_say_that_the_attribute_may_be_missing() {
    check("country != \"TR\"", "Profiles where Country is not \"TR\" (or is missing).");
    check("tags has none (\"a\", \"b\")", "Profiles where Tags does not have any of \"a\" or \"b\" (or is missing).");
    check("not name missing", "Profiles where Name is known.");
    check("not (age = 1 or age = 2)", "Profiles where it is not so that (Age is 1 or Age is 2).");
}

#[test]
fn every_operator_has_words() {
    check("everyone", "Every profile.");
    check("no one", "No profile.");
    check("age >= 18 and age <= 30", "Profiles where Age is at least 18 and Age is at most 30.");
    check("(age = 1 or age = 2) and name missing", "Profiles where (Age is 1 or Age is 2) and Name is missing.");
    check("country in (\"TR\", \"DE\", \"FR\")", "Profiles where Country is \"TR\", \"DE\" or \"FR\".");
    check("age between 3 and 10", "Profiles where Age is from 3 to 10.");
    check("name starts with \"A\"", "Profiles where Name starts with \"A\".");
    check("name ~ends with \"a\"", "Profiles where Name ends with \"a\", ignoring case.");
    check("name like \"A*\"", "Profiles where Name looks like \"A*\".");
    check("name matches \"^A\"", "Profiles where Name matches the pattern \"^A\".");
    check("tags has \"a\"", "Profiles where Tags has \"a\".");
    check("tags = (\"a\")", "Profiles where Tags has exactly the values \"a\".");
    check("size of tags >= 3", "Profiles where Tags has at least 3 distinct values.");
    check("seen in last 1 week", "Profiles where Seen is in the last 1 week.");
    check("seen before 2026-05-01", "Profiles where Seen is before 2026-05-01.");
    check("birthday is today", "Profiles where Birthday has its anniversary today.");
    check(
        "birthday anniversary in next 7 days",
        "Profiles where Birthday has its anniversary today or in the next 7 days.",
    );
    check("weekday of seen in (1, 7)", "Profiles where Seen is on a Monday or Sunday.");
    check("month of seen in (5) in zone of profile", "Profiles where Seen is in May in the profile's time zone.");
    check("hour of seen in (9)", "Profiles where Seen is in the hour from 9:00.");
}

#[test]
fn a_long_list_is_cut() {
    let text = format!("age in ({})", (0..100).map(|n| n.to_string()).collect::<Vec<_>>().join(", "));
    check(&text, "Profiles where Age is 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 or 90 more.");
}
