//! Imports of files: started here, worked off as jobs, watched.

mod start;
mod copy;
mod options;
mod source;
mod stopped;
mod plan;
mod row;
mod run;
mod progress;

pub use options::ExternalIds;
pub use progress::progress;
pub(crate) use run::{JOB, forget_files, give_up, run};
pub use start::{ImportContent, ImportDraft, start};

use attrium_schema::ImportId;
use attrium_storage::imports;

use crate::cx::Cx;
use crate::error::Error;
use crate::nouns::{Import, ImportReject};
use crate::paging::{Page, PageRequest};
use crate::rights::Right;

/// The import with this id, or `None`.
///
/// # Errors
/// [`Error::Denied`].
pub async fn find(cx: &Cx, id: ImportId) -> Result<Option<Import>, Error> {
    cx.require(Right::ReadImports)?;
    Ok(imports::find(cx.db(), cx.workspace, id).await?)
}

/// Newest first; the place is an id.
///
/// # Errors
/// [`Error::Denied`].
pub async fn page(cx: &Cx, request: PageRequest<ImportId>) -> Result<Page<Import>, Error> {
    cx.require(Right::ReadImports)?;
    let page = attrium_storage::Page { after: request.after, limit: request.peek() };
    Ok(request.page(imports::page(cx.db(), cx.workspace, page).await?))
}

/// How many there are.
///
/// # Errors
/// [`Error::Denied`].
pub async fn count(cx: &Cx) -> Result<u64, Error> {
    cx.require(Right::ReadImports)?;
    Ok(imports::count(cx.db(), cx.workspace).await?)
}

/// Rejected rows in the order of the file; the place is a reject's number. Only the first thousand are
/// kept; all are counted.
///
/// # Errors
/// [`Error::Denied`].
pub async fn rejects(cx: &Cx, import: ImportId, request: PageRequest<i64>) -> Result<Page<ImportReject>, Error> {
    cx.require(Right::ReadImports)?;
    let page = attrium_storage::Page { after: request.after, limit: request.peek() };
    Ok(request.page(imports::rejects(cx.db(), cx.workspace, import, page).await?))
}
