//! In HTML no customer's value changes the tags of a template that is told nothing of its places.

use attrium_schema::{
    AttributeDefinition, AttributeDraft, AttributeId, AttributeKey, AttributeSchema, PrivacyClass, TimeZone, Timestamp,
};
use attrium_templating::{Context, DiagnosticCode, Limits, Moment, Rendering, Template, Value, WhenMissing, check};
use proptest::prelude::*;
use serde_json::json;

/// Values that want to be more.
const HOSTILE: [&str; 14] = [
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\" onload=\"x",
    "' onload='x",
    "x onmouseover=alert(1) ",
    "javascript:alert(1)",
    "script",
    "/title",
    "--",
    "-- ><b>",
    "]]",
    "!--",
    " =",
    "",
];

/// Pieces of HTML and of Liquid, so that random text goes through every place.
const PIECES: [&str; 56] = [
    "{{ v }}",
    "{{ v }}",
    "{{ v }}",
    "{{ v }}",
    "<",
    ">",
    "/",
    "=",
    "\"",
    "'",
    " ",
    "-",
    "--",
    "!",
    "<!--",
    "-->",
    "<p",
    "<a href=",
    "<a href=\"",
    "title=\"",
    "title='",
    "title=",
    "class=\"b\"",
    "onclick=\"",
    "style=\"",
    "</p>",
    "<br>",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<title>",
    "</title>",
    "<textarea>",
    "</textarea>",
    "<noscript>",
    "</noscript>",
    "<!DOCTYPE html>",
    "<?",
    "<![CDATA[",
    "]]>",
    "<svg>",
    "</svg>",
    "<!--[if mso]>",
    "<![endif]-->",
    "text",
    "https://example.com/",
    "java",
    "script",
    "\">",
    "\">",
    "'>",
    "<p title=\"",
    "<p title='",
    "<td>",
    "<iframe>",
];
/// Blocks around pieces.
const BLOCKS: [(&str, &str); 10] = [
    ("", ""),
    ("", ""),
    ("{% if yes %}", "{% endif %}"),
    ("{% if no %}", "{% endif %}"),
    ("{% if no %}<p title=\"{% else %}", "{% endif %}"),
    ("{% for i in list %}", "{% endfor %}"),
    ("{% for i in list %}", "{% if yes %}{% break %}{% endif %}{% endfor %}"),
    ("{% case one %}{% when 2 %}'{% when 1 %}", "{% else %}\"{% endcase %}"),
    ("{% capture c %}", "{% endcapture %}{{ c }}"),
    ("{% capture c %}{{ c }}", "{% endcapture %}<b title=\"{{ c }}\">"),
];

fn source() -> impl Strategy<Value = String> {
    let piece = proptest::sample::select(&PIECES[..]).prop_map(str::to_owned);
    let block = proptest::sample::select(&BLOCKS[..]);
    let inner = proptest::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat());
    let part = (block, inner).prop_map(|((begin, end), inner)| format!("{begin}{inner}{end}"));
    proptest::collection::vec(part, 1..7).prop_map(|parts| parts.concat())
}

fn schema() -> AttributeSchema {
    AttributeSchema::new(["v", "yes", "no", "list", "one"].map(|key| {
        let draft = AttributeDraft {
            key: AttributeKey::parse(key).expect("it is a key"),
            label: String::new(),
            description: String::new(),
            value_type: if key == "list" { "list of text" } else { "text" }.parse().expect("it is a type"),
            format: None,
            privacy_class: PrivacyClass::Public,
        };
        let id = AttributeId::from_uuid(uuid::Uuid::nil());
        AttributeDefinition::new(id, draft, Timestamp::UNIX_EPOCH)
    }))
}

fn render(template: &Template, value: &str) -> String {
    let data = json!({ "v": value, "yes": "y", "no": null, "list": ["a", "b"], "one": 1 });
    let rendered = template.render(&Rendering {
        data: &serde_json::from_value::<Value>(data).expect("it is a value"),
        context: Context::Html,
        moment: &Moment { now: Timestamp::UNIX_EPOCH, zone: TimeZone::UTC },
        when_missing: WhenMissing::PrintNothing,
        limits: &Limits::default(),
    });
    rendered.expect("it renders").text
}

/// The tags of a document, each with the names of its attributes; read by looking ahead, unlike the check.
fn tags(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        rest = &rest[open + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = behind_comment(comment);
            found.push("comment".to_owned());
        } else if rest.starts_with(['!', '?']) || rest.starts_with('/') && !starts_with_letter(&rest[1..]) {
            rest = rest.split_once('>').map_or("", |(_, rest)| rest);
            found.push("bogus".to_owned());
        } else if starts_with_letter(rest.strip_prefix('/').unwrap_or(rest)) {
            let (tag, behind) = tag(rest);
            rest = behind;
            let name = tag.split(' ').next().unwrap_or_default();
            if ["script", "style", "title", "textarea", "iframe", "noscript"].contains(&name) {
                rest = behind_raw(rest, name);
            }
            found.push(tag);
        }
    }
    found
}

fn starts_with_letter(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_ascii_alphabetic())
}

fn behind_comment(text: &str) -> &str {
    if let Some(rest) = text.strip_prefix('>').or_else(|| text.strip_prefix("->")) {
        return rest;
    }
    let end = ["-->", "--!>"].iter().filter_map(|end| Some(text.find(end)? + end.len())).min();
    end.map_or("", |end| &text[end..])
}

/// A tag without its `<`, as `name attribute attribute`, and what is behind it.
fn tag(text: &str) -> (String, &str) {
    let is_space = |letter: char| letter.is_ascii_whitespace();
    let is_name_end = |letter: char| is_space(letter) || letter == '>' || letter == '/';
    let (slash, text) = text.strip_prefix('/').map_or(("", text), |text| ("/", text));
    let end = text.find(is_name_end).unwrap_or(text.len());
    let mut tag = slash.to_owned() + &text[..end].to_ascii_lowercase();
    let mut rest = &text[end..];
    loop {
        rest = rest.trim_start_matches(|letter| is_space(letter) || letter == '/');
        if rest.is_empty() {
            return ("open".to_owned(), "");
        }
        if let Some(rest) = rest.strip_prefix('>') {
            return (tag, rest);
        }
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let end =
            rest[first..].find(|letter| is_name_end(letter) || letter == '=').map_or(rest.len(), |end| first + end);
        tag = tag + " " + &rest[..end];
        rest = rest[end..].trim_start_matches(is_space);
        if let Some(value) = rest.strip_prefix('=') {
            let value = value.trim_start_matches(is_space);
            rest = match value.chars().next() {
                Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).map_or("", |(_, rest)| rest),
                Some(_) | None => {
                    &value[value.find(|letter| is_space(letter) || letter == '>').unwrap_or(value.len())..]
                }
            };
        }
    }
}

fn behind_raw<'h>(text: &'h str, name: &str) -> &'h str {
    let small = text.to_ascii_lowercase();
    let end = format!("</{name}");
    let is_whole =
        |at: usize| small[at + end.len()..].starts_with(|next: char| next.is_ascii_whitespace() || "/>".contains(next));
    small.match_indices(&end).find(|(at, _)| is_whole(*at)).map_or("", |(at, _)| &text[at..])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_value_changes_the_tags(source in source(), any in ".{0,12}") {
        let limits = Limits::default();
        let Ok(template) = Template::parse(&source, &limits) else { return Ok(()) };
        let told = check(&template, Context::Html, &schema());
        if told.iter().any(|found| matches!(found.code, DiagnosticCode::UnsafePlace | DiagnosticCode::OpenLink)) {
            return Ok(());
        }
        let plain = render(&template, "plain");
        for value in HOSTILE.into_iter().chain([&*any]) {
            let html = render(&template, value);
            prop_assert_eq!(tags(&html), tags(&plain), "{} became {}", source, html);
        }
    }
}

#[test]
fn the_properties_reader_reads_tags() {
    let html = "a <b c='>' d = e f>x<!-- <i> --><script>if (a</b>)</script ><br/><title><b></title></p g=\"h\">";
    assert_eq!(tags(html), ["b c d f", "comment", "script", "/script", "br", "title", "/title", "/p g"]);
    assert_ne!(tags("<p title=plain>"), tags("<p title=x onclick=y>"));
}
