//! Which ids are refused where.

use async_graphql::ID;
use attrium_schema::{ProfileId, SegmentId};

use super::{NodeId, read};

const PROFILE: &str = "prof_01h455vb4pex5vsknk084sn02q";

#[test]
fn an_id_of_another_kind_is_refused_with_the_kind_expected() {
    assert!(read::<ProfileId>("id", &ID::from(PROFILE)).is_ok());
    let error = read::<SegmentId>("id", &ID::from(PROFILE)).unwrap_err();
    assert_eq!(error.message(), "`id`: an id that begins with `seg_` was expected.");
}

#[test]
fn a_node_is_told_by_its_prefix() {
    assert_eq!(NodeId::read(&ID::from(PROFILE)).unwrap(), NodeId::Profile(PROFILE.parse().unwrap()));
    for wrong in ["", "prof", "prof_", "prof_x", "key_01h455vb4pex5vsknk084sn02q", "01h455vb4pex5vsknk084sn02q"] {
        assert!(NodeId::read(&ID::from(wrong)).is_err(), "{wrong}");
    }
}
