//! Templates that want to take a server down: the loop and memory suite of hostile input. Each is refused by
//! a count of work or bytes, never by a clock, so what is refused here is refused everywhere.

use attrium_schema::{TimeZone, Timestamp};
use attrium_templating::{
    Context, DiagnosticCode, Fault, FilterProblem, Limits, Moment, RenderError, Rendered, Rendering, Template, Value,
    WhenMissing, answer,
};
use serde_json::json;

fn data() -> Value {
    let long = "x".repeat(8_000);
    serde_json::from_value(json!({ "long": long, "list": vec![long; 7], "deep": [[[[[[[[1]]]]]]]] }))
        .expect("it is a value")
}

fn render(source: &str) -> Result<Rendered, RenderError> {
    let limits = Limits::default();
    let template = Template::parse(source, &limits).unwrap_or_else(|found| panic!("{source}: {found:?}"));
    template.render(&Rendering {
        data: &data(),
        context: Context::Text,
        moment: &Moment { now: Timestamp::UNIX_EPOCH, zone: TimeZone::UTC },
        when_missing: WhenMissing::PrintNothing,
        limits: &limits,
    })
}

fn fault(source: &str) -> Fault {
    match render(source) {
        Ok(rendered) => panic!("{source} gives {} bytes for {} units", rendered.text.len(), rendered.fuel),
        Err(error) => error.fault,
    }
}

/// A loop that does something a thousand times, three deep.
fn often(body: &str) -> String {
    let loops = |name: &str, inside: &str| format!("{{% for {name} in (1..1000) %}}{inside}{{% endfor %}}");
    loops("i", &loops("j", &loops("k", body)))
}

fn is_bounded(fault: &Fault) -> bool {
    matches!(fault, Fault::TooMuchWork { .. } | Fault::TooMuchMemory { .. } | Fault::TooMuchOutput { .. })
}

#[track_caller]
fn check_bounded(source: &str) {
    let fault = fault(source);
    assert!(is_bounded(&fault), "{source}: {fault}");
}

#[test]
fn a_long_loop_is_refused_before_its_first_iteration() {
    for source in [
        "{% for i in (1..10000000) %}{% endfor %}",
        "{% for i in (1..9223372036854775807) %}{% endfor %}",
        "{% for i in (-9223372036854775808..9223372036854775807) reversed %}{{ i }}{% endfor %}",
        "{% for i in (1..9223372036854775807) offset: 5 limit: 1001 %}{% break %}{% endfor %}",
    ] {
        assert!(matches!(fault(source), Fault::TooManyIterations { .. }), "{source}");
    }
    let few = render("{% for i in (1..9223372036854775807) limit: 3 %}{{ i }}{% endfor %}");
    assert_eq!(few.unwrap().text, "123");
}

#[test]
fn loops_inside_loops_run_out_of_fuel_even_when_they_do_nothing() {
    check_bounded(&often(""));
    check_bounded(&often("{{ nothing }}"));
    check_bounded(&often("{% if i > 2000 %}x{% endif %}"));
    check_bounded(&often("{% if long == list[0] %}{% continue %}{% endif %}"));
    check_bounded(&often("{% for l in list limit: 0 %}{% endfor %}"));
}

#[test]
fn a_range_is_never_laid_out_beyond_what_is_left() {
    for filter in ["join", "reverse | size", "sort | first", "uniq", "sum", "map: 'a'", "compact", "where: 0", "json"] {
        check_bounded(&format!("{{{{ (1..9223372036854775807) | {filter} }}}}"));
    }
    let lazy = render("{{ (1..9223372036854775807) | size }} {{ (5..9223372036854775807) | first }}").unwrap();
    assert_eq!(lazy.text, "9223372036854775807 5");
    assert!(lazy.value_bytes < 100);
}

#[test]
fn text_that_doubles_is_stopped_while_it_is_small() {
    let doubling = |step: &str| format!("{{% assign s = long %}}{}{{{{ s | size }}}}", step.repeat(24));
    for step in [
        "{% assign s = s | append: s %}",
        "{% assign s = s | prepend: s %}",
        "{% assign s = s | replace: 'x', 'xx' %}",
        "{% assign s = s | replace: '', s %}",
        "{% assign s = s | split: '' | join: 'xx' %}",
        "{% capture s %}{{ s }}{{ s }}{% endcapture %}",
        "{% assign s = s | url_encode | append: s | escape | append: s %}",
        "{% assign s = s | base64_encode | append: s %}",
        "{% assign s = s | json | append: s %}",
        "{% assign list = list | concat: list %}{% assign s = list | join: s %}",
    ] {
        check_bounded(&doubling(step));
    }
    check_bounded("{% for i in (1..1000) %}{% capture s %}{{ s }}{{ s }}x{% endcapture %}{% endfor %}");
    check_bounded(
        "{% assign l = '1,2' | split: ',' %}{% for i in (1..1000) %}{% assign l = l | concat: l %}{% endfor %}",
    );
}

#[test]
fn work_inside_filters_is_paid_for() {
    for body in [
        "{{ long | size }}",
        "{{ long | upcase | size }}",
        "{{ long | truncatewords: 9999999 | size }}",
        "{{ long | split: 'y' | size }}",
        "{{ long | replace: 'y', '' | size }}",
        "{{ long | strip_html | size }}",
        "{{ long | url_decode | size }}",
        "{{ list | sort | size }}",
        "{{ list | uniq | size }}",
        "{{ list | where: 'y' | size }}",
        "{% if long contains 'y' %}{% endif %}",
        "{% if list contains 'y' %}{% endif %}",
        "{% if list == list %}{% endif %}",
        "{% if long < list[0] %}{% endif %}",
        "{{ 'March 14, 2016' | date: '%20Y' | size }}",
    ] {
        check_bounded(&often(body));
    }
}

#[test]
fn output_is_bounded() {
    let fault = fault("{% for i in (1..1000) %}{{ long }}{% endfor %}");
    assert!(matches!(fault, Fault::TooMuchOutput { limit_bytes: 262_144 }), "{fault}");
}

#[test]
fn a_date_is_padded_to_twenty_at_most() {
    for width in ["21", "9999999", "99999999999999999999999999999"] {
        let source = format!("{{{{ 'now' | date: '%{width}d' }}}}");
        assert_eq!(fault(&source), Fault::Filter { filter: "date", problem: FilterProblem::TooWide });
    }
    assert_eq!(render("{{ 'now' | date: '%020d' }}").unwrap().text, "00000000000000000001");
}

#[test]
fn numbers_outgrow_nothing() {
    let squared = "{% assign n = n | times: n %}".repeat(9);
    let fault = fault(&format!("{{% assign n = 9 %}}{squared}"));
    assert_eq!(fault, Fault::Filter { filter: "times", problem: FilterProblem::OutOfRange });
    for (source, expected) in [
        ("{{ -9223372036854775808 | abs }}", "9223372036854775808"),
        ("{{ -9223372036854775808 | divided_by: -1 }}", "9223372036854775808"),
        ("{{ -9223372036854775808 | modulo: -1 }}", "0"),
        ("{{ 9223372036854775807 | plus: 1 }}", "9223372036854775808"),
        ("{{ 1.5 | round: 9223372036854775807 }}", "1.5"),
        ("{{ 15 | round: -9223372036854775808 }}", "0"),
        ("{{ 'abc' | slice: -9223372036854775808, 9223372036854775807 }}", ""),
        ("{{ 'abc' | truncate: 9223372036854775807 }}", "abc"),
        ("{{ list[-9223372036854775808] }}", ""),
        ("{{ deep | join }}", "1"),
    ] {
        assert_eq!(render(source).map(|rendered| rendered.text), Ok(expected.to_owned()), "{source}");
    }
}

fn codes(source: &str) -> Vec<DiagnosticCode> {
    let found = Template::parse(source, &Limits::default()).expect_err("it must not read");
    found.iter().map(|found| found.code).collect()
}

#[test]
fn blocks_and_brackets_inside_one_another_are_counted() {
    let ifs = |depth: usize| "{% if true %}".repeat(depth) + &"{% endif %}".repeat(depth);
    assert!(Template::parse(&ifs(32), &Limits::default()).is_ok());
    assert_eq!(codes(&ifs(33)), [DiagnosticCode::TooDeep]);
    assert_eq!(codes(&ifs(1_200)), [DiagnosticCode::TooDeep]);
    assert_eq!(
        codes(&"{% for a in b %}{% case c %}{% when d %}{% capture e %}".repeat(300)),
        [DiagnosticCode::TooDeep]
    );
    for deep in ["[".repeat(20_000), "a[".repeat(20_000), "(1..".repeat(10_000)] {
        assert_eq!(codes(&format!("{{{{ {deep} }}}}")), [DiagnosticCode::TooDeep]);
    }
}

#[test]
fn a_source_is_no_longer_than_allowed() {
    assert_eq!(codes(&"x".repeat(65_537)), [DiagnosticCode::TooLong]);
    assert!(Template::parse(&"x".repeat(65_536), &Limits::default()).is_ok());
}

#[test]
fn long_chains_and_floods_of_mistakes_are_read_in_one_go() {
    assert!(render(&format!("{{% if true{} %}}x{{% endif %}}", " and true".repeat(7_000))).is_ok());
    assert!(render(&format!("{{{{ 'a'{} }}}}", " | upcase".repeat(7_000))).is_ok());
    for flood in
        ["{{", "{%", "{% raw %}", "{% comment %}", "{{ | }}", "{% endif %}", "{% x %}", "{{'", "%}", "{%-", "}}"]
    {
        let source = flood.repeat(65_536 / flood.len());
        if let Err(found) = Template::parse(&source, &Limits::default()) {
            assert!(found.len() <= 100, "{flood}: {}", found.len());
        }
    }
}

#[test]
fn data_nested_beyond_measure_is_refused_when_it_is_read() {
    let request = format!(r#"{{"template": "{{{{ a }}}}", "data": {{"a": {}}}}}"#, "[".repeat(100_000));
    assert_eq!(answer(&request, Timestamp::UNIX_EPOCH)["stage"], "parse");
}

#[test]
fn a_long_text_is_paid_for_whenever_it_is_looked_at() {
    let white = "{% assign w = '                ' %}".to_owned() + &"{% assign w = w | append: w %}".repeat(12);
    let fuel = |body: &str| render(&format!("{white}{body}")).expect("it is within the limits").fuel;
    let before = fuel("");
    for body in [
        "{% if w == blank %}{% endif %}",
        "{% if w contains 'x' %}{% endif %}",
        "{% if 'x' contains w %}{% endif %}",
        "{% if w < w %}{% endif %}",
        "{% if w == w %}{% endif %}",
        "{{ [w] }}",
        "{{ deep[w] }}{{ forloop[w] }}",
        "{% assign r = (w..2) %}",
        "{{ 'a' | remove: w }}",
        "{{ list | where: w | size }}",
        "{{ w | strip }}",
        "{{ w | plus: 1 }}",
        "{{ w | size }}",
        "{{ w | split: ' ' }}",
        "{{ 'a' | truncate: 1, w }}",
        "{{ 'now' | date: w | strip }}",
    ] {
        let cost = fuel(body) - before;
        assert!(65_536 / 16 <= cost, "{body} costs {cost}");
    }
}
