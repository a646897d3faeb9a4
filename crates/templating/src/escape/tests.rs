//! No value becomes anything but a value, wherever the text goes.

use attrium_schema::{AttributeKey, Scalar, Value};

use crate::fixtures::{customer, render_for};
use crate::{Context, Fault, WhenMissing};

/// Values that want to be more.
const HOSTILE: [&str; 9] = [
    "{{ Country }}",
    "{% raw %}{% assign x = 1 %}",
    "</script><script>alert(1)</script>",
    "\r\nBcc: other@example.com",
    "\" onload=\"x",
    "' or '1'='1",
    r#"\", "admin": true, "a": ""#,
    "a\\",
    "1, 2]",
];

fn render(source: &str, name: &str, context: Context) -> Result<String, Fault> {
    let mut attributes = customer();
    attributes.insert(AttributeKey::parse("first_name").unwrap(), Value::One(Scalar::Text(name.to_owned())));
    let rendered = render_for(source, &attributes, context, WhenMissing::Refuse);
    rendered.map(|rendered| rendered.text).map_err(|error| error.fault)
}

#[test]
fn a_value_is_never_read_as_a_template() {
    for name in HOSTILE {
        assert_eq!(render("{{ first_name }}", name, Context::Text), Ok(name.to_owned()));
    }
    let captured = "{% capture x %}{{ first_name }}{% endcapture %}{{ x }}{{ [x] | default: '' }}";
    assert_eq!(render(captured, "{{ Country }}", Context::Text).unwrap(), "{{ Country }}");
}

#[test]
fn in_html_no_value_opens_or_closes_anything() {
    for name in HOSTILE {
        let html = render("{{ first_name }}", name, Context::Html).unwrap();
        assert!(!html.contains(['<', '>', '"', '\'']), "{html}");
    }
    let check = |source: &str, expected: &str| assert_eq!(render(source, "<b>&", Context::Html).unwrap(), expected);
    check("<p>{{ first_name }}</p>", "<p>&lt;b&gt;&amp;</p>");
    check("{{ first_name | escape }}", "&lt;b&gt;&amp;");
    check("{{ first_name | escape | escape_once }}", "&lt;b&gt;&amp;");
    check("{{ first_name | raw }}", "<b>&");
    check("{{ first_name | json }}", "&quot;&lt;b&gt;&amp;&quot;");
    check("{{ '<i>' | append: first_name }}", "&lt;i&gt;&lt;b&gt;&amp;");
    check("{{ first_name | escape | upcase }}", "&amp;LT;B&amp;GT;&amp;AMP;");
}

#[test]
fn what_was_made_for_html_is_not_escaped_twice() {
    let check = |source: &str, expected: &str| assert_eq!(render(source, "a\n<b>", Context::Html).unwrap(), expected);
    check("{% capture x %}<i>{{ first_name }}</i>{% endcapture %}{{ x }}", "<i>a\n&lt;b&gt;</i>");
    check("{% capture x %} <i>{{ Country }}</i> {% endcapture %}{{ x | strip }}", "<i>TR</i>");
    check("{{ first_name | newline_to_br }}", "a<br />\n&lt;b&gt;");
    check("{{ first_name | escape | newline_to_br }}", "a<br />\n&lt;b&gt;");
}

#[test]
fn a_json_body_stays_json_with_the_very_value_in_it() {
    for name in HOSTILE {
        for source in
            [r#"{"name": "{{ first_name }}"}"#, r#"{"name": {{ first_name }}}"#, r#"{"name": {{ first_name | json }}}"#]
        {
            let body: serde_json::Value = serde_json::from_str(&render(source, name, Context::Json).unwrap()).unwrap();
            assert_eq!(body, serde_json::json!({ "name": name }), "{source}");
        }
    }
    let source =
        r#"{"to": "{{ first_name }} \"{{ Country }}\"", "age": {{ age }}, "tags": {{ tags }}, "at": {{ location }}}"#;
    let body: serde_json::Value = serde_json::from_str(&render(source, "A", Context::Json).unwrap()).unwrap();
    let expected = serde_json::json!({ "to": "A \"TR\"", "age": 36, "tags": ["vip", "b2b"], "at": { "lat": 41.01, "lon": 28.97 } });
    assert_eq!(body, expected);
}

#[test]
fn what_was_made_for_html_is_still_escaped_for_what_is_not_html() {
    for name in HOSTILE {
        for filters in ["escape", "escape_once", "escape | newline_to_br", "url_encode", "strip_html", "json"] {
            let document = format!(r#"{{"name": "{{{{ first_name | {filters} }}}}", "last": 1}}"#);
            if filters != "json" {
                let body = render(&document, name, Context::Json).unwrap();
                let body: serde_json::Value = serde_json::from_str(&body).unwrap();
                assert_eq!(body.as_object().unwrap().len(), 2, "{name} | {filters}");
            }
            let url = render(&format!("/?q={{{{ first_name | {filters} }}}}&x=1"), name, Context::Url).unwrap();
            let value = url.strip_prefix("/?q=").and_then(|rest| rest.strip_suffix("&x=1")).unwrap();
            assert!(!value.contains(['&', '#', '/', '?', '=', '"', '<']), "{url}");
        }
    }
}

#[test]
fn what_is_no_json_is_refused_without_showing_any_of_it() {
    for source in [r#"{"a": {{ first_name }} {{ first_name }}}"#, r#"{"a": "{{ first_name | raw }}"}"#, "{"] {
        let fault = render(source, "secret\"", Context::Json).unwrap_err();
        assert!(matches!(fault, Fault::NotJson { .. }) && !fault.to_string().contains("secret"), "{fault}");
    }
}

#[test]
fn a_header_holds_no_line_break() {
    assert_eq!(render("Hi {{ first_name }}", "Ayşe", Context::Header).unwrap(), "Hi Ayşe");
    for name in ["a\r\nBcc: x", "a\nb", "a\rb", "a\0b", "a\u{85}b"] {
        assert_eq!(render("Hi {{ first_name }}", name, Context::Header), Err(Fault::ControlCharacter));
    }
    assert!(render("{{ first_name | strip_newlines }}", "a\r\nb", Context::Header).is_ok());
}

#[test]
fn in_a_url_a_value_stays_in_its_part() {
    let url = render("https://example.com/{{ first_name }}?c={{ Country }}", "a/b?c=d&e #ş", Context::Url).unwrap();
    assert_eq!(url, "https://example.com/a%2Fb%3Fc%3Dd%26e%20%23%C5%9F?c=TR");
}
