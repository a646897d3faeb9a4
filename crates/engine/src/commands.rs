//! What the command line writes: one value per command, carried over the local socket when a server
//! holds the database, and run here either way.

use std::path::PathBuf;

use attrium_schema::{ImportId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::engine::Engine;
use crate::error::Error;
use crate::rights::Right;

/// A command of the operator. `workspace` is a key; `None` is the first workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// Makes a workspace.
    CreateWorkspace {
        /// Its key: a letter, then letters, digits, `-` or `_`, in lower case.
        key: String,
        /// Its name; the key when absent.
        name: Option<String>,
        /// Its IANA zone; UTC when absent.
        time_zone: Option<String>,
    },
    /// Adds someone to a workspace. Someone unknown is made, with a password.
    AddUser {
        /// The workspace.
        workspace: Option<String>,
        /// The address they sign in with.
        email: String,
        /// Their name; the address's local part when absent.
        name: Option<String>,
        /// Their role: `owner`, `admin`, `marketer`, `analyst`, `developer`.
        role: String,
        /// Their password; made and answered when absent.
        password: Option<String>,
    },
    /// Gives a user a new password and ends their sessions.
    ResetPassword {
        /// The address.
        email: String,
        /// The password; made and answered when absent.
        password: Option<String>,
    },
    /// Makes an API key.
    CreateKey {
        /// The workspace.
        workspace: Option<String>,
        /// What it is for.
        name: String,
        /// What it may do.
        scopes: Vec<Right>,
    },
    /// Lists API keys.
    ListKeys {
        /// The workspace.
        workspace: Option<String>,
    },
    /// Revokes an API key.
    RevokeKey {
        /// The workspace.
        workspace: Option<String>,
        /// Its id, `key_…`, or its public part.
        key: String,
    },
    /// Queues the import of a file that the server can read.
    StartImport {
        /// The workspace.
        workspace: Option<String>,
        /// Where the file is, absolute.
        file: PathBuf,
        /// `csv` or `ndjson`; by the name when absent.
        format: Option<String>,
        /// The column with the external id.
        external_id_column: Option<String>,
        /// Or the prefix of ids made by row.
        external_id_prefix: Option<String>,
        /// Texts that mean missing.
        missing: Vec<String>,
    },
    /// How far an import is.
    ImportProgress {
        /// The workspace.
        workspace: Option<String>,
        /// Which.
        import: ImportId,
    },
}

/// What a command answers. Secrets appear here, once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Answer {
    /// A workspace.
    Workspace {
        /// Its key.
        key: String,
        /// Its name.
        name: String,
        /// Its zone.
        time_zone: String,
    },
    /// A user.
    User {
        /// The address.
        email: String,
        /// The password, when it was made here.
        password: Option<String>,
    },
    /// An API key just made.
    Key {
        /// The key, whole: the only time it is seen.
        text: String,
        /// Its entry in the list.
        entry: KeyEntry,
    },
    /// API keys.
    Keys {
        /// All of the workspace, oldest first.
        keys: Vec<KeyEntry>,
    },
    /// An import.
    Import(ImportProgress),
}

/// An API key without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyEntry {
    /// Its id.
    pub id: String,
    /// What it is for.
    pub name: String,
    /// The part of the key that is not secret.
    pub public: String,
    /// What it may do.
    pub scopes: Vec<Right>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

/// How far an import is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportProgress {
    /// Its id.
    pub id: ImportId,
    /// `queued`, `running`, `done` or `failed`.
    pub state: String,
    /// Rows of the file, once counted.
    pub rows_total: Option<u64>,
    /// Rows worked off, rejected ones included.
    pub rows_done: u64,
    /// Rows rejected.
    pub rows_rejected: u64,
    /// Why it failed.
    pub failure: Option<String>,
}

/// Runs a command as the operator.
///
/// # Errors
/// [`Error::Invalid`] and [`Error::NotFound`] as the use case behind it.
pub async fn run(_engine: &Engine, _command: Command) -> Result<Answer, Error> { unimplemented!() }
