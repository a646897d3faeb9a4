//! Ids sort by making, and seeded ones repeat.

use super::*;

fn standing() -> Clock {
    Clock::test("2026-05-01T00:00:00Z".parse().unwrap())
}

#[test]
fn ids_of_one_process_never_go_backwards() {
    let ids = Ids::random(standing());
    let made: Vec<ProfileId> = (0..1_000).map(|_| ids.profile()).collect();
    assert!(made.is_sorted_by(|a, b| a < b));
}

#[test]
fn the_same_seed_makes_the_same_ids() {
    let (one, two) = (Ids::seeded(standing(), 7), Ids::seeded(standing(), 7));
    assert_eq!(one.profile(), two.profile());
    assert_ne!(Ids::seeded(standing(), 8).profile(), Ids::seeded(standing(), 7).profile());
}
