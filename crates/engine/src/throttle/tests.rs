//! Guessing is slowed where it happens, and nowhere else.

use super::*;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn exhausted() -> Throttle {
    let throttle = Throttle::default();
    for _ in 0..PER_ACCOUNT_AND_ADDRESS_MAX {
        throttle.charge("a@example.com", "10.0.0.1", NOW).unwrap();
    }
    throttle
}

#[test]
fn the_eleventh_failure_waits() {
    let throttle = exhausted();
    assert_eq!(throttle.charge("a@example.com", "10.0.0.1", NOW), Err(Duration::from_mins(15)));
    let later = NOW.saturating_add_micros(WINDOW_MICROS);
    assert_eq!(throttle.charge("a@example.com", "10.0.0.1", later), Ok(()));
}

#[test]
fn the_owner_signs_in_from_elsewhere_meanwhile() {
    let throttle = exhausted();
    assert_eq!(throttle.charge("a@example.com", "10.0.0.2", NOW), Ok(()));
    assert_eq!(throttle.charge("b@example.com", "10.0.0.1", NOW), Ok(()));
}

#[test]
fn one_address_cannot_try_every_account() {
    let throttle = Throttle::default();
    for account in 0..PER_ADDRESS_MAX {
        throttle.charge(&format!("{account}@example.com"), "10.0.0.1", NOW).unwrap();
    }
    assert!(throttle.charge("new@example.com", "10.0.0.1", NOW).is_err());
}

#[test]
fn a_right_password_is_no_failure() {
    let throttle = Throttle::default();
    for _ in 0..1_000 {
        throttle.charge("a@example.com", "10.0.0.1", NOW).unwrap();
        throttle.forgive("a@example.com", "10.0.0.1");
    }
}
