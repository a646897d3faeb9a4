//! The history of profiles.

use attrium_schema::*;

use crate::cx::Cx;
use crate::error::Error;
use crate::paging::{Page, PageRequest};

/// A profile's history, newest first; the place is a change's sequence. With `key`, only changes that touch it.
pub async fn of_profile(_cx: &Cx, _profile: ProfileId, _key: Option<&AttributeKey>, _request: PageRequest<i64>) -> Result<Page<Change>, Error> { unimplemented!() }
