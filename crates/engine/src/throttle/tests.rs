//! Guessing is slowed where it happens, and nowhere else.

use super::*;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn address(text: &str) -> IpAddr {
    text.parse().unwrap()
}

fn exhausted(throttle: &Throttle, from: &str) {
    for _ in 0..PER_ACCOUNT_AND_ADDRESS_MAX {
        throttle.charge("a@example.com", address(from), NOW).unwrap();
    }
}

#[test]
fn the_eleventh_failure_waits() {
    let throttle = Throttle::default();
    exhausted(&throttle, "10.0.0.1");
    assert_eq!(throttle.charge("a@example.com", address("10.0.0.1"), NOW), Err(Duration::from_mins(15)));
    let later = NOW.saturating_add_micros(WINDOW_MICROS);
    assert_eq!(throttle.charge("a@example.com", address("10.0.0.1"), later), Ok(()));
}

#[test]
fn the_owner_signs_in_from_elsewhere_meanwhile() {
    let throttle = Throttle::default();
    exhausted(&throttle, "10.0.0.1");
    assert_eq!(throttle.charge("a@example.com", address("10.0.0.2"), NOW), Ok(()));
    assert_eq!(throttle.charge("b@example.com", address("10.0.0.1"), NOW), Ok(()));
}

#[test]
fn one_address_cannot_try_every_account() {
    let throttle = Throttle::default();
    for account in 0..PER_ADDRESS_MAX {
        throttle.charge(&format!("{account}@example.com"), address("10.0.0.1"), NOW).unwrap();
    }
    assert!(throttle.charge("new@example.com", address("10.0.0.1"), NOW).is_err());
}

#[test]
fn a_right_password_is_no_failure() {
    let throttle = Throttle::default();
    for _ in 0..1_000 {
        throttle.charge("a@example.com", address("10.0.0.1"), NOW).unwrap();
        throttle.forgive("a@example.com", address("10.0.0.1"));
    }
}

#[test]
fn a_network_of_one_subscriber_counts_as_one_address() {
    let throttle = Throttle::default();
    exhausted(&throttle, "2001:db8:1:2::1");
    assert!(throttle.charge("a@example.com", address("2001:db8:1:2:ffff::9"), NOW).is_err());
    assert_eq!(throttle.charge("a@example.com", address("2001:db8:1:3::1"), NOW), Ok(()));
    exhausted(&throttle, "10.0.0.1");
    assert!(throttle.charge("a@example.com", address("::ffff:10.0.0.1"), NOW).is_err());
}

#[test]
fn a_crowd_neither_grows_memory_nor_wipes_live_counters() {
    let throttle = Throttle::default();
    let second = |second: i64| NOW.saturating_add_micros(second * 1_000_000);
    // Two counters each, so that the crowd alone is more than may be kept.
    for visitor in 0..u32::try_from(COUNTERS_MAX).unwrap() {
        let from = IpAddr::from((0x0a00_0000 + visitor).to_be_bytes());
        throttle.charge("x@example.com", from, second(1)).unwrap();
        if visitor == 10_000 {
            for _ in 0..PER_ACCOUNT_AND_ADDRESS_MAX {
                throttle.charge("a@example.com", address("192.0.2.1"), second(2)).unwrap();
            }
        }
        assert!(throttle.counters.lock().unwrap().len() <= COUNTERS_MAX);
    }
    assert!(throttle.charge("a@example.com", address("192.0.2.1"), second(3)).is_err());
}
