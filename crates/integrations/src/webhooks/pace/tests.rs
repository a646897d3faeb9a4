use proptest::prelude::*;

use super::*;

fn at(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH.saturating_add_micros(seconds * 1_000_000)
}

fn after(effects: &[Effect]) -> Pace {
    let mut pace = Pace::default();
    for effect in effects {
        pace.note(*effect, at(0));
    }
    pace
}

#[test]
fn the_window_grows_with_success_up_to_eight() {
    assert_eq!(Pace::default().room(0, at(0)), 1);
    assert_eq!(after(&[Effect::Worked; 3]).room(0, at(0)), 4);
    assert_eq!(after(&[Effect::Worked; 3]).room(3, at(0)), 1);
    assert_eq!(after(&[Effect::Worked; 50]).room(0, at(0)), WINDOW_MAX);
    assert_eq!(after(&[Effect::Worked; 50]).room(9, at(0)), 0);
}

#[test]
fn strain_halves_the_window_and_other_failures_do_not() {
    let mut pace = after(&[Effect::Worked; 50]);
    pace.note(Effect::Failed, at(0));
    assert_eq!(pace.room(0, at(0)), 8);
    pace.note(Effect::Strained, at(0));
    assert_eq!(pace.room(0, at(0)), 4);
    assert!(pace.is_failing());
    pace.note(Effect::Worked, at(0));
    assert_eq!(pace.room(0, at(0)), 5);
    assert!(!pace.is_failing());
    assert_eq!(after(&[Effect::Strained; 5]).room(0, at(0)), 1);
}

#[test]
fn ten_failures_in_a_row_open_the_breaker_for_longer_each_time() {
    assert_eq!(after(&[Effect::Failed; 9]).room(0, at(0)), 1);
    let mut pace = after(&[Effect::Failed; 10]);
    let mut now = 0;
    for rest in [60, 120, 240, 480, 960, 1_920, 3_600, 3_600] {
        assert_eq!(pace.room(0, at(now + rest - 1)), 0);
        now += rest;
        assert_eq!(pace.room(0, at(now)), 1, "one probe after {rest} s");
        assert_eq!(pace.room(1, at(now)), 0, "and no second one beside it");
        pace.note(Effect::Failed, at(now));
    }
    pace.note(Effect::Worked, at(now));
    assert_eq!(pace.room(0, at(now)), 2);
}

#[test]
fn attempts_that_were_under_way_do_not_open_it_further() {
    let mut pace = after(&[Effect::Failed; 10]);
    for _ in 0..7 {
        pace.note(Effect::Strained, at(15));
    }
    assert_eq!(pace.room(0, at(60)), 1);
}

#[test]
fn an_outcome_tells_whether_an_endpoint_works_or_is_strained() {
    let answered = |status| Outcome::Answered { status, retry_after: None, excerpt: String::new() };
    for (outcome, effect) in [
        (answered(204), Effect::Worked),
        (answered(301), Effect::Failed),
        (answered(429), Effect::Strained),
        (answered(500), Effect::Failed),
        (answered(502), Effect::Strained),
        (answered(503), Effect::Failed),
        (answered(504), Effect::Strained),
        (Outcome::Failed(Failure::Timeout), Effect::Strained),
        (Outcome::Failed(Failure::Unreachable), Effect::Failed),
    ] {
        assert_eq!(Effect::of(&outcome), effect, "{outcome:?}");
    }
}

proptest! {
    #[test]
    fn whatever_happens_room_stays_within_bounds_and_returns(steps in proptest::collection::vec((0_u8..3, 0_i64..400), 0..200)) {
        let (mut pace, mut now) = (Pace::default(), 0);
        for (step, seconds) in steps {
            now += seconds;
            pace.note([Effect::Worked, Effect::Failed, Effect::Strained][usize::from(step)], at(now));
            prop_assert!(pace.room(0, at(now)) <= WINDOW_MAX);
            prop_assert!(1 <= pace.room(0, at(now + 3_600)), "within an hour it is tried again");
        }
    }
}
