//! What is offered where the cursor, written `¦`, stands.

use super::{Completion, complete};
use crate::fixtures::schema;

fn offered(text: &str) -> Vec<Completion> {
    let at = text.find('¦').expect("a test says where the cursor is");
    let source = text.replacen('¦', "", 1);
    let found = complete(&source, at, &schema());
    assert!(found.iter().all(|completion| source.get(completion.span.clone()).is_some()));
    found
}

#[track_caller]
fn check_first(text: &str, expected: &[&str]) {
    let labels: Vec<String> = offered(text).into_iter().map(|completion| completion.label).collect();
    let count = expected.len().min(labels.len());
    assert_eq!(labels[..count], *expected, "{text}: {labels:?}");
}

#[track_caller]
fn check_nothing(text: &str) {
    assert_eq!(offered(text), [], "{text}");
}

#[test]
fn attributes_are_offered_where_a_value_begins() {
    for text in [
        "{{ fi¦",
        "{{- fi¦ }}",
        "{% if fi¦ %}",
        "{{ 'a' | append: fi¦ }}",
        "{% assign x = fi¦",
        "{% if a and fi¦",
        "{{ tags[fi¦",
    ] {
        check_first(text, &["first_name"]);
    }
    let first = offered("Hi {{ FIRST¦ }}").remove(0);
    assert_eq!((first.detail.as_str(), first.span), ("First name · text", 6..11));
    check_first("{{ ¦", &["age", "birthday", "Country"]);
    check_first("{{ work¦", &["workspace"]);
}

#[test]
fn fields_are_offered_behind_a_dot() {
    check_first("{{ profile.fi¦ }}", &["first_name"]);
    check_first("{{ workspace.¦ }}", &["name", "time_zone"]);
    check_first("{% for t in tags %}{{ forloop.¦", &["index", "index0"]);
    check_first("{{ location.¦", &["lat", "lon"]);
    check_first("{{ tags.s¦", &["size"]);
    check_nothing("{{ age.¦");
}

#[test]
fn filters_are_offered_behind_a_bar_those_that_fit_first() {
    check_first("{{ first_name | up¦ }}", &["upcase"]);
    check_first("{{ age | ¦", &["abs", "append", "at_least"]);
    check_first("{{ tags | ¦", &["compact", "concat", "default"]);
    let default = offered("{{ first_name | def¦").remove(0);
    assert_eq!((default.insert.as_str(), default.span), ("default: ", 16..19));
    assert!(!default.detail.is_empty());
}

#[test]
fn tags_are_offered_first_those_that_go_on_with_the_block() {
    check_first("{% un¦", &["unless"]);
    check_first("{% if a %}x{% ¦", &["else", "elsif", "endif", "assign"]);
    check_first("{% if a %}{% for b in c %}{% e¦ %}", &["else", "endfor"]);
    check_first("{% if a %}{% endif %}{%- ¦", &["assign"]);
}

#[test]
fn words_are_offered_behind_a_value() {
    check_first("{% if age ¦", &["and", "or", "contains"]);
    check_first("{% for t i¦", &["in"]);
    check_first("{% for t in tags ¦", &["limit:", "offset:", "reversed"]);
}

#[test]
fn names_of_the_templates_own_are_offered() {
    check_first("{% assign greeting = 1 %}{{ gre¦", &["greeting"]);
    check_first("{% for tag_name in tags %}{{ tag_¦", &["tag_name"]);
}

#[test]
fn nothing_is_offered_outside_of_braces_and_inside_of_quotes() {
    for text in ["¦", "Hi fi¦", "{{ a }} fi¦", "{% if a %}fi¦", "{{ 'fi¦", "{{ a b ¦"] {
        check_nothing(text);
    }
}
