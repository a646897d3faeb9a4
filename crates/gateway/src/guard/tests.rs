//! Claims about the guard: the attacks it was made for, its limits on both sides, and that nothing
//! it lets through can end a process.

use std::fmt::Write as _;
use std::time::Duration;

use attrium_engine::clock::Stopwatch;
use proptest::prelude::*;

use super::*;

/// Runs the guard on the stack a server thread has; `Ok` or the refusal's variant name.
fn outcome(query: &str) -> String {
    let query = query.to_owned();
    let worker = std::thread::Builder::new().stack_size(2 << 20);
    let guarded = worker.spawn(move || match check(&query) {
        Ok(_) => "Ok".to_owned(),
        Err(refusal) => {
            let debug = format!("{refusal:?}");
            debug.split([' ', '(']).next().unwrap_or_default().to_owned()
        }
    });
    guarded.unwrap().join().unwrap()
}

fn bomb(levels: usize, spreads: usize) -> String {
    let mut text = String::from("{...F0}");
    for level in 0..levels {
        let next = if level + 1 < levels { format!("...F{} ", level + 1) } else { "id ".to_owned() };
        write!(text, "fragment F{level} on N{{{}}}", next.repeat(spreads)).unwrap();
    }
    text
}

fn nested(levels: usize) -> String {
    format!("{{a(x:{}1{})}}", "[".repeat(levels), "]".repeat(levels))
}

fn deep(root: &str, levels: usize) -> String {
    format!("{{{root}{}{}}}", "{a".repeat(levels - 1), "}".repeat(levels - 1))
}

#[test]
fn nested_brackets_of_3200_bytes_do_not_end_the_process() {
    let query = nested(1_600);
    assert_eq!(query.len(), 3_208);
    assert_eq!(outcome(&query), "TooNested");
}

#[test]
fn attacks_are_refused_at_once() {
    let attacks = [
        (bomb(13, 4), "TooManySelections"),
        (bomb(28, 10), "TooManySelections"),
        (nested(8_000), "TooNested"),
        (format!("{{a(x:{}", "[".repeat(5_000_000)), "TooLong"),
        ("{...A} fragment A on Q{...B} fragment B on Q{...A}".to_owned(), "FragmentCycle"),
        ("{a} fragment A on Q{...A}".to_owned(), "FragmentCycle"),
        (bomb(120, 1), "FragmentsTooNested"),
        // The parser would read an empty string, a string, and then the brackets.
        (format!("{{a(x:[\"\"\"a\"{}", "[".repeat(1_600)), "OpenString"),
        (format!("{{a(x:[\"\n{}", "[".repeat(1_600)), "OpenString"),
        (format!("query($v:{}Int{}){{a}}", "[".repeat(1_600), "]".repeat(1_600)), "TooNested"),
        (format!("{{a(x:{}1{})}}", "{k:".repeat(1_600), "}".repeat(1_600)), "TooNested"),
        (format!("#\r{}", nested(1_600)), "TooNested"),
    ];
    for (query, expected) in attacks {
        let start = Stopwatch::start();
        let seen = outcome(&query);
        assert_eq!(seen, expected, "{}…", &query[..query.len().min(60)]);
        // 10 ms are promised, and a bomb that goes off takes for ever; an unoptimised build on a busy machine lies between.
        assert!(start.elapsed() < Duration::from_secs(5), "{expected} took {:?}", start.elapsed());
    }
}

#[test]
fn each_limit_holds_exactly() {
    let aliases = |n: usize| {
        let fields: Vec<String> = (0..n).map(|place| format!("a{place}:a")).collect();
        format!("{{{}}}", fields.join(" "))
    };
    let cases = [
        (format!("{{a #{}\n}}", "x".repeat(QUERY_BYTES_MAX - 6)), "Ok"),
        (format!("{{a #{}\n}}", "x".repeat(QUERY_BYTES_MAX - 5)), "TooLong"),
        (nested(BRACKETS_MAX - 2), "Ok"),
        (nested(BRACKETS_MAX - 1), "TooNested"),
        (format!("{{{}}}", "a ".repeat(1_000)), "Ok"),
        (format!("{{{}}}", "a ".repeat(1_001)), "TooManySelections"),
        (format!("{{{}}}", "a ".repeat(TOKENS_MAX - 1)), "TooManyTokens"),
        (deep("a", 12), "Ok"),
        (deep("a", 13), "TooDeep"),
        (deep("__schema", 20), "Ok"),
        (deep("__schema", 21), "TooDeep"),
        (aliases(30), "Ok"),
        (aliases(31), "TooManyAliases"),
        (format!("{{a {}}}", "@b ".repeat(20)), "Ok"),
        (format!("{{a {}}}", "@b ".repeat(21)), "TooManyDirectives"),
        (format!("query {} {{a}}", "@b ".repeat(21)), "TooManyDirectives"),
        (format!("{{...F}} fragment F on Q {} {{a}}", "@b ".repeat(21)), "TooManyDirectives"),
    ];
    for (query, expected) in cases {
        assert_eq!(outcome(&query), expected, "{} bytes: {}…", query.len(), &query[..query.len().min(60)]);
    }
}

#[test]
fn ordinary_documents_pass() {
    for query in [
        "{ __typename }",
        "{a @x(s:\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\")}",
        "{a(s:\"\"\" [[[ \\\"\"\" [[[ \"\"\")}",
        "{a(s:\"\\\"[\\\\\")} # [[[",
        "query Q($id: ID!) { profile(id: $id) { ...P } } fragment P on Profile { id version }",
        "\u{feff}{ a(s: \"Run🏃Swim🏊\") }",
    ] {
        assert_eq!(outcome(query), "Ok", "{query}");
    }
}

#[test]
fn the_standard_introspection_query_passes() {
    let of_type = "ofType{kind name ".repeat(9) + &"}".repeat(9);
    let query = format!(
        "query IntrospectionQuery{{__schema{{queryType{{name}} mutationType{{name}} types{{...T}} \
         directives{{name locations args{{...I}}}}}}}} \
         fragment T on __Type{{kind name fields(includeDeprecated:true){{name args{{...I}} type{{...R}}}} \
         inputFields{{...I}} interfaces{{...R}} enumValues{{name}} possibleTypes{{...R}}}} \
         fragment I on __InputValue{{name type{{...R}} defaultValue}} fragment R on __Type{{kind name {of_type}}}"
    );
    assert_eq!(outcome(&query), "Ok");
}

#[test]
fn a_malformed_document_is_told_from_a_costly_one() {
    assert!(check("{").unwrap_err().is_syntax());
    assert!(check("{a(s:\"x").unwrap_err().is_syntax());
    assert!(!check(&nested(40)).unwrap_err().is_syntax());
}

#[test]
fn a_syntax_error_names_its_place_and_repeats_nothing() {
    let check = |query: &str, expected: &str| {
        let told = check(query).unwrap_err().to_string();
        assert!(told.contains(expected) && !told.contains("hunter2"), "{query}: {told}");
    };
    check("{\n  a(s: \"hunter2\") !\n}", "at line 2, column 19: expected selection set, selection, or directive");
    check("query hunter2 { a } query hunter2 { b }", "at line 1, column 21: two operations have this name");
    check("{ a } fragment hunter2 on A { a } fragment hunter2 on B { b }", "two fragments have this name");
    check("{ a(n: \"hunter2\", ", "at line 1, column 19: expected ");
    check("fragment F on Q { a }", "the document does not parse: it has no operation");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is made of the grammar's own pieces, the guard answers, on the stack of a worker.
    #[test]
    fn no_mixture_of_tokens_ends_the_process(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "{", "}", "[", "]", "(", ")", "\"", "\"\"\"", "\\", "#", "\n", "\r", "...", "on ", "a", "$v", ":",
                "fragment F on Q", "...F ", "@d", "1", "{a(x:", "query", "null", "=", "!", "🏃", "[[[[[[[[", "]]]]]]]]",
            ]),
            0..400,
        )
    ) {
        let text: String = pieces.concat();
        let _answered = outcome(&text);
        let _inside_a_list = outcome(&format!("{{a(x:[{text}"));
    }

    /// What passes has at most as many brackets open as the limit, whichever way strings are read.
    #[test]
    fn strings_never_hide_brackets(text in "[\"\\\\#\\[\\n a]{0,60}") {
        let query = format!("{{a(x:[{text}{}", "[".repeat(1_600));
        let answer = outcome(&query);
        prop_assert!(answer != "Ok");
    }
}
