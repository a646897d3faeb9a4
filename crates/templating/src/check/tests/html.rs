//! Where values may stand in HTML.

use super::messages_in;
use crate::diagnostic::DiagnosticCode::{self, OpenLink, UnsafePlace};
use crate::fixtures::link_schema;
use crate::{Context, Limits, Template, check};

/// The words that stand in no safe place, and what is said of them.
fn found(source: &str) -> Vec<(DiagnosticCode, &str)> {
    let template = Template::parse(source, &Limits::default()).unwrap();
    let found = check(&template, Context::Html, &link_schema());
    let found = found.into_iter().filter(|found| [OpenLink, UnsafePlace].contains(&found.code));
    found.map(|found| (found.code, &source[found.span])).collect()
}

#[track_caller]
fn check_is_safe(sources: &[&str]) {
    for source in sources {
        assert_eq!(found(source), [], "{source}");
    }
}

#[track_caller]
fn check_is_unsafe(sources: &[&str]) {
    for source in sources {
        assert_eq!(found(source), [(UnsafePlace, "nickname")], "{source}");
    }
}

#[test]
fn between_tags_and_in_quotes_a_value_is_safe() {
    check_is_safe(&[
        "{{ nickname }}",
        "<!DOCTYPE html><p class='{{ nickname }}' title=\"a {{ nickname }} > b\" data-x = '{{ nickname }}'>{{ nickname }}</p>",
        "<br/>{{ nickname }}<br />1 < 2 {{ nickname }} a< b {{ nickname }}",
        "<title>{{ nickname }}</title><textarea rows=2>{{ nickname }}</textarea>{{ nickname }}",
        "<style>p > a { color: red }</style><script>if (a < b) {}</script><p>{{ nickname }}",
        "<input {% if is_active %}checked{% endif %} value=\"{{ nickname }}\">{{ nickname }}",
        "<p {% if is_active %}class=\"a\"{% else %}id='b'{% endif %} title=\"{{ nickname }}\">",
        "<p class=\"{% if is_active %}a{% else %}{{ nickname }}{% endif %}\">{{ nickname }}</p>",
        "{% for t in tags %}<li title=\"{{ t }}\">{{ t }}</li>{% else %}<li>{{ nickname }}{% endfor %}{{ nickname }}",
        "<!-- a > b -->{{ nickname }}<!---->{{ nickname }}<!-->{{ nickname }}",
        "<script></scripty></script >{{ nickname }}<svg><title>x</title></svg>{{ nickname }}",
        "{% case age %}{% when 1, 2 %}<b>{% else %}<i>{% endcase %}{{ nickname }}",
        "<noscript><img src=\"/a.png\"></noscript>{{ nickname }}",
    ]);
}

#[test]
fn elsewhere_it_is_an_error() {
    check_is_unsafe(&[
        "<a title={{ nickname }}>",
        "<a title=x{{ nickname }}>",
        "<a title = {{ nickname }} >",
        "<a {{ nickname }}>",
        "<a x{{ nickname }}=\"\">",
        "<{{ nickname }}>",
        "</{{ nickname }}>",
        "<h{{ nickname }}>",
        "<!{{ nickname }}>",
        "<a onclick=\"f('{{ nickname }}')\">",
        "<a ONLOAD='{{ nickname }}'>",
        "<p style=\"color: {{ nickname }}\">",
        "<iframe srcdoc=\"{{ nickname }}\">",
        "<a href=\"javascript:f('{{ nickname }}')\">",
        "<a href=\" java\nscript:{{ nickname }}\">",
        "<a href='data:text/html,{{ nickname }}'>",
        "<script>var a = \"{{ nickname }}\";</script>",
        "<SCRIPT type=x>{{ nickname }}</SCRIPT >",
        "<script>a </script x {{ nickname }}>",
        "<style>p { color: {{ nickname }} }</style>",
        "<!-- {{ nickname }} -->",
        "<? {{ nickname }} ?>",
        "<title><{{ nickname }}></title>",
        "<svg><title><a title={{ nickname }}></title></svg>",
        "<svg><![CDATA[ > {{ nickname }} ]]></svg>",
        "<noscript><a title={{ nickname }}></noscript>",
        "<script><!-- <script> </script> {{ nickname }}",
    ]);
}

#[test]
fn the_most_dangerous_branch_decides() {
    check_is_unsafe(&[
        "{% if is_active %}<script>{% endif %}{{ nickname }}",
        "<a title={% if is_active %}\"{% endif %}{{ nickname }}{% if is_active %}\"{% endif %}>",
        "{% for t in tags %}{{ nickname }}<script>{% endfor %}",
        "{% for t in tags %}<script>{% break %}</script>{% endfor %}{{ nickname }}",
        "{% for t in tags %}{% if t %}<a title={% continue %}{% endif %}{% endfor %}{{ nickname }}",
        "{% case age %}{% when 1 %}<a {% when 2 %}title={{ nickname }}{% endcase %}",
        "{% raw %}<script>{% endraw %}{{ nickname }}",
    ]);
    let many = "{% if is_active %}<a b='{% endif %}x<p \"".repeat(30);
    assert_eq!(found(&format!("{many}{{{{ nickname }}}}")), [(UnsafePlace, "nickname")]);
}

#[test]
fn a_link_begins_with_what_the_author_wrote() {
    check_is_safe(&[
        "<a href=\"https://example.com/{{ nickname }}\"><a href='{{ page }}'><a href=\"{{ page }}?c={{ nickname }}\">",
        "<a href=\"/{{ nickname }}\"><a href=\"?a={{ nickname }}\"><a href=\"#{{ nickname }}\"><a href='mailto:{{ nickname }}'>",
        "<img src=\"data:image/png;base64,{{ nickname }}\"><a href=\"{{ page | default: '' }}\">",
        "<a href=\"{{ page | default: 'https://example.com' | strip }}\"><a href=\"{{ age }}\">",
        "<a href=\"{{ nickname | prepend: 'https://example.com/' }}\"><a href=\"{{ nickname | url_encode }}\">",
        "<a href=\"{{ 'https://example.com/' | append: nickname }}\">",
        "{% for page in pages %}<a href=\"{{ page }}\"><a href=\"{{ pages[0] }}\">{% endfor %}",
        "{% assign u = page %}<a href=\"{{ u }}\">",
        "{% capture u %}https://example.com/{{ nickname }}{% endcapture %}<a href=\"{{ u }}&amp;x=1\" title='{{ u }}'>{{ u }}",
        "{% if age %}{% assign u = page %}{% else %}{% assign u = '/home' %}{% endif %}<a href=\"{{ u }}\">",
        "{% case age %}{% when 1 %}{% else %}{% endcase %}<a href=\"{% if age %}/a{% else %}/b{% endif %}{{ nickname }}\">",
    ]);
    for source in [
        "<a href=\"{{ nickname }}\">",
        "<a href=\" java{{ nickname }}\">",
        "<img SRC='{{ nickname }}/{{ nickname }}'>",
        "<form action=\"{% if age %}/a{% endif %}{{ nickname }}\">",
        "<a href=\"{{ page | default: '' }}{{ nickname }}\">",
        "<a href=\"&#106;avascript:{{ nickname }}\">",
        "{% capture u %}{{ nickname }}{% endcapture %}<a href=\"{{ u }}\">",
        "{% assign nickname = page %}{% if age %}{% assign nickname = Country %}{% endif %}<a href=\"{{ nickname }}\">",
        "{% assign nickname = page %}{% for t in tags %}<a href=\"{{ nickname }}\">{% assign nickname = t %}{% endfor %}",
    ] {
        assert_eq!(found(source), [(OpenLink, "nickname")], "{source}");
    }
}

#[test]
fn a_number_harms_nowhere_but_in_names() {
    check_is_safe(&[
        "<td width={{ age }}%><p style=\"width: {{ lifetime_value | round }}px\"><script>f({{ age | default: 0 }})</script>",
        "<style>p { width: {{ tags | size }}px }</style><!-- {{ is_active }} {{ 1 }} -->",
        "{% for t in tags %}<p id=p{{ forloop.index }}>{% endfor %}{% for i in (1..3) %}<p id={{ i }}>{% endfor %}",
    ]);
    assert_eq!(found("<h{{ age }}>"), [(UnsafePlace, "age")]);
    assert_eq!(
        found("{% assign n = 1 %}{% if age %}{% assign n = nickname %}{% endif %}<p id={{ n }}>"),
        [(UnsafePlace, "n")]
    );
}

#[test]
fn a_conditional_comment_holds_html_that_no_value_may_end() {
    check_is_safe(&[
        "<!--[if mso]><p title=\"{{ nickname }}\">{{ nickname }}</p><![endif]-->{{ nickname }}",
        "<!--[if !mso]><!--><p>{{ nickname }}</p><!--<![endif]-->{{ nickname }}",
    ]);
    check_is_unsafe(&[
        "<!--[if mso]>{{ nickname }}><![endif]-->",
        "<!--[if mso]>{{ nickname }}{% if age %}-{% endif %}-><![endif]-->",
        "<!--[if mso]><p title={{ nickname }}><![endif]-->",
        "<!--[if {{ nickname }}]><![endif]-->",
    ]);
}

#[test]
fn what_is_captured_is_followed_to_where_it_is_printed() {
    check_is_safe(&[
        "{% capture nickname %}<b>{{ Country }}</b>{% endcapture %}{{ nickname }}<p title='x'>{{ nickname | strip }}",
        "{% capture l %}{% endcapture %}{% for t in tags %}{% capture l %}{{ l }}<li>{{ t }}</li>{% endcapture %}{% endfor %}{{ l }}",
        "{% capture a %}class=\"{{ nickname }}\"{% endcapture %}{{ a }}",
    ]);
    check_is_unsafe(&[
        "{% capture a %}<a title={% endcapture %}{{ a }}{{ nickname }}",
        "{% capture a %}<a title={% endcapture %}{% assign b = a %}{{ b }}{{ nickname }}",
        "{% capture a %}<a title={% endcapture %}{{ a | sort | first }}{{ nickname }}",
        "{% capture nickname %}<b>{% endcapture %}<a title={{ nickname }}>",
        "{% capture nickname %}x{% endcapture %}<script>{{ nickname }}</script>",
        "{% capture x %}<a title={{ nickname }}>{% endcapture %}",
    ]);
    let twice = "{% capture c %}title=\"{% endcapture %}{% capture c %}{{ c }}{{ nickname }}{% endcapture %}<b title=\"{{ c }}\">";
    assert_eq!(found(twice), [(UnsafePlace, "c")]);
    let grown = "{% capture a %}{{ a }}<a title={% endcapture %}{{ a }}{{ nickname }}";
    assert_eq!(found(grown), [(UnsafePlace, "a"), (UnsafePlace, "a"), (UnsafePlace, "nickname")]);
    let looped = "{% capture a %}<a title={% endcapture %}{% for b in a %}{{ b }}{% endfor %}{{ nickname }}";
    assert!(found(looped).contains(&(UnsafePlace, "nickname")));
    // Names that print one another a hundred times each are not followed to the end.
    let mut source = "{% capture a0 %}x{% endcapture %}".to_owned();
    for name in 1..9 {
        let prints = format!("{{{{ a{} }}}}", name - 1).repeat(100);
        source = format!("{source}{{% capture a{name} %}}{prints}{{% endcapture %}}");
    }
    assert!(!found(&(source + "{{ a8 }}")).is_empty());
}

#[test]
fn raw_is_the_authors_word_and_no_hole_for_others() {
    check_is_safe(&[
        "<script>{{ nickname | raw }}</script><a href={{ nickname | raw }}><p {{ nickname | raw }}>{{ nickname }}",
    ]);
    check_is_unsafe(&[
        "<{{ Country | raw }} title={{ nickname }}>",
        "{{ '<script>' | raw }}{{ nickname }}",
        "<p {{ Country | raw }}=\"{{ nickname }}\">",
        "<a href={{ Country | raw }}{{ nickname }}>",
        "<script>{{ nickname | raw | default: Country }}</script>",
        "<script>{{ nickname | raw | append: 'x' }}</script>",
        "{% assign nickname = Country | raw %}<script>{{ nickname }}</script>",
    ]);
}

#[test]
fn other_contexts_have_no_such_places_and_the_cure_is_named() {
    assert_eq!(
        messages_in("<a href={{ age }} {{ workspace.name }}>", Context::Text),
        messages_in("{{ age }}", Context::Text)
    );
    let cure = |source: &str| messages_in(source, Context::Html).pop().unwrap();
    assert!(cure("<a title={{ workspace.name }}>").contains("put it in quotes"));
    assert!(cure("<script>{{ workspace.name }}").contains("move it out of the script"));
    assert!(cure("<a href='{{ workspace.name }}'>").contains("`https://`"));
}
