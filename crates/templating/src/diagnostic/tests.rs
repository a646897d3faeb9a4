//! Places as people and browsers count.

use super::Position;

#[test]
fn a_byte_is_counted_into_lines_columns_and_utf16_units() {
    let source = "aş\n😀b";
    for (byte, line, column, utf16) in [(0, 1, 1, 0), (1, 1, 2, 1), (3, 1, 3, 2), (4, 2, 1, 3), (8, 2, 2, 5)] {
        assert_eq!(Position::of(source, byte), Position { line, column, utf16 }, "byte {byte}");
    }
}

#[test]
fn an_offset_inside_a_character_is_its_start_and_one_past_the_end_the_end() {
    let source = "aş";
    assert_eq!(Position::of(source, 2), Position::of(source, 1));
    assert_eq!(Position::of(source, 99), Position { line: 1, column: 3, utf16: 2 });
    assert_eq!(Position::of("", 7), Position::START);
}
