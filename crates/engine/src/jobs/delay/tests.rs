//! The waits between tries grow, differ, and have an end.

use super::delay_micros;

const SECOND: i64 = 1_000_000;

#[test]
fn waits_double_from_five_seconds_to_half_an_hour() {
    let shortest = |attempts| delay_micros(attempts, 0) / SECOND;
    assert_eq!([1, 2, 3, 9, 10, 20].map(shortest), [4, 8, 16, 1_024, 1_440, 1_440]);
    let longest = |attempts| delay_micros(attempts, u8::MAX) / SECOND;
    assert_eq!([1, 2, 3, 9, 10, u32::MAX].map(longest), [6, 12, 24, 1_536, 2_160, 2_160]);
}
