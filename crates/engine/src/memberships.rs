//! Memberships and transitions: who is in a segment, since when, and who came and went.

use attrium_schema::*;

use crate::cx::Cx;
use crate::error::Error;
use crate::nouns::{Membership, Transition};
use crate::paging::{Page, PageRequest};

/// For each profile, the segments it is in now.
pub async fn of_profiles(_cx: &Cx, _profiles: &[ProfileId]) -> Result<Vec<Vec<Membership>>, Error> { unimplemented!() }
/// A segment's members by profile id.
pub async fn page(_cx: &Cx, _segment: SegmentId, _request: PageRequest<ProfileId>) -> Result<Page<Membership>, Error> { unimplemented!() }
/// How many members a segment has, as memberships are kept.
pub async fn count(_cx: &Cx, _segment: SegmentId) -> Result<u64, Error> { unimplemented!() }
/// Who came to and went from a segment, newest first; the place is a transition's sequence.
pub async fn transitions_of_segment(_cx: &Cx, _segment: SegmentId, _request: PageRequest<i64>) -> Result<Page<Transition>, Error> { unimplemented!() }
/// What segments a profile came to and went from, newest first; the place is a transition's sequence.
pub async fn transitions_of_profile(_cx: &Cx, _profile: ProfileId, _request: PageRequest<i64>) -> Result<Page<Transition>, Error> { unimplemented!() }
