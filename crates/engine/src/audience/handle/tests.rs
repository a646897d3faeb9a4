//! An index that broke answers nobody.

use attrium_schema::{TimeZone, WorkspaceId};
use uuid::Uuid;

use super::*;

#[test]
fn an_index_whose_change_panicked_is_not_ready_until_another_takes_its_place() {
    let audience = Audience::new(WorkspaceId::from_uuid(Uuid::nil()), TimeZone::UTC);
    audience.set_ready(true);
    assert!(audience.ask(AudienceIndex::is_empty).is_ok());
    let panicked = catch_unwind(AssertUnwindSafe(|| audience.alter(|_| panic!("half-way"))));
    assert!(panicked.is_err());
    audience.set_ready(true);
    assert!(matches!(audience.ask(AudienceIndex::is_empty), Err(Error::IndexLoading { .. })));
    assert!(!audience.state().is_ready && !audience.is_whole());
    audience.replace(AudienceIndex::new(&AttributeSchema::default()));
    audience.set_ready(true);
    assert!(audience.ask(AudienceIndex::is_empty).is_ok());
}
