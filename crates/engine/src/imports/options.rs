//! How an import reads its file, as it is stored beside it.

use std::path::PathBuf;

use attrium_integrations::FileFormat;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::error::{Error, ProblemCode};

/// How rows find their profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExternalIds {
    /// A column holds the external id.
    Column(String),
    /// Made by row: the prefix and five digits, `bank-00001`.
    Prefix(String),
}

impl ExternalIds {
    /// Exactly one of the two ways.
    ///
    /// # Errors
    /// [`Error::Invalid`] when neither or both are given.
    pub fn from_options(column: Option<String>, prefix: Option<String>) -> Result<Self, Error> {
        match (column, prefix) {
            (Some(column), None) => Ok(Self::Column(column)),
            (None, Some(prefix)) => Ok(Self::Prefix(prefix)),
            (None, None) | (Some(_), Some(_)) => {
                let message = "Say how rows find their profile: by a column with the external id, or by a prefix.";
                Err(Error::problem(ProblemCode::Invalid, &["externalIdColumn"], message))
            }
        }
    }
}

/// Where the file's bytes are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Place {
    /// In the database, in parts.
    Database,
    /// In a file of this machine.
    File(PathBuf),
}

/// How an import reads its file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Options {
    pub(super) place: Place,
    pub(super) format: String,
    pub(super) external_id: ExternalIds,
    /// Texts that mean missing.
    pub(super) missing: Vec<String>,
    /// Whether all of the file is in its place; while it is copied it is not.
    #[serde(default = "is_whole")]
    pub(super) is_whole: bool,
}

/// Files were copied with the import itself once.
fn is_whole() -> bool {
    true
}

impl Options {
    pub(super) fn new(place: Place, format: FileFormat, external_id: ExternalIds, missing: Vec<String>) -> Self {
        Self { place, format: format.name().to_owned(), external_id, missing, is_whole: true }
    }

    pub(super) fn format(&self) -> Result<FileFormat, Error> {
        self.format.parse().map_err(Error::broken)
    }

    pub(super) fn to_json(&self) -> Json {
        serde_json::to_value(self).expect("options are plain data with text keys")
    }

    pub(super) fn from_json(json: &Json) -> Result<Self, Error> {
        serde_json::from_value(json.clone()).map_err(Error::broken)
    }

    pub(super) fn is_missing(&self, text: &str) -> bool {
        text.is_empty() || self.missing.iter().any(|missing| missing == text)
    }
}
