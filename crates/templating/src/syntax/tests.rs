//! Mistakes: each is found, placed and explained, and does not hide the next.

use super::parse;
use crate::diagnostic::DiagnosticCode::{self, NotSupported, Syntax, Unclosed, UnknownFilter};
use crate::limits::Limits;

/// What a source is told: the words it is about, and the message.
fn told(source: &str) -> Vec<(&str, String)> {
    let parsed = parse(source, &Limits::default());
    parsed.diagnostics.into_iter().map(|found| (&source[found.span], found.message)).collect()
}

#[track_caller]
fn check(source: &str, expected: &[(&str, &str)]) {
    let told = told(source);
    let told: Vec<(&str, &str)> = told.iter().map(|(words, message)| (*words, message.as_str())).collect();
    assert_eq!(told, expected, "{source}");
}

#[test]
fn a_mistake_is_placed_under_the_wrong_words() {
    check("{{ name | upcas }}", &[("upcas", "There is no filter `upcas`; did you mean `upcase`?")]);
    check("{{ name | append }}", &[("append", "`append` takes one argument; it is given 0")]);
    check("{{ name | slice: 1, 2, 3 }}", &[("slice", "`slice` takes 1 to 2 arguments; it is given 3")]);
    check("{{ name | default: 'x', loud: true }}", &[("loud", "`default` takes no argument named `loud`")]);
    check("{{ a b }}", &[("b", "Only filters can follow here: `| upcase`")]);
    check("{{ a. }}", &[("", "The name of a field is missing behind the dot")]);
    check("{{ }}", &[("{{ }}", "Nothing is named between these braces")]);
    check("{{ (1..5 }}", &[("", "This range is never closed; end it with `)`")]);
    check("{{ a[1 }}", &[("", "This bracket is never closed; end it with `]`")]);
    check("{{ 'a }}", &[("'a ", "This text is never closed; end it with '")]);
    check("{{ “a” }}", &[("“", "Text is written in straight quotes, \" or '")]);
}

#[test]
fn habits_of_other_languages_are_answered() {
    check("{% if a = 1 %}{% endif %}", &[("=", "`=` gives a name its value; `==` compares")]);
    check("{% if a && b %}{% endif %}", &[("&&", "`&&` is written `and` here")]);
    check("{% if not a %}{% endif %}", &[("not", "There is no `not` here; use `unless`, or compare with `== false`")]);
    check(
        "{% if a in b %}{% endif %}",
        &[("in", "There is no `in` here; write the list first: `tags contains \"a\"`")],
    );
    check("{{ a + 1 }}", &[("+", "There is no `+` here; write `| plus: …`")]);
    check("{% fi a %}", &[("fi", "There is no tag `fi`; did you mean `if`?")]);
}

#[test]
fn every_mistake_is_told_at_once() {
    let source = "{{ a | x }} {% if = %}{{ b | y }}{% endif %}{% assign 1.5 = 2 %}{{ c";
    let codes: Vec<DiagnosticCode> =
        parse(source, &Limits::default()).diagnostics.into_iter().map(|found| found.code).collect();
    assert_eq!(codes, [UnknownFilter, Syntax, UnknownFilter, Syntax, Unclosed]);
}

#[test]
fn blocks_close_in_the_order_they_opened() {
    check("{% if a %}", &[("{% if a %}", "This `if` is never closed; end it with {% endif %}")]);
    check("x{% endif %}", &[("{% endif %}", "`endif` belongs to no block here")]);
    check("{% else %}", &[("{% else %}", "`else` belongs to no block here")]);
    check(
        "{% if a %}\n{% endfor %}{% endif %}",
        &[("{% endfor %}", "`endfor` closes nothing here; the `if` of line 1 ends with {% endif %}")],
    );
    check(
        "{% for a in b %}{% if c %}{% endfor %}",
        &[("{% if c %}", "This `if` is never closed; end it with {% endif %}")],
    );
    check(
        "{% comment %} {% raw %}",
        &[("{% comment %}", "This comment is never closed; end it with {% endcomment %}")],
    );
    check("{% raw %}", &[("{% raw %}", "This raw text is never closed; end it with {% endraw %}")]);
    check("{% break %}", &[("{% break %}", "`break` stands outside of any loop")]);
}

#[test]
fn tags_that_come_later_are_refused_by_name() {
    for tag in ["include 'a'", "render 'a'", "liquid echo a", "# note", "cycle 1, 2", "increment a", "tablerow a in b"]
    {
        let source = format!("x {{% {tag} %}}");
        let found = parse(&source, &Limits::default()).diagnostics.remove(0);
        assert_eq!(found.code, NotSupported);
        assert!(found.message.ends_with("is not supported yet"), "{}", found.message);
        assert_eq!((found.position.line, found.position.column), (1, 3));
    }
}

#[test]
fn a_loop_says_how_it_is_written() {
    check("{% for a of b %}{% endfor %}", &[("of", "A loop is written: for item in list")]);
    check("{% for a in b step: 2 %}{% endfor %}", &[("step", "Only `limit`, `offset` and `reversed` can follow here")]);
}
