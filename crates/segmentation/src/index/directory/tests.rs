use uuid::Uuid;

use super::*;

fn id(number: u32) -> ProfileId {
    ProfileId::from_uuid(Uuid::from_u128(u128::from(number)))
}

/// A directory of 1,000 profiles that came in a scattered order.
fn scattered() -> Directory {
    let mut directory = Directory::default();
    for number in 0..1_000 {
        let row = directory.claim(id(number * 37 % 1_000));
        directory.set_version(row, 1);
    }
    directory
}

/// Pages through the profiles whose number passes, ten at a time.
fn check_pages(passes: impl Fn(u32) -> bool) {
    let directory = scattered();
    let expected: Vec<ProfileId> = (0..1_000).filter(|number| passes(*number)).map(id).collect();
    let selected: RoaringBitmap = expected.iter().map(|id| directory.row(*id).unwrap()).collect();
    let mut walked: Vec<ProfileId> = Vec::new();
    loop {
        let page = directory.page(&selected, walked.last().copied(), 10);
        walked.extend(&page);
        if page.len() < 10 {
            break;
        }
    }
    assert_eq!(walked, expected);
}

#[test]
fn pages_ascend_whether_few_or_many_are_selected() {
    check_pages(|_| false);
    check_pages(|number| number == 999);
    check_pages(|number| number % 90 == 3);
    check_pages(|number| number % 2 == 0);
    check_pages(|_| true);
}

#[test]
fn a_profile_that_ceases_to_exist_gets_its_own_row_back() {
    let mut directory = scattered();
    let row = directory.row(id(7)).unwrap();
    directory.set_version(row, 0);
    assert_eq!(directory.row(id(7)), None);
    assert_eq!(directory.everyone().len(), 999);
    let other = directory.claim(id(5_000));
    assert_ne!(other, row);
    assert_eq!(directory.claim(id(7)), row);
}
