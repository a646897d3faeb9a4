//! How fragments become sentences.

use super::*;

#[test]
fn a_sentence_ends_once() {
    let check = |fragment: &str, expected: &str| assert_eq!(sentence(&fragment), expected);
    check("the file is empty", "The file is empty.");
    check("is the first line a header?", "Is the first line a header?");
    check("`x` is nested.", "`x` is nested.");
    check("", ".");
}
