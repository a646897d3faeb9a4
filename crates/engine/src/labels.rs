//! What people read where a value says who gave it: `import bank-full.csv`, `API key crm`.

use std::collections::HashMap;

use attrium_schema::{Actor, Source};

use crate::cx::Cx;
use crate::error::Error;

/// Labels of sources, for loaders: `dashboard`, `import bank-full.csv`, `API key crm`, `command line`, `Attrium`.
pub async fn of_sources(_cx: &Cx, _sources: &[Source]) -> Result<HashMap<Source, String>, Error> { unimplemented!() }
/// Labels of actors, for loaders: a user's name, `API key crm`, `operator`, `Attrium`.
pub async fn of_actors(_cx: &Cx, _actors: &[Actor]) -> Result<HashMap<Actor, String>, Error> { unimplemented!() }
