use proptest::prelude::*;

use super::*;

fn now() -> Timestamp {
    "2026-05-01T12:00:00Z".parse().unwrap()
}

fn check(text: &str, seconds: Option<u64>) {
    assert_eq!(read(text, now()), seconds.map(Duration::from_secs), "{text:?}");
}

#[test]
fn seconds_are_read_up_to_a_day() {
    for (text, seconds) in
        [("0", 0), ("60", 60), (" 60 ", 60), ("86400", 86_400), ("86401", 86_400), ("99999999999999999999999", 86_400)]
    {
        check(text, Some(seconds));
    }
}

#[test]
fn dates_are_read_in_each_form_http_knows() {
    for text in ["Fri, 01 May 2026 12:10:00 GMT", "Friday, 01-May-26 12:10:00 GMT", "Fri May  1 12:10:00 2026"] {
        check(text, Some(600));
    }
    check("Fri, 01 May 2026 11:00:00 GMT", Some(0));
    check("Fri, 01 May 2099 12:00:00 GMT", Some(86_400));
}

#[test]
fn anything_else_asks_for_nothing() {
    for text in ["", "-1", "1.5", "1e9", "+5", "soon", "2026-05-01T12:10:00Z", "99 Foo 2026 00:00:00 GMT"] {
        check(text, None);
    }
    check(&format!("Fri, 01 May 2026 12:10:00 GMT {}", "(".repeat(10_000)), None);
}

proptest! {
    #[test]
    fn no_text_breaks_it(text in ".{0,80}") {
        prop_assert!(read(&text, now()).is_none_or(|wait| wait <= RETRY_AFTER_MAX));
    }
}
