use attrium_schema::SegmentId;
use uuid::Uuid;

use super::*;

fn fit(text: &str, names: [&str; 2]) -> Option<Fit> {
    Wanted::new(text, 10).unwrap().fit(&SegmentId::from_uuid(Uuid::nil()), names)
}

#[test]
fn the_better_of_two_names_counts() {
    let names = ["vip_buyers", "Very important, buys"];
    assert_eq!(fit("VIP_Buyers", names), Some(Fit::Exact));
    assert_eq!(fit("vip", names), Some(Fit::Prefix));
    assert_eq!(fit("buy", names), Some(Fit::Word));
    assert_eq!(fit("uy", names), Some(Fit::Part));
    assert_eq!(fit("buyers vip", names), None);
    assert_eq!(fit("seg_00000000000000000000000000", names), Some(Fit::Exact));
    assert_eq!(fit("seg_00000000000000000000000001", names), None);
}

#[test]
fn a_word_counts_wherever_it_stands() {
    assert_eq!(fit("ana", ["banana_anna", "Ananas"]), Some(Fit::Prefix));
    assert_eq!(fit("ana", ["banana", "Havana, Anatolia"]), Some(Fit::Word));
}

#[test]
fn letters_are_compared_in_any_case_and_every_i_is_one() {
    let spellings = ["istanbul", "ISTANBUL", "İSTANBUL", "ıstanbul", "İstanbul", "Istanbul"];
    for written in spellings {
        for typed in spellings {
            assert_eq!(fit(typed, ["", written]), Some(Fit::Exact), "{typed} in {written}");
            assert!(holds(Some(typed), [written]), "{typed} in {written}");
        }
    }
    assert_eq!(fit("çağrı", ["", "ÇAĞRI MERKEZİ"]), Some(Fit::Prefix));
    assert_eq!(fit("ΟΔΟΣ", ["", "οδοσ"]), Some(Fit::Exact));
}

#[test]
fn no_character_means_more_than_itself() {
    for wild in ["%", "_", "*", "\\", "."] {
        assert_eq!(fit(wild, ["plain", "Plain"]), None, "{wild}");
        assert!(!holds(Some(wild), ["plain"]), "{wild}");
    }
    assert_eq!(fit("10%", ["", "Save 10% now"]), Some(Fit::Word));
}

#[test]
fn blanks_alone_are_no_text() {
    assert!(Wanted::new(" \t\u{307} ", 10).is_none());
    assert!(holds(Some("  "), ["anything"]) && holds(None, ["anything"]));
}

#[test]
fn the_best_come_first_and_the_rest_is_cut() {
    let wanted = Wanted::new("a", 2).unwrap();
    let fit = |name: &&str| wanted.fit(&SegmentId::from_uuid(Uuid::nil()), [name]);
    assert_eq!(wanted.best(["ba", "b", "ab", "a"], fit), [(Fit::Exact, "a"), (Fit::Prefix, "ab")]);
}
