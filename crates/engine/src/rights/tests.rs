//! Roles differ as people expect.

use super::*;

#[test]
fn an_analyst_only_reads_and_an_owner_does_all() {
    let analyst = of_role(Role::Analyst);
    assert!(analyst.has(Right::ReadProfiles) && analyst.has(Right::ReadSegments));
    assert!(Right::ALL.into_iter().filter(|right| !right.name().starts_with("read_")).all(|right| !analyst.has(right)));
    assert_eq!(of_role(Role::Owner), Rights::all());
}

#[test]
fn names_of_rights_read_back() {
    for right in Right::ALL {
        assert_eq!(right.name().parse(), Ok(right));
    }
    assert!("everything".parse::<Right>().is_err());
}
