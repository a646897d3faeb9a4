//! Rendering beyond what the golden cases say: attributes, missing values, what things cost.

use crate::fixtures::{check_renders, customer, render, render_for};
use crate::{Context, Fault, Position, WhenMissing};

#[test]
fn attributes_are_named_bare_or_under_profile_in_any_case() {
    check_renders(
        "{{ first_name }} {{ profile.first_name }} {{ profile['First_Name'] }} {{ FIRST_NAME }}",
        "Ayşe Ayşe Ayşe Ayşe",
    );
    check_renders("{{ workspace.name }}, {{ workspace.time_zone }}", "Oak & Iron, Europe/Istanbul");
    check_renders("{{ profile }}{{ nickname }}{{ profile.nickname }}{{ nosuchthing.at.all }}", "");
    check_renders("{{ location.lat }} {{ tags[0] }} {{ tags.last }} {{ tags.size }}", "41.01 vip b2b 2");
}

#[test]
fn a_name_of_the_templates_own_comes_before_an_attribute() {
    check_renders("{% assign age = 1 %}{{ age }} {{ profile.age }}", "1 36");
    check_renders("{% for age in tags %}{{ age }}{% endfor %}{{ age }}", "vipb2b36");
    check_renders("{% assign profile = location %}{{ profile.lat }}", "41.01");
}

#[test]
fn values_print_as_the_platform_shows_them() {
    check_renders("{{ age }} {{ lifetime_value }} {{ is_active }}", "36 1250.5 true");
    check_renders("{{ birthday }} {{ seen_at }}", "1990-02-28 2026-05-01T09:30:00Z");
    check_renders("{{ tags }} {{ tags | join: ', ' }}", "vipb2b vip, b2b");
    check_renders("{{ location }}", r#"{"lat":41.01,"lon":28.97}"#);
}

#[test]
fn days_and_instants_compare_with_what_is_written_for_them() {
    check_renders("{% if birthday == '1990-02-28' %}a{% endif %}{% if birthday < '1991-01-01' %}b{% endif %}", "ab");
    check_renders("{% if seen_at < 'now' and seen_at > birthday %}a{% endif %}", "a");
    check_renders("{% if seen_at == '2026-05-01 12:30:00' %}Istanbul{% endif %}", "Istanbul");
    check_renders("{% if birthday == 'never' %}a{% else %}b{% endif %}", "b");
    assert_eq!(render("{% if birthday < 5 %}{% endif %}"), Err(Fault::NoOrder { left: "a date", right: "a number" }));
}

/// What is missing, and where, when nothing may be.
fn missing(source: &str) -> Option<(String, usize)> {
    match render_for(source, &customer(), Context::Text, WhenMissing::Refuse) {
        Ok(_) => None,
        Err(error) => match error.fault {
            Fault::Missing { name } => Some((name, error.position.column)),
            other => panic!("{source}: {other}"),
        },
    }
}

#[test]
fn nothing_is_sent_with_a_hole_in_it() {
    let is = |name: &str, column: usize| Some((name.to_owned(), column));
    assert_eq!(missing("Hi {{ nickname }}"), is("nickname", 7));
    assert_eq!(missing("Hi {{ profile.nickname }}"), is("nickname", 7));
    assert_eq!(missing("{{ nickname | upcase | append: '!' }}"), is("nickname", 4));
    assert_eq!(missing("{{ 'Hi ' | append: nickname }}"), is("nickname", 20));
    assert_eq!(missing("{% assign n = nickname | upcase %}{{ n }}"), is("n", 38));
    assert_eq!(missing("{{ tags[9] }}"), is("tags[9]", 4));
    assert_eq!(missing("{% capture c %}{{ nickname }}{% endcapture %}"), is("nickname", 19));
}

#[test]
fn what_the_template_says_for_a_missing_value_is_no_hole() {
    for source in [
        "{{ nickname | default: 'there' }}",
        "{{ nickname | upcase | default: first_name }}",
        "{{ nickname | json }} {{ nickname | size }}",
        "{% if nickname %}{{ nickname }}{% else %}there{% endif %}",
        "{% unless nickname %}there{% endunless %}{% if nickname == blank %}x{% endif %}",
        "{% for n in nickname %}{{ n }}{% endfor %}",
        "{% assign n = nickname %}{{ n | default: '' }}",
        "{{ '' }}{{ first_name | remove: 'Ayşe' }}",
    ] {
        assert_eq!(missing(source), None, "{source}");
    }
}

#[test]
fn an_error_stands_where_the_fault_is() {
    let error =
        render_for("ş😀\n {{ 1 | plus: 1 | modulo: 0 }}", &customer(), Context::Text, WhenMissing::Refuse).unwrap_err();
    assert_eq!(error.position, Position { line: 2, column: 19, utf16: 22 });
    assert_eq!(&"ş😀\n {{ 1 | plus: 1 | modulo: 0 }}"[error.span], "modulo");
}

#[test]
fn text_with_its_place_in_a_loop_is_what_costs() {
    let cost = |source: &str| render_for(source, &customer(), Context::Text, WhenMissing::Refuse).unwrap().fuel;
    assert_eq!(cost(""), 0);
    assert_eq!(cost("0123456789abcdef"), 2);
    let once = cost("{% for i in (1..1) %}{% assign a = i %}{% endfor %}");
    let thrice = cost("{% for i in (1..3) %}{% assign a = i %}{% endfor %}");
    assert_eq!(thrice - once, 4);
}

#[test]
fn break_and_continue_reach_the_loop_from_inside_every_block() {
    let each = |inside: &str| format!("{{% for i in (1..3) %}}{inside}{{{{ i }}}}{{% endfor %}}");
    check_renders(&each("{% if i == 2 %}{% break %}{% endif %}"), "1");
    check_renders(&each("{% case i %}{% when 2 %}{% continue %}{% endcase %}"), "13");
    check_renders(&each("{% unless i != 2 %}{% capture c %}{% continue %}{% endcapture %}{% endunless %}"), "13");
}

#[test]
fn a_template_is_read_once_and_shared_between_threads() {
    fn is_shared<T: Clone + Send + Sync>() {}
    is_shared::<crate::Template>();
}
