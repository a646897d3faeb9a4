//! Workspaces.

use crate::cx::Cx;
use crate::error::Error;
use crate::nouns::Workspace;

/// The workspace the request is about.
pub async fn current(_cx: &Cx) -> Result<Workspace, Error> { unimplemented!() }
/// Those the caller may enter, by key.
pub async fn of_caller(_cx: &Cx) -> Result<Vec<Workspace>, Error> { unimplemented!() }
