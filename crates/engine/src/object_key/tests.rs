//! Names become keys that pass as keys.

use super::*;

#[test]
fn a_name_makes_a_plain_key() {
    for (name, key) in [
        ("İyi Müşteriler 2026", "iyi_musteriler_2026"),
        ("  VIP & loyal!  ", "vip_loyal"),
        ("30 days idle", "segment_30_days_idle"),
        ("客户", "segment"),
        ("Straße", "strasse"),
    ] {
        assert_eq!(from_name(name, "segment"), key);
        assert_eq!(check(key), Ok(key.to_owned()));
    }
    assert!(check(&numbered(&from_name(&"long ".repeat(30), "segment"), 4_999)).is_ok());
}

#[test]
fn a_chosen_key_must_be_plain() {
    for key in ["", "Vip", "1st", "a b", "ü", &"a".repeat(65)] {
        assert!(check(key).is_err(), "{key}");
    }
}
