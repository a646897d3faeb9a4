use proptest::prelude::*;

use super::*;

#[test]
fn an_id_is_spelled_as_the_typeid_specification_says() {
    // From the specification's valid.json.
    let uuid = Uuid::parse_str("01890a5d-ac96-774b-bcce-b302099a8057").unwrap();
    assert_eq!(ProfileId::from_uuid(uuid).to_string(), "prof_01h455vb4pex5vsknk084sn02q");
}

#[test]
fn an_id_of_another_kind_is_refused() {
    let segment = SegmentId::from_uuid(Uuid::from_u128(7)).to_string();
    assert_eq!(segment.parse::<ProfileId>(), Err(IdError::WrongKind { expected: "prof" }));
}

#[test]
fn a_damaged_id_is_refused() {
    for text in ["prof_", "prof_01h455", "prof_81h455vb4pex5vsknk084sn02q", "prof_01h455vb4pex5vsknk084sn02u"] {
        assert_eq!(text.parse::<ProfileId>(), Err(IdError::BadSuffix { prefix: "prof" }), "{text}");
    }
}

proptest! {
    #[test]
    fn text_reads_back_and_sorts_as_the_uuid_does(a: u128, b: u128) {
        let (a, b) = (ProfileId::from_uuid(Uuid::from_u128(a)), ProfileId::from_uuid(Uuid::from_u128(b)));
        prop_assert_eq!(a.to_string().parse::<ProfileId>(), Ok(a));
        prop_assert_eq!(a.cmp(&b), a.to_string().cmp(&b.to_string()));
    }
}
