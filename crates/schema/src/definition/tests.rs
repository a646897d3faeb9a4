use std::collections::BTreeSet;
use std::hash::BuildHasher;

use super::*;

fn draft() -> AttributeDraft {
    AttributeDraft {
        key: AttributeKey::parse("lifetime_value").unwrap(),
        label: String::new(),
        description: String::new(),
        value_type: ValueType::one(ScalarType::Text),
        format: None,
        privacy_class: PrivacyClass::Public,
    }
}

fn options(options: &[&str]) -> Format {
    Format::Enum { options: options.iter().map(|option| (*option).to_owned()).collect(), is_open: false }
}

fn check(draft: AttributeDraft, expected: &[&str]) {
    let problems: Vec<String> = match draft.check() {
        Ok(_) => Vec::new(),
        Err(problems) => problems.iter().map(ToString::to_string).collect(),
    };
    assert_eq!(problems, expected);
}

#[test]
fn a_key_is_a_letter_then_letters_digits_and_underscores() {
    let longest = "k".repeat(64);
    for text in ["a", "A9_", "firstName", &longest] {
        assert!(AttributeKey::parse(text).is_ok(), "{text}");
    }
    for text in ["", "_a", "9a", "a-b", "a b", "ağ", &"k".repeat(65)] {
        assert!(AttributeKey::parse(text).is_err(), "{text}");
    }
    assert!(serde_json::from_str::<AttributeKey>("\"a b\"").is_err());
}

#[test]
fn keys_that_differ_in_case_are_one_key() {
    let (lower, upper) = (AttributeKey::parse("name").unwrap(), AttributeKey::parse("NAME").unwrap());
    assert_eq!(lower, upper);
    assert_eq!(lower.cmp(&upper), Ordering::Equal);
    let hasher = std::hash::RandomState::new();
    assert_eq!(hasher.hash_one(&lower), hasher.hash_one(&upper));
    assert_eq!(BTreeSet::from([lower, upper]).len(), 1);
}

#[test]
fn a_blank_label_is_made_from_the_key() {
    assert_eq!(draft().check().unwrap().label, "Lifetime value");
    let named = AttributeDraft { label: "  LTV ".to_owned(), ..draft() };
    assert_eq!(named.check().unwrap().label, "LTV");
}

#[test]
fn every_problem_of_a_draft_is_told_at_once() {
    check(draft(), &[]);
    check(
        AttributeDraft {
            label: format!("{}\u{202e}", "l".repeat(120)),
            description: "d\0".repeat(1_001),
            value_type: ValueType::one(ScalarType::Integer),
            format: Some(options(&["a", "a", " "])),
            ..draft()
        },
        &[
            "the label has 121 characters; at most 120 are kept",
            "the description has 2002 characters; at most 2000 are kept",
            "character 121 (U+202E) is invisible or changes the direction of the text; leave it out",
            "character 2 (U+0000) is invisible or changes the direction of the text; leave it out",
            "a format narrows text; this attribute is integer",
            "an enum needs 1 to 500 options, each of them once",
            "an option has 1 to 200 characters, not all of them blank, and none that is invisible",
        ],
    );
    check(
        AttributeDraft { format: Some(options(&[])), ..draft() },
        &["an enum needs 1 to 500 options, each of them once"],
    );
    check(AttributeDraft { description: "two\nlines".to_owned(), ..draft() }, &[]);
    check(
        AttributeDraft { value_type: ValueType::list(ScalarType::Text), format: Some(Format::Email), ..draft() },
        &[],
    );
}
