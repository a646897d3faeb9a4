//! What the command line writes: one value per command, carried over the local socket when a server
//! holds the database, and run here either way.

use std::path::PathBuf;

use attrium_integrations::{FileFormat, FileFormatError};
use attrium_schema::{ApiKeyId, ImportId, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use crate::cx::Cx;
use crate::engine::Engine;
use crate::error::{Error, ProblemCode, sentence};
use crate::imports::{self, ExternalIds, ImportContent, ImportDraft};
use crate::keys;
use crate::nouns::{ApiKey, Import, ImportState, Workspace};
use crate::rights::{Right, role_from_name};
use crate::users::{self, Added, UserDraft};
use crate::workspaces::{self, WorkspaceDraft};

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
    /// Lists the workspaces.
    ListWorkspaces,
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
    /// Queues the import of a file: on SQLite one that the server can read, on PostgreSQL one that this
    /// process can.
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
    /// Workspaces: the one just made, or all of them.
    Workspaces {
        /// Oldest first.
        workspaces: Vec<WorkspaceEntry>,
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

/// A workspace in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkspaceEntry {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Its zone.
    pub time_zone: String,
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
pub async fn run(engine: &Engine, command: Command) -> Result<Answer, Error> {
    match command {
        Command::CreateWorkspace { key, name, time_zone } => {
            let cx = engine.cx_of_operator(None).await?;
            let time_zone = time_zone.unwrap_or_else(|| "UTC".to_owned());
            let draft = WorkspaceDraft { key, name: name.unwrap_or_default(), time_zone };
            let made = workspaces::create(&cx, draft).await?;
            Ok(Answer::Workspaces { workspaces: vec![workspace_entry(made)] })
        }
        Command::ListWorkspaces => {
            let cx = engine.cx_of_operator(None).await?;
            let workspaces = workspaces::of_caller(&cx).await?.into_iter().map(workspace_entry).collect();
            Ok(Answer::Workspaces { workspaces })
        }
        Command::AddUser { workspace, email, name, role, password } => {
            let cx = engine.cx_of_operator(workspace.as_deref()).await?;
            let role = role_from_name(&role).ok_or_else(no_such_role)?;
            let password = password.map(SecretString::from);
            let draft = UserDraft { email, name: name.unwrap_or_default(), role, password };
            users::add(&cx, draft).await.map(user_answer)
        }
        Command::ResetPassword { email, password } => {
            let cx = engine.cx_of_operator(None).await?;
            users::reset_password(&cx, &email, password.map(SecretString::from)).await.map(user_answer)
        }
        Command::CreateKey { workspace, name, scopes } => {
            let cx = engine.cx_of_operator(workspace.as_deref()).await?;
            let (key, text) = keys::create(&cx, &name, scopes.into_iter().collect()).await?;
            Ok(Answer::Key { text: text.expose_secret().to_owned(), entry: key_entry(key) })
        }
        Command::ListKeys { workspace } => {
            let cx = engine.cx_of_operator(workspace.as_deref()).await?;
            Ok(Answer::Keys { keys: keys::list(&cx).await?.into_iter().map(key_entry).collect() })
        }
        Command::RevokeKey { workspace, key } => {
            let cx = engine.cx_of_operator(workspace.as_deref()).await?;
            let id = key_id(&cx, &key).await?;
            Ok(Answer::Keys { keys: vec![key_entry(keys::revoke(&cx, id).await?)] })
        }
        Command::StartImport { workspace, file, format, external_id_column, external_id_prefix, missing } => {
            let cx = engine.cx_of_operator(workspace.as_deref()).await?;
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let format = format.map(|text| text.parse::<FileFormat>()).transpose();
            let format = format.map_err(|error| no_such_format(&error))?;
            let external_id = ExternalIds::from_options(external_id_column, external_id_prefix)?;
            let draft = ImportDraft { name, content: ImportContent::File(file), format, external_id, missing };
            imports::start(&cx, draft, None).await.map(|import| Answer::Import(import_progress(import)))
        }
        Command::ImportProgress { workspace, import } => {
            let cx = engine.cx_of_operator(workspace.as_deref()).await?;
            let found = imports::find(&cx, import).await?.ok_or(Error::NotFound { noun: "import" })?;
            Ok(Answer::Import(import_progress(found)))
        }
    }
}

fn no_such_role() -> Error {
    let message = "No such role; use owner, admin, marketer, analyst or developer.";
    Error::problem(ProblemCode::Invalid, &["role"], message)
}

fn workspace_entry(workspace: Workspace) -> WorkspaceEntry {
    WorkspaceEntry { key: workspace.key, name: workspace.name, time_zone: workspace.time_zone }
}

fn user_answer(added: Added) -> Answer {
    let password = added.password.map(|password| password.expose_secret().to_owned());
    Answer::User { email: added.user.email, password }
}

fn key_entry(key: ApiKey) -> KeyEntry {
    KeyEntry {
        id: key.id.to_string(),
        name: key.name,
        public: key.prefix,
        scopes: key.scopes.iter().filter_map(|scope| scope.parse().ok()).collect(),
        created_at: key.created_at,
        revoked_at: key.revoked_at,
    }
}

/// A key named by its id or by the part of it that is not secret.
async fn key_id(cx: &Cx, text: &str) -> Result<ApiKeyId, Error> {
    if let Ok(id) = text.parse() {
        return Ok(id);
    }
    let found = keys::list(cx).await?.into_iter().find(|key| key.prefix == text);
    found.map(|key| key.id).ok_or(Error::NotFound { noun: "API key" })
}

fn no_such_format(error: &FileFormatError) -> Error {
    Error::problem(ProblemCode::Invalid, &["format"], sentence(error))
}

fn import_progress(import: Import) -> ImportProgress {
    let (state, failure) = match import.state {
        ImportState::Queued => ("queued", None),
        ImportState::Running => ("running", None),
        ImportState::Done { .. } => ("done", None),
        ImportState::Failed { reason, .. } => ("failed", Some(reason)),
    };
    ImportProgress {
        id: import.id,
        state: state.to_owned(),
        rows_total: import.rows_total.map(rows),
        rows_done: rows(import.rows_done),
        rows_rejected: rows(import.rows_rejected),
        failure,
    }
}

fn rows(count: i64) -> u64 {
    u64::try_from(count).expect("rows are counted from zero")
}
