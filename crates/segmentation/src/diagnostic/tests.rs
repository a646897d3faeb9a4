//! Offsets as browsers count them.

use super::{byte_offset, utf16_offset};

#[test]
fn bytes_and_utf16_units_are_counted_into_each_other() {
    let text = "aş😀b";
    for (byte, utf16) in [(0, 0), (1, 1), (3, 2), (7, 4), (8, 5)] {
        assert_eq!(utf16_offset(text, byte), utf16, "byte {byte}");
        assert_eq!(byte_offset(text, utf16), byte, "unit {utf16}");
    }
}

#[test]
fn an_offset_inside_a_character_is_its_start_and_one_past_the_end_the_end() {
    let text = "aş😀b";
    assert_eq!(utf16_offset(text, 2), 1);
    assert_eq!(utf16_offset(text, 5), 2);
    assert_eq!(utf16_offset(text, 99), 5);
    assert_eq!(byte_offset(text, 3), 3);
    assert_eq!(byte_offset(text, 99), 8);
    assert_eq!(utf16_offset("", 0), 0);
}
