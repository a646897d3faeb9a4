//! Properties of the whole crate, on random templates, most of them wrong.

use std::cell::RefCell;
use std::collections::BTreeSet;

use attrium_schema::{AttributeKey, AttributeSchema, TimeZone, Timestamp};
use attrium_templating::{
    Analysis, Context, Data, Fault, Limits, Moment, Position, RenderError, Rendered, Rendering, Template, Value,
    WhenMissing, complete,
};
use proptest::prelude::*;
use serde_json::json;

/// Pieces of the language, so that random text is often nearly a template.
const WORDS: [&str; 84] = [
    "{{",
    "}}",
    "{%",
    "%}",
    "{{-",
    "-%}",
    " ",
    "\n",
    "|",
    ":",
    ",",
    ".",
    "..",
    "(",
    ")",
    "[",
    "]",
    "==",
    "<",
    "'",
    "\"",
    "name",
    "tags",
    "n",
    "profile",
    "workspace",
    "forloop",
    "nil",
    "blank",
    "empty",
    "1",
    "-2",
    "3.5",
    "99999999999",
    "'a'",
    "'%d %9Y'",
    "'now'",
    "if",
    "elsif",
    "else",
    "endif",
    "unless",
    "endunless",
    "case",
    "when",
    "endcase",
    "for",
    "in",
    "endfor",
    "limit",
    "offset",
    "continue",
    "reversed",
    "break",
    "assign",
    "=",
    "capture",
    "endcapture",
    "raw",
    "endraw",
    "comment",
    "endcomment",
    "and",
    "or",
    "contains",
    "upcase",
    "split",
    "join",
    "sort",
    "date",
    "slice",
    "truncate",
    "replace",
    "times",
    "divided_by",
    "where",
    "map",
    "default",
    "append",
    "ş",
    "😀",
    "{",
    "%",
    "#",
];
/// Whole pieces, so that some of it is a template.
const PARTS: [&str; 12] = [
    "{{ name | upcase }}",
    "{% if n > 1 %}",
    "{% endif %}",
    "{% for t in tags %}",
    "{{ t | append: n }}",
    "{% endfor %}",
    "{% assign n = n | times: 3 %}",
    "{% capture name %}{{ name }}{{ name }}{% endcapture %}",
    "{{ tags | join: name | split: '' | size }}",
    "{% for i in (1..50) %}{{ i }}{% endfor %}",
    "{{ name | replace: 'a', name }}",
    "{{ 'now' | date: '%c' }}",
];

fn source() -> impl Strategy<Value = String> {
    let word = proptest::sample::select(&WORDS[..]).prop_map(|word| format!("{word} "));
    let part = proptest::sample::select(&PARTS[..]).prop_map(str::to_owned);
    let any = proptest::string::string_regex(".{0,6}").expect("it is a pattern");
    proptest::collection::vec(prop_oneof![4 => word, 3 => part, 1 => any], 0..40).prop_map(|pieces| pieces.concat())
}

fn limits() -> impl Strategy<Value = Limits> {
    (0_u64..3_000, 0_usize..500, 1_usize..60, 0_usize..5_000).prop_map(
        |(fuel, output_bytes_max, iterations_max, value_bytes_max)| Limits {
            fuel,
            output_bytes_max,
            iterations_max,
            value_bytes_max,
            ..Limits::default()
        },
    )
}

fn context() -> impl Strategy<Value = Context> {
    proptest::sample::select(&[Context::Text, Context::Html, Context::Json, Context::Header, Context::Url][..])
}

fn render(template: &Template, context: Context, limits: &Limits) -> Result<Rendered, RenderError> {
    let data = json!({
        "name": "Ayşe <b> \"x\" \\ \n{{ n }}", "n": 7, "tags": ["a", null, 2, { "b": [1.5] }],
        "profile": { "name": "p" }, "workspace": { "name": "w" },
    });
    template.render(&Rendering {
        data: &serde_json::from_value::<Value>(data).expect("it is a value"),
        context,
        moment: &Moment { now: Timestamp::UNIX_EPOCH, zone: TimeZone::UTC },
        when_missing: if limits.fuel.is_multiple_of(2) { WhenMissing::PrintNothing } else { WhenMissing::Refuse },
        limits,
    })
}

/// Data that remembers what it was asked for, and answers with lists and numbers.
#[derive(Default)]
struct Asked(RefCell<BTreeSet<String>>);

impl Data for Asked {
    fn root(&self, name: &str) -> Option<Value> {
        self.0.borrow_mut().insert(name.to_owned());
        (name == "tags").then(|| Value::list(vec![Value::integer(1), Value::text("a")]))
    }

    fn attribute(&self, key: &str) -> Option<Value> {
        self.0.borrow_mut().insert(key.to_owned());
        None
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_source_is_answered_and_no_limit_is_passed(source in source(), limits in limits(), context in context()) {
        let template = match Template::parse(&source, &limits) {
            Ok(template) => template,
            Err(found) => {
                prop_assert!(!found.is_empty());
                for found in found {
                    prop_assert!(source.get(found.span.clone()).is_some(), "{:?}", found);
                    prop_assert_eq!(found.position, Position::of(&source, found.span.start));
                    prop_assert!(found.position.line <= source.lines().count() + 1);
                }
                return Ok(());
            }
        };
        match render(&template, context, &limits) {
            Ok(rendered) => {
                prop_assert!(rendered.text.len() <= limits.output_bytes_max);
                prop_assert!(rendered.fuel <= limits.fuel);
                prop_assert!(rendered.value_bytes <= limits.value_bytes_max);
                prop_assert_eq!(render(&template, context, &limits), Ok(rendered));
            }
            Err(error) => {
                prop_assert!(source.get(error.span.clone()).is_some(), "{:?}", error);
                prop_assert!(!error.to_string().contains("Ayşe"), "{}", error);
            }
        }
    }

    #[test]
    fn more_of_everything_never_changes_an_answer(source in source(), limits in limits(), context in context()) {
        let Ok(template) = Template::parse(&source, &limits) else { return Ok(()) };
        let Ok(rendered) = render(&template, context, &limits) else { return Ok(()) };
        let more = Limits {
            fuel: limits.fuel * 2,
            output_bytes_max: limits.output_bytes_max + 99,
            iterations_max: limits.iterations_max + 99,
            value_bytes_max: limits.value_bytes_max + 99,
            ..limits
        };
        prop_assert_eq!(render(&template, context, &more), Ok(rendered));
    }

    #[test]
    fn nothing_is_asked_for_that_a_template_does_not_say_it_reads(source in source()) {
        let limits = Limits::default();
        let Ok(template) = Template::parse(&source, &limits) else { return Ok(()) };
        // Names that are computed are refused when a template is saved.
        if source.contains('[') {
            return Ok(());
        }
        let asked = Asked::default();
        let moment = Moment { now: Timestamp::UNIX_EPOCH, zone: TimeZone::UTC };
        let when_missing = WhenMissing::PrintNothing;
        let _ = template.render(&Rendering { data: &asked, context: Context::Text, moment: &moment, when_missing, limits: &limits });
        let reads = template.reads();
        for key in asked.0.into_inner().iter().filter_map(|name| AttributeKey::parse(name).ok()) {
            let is_root = ["profile", "workspace", "forloop"].contains(&key.as_str());
            prop_assert!(is_root || reads.contains(&key), "{} reads {}", source, key);
        }
    }

    #[test]
    fn whatever_is_typed_can_be_analysed_and_completed(source in source(), at in 0_usize..400, context in context()) {
        let schema = AttributeSchema::default();
        let analysis = Analysis::of(&source, context, &schema, &Limits::default());
        for found in &analysis.diagnostics {
            prop_assert!(source.get(found.span.clone()).is_some(), "{:?}", found);
        }
        prop_assert!(analysis.template.is_some() || !analysis.diagnostics.is_empty());
        for completion in complete(&source, at, &schema) {
            prop_assert!(source.get(completion.span).is_some());
        }
    }

    #[test]
    fn text_without_braces_is_rendered_as_it_is(text in "[^{]{0,200}") {
        let limits = Limits::default();
        let template = Template::parse(&text, &limits).expect("text is a template");
        prop_assert_eq!(render(&template, Context::Text, &limits).map(|rendered| rendered.text), Ok(text));
    }

    #[test]
    fn a_value_survives_the_way_into_json_and_html(value in ".{0,80}") {
        let limits = Limits::default();
        let data: Value = serde_json::from_value(json!({ "value": value })).expect("it is a value");
        let render = |source: &str, context| {
            let template = Template::parse(source, &limits).expect("it reads");
            let moment = Moment { now: Timestamp::UNIX_EPOCH, zone: TimeZone::UTC };
            template.render(&Rendering {
                data: &data, context, moment: &moment, when_missing: WhenMissing::Refuse, limits: &limits,
            })
        };
        let json = render("[{{ value }}, \"{{ value }}\"]", Context::Json).expect("it renders").text;
        prop_assert_eq!(serde_json::from_str::<Vec<String>>(&json).expect("it is JSON"), vec![value.clone(); 2]);
        let html = render("{{ value }}", Context::Html).expect("it renders").text;
        prop_assert!(!html.contains(['<', '>', '"', '\'']));
        let header = render("{{ value }}", Context::Header);
        match header {
            Ok(header) => prop_assert!(!header.text.contains(char::is_control)),
            Err(error) => prop_assert_eq!(error.fault, Fault::ControlCharacter),
        }
    }
}
