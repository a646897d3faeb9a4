//! One customer: identifiers, and values that know when they were true and who said so.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::definition::AttributeKey;
use crate::id::{ApiKeyId, IdError, ImportId, ProfileId, UserId};
use crate::time::Timestamp;
use crate::value::Value;

/// Where a value came from. Its text: `dashboard`, `cli`, `system`, or the id of the key or import.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// Someone in the dashboard.
    Dashboard,
    /// A program with this key.
    Key(ApiKeyId),
    /// A file.
    Import(ImportId),
    /// The command line.
    Cli,
    /// Attrium itself.
    System,
}

impl fmt::Display for Source {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dashboard => out.write_str("dashboard"),
            Self::Key(id) => fmt::Display::fmt(id, out),
            Self::Import(id) => fmt::Display::fmt(id, out),
            Self::Cli => out.write_str("cli"),
            Self::System => out.write_str("system"),
        }
    }
}

impl FromStr for Source {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        match text {
            "dashboard" => Ok(Self::Dashboard),
            "cli" => Ok(Self::Cli),
            "system" => Ok(Self::System),
            key if key.starts_with(ApiKeyId::PREFIX) => key.parse().map(Self::Key),
            import => import.parse().map(Self::Import),
        }
    }
}

/// Who acted. Its text: `operator`, `system`, or the id of the user or key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Actor {
    /// Someone signed in.
    User(UserId),
    /// A program with this key.
    Key(ApiKeyId),
    /// Whoever runs the server, by command line.
    Operator,
    /// Attrium itself.
    System,
}

impl fmt::Display for Actor {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(id) => fmt::Display::fmt(id, out),
            Self::Key(id) => fmt::Display::fmt(id, out),
            Self::Operator => out.write_str("operator"),
            Self::System => out.write_str("system"),
        }
    }
}

impl FromStr for Actor {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        match text {
            "operator" => Ok(Self::Operator),
            "system" => Ok(Self::System),
            key if key.starts_with(ApiKeyId::PREFIX) => key.parse().map(Self::Key),
            user => user.parse().map(Self::User),
        }
    }
}

/// The kinds of identifier a profile may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentifierKind {
    /// The id the team's own systems use.
    ExternalId,
}

impl IdentifierKind {
    /// Its name as stored: `external_id`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ExternalId => "external_id",
        }
    }
}

/// What a profile is found by; unique in its workspace.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identifier {
    kind: IdentifierKind,
    value: String,
}

/// Why a text cannot identify anyone.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentifierError {
    /// Nothing is left after trimming.
    #[error("an identifier must not be empty")]
    Empty,
    /// Too long.
    #[error("an identifier has at most {} bytes; this one has {bytes}", Identifier::BYTES_MAX)]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// It holds a control character.
    #[error("an identifier must not hold control characters")]
    Control,
}

impl Identifier {
    /// Most bytes of an identifier.
    pub const BYTES_MAX: usize = 256;

    /// An identifier, trimmed.
    ///
    /// # Errors
    /// [`IdentifierError`] when it is empty, too long, or holds control characters.
    pub fn parse(kind: IdentifierKind, text: &str) -> Result<Self, IdentifierError> {
        let value = text.trim();
        match value.len() {
            0 => Err(IdentifierError::Empty),
            bytes if Self::BYTES_MAX < bytes => Err(IdentifierError::TooLong { bytes }),
            _ if value.chars().any(char::is_control) => Err(IdentifierError::Control),
            _ => Ok(Self { kind, value: value.to_owned() }),
        }
    }

    /// An external id.
    ///
    /// # Errors
    /// As [`Identifier::parse`].
    pub fn external_id(text: &str) -> Result<Self, IdentifierError> {
        Self::parse(IdentifierKind::ExternalId, text)
    }

    /// Its kind.
    pub fn kind(&self) -> IdentifierKind {
        self.kind
    }

    /// Its text.
    pub fn value(&self) -> &str {
        &self.value
    }
}

/// What a profile holds for one attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The value; `None` after an unset, which is remembered so that a late fact cannot undo it.
    pub value: Option<Value>,
    /// When it became true.
    pub occurred_at: Timestamp,
    /// The sequence number of the change that brought it; breaks ties of `occurred_at`.
    pub sequence: i64,
    /// Who said so.
    pub source: Source,
}

/// One customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Its id.
    pub id: ProfileId,
    /// Counts its changes, from 1.
    pub version: i64,
    /// What it is found by.
    pub identifiers: Vec<Identifier>,
    /// What it holds, unset values included.
    pub held: BTreeMap<AttributeKey, Held>,
    /// When it was first recorded.
    pub created_at: Timestamp,
    /// When its last change was recorded.
    pub updated_at: Timestamp,
}

impl Profile {
    /// The value of an attribute, or `None` when it is missing.
    pub fn value(&self, key: &AttributeKey) -> Option<&Value> {
        self.held.get(key).and_then(|held| held.value.as_ref())
    }

    /// The first external id, or `None` for someone who has none yet.
    pub fn external_id(&self) -> Option<&str> {
        self.identifiers.iter().find(|identifier| identifier.kind == IdentifierKind::ExternalId).map(Identifier::value)
    }
}

#[cfg(test)]
mod tests;
