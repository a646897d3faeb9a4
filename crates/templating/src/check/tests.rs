//! What a template is told when it is saved.

mod html;

use super::{Analysis, check};
use crate::diagnostic::DiagnosticCode::{
    self, BareList, NoDefault, UnknownAttribute, UnknownField, UnknownFilter, WrongType,
};
use crate::fixtures::schema;
use crate::{Context, Limits, Severity, Template};

/// What is found: the kind, and the words it is about.
#[track_caller]
fn check_finds(source: &str, expected: &[(DiagnosticCode, &str)]) {
    let template = Template::parse(source, &Limits::default()).unwrap();
    let found = check(&template, Context::Text, &schema());
    let found: Vec<(DiagnosticCode, &str)> =
        found.iter().map(|found| (found.code, &source[found.span.clone()])).collect();
    assert_eq!(found, expected, "{source}");
}

fn messages(source: &str) -> Vec<String> {
    messages_in(source, Context::Text)
}

fn messages_in(source: &str, context: Context) -> Vec<String> {
    let template = Template::parse(source, &Limits::default()).unwrap();
    check(&template, context, &schema()).into_iter().map(|found| found.message).collect()
}

#[test]
fn a_misspelled_attribute_is_underlined_with_what_may_have_been_meant() {
    let source = "Hi {{ frist_name | default: 'there' }}, {{ profile.contry | default: '' }}";
    let found = Analysis::of(source, Context::Text, &schema(), &Limits::default()).diagnostics;
    assert_eq!(found[0].message, "No attribute is called `frist_name`; did you mean `first_name`?");
    assert_eq!((&source[found[0].span.clone()], found[0].position.column), ("frist_name", 7));
    assert_eq!(found[0].suggestions, ["first_name"]);
    assert_eq!((&source[found[1].span.clone()], &*found[1].suggestions[0]), ("contry", "Country"));
    assert_eq!(found[0].severity, Severity::Error);
}

#[test]
fn attributes_are_found_in_any_case_and_under_profile() {
    check_finds(
        "{{ FIRST_NAME | default: '' }}{{ profile.country | default: '' }}{{ profile['age'] | default: 0 }}",
        &[],
    );
    check_finds("{% if profile %}{% endif %}", &[(UnknownAttribute, "profile")]);
    check_finds("{{ profile[first_name] | default: '' }}", &[(UnknownAttribute, "profile")]);
    check_finds("{{ [first_name] | default: '' }}", &[(UnknownAttribute, "[first_name]")]);
}

#[test]
fn names_of_the_templates_own_are_no_attributes() {
    check_finds("{% assign x = 1 %}{{ x }}{% capture y %}{% endcapture %}{{ y.size }}", &[]);
    check_finds("{% for t in tags %}{{ t }} {{ forloop.index }} {{ forloop.parentloop.first }}{% endfor %}", &[]);
    check_finds("{% for t in tags %}{% if seen == t %}{% endif %}{% assign seen = t %}{% endfor %}", &[]);
    check_finds("{% for t in tags %}{% endfor %}{{ t | default: '' }}", &[(UnknownAttribute, "t")]);
    check_finds("{{ forloop.index }}", &[(UnknownAttribute, "forloop")]);
}

#[test]
fn fields_must_be_there() {
    check_finds("{{ workspace.name }}{{ workspace.nam }}", &[(UnknownField, "nam")]);
    check_finds("{% for t in tags %}{{ forloop.idx }}{% endfor %}", &[(UnknownField, "idx")]);
    check_finds("{{ first_name.title | default: '' }}", &[(UnknownField, "title")]);
    check_finds("{{ birthday.year | default: '' }}", &[(UnknownField, "year")]);
    check_finds("{{ location.lat | default: 0 }}{{ tags.size | default: 0 }}{{ tags[0] | default: '' }}", &[]);
}

#[test]
fn a_filter_must_fit_the_type() {
    check_finds("{{ first_name | default: '' | plus: 1 }}", &[]);
    check_finds("{% assign x = first_name | plus: 1 %}", &[(WrongType, "plus")]);
    check_finds("{% assign x = tags | upcase %}", &[(WrongType, "upcase")]);
    check_finds("{% assign x = age | join %}", &[(WrongType, "join")]);
    check_finds("{% assign x = is_active | date: '%Y' %}", &[(WrongType, "date")]);
    check_finds("{% assign x = age | times: 2 | upcase | append: lifetime_value %}", &[(NoDefault, "lifetime_value")]);
    check_finds("{% assign x = seen_at | date: '%Y' | minus: 1 %}{% assign y = tags | sort | first | upcase %}", &[]);
    check_finds("{% assign x = tags | first | plus: 1 %}", &[(WrongType, "plus")]);
    assert_eq!(
        messages("{% assign x = tags | upcase %}"),
        ["`upcase` is for text; `tags` is list of text; put `| join: \", \"` before it"]
    );
}

#[test]
fn only_like_is_compared_with_like() {
    check_finds(
        "{% if age > 18 and lifetime_value >= age and birthday < '2000-01-01' and seen_at > birthday %}{% endif %}",
        &[],
    );
    check_finds("{% if age > '18' %}{% endif %}", &[(WrongType, "age > '18'")]);
    check_finds("{% if age == '18' %}{% endif %}", &[(WrongType, "age == '18'")]);
    check_finds("{% if is_active < true %}{% endif %}", &[(WrongType, "is_active < true")]);
    check_finds("{% if tags contains 'a' or first_name contains 'a' %}{% endif %}", &[]);
    check_finds("{% if age contains 1 %}{% endif %}", &[(WrongType, "age contains 1")]);
    check_finds("{% case age %}{% when 1, 'a' %}{% endcase %}", &[(WrongType, "'a'")]);
    check_finds("{% for x in age %}{% endfor %}", &[(WrongType, "age")]);
    check_finds("{% if tags == empty or age == nil or first_name == blank %}{% endif %}", &[]);
}

#[test]
fn what_may_be_missing_needs_something_in_its_place() {
    check_finds("{{ first_name }}", &[(NoDefault, "first_name")]);
    check_finds("{{ first_name | upcase }}", &[(NoDefault, "first_name")]);
    check_finds("{{ first_name | upcase | default: 'there' }}", &[]);
    check_finds("{{ first_name | default: nickname }}", &[(NoDefault, "first_name")]);
    check_finds("{{ first_name | default: nickname | default: '' }}", &[]);
    check_finds("{{ 'Hi ' | append: first_name }}", &[(NoDefault, "first_name")]);
    check_finds("{{ tags | size }}{{ tags | json }}", &[]);
    check_finds("{% assign n = first_name | upcase %}{{ n }}{{ n | default: '' }}", &[(NoDefault, "n")]);
    let found = Analysis::of("{{ first_name }}", Context::Text, &schema(), &Limits::default());
    assert_eq!(found.diagnostics[0].severity, Severity::Warning);
    assert_eq!(found.diagnostics[0].suggestions, ["first_name | default: \"\""]);
    assert!(found.template.is_some());
}

#[test]
fn what_an_if_has_made_sure_of_is_not_missing() {
    for source in [
        "{% if first_name %}{{ first_name }}{{ profile.First_Name }}{% endif %}",
        "{% if age > 3 and first_name %}{{ age }}{{ first_name }}{% endif %}",
        "{% if first_name != blank %}{{ first_name }}{% endif %}",
        "{% if first_name == blank %}x{% else %}{{ first_name }}{% endif %}",
        "{% if first_name == nil or age == nil %}x{% elsif true %}{{ first_name }}{{ age }}{% endif %}",
        "{% unless first_name == blank %}{{ first_name }}{% endunless %}",
        "{% unless first_name %}x{% else %}{{ first_name }}{% endunless %}",
        "{% if Country == 'TR' %}{{ Country }}{% endif %}",
        "{% assign n = first_name %}{% if n %}{{ n }}{% endif %}",
    ] {
        check_finds(source, &[]);
    }
    check_finds("{% if first_name or age %}{{ first_name }}{% endif %}", &[(NoDefault, "first_name")]);
    check_finds("{% if first_name and age or true %}{{ first_name }}{{ age }}{% endif %}", &[(NoDefault, "age")]);
    check_finds("{% if first_name %}{% else %}{{ first_name }}{% endif %}", &[(NoDefault, "first_name")]);
    check_finds("{% if first_name %}{% endif %}{{ first_name }}", &[(NoDefault, "first_name")]);
    check_finds("{% if first_name != '' %}{{ first_name }}{% endif %}", &[(NoDefault, "first_name")]);
    check_finds(
        "{% if first_name %}{% assign first_name = nickname %}{{ first_name }}{% endif %}",
        &[(NoDefault, "first_name")],
    );
}

#[test]
fn a_list_is_not_printed_in_one_lump() {
    check_finds(
        "{% if tags %}{{ tags }}{{ tags | join: ', ' }}{{ tags | sort }}{% endif %}",
        &[(BareList, "tags"), (BareList, "tags")],
    );
}

#[test]
fn mistakes_do_not_hide_unknown_attributes() {
    let found =
        Analysis::of("{{ frist_name | default: '' }}{{ age | nosuch }}", Context::Text, &schema(), &Limits::default());
    let codes: Vec<DiagnosticCode> = found.diagnostics.iter().map(|found| found.code).collect();
    assert_eq!(codes, [UnknownAttribute, UnknownFilter]);
    assert!(found.template.is_none());
}

fn reads(source: &str) -> Vec<String> {
    let template = Template::parse(source, &Limits::default()).unwrap();
    template.reads().iter().map(ToString::to_string).collect()
}

#[test]
fn a_template_knows_what_it_reads() {
    let source = "{{ first_name }}{% if profile.age > 3 %}{{ tags[0] }}{% endif %}{{ 'x' | append: nickname }}\
        {% for t in profile['seen'] limit: most %}{{ t }}{{ forloop.index }}{% endfor %}{{ workspace.name }}";
    assert_eq!(reads(source), ["age", "first_name", "most", "nickname", "seen", "tags"]);
}

#[test]
fn a_name_that_the_template_surely_gave_a_value_is_not_read() {
    assert_eq!(reads("{% assign a = b %}{{ a }}{% capture c %}{% endcapture %}{{ c }}"), ["b"]);
    assert_eq!(reads("{{ a }}{% assign a = 1 %}"), ["a"]);
    assert_eq!(reads("{% if x %}{% assign a = 1 %}{% endif %}{{ a }}"), ["a", "x"]);
    assert_eq!(reads("{% if x %}{% assign a = 1 %}{% else %}{% assign a = 2 %}{% endif %}{{ a }}"), ["x"]);
}
