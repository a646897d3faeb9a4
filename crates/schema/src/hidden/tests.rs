//! What people write is let through; what hides is named with its place.

use super::*;

fn place(text: &str) -> Option<usize> {
    HiddenCharacter::find(text).map(|found| found.place)
}

#[test]
fn names_in_any_script_are_let_through() {
    for text in ["Müşteriler", "לקוחות", "می‌خواهم", "客户", "👩‍👩‍👧 aileler", "a\u{200f}b", ""]
    {
        assert_eq!(place(text), None, "{text:?}");
    }
}

#[test]
fn what_nobody_sees_is_found_where_it_stands() {
    for letter in ['\0', '\n', '\u{1b}', '\u{85}', '\u{ad}', '\u{200b}', '\u{202e}', '\u{2066}', '\u{2028}', '\u{feff}']
    {
        assert_eq!(place(&format!("şık{letter}!")), Some(4), "{letter:?}");
    }
    let found = HiddenCharacter::find("invoice\u{202e}gpj.exe").unwrap();
    assert_eq!(
        found.to_string(),
        "character 8 (U+202E) is invisible or changes the direction of the text; leave it out"
    );
}

#[test]
fn a_text_of_several_lines_may_break_them() {
    assert_eq!(HiddenCharacter::find_in_lines("one\n\ttwo"), None);
    assert_eq!(HiddenCharacter::find_in_lines("one\n\u{202e}two").map(|found| found.place), Some(5));
}
