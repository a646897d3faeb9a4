//! Imports of files: started, watched.

use std::path::PathBuf;

use attrium_integrations::FileFormat;
use attrium_schema::*;

use crate::cx::Cx;
use crate::error::Error;
use crate::nouns::{Import, ImportReject};
use crate::paging::{Page, PageRequest};

/// What is imported, and how rows find their profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportDraft {
    /// The file's name, as people see it.
    pub name: String,
    /// What is in it.
    pub content: ImportContent,
    /// Its format; by the name's ending when absent.
    pub format: Option<FileFormat>,
    /// How rows find their profile.
    pub external_id: ExternalIds,
    /// Texts that mean missing, such as `unknown`.
    pub missing: Vec<String>,
}

/// Where the rows are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportContent {
    /// Here; kept under the data folder until the import is done.
    Text(String),
    /// In a file that this process can read and that stays until the import is done.
    File(PathBuf),
}

/// How rows find their profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExternalIds {
    /// A column holds the external id.
    Column(String),
    /// Made by row: the prefix and five digits, `bank-00001`.
    Prefix(String),
}

/// The import with this id, or `None`.
pub async fn find(_cx: &Cx, _id: ImportId) -> Result<Option<Import>, Error> { unimplemented!() }
/// Newest first; the place is an id.
pub async fn page(_cx: &Cx, _request: PageRequest<ImportId>) -> Result<Page<Import>, Error> { unimplemented!() }
/// How many there are.
pub async fn count(_cx: &Cx) -> Result<u64, Error> { unimplemented!() }
/// Rejected rows in the order of the file; the place is a reject's number.
pub async fn rejects(_cx: &Cx, _import: ImportId, _request: PageRequest<i64>) -> Result<Page<ImportReject>, Error> { unimplemented!() }
/// Takes the file and queues the import.
pub async fn start(_cx: &Cx, _draft: ImportDraft, _idempotency_key: Option<String>) -> Result<Import, Error> { unimplemented!() }
