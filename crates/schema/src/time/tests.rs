use proptest::prelude::*;

use super::*;

fn check(text: &str, expected: Option<&str>) {
    let read = text.parse::<Timestamp>().ok().map(|instant| instant.to_string());
    assert_eq!(read.as_deref(), expected, "{text}");
}

#[test]
fn reads_rfc_3339_and_writes_it_in_utc() {
    check("2026-05-01T09:30:00Z", Some("2026-05-01T09:30:00Z"));
    check("2026-05-01t09:30:00z", Some("2026-05-01T09:30:00Z"));
    check("2026-05-01 09:30:00+03:00", Some("2026-05-01T06:30:00Z"));
    check("2026-05-01T09:30:00.123456789-01:30", Some("2026-05-01T11:00:00.123456Z"));
    check("0000-01-01T00:00:00Z", Some("0000-01-01T00:00:00Z"));
    check("1969-12-31T23:59:59.9999999Z", Some("1969-12-31T23:59:59.999999Z"));
}

#[test]
fn refuses_what_is_nearly_a_timestamp() {
    for text in [
        "",
        "2026-05-01",
        "2026-05-01T09:30:00",
        "2026-05-01T09:30Z",
        "20260501T093000Z",
        "2026-05-01T09:30:00+03",
        "2026-05-01T09:30:00+03:00[Europe/Istanbul]",
        "2026-05-01T09:30:00.Z",
        "2026-02-30T09:30:00Z",
        "2026-05-01T24:00:00Z",
        " 2026-05-01T09:30:00Z",
        "-000001-01-01T00:00:00Z",
        "0000-01-01T00:00:00+01:00",
        "10000-01-01T00:00:00Z",
        "9999-12-30T22:00:00Z",
        "9999-12-31T23:59:59Z",
        "２026-05-01T09:30:00Z",
    ] {
        check(text, None);
    }
}

#[test]
fn an_instant_outside_the_years_is_none_or_held_inside() {
    assert_eq!(Timestamp::from_micros(i64::MIN), None);
    assert_eq!(Timestamp::from_micros(i64::MAX), None);
    assert_eq!(Timestamp::from_micros(Timestamp::MIN.as_micros() - 1), None);
    assert_eq!(Timestamp::MAX.saturating_add_micros(i64::MAX), Timestamp::MAX);
    assert_eq!(Timestamp::MIN.saturating_add_micros(i64::MIN), Timestamp::MIN);
    assert_eq!(Timestamp::from_jiff(jiff::Timestamp::MIN), Timestamp::MIN);
    assert_eq!(Timestamp::from_jiff(jiff::Timestamp::MAX), Timestamp::MAX);
}

proptest! {
    #[test]
    fn text_and_micros_read_back(micros in Timestamp::MIN.as_micros()..=Timestamp::MAX.as_micros()) {
        let instant = Timestamp::from_micros(micros).unwrap();
        prop_assert_eq!(instant.as_micros(), micros);
        prop_assert_eq!(instant.to_string().parse(), Ok(instant));
        let json = serde_json::to_string(&instant).unwrap();
        prop_assert_eq!(serde_json::from_str::<Timestamp>(&json).unwrap(), instant);
    }

    #[test]
    fn no_text_panics(text in "[0-9TtZz:+\\-. é]{0,30}") {
        let _ = text.parse::<Timestamp>();
    }
}
