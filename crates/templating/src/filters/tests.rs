//! The table, and what the golden cases do not say of single filters.

use super::{FILTERS, find};
use crate::fixtures::check_renders;

#[test]
fn every_filter_is_found_by_its_name_and_says_what_it_does() {
    assert!(FILTERS.is_sorted_by_key(|filter| filter.name));
    for filter in &FILTERS {
        assert_eq!(find(filter.name).map(|found| found.name), Some(filter.name));
        assert!(!filter.doc.is_empty() && filter.doc.len() <= 60 && !filter.doc.ends_with('.'), "{}", filter.name);
        assert!(filter.arguments.0 <= filter.arguments.1);
    }
    assert!(find("upcas").is_none());
}

#[test]
fn text_is_counted_and_cut_by_characters() {
    check_renders("{{ 'çöğ😀' | size }} {{ 'çöğ😀' | slice: -2, 2 }} {{ 'çöğüş' | truncate: 4, '…' }}", "4 ğ😀 çöğ…");
    check_renders("{{ 'ÇÖĞ' | downcase }} {{ 'straße' | upcase }} {{ 'éCOLE' | capitalize }}", "çöğ STRASSE École");
    check_renders("{{ 'aaa' | split: 'aa' | size }} {{ ',a,,b,,' | split: ',' | join: '-' }}", "2 -a--b");
}

#[test]
fn encodings_are_undone_only_where_they_were_done() {
    check_renders("{{ 'a b&ş%' | url_encode }} {{ 'a+b%26%C5%9F%+f%' | url_decode }}", "a+b%26%C5%9F%25 a b&ş% f%");
    check_renders(
        "{{ '&lt; &#39; &#x27; &nope &; & <' | escape_once }}",
        "&lt; &#39; &#x27; &amp;nope &amp;; &amp; &lt;",
    );
    check_renders(
        "{{ tags | json }} {{ nickname | json }} {{ 'a\"b' | json }} {{ 1.50 | json }}",
        r#"["vip","b2b"] null "a\"b" 1.5"#,
    );
}

#[test]
fn sorting_takes_only_like_with_like_and_puts_nothing_last() {
    check_renders("{{ '10,9,1' | split: ',' | sort | join }} {{ (1..3) | reverse | sort | join }}", "1 10 9 1 2 3");
    check_renders("{{ 'b,A,a,B' | split: ',' | sort_natural | join }}", "A a b B");
    assert!(crate::fixtures::render("{{ (1..2) | concat: tags | sort }}").is_err());
}
