//! What starts an import.

use async_graphql::InputObject;
use attrium_engine::Error;
use attrium_engine::imports::{ExternalIds, ImportContent, ImportDraft};

use super::ImportFormat;
use crate::graphql::problems;

/// A file to import. How rows find their profile is said by exactly one of `externalIdColumn` and
/// `externalIdPrefix`.
#[derive(InputObject)]
pub(super) struct StartImportInput {
    /// The file's name, as people will see it; its ending decides the format when `format` is absent.
    name: String,
    /// The file's text, up to the limit of a request's body (1 MB). `attrium import` takes larger ones.
    content: String,
    /// How the file is written.
    format: Option<ImportFormat>,
    /// The column that holds the external id.
    external_id_column: Option<String>,
    /// Or what ids made by row begin with: `bank-` makes `bank-00001`, `bank-00002`, …
    external_id_prefix: Option<String>,
    /// Texts that mean missing, such as `unknown`; empty cells always do.
    missing: Option<Vec<String>>,
    /// Makes sending this again harmless.
    pub(super) idempotency_key: Option<String>,
}

impl StartImportInput {
    /// # Errors
    /// [`Error::Invalid`] unless exactly one way to find profiles is given.
    pub(super) fn into_draft(self) -> Result<ImportDraft, Error> {
        let external_id = match (self.external_id_column, self.external_id_prefix) {
            (Some(column), None) => ExternalIds::Column(column),
            (None, Some(prefix)) => ExternalIds::Prefix(prefix),
            (None, None) | (Some(_), Some(_)) => {
                let message = "Send either `externalIdColumn` or `externalIdPrefix`.";
                return Err(problems::invalid(&["externalIdColumn"], message));
            }
        };
        Ok(ImportDraft {
            name: self.name,
            content: ImportContent::Text(self.content),
            format: self.format.map(ImportFormat::into),
            external_id,
            missing: self.missing.unwrap_or_default(),
        })
    }
}
