//! Where mistakes are placed, what is said about them, and that no text harms.

use super::super::*;
use crate::diagnostic::DiagnosticCode as Code;

/// The first mistake stands under this word, has this code, and says this.
fn check(text: &str, word: &str, code: Code, said: &str) {
    let parsed = parse(text);
    assert_eq!(parsed.rule, None, "{text}");
    let first = parsed.diagnostics.first().expect("something is found");
    let span = first.span.clone().expect("it has a place");
    assert_eq!((&text[span], first.code), (word, code), "{text}: {}", first.message);
    assert!(first.message.contains(said), "{text}: {}", first.message);
    assert_eq!(parsed.diagnostics.len(), 1, "{text}: {:?}", parsed.diagnostics);
}

fn suggestions(text: &str) -> Vec<String> {
    parse(text).diagnostics.remove(0).suggestions
}

#[test]
fn a_mistake_stands_under_the_wrong_word() {
    check("", "", Code::Syntax, "starts with the key");
    check("   ", "", Code::Syntax, "starts with the key");
    check("country", "country", Code::Syntax, "an operator");
    check("country =", "=", Code::Syntax, "value is missing");
    check("country = and age = 1", "and", Code::Syntax, "value is missing");
    check("age = 1 age = 2", "age", Code::Syntax, "`and` or `or`");
    check("age = 1 and", "and", Code::Syntax, "starts with the key");
    check("and age = 1", "and", Code::Syntax, "backquotes");
    check("(age = 1", "(", Code::Syntax, "never closed");
    check("age = 1)", ")", Code::Syntax, "never opened");
    check("()", ")", Code::Syntax, "starts with the key");
    check("age iz 1", "iz", Code::UnknownOperator, "`iz`");
    check("name begins \"a\"", "begins", Code::UnknownOperator, "`begins`");
    check("country in (TR, \"DE\") and age = 1", "TR", Code::Syntax, "quotes");
    check("country in (\"TR\" \"DE\")", "\"DE\"", Code::Syntax, "commas");
    check("country in (\"TR\",)", ")", Code::Syntax, "value is missing");
    check("country in (\"TR\"", "\"TR\"", Code::Syntax, "commas");
    check("country in \"TR\"", "\"TR\"", Code::Syntax, "list of values");
    check("name starts with A", "A", Code::Syntax, "text in quotes");
    check("name starts \"A\"", "starts", Code::UnknownOperator, "starts with");
    check("seen before yesterday", "yesterday", Code::Syntax, "a date");
    check("seen before 2026-02-30", "2026-02-30", Code::Syntax, "not a date");
    check("seen before 2026-5-1", "2026-5-1", Code::Syntax, "not a date");
    check("seen in last month", "month", Code::Syntax, "30 days");
    check("seen in last 30", "30", Code::Syntax, "minutes, hours");
    check("seen in last 1.5 days", "1.5", Code::Syntax, "whole number");
    check("seen in last -1 days", "-1", Code::OutOfRange, "0 to");
    check("seen in last 1000000001 days", "1000000001", Code::OutOfRange, "1000000000");
    check("seen more than 3 days", "days", Code::Syntax, "`ago` or `ahead`");
    check("birthday anniversary in next 2 weeks", "2 weeks", Code::WrongType, "in days");
    check("weekday of seen in (8)", "8", Code::OutOfRange, "1 to 7");
    check("size of tags has 3", "has", Code::Syntax, "compared with a number");
    check("age = 007", "007", Code::Syntax, "leading zeros");
    check("age = 12345678901234567890123456789", "12345678901234567890123456789", Code::OutOfRange, "28");
    check("age = \"open", "\"open", Code::Syntax, "never closed");
    check("age = \"bad \\x\"", "\"bad \\x\"", Code::Syntax, "JSON string");
    check("age = \"\\ud800\"", "\"\\ud800\"", Code::Syntax, "JSON string");
    check("age == 1", "==", Code::Syntax, "written `=`");
    check("age = 1 && age = 2", "&&", Code::Syntax, "written `and`");
    check("!age exists", "!", Code::Syntax, "written `not`");
    check("müşteri = 1", "müşteri", Code::UnknownAttribute, "müşteri");
    check("age = 1 \u{200b}", "\u{200b}", Code::Syntax, "U+200B");
    check("seen on 2026-05-01 in zone Berlin", "Berlin", Code::Syntax, "of profile");
}

#[test]
fn a_mistake_comes_with_what_was_meant() {
    assert_eq!(suggestions("country = 'TR'"), ["\"TR\""]);
    assert_eq!(suggestions("country = “TR”"), ["\"TR\""]);
    assert_eq!(suggestions("country in (TR)"), ["\"TR\""]);
    assert_eq!(suggestions("name startswith \"a\""), ["starts with"]);
    assert_eq!(suggestions("name is \"a\""), ["="]);
    assert_eq!(suggestions("name exist"), ["exists"]);
    assert_eq!(suggestions("age <> 1"), ["!="]);
    assert_eq!(suggestions("code = 007"), ["\"007\""]);
}

#[test]
fn several_mistakes_are_found_at_once() {
    let text = "age iz 1 and (country = or name starts with A) and seen before 2026-99-99";
    let words: Vec<&str> = parse(text).diagnostics.iter().map(|found| &text[found.span.clone().unwrap()]).collect();
    assert_eq!(words, ["iz", "or", "A", "2026-99-99"]);
}

#[test]
fn what_comes_later_is_refused_by_name() {
    let rules = [
        "location within 25 km of (41.01, 28.97)",
        "location in box (1, 2, 3, 4)",
        "location in polygon ((1, 2), (3, 4))",
        "location in place \"istanbul\"",
        "any pets (type = \"dog\" and age = 1)",
        "none device (type = \"phone\")",
        "in segment \"vip\"",
        "in list \"x\"",
        "account in segment \"y\"",
        "in random 10 % (\"a\")",
        "tier changed in last 7 days",
        "tier changed from \"silver\" to \"gold\"",
        "at 2026-05-01 (tier = \"gold\")",
        "did \"purchase\" at least 3 times in last 30 days where (amount > 50)",
        "did \"purchase\" between 2 and 4 times",
        "did not \"purchase\"",
        "sum of \"purchase\".amount in last 90 days where (a = 1) >= 500",
        "distinct of \"purchase\".sku between 2 and 3",
        "last \"purchase\" before 2026-01-01",
        "first \"login\" in last 7 days",
        "sequence (\"cart\", not \"purchase\") within 2 hours same cart_id in last 7 days",
        "account.plan = \"pro\"",
        "address.city exists",
        "a = address.city",
    ];
    for rule in rules {
        for text in [rule.to_owned(), format!("age = 1 and ({rule}) or name exists"), format!("not {rule} and age = 1")]
        {
            let found = parse(&text).diagnostics;
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!(found[0].code, Code::NotSupported, "{text}");
            assert!(found[0].message.ends_with("is not supported yet"), "{text}");
            assert!(rule.contains(&text[found[0].span.clone().unwrap()]), "{text}");
        }
    }
}

#[test]
fn levels_nodes_and_bytes_have_limits() {
    let nested = |levels: usize| format!("{}a = 1{}", "not (a = 1 or ".repeat(levels), ")".repeat(levels));
    assert!(parse(&nested(15)).rule.is_some());
    check_code(&nested(16), Code::TooDeep);
    check_code(&format!("{}a = 1", "not ".repeat(32)), Code::TooDeep);
    assert!(parse(&format!("{}a exists", "not ".repeat(31))).rule.is_some());
    let joined = |count: usize| vec!["a = 1"; count].join(" or ");
    assert!(parse(&joined(499)).rule.is_some());
    check_code(&joined(500), Code::TooManyNodes);
    let listed = |count: usize| format!("a in ({})", vec!["1"; count].join(","));
    assert!(parse(&listed(10_000)).rule.is_some());
    check_code(&listed(10_001), Code::TooManyValues);
    let long = format!("a = \"{}\"", "ş".repeat(40_000));
    check_code(&long, Code::TooLong);
    assert!(parse(&format!("a = \"{}\"", "x".repeat(TEXT_BYTES_MAX - 6))).rule.is_some());
}

fn check_code(text: &str, code: Code) {
    let codes: Vec<Code> = parse(text).diagnostics.iter().map(|found| found.code).collect();
    assert_eq!(codes, [code]);
}

#[test]
fn hostile_text_is_refused_and_never_harms() {
    check_code(&"(".repeat(10_000), Code::TooDeep);
    check_code(&"not ".repeat(10_000), Code::TooDeep);
    check_code(&"all of (".repeat(5_000), Code::TooDeep);
    check_code(&format!("{}a = 1{}", "(".repeat(10_000), ")".repeat(10_000)), Code::TooDeep);
    let texts = [
        ")".repeat(10_000),
        "\"".repeat(9_999),
        "`".repeat(9_999),
        "a ".repeat(20_000),
        "= ".repeat(20_000),
        "and ".repeat(10_000),
        "a = 1 and ".repeat(5_000),
        "a in (".repeat(8_000),
        "1-1".repeat(10_000),
        "9".repeat(60_000),
        "\u{feff}a = 1".to_owned(),
        "a = \u{202e}\"x\"".to_owned(),
        "\u{0}\u{1}\u{7f}".to_owned(),
        "a\u{301}\u{1f600} = \"\u{1f468}\u{200d}\u{1f469}".to_owned(),
        "a.b.c..d. = .".to_owned(),
        "-".to_owned(),
        "~".to_owned(),
        "1.".to_owned(),
        "-1e".to_owned(),
        "2026-".to_owned(),
    ];
    for text in texts {
        let parsed = parse(&text);
        assert_eq!(parsed.rule, None);
        assert!((1..=100).contains(&parsed.diagnostics.len()));
        for found in parsed.diagnostics {
            let span = found.span.expect("every mistake of a text has a place");
            assert!(text.get(span).is_some(), "a span lies between characters");
        }
    }
}
