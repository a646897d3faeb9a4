//! The clock stands, moves, and tells of it.

use super::*;

#[test]
fn a_test_clock_stands_until_it_is_moved() {
    let start: Timestamp = "2026-05-01T00:00:00Z".parse().unwrap();
    let clock = Clock::test(start);
    let moves = clock.moves().unwrap();
    assert_eq!(clock.now(), start);
    assert!(clock.advance_micros(1_500_000));
    assert_eq!(clock.now().to_string(), "2026-05-01T00:00:01.5Z");
    assert!(moves.has_changed().unwrap());
}

#[test]
fn the_systems_time_cannot_be_moved() {
    let clock = Clock::system();
    assert!(!clock.set(Timestamp::UNIX_EPOCH));
    assert!(Timestamp::UNIX_EPOCH < clock.now());
}
