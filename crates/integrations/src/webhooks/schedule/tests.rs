use proptest::prelude::*;

use super::*;
use crate::outbound::Failure;

fn answered(status: u16, retry_after_s: Option<u64>) -> Outcome {
    Outcome::Answered { status, retry_after: retry_after_s.map(Duration::from_secs), excerpt: String::new() }
}

fn next(attempt: u32, outcome: &Outcome) -> Decision {
    Schedule::default().next(attempt, outcome, 0.5)
}

fn retry(seconds: u64) -> Decision {
    Decision::Retry { after: Duration::from_secs(seconds) }
}

#[test]
fn a_status_decides() {
    for status in [200, 201, 202, 204, 299] {
        assert_eq!(next(1, &answered(status, None)), Decision::Delivered, "{status}");
    }
    for status in
        [100, 199, 300, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 408, 409, 411, 429, 500, 502, 503, 504]
    {
        assert_eq!(next(1, &answered(status, None)), retry(5), "{status}");
    }
    for failure in [Failure::Unreachable, Failure::Tls, Failure::Timeout, Failure::BrokenAnswer] {
        assert_eq!(next(1, &Outcome::Failed(failure)), retry(5), "{failure:?}");
    }
    assert_eq!(next(1, &answered(410, None)), Decision::Disable);
    assert_eq!(next(12, &answered(410, None)), Decision::Disable);
    assert_eq!(next(12, &answered(200, None)), Decision::Delivered);
}

#[test]
fn twelve_attempts_take_more_than_three_days() {
    let failed = answered(500, None);
    let mut total = Duration::ZERO;
    for attempt in 1..12 {
        let Decision::Retry { after } = next(attempt, &failed) else { panic!("{attempt}") };
        total += after;
    }
    assert_eq!(total.as_secs(), 75 * 3_600 + 42 * 60 + 35);
    assert_eq!(next(12, &failed), Decision::GiveUp);
    assert_eq!(next(13, &failed), Decision::GiveUp);
    assert_eq!(Schedule::default().attempts_max(), 12);
}

#[test]
fn a_receiver_may_ask_for_a_longer_wait_but_not_for_a_shorter_one() {
    for (asked_s, seconds) in [(0, 5), (3, 5), (60, 60), (86_400, 86_400)] {
        assert_eq!(next(1, &answered(429, Some(asked_s))), retry(seconds));
    }
    assert_eq!(next(12, &answered(429, Some(60))), Decision::GiveUp);
}

#[test]
fn a_schedule_of_ones_own_names_the_waits_before_each_retry() {
    let failed = answered(500, None);
    for waits in [&[1, 2, 4, 8][..], &[0, 1, 2, 4, 8]] {
        let schedule = Schedule::new(waits).unwrap();
        assert_eq!(schedule.attempts_max(), 5);
        let made: Vec<Decision> = (1..=5).map(|attempt| schedule.next(attempt, &failed, 0.5)).collect();
        assert_eq!(made, [retry(1), retry(2), retry(4), retry(8), Decision::GiveUp]);
    }
    assert_eq!(Schedule::new(&[]).unwrap().attempts_max(), 1);
    assert_eq!(Schedule::new(&[5, 0]), Err(ScheduleError::Wait));
    assert_eq!(Schedule::new(&[86_401]), Err(ScheduleError::Wait));
    assert_eq!(Schedule::new(&[1; 20]), Err(ScheduleError::TooMany));
}

proptest! {
    #[test]
    fn chance_moves_a_wait_by_at_most_a_fifth(attempt in 1_u32..12, chance in 0.0_f64..=1.0) {
        let wait = Duration::from_secs(RETRY_SCHEDULE_S[attempt as usize - 1]);
        let decision = Schedule::default().next(attempt, &answered(500, None), chance);
        let Decision::Retry { after } = decision else { return Err(TestCaseError::fail("no retry")) };
        prop_assert!(after.abs_diff(wait) <= wait.mul_f64(0.2) + Duration::from_millis(1));
    }

    #[test]
    fn a_wait_is_never_shorter_than_asked_for(attempt in 1_u32..12, chance in 0.0_f64..=1.0, asked_s in 0_u64..=86_400) {
        let decision = Schedule::default().next(attempt, &answered(503, Some(asked_s)), chance);
        let Decision::Retry { after } = decision else { return Err(TestCaseError::fail("no retry")) };
        prop_assert!(Duration::from_secs(asked_s.max(4)) <= after && after <= WAIT_MAX.mul_f64(1.2));
    }
}
