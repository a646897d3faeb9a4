//! Starting an import: the file is taken, and the job that works it off is owed in the same transaction.

use std::path::PathBuf;

use attrium_integrations::FileFormat;
use attrium_schema::ImportId;
use attrium_storage::{Job, Tx, imports, jobs};
use serde_json::json;
use sha2::{Digest, Sha256};
use tokio::io::AsyncReadExt;

use super::options::{ExternalIds, Options, Place};
use super::run::JOB;
use crate::cx::Cx;
use crate::error::{Error, Problem, ProblemCode};
use crate::idempotency::{Request, write};
use crate::names::check_name;
use crate::nouns::{Import, ImportState};
use crate::rights::Right;

const NAME_CHARS_MAX: usize = 200;
const PART_BYTES: usize = 256 * 1024;
const MISSING_MAX: usize = 50;
const PREFIX_BYTES_MAX: usize = 100;

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
    /// Here; kept in the database until the import is done.
    Text(String),
    /// In a file that this process can read. On SQLite it is read in place and must stay until the
    /// import is done; on PostgreSQL it is copied into the database, since any node may work it off.
    File(PathBuf),
}

/// A checked draft, with its id.
struct Checked {
    id: ImportId,
    name: String,
    content: ImportContent,
    options: Options,
}

/// Takes the file and queues the import.
///
/// # Errors
/// [`Error::Denied`], or [`Error::Invalid`] with every problem found.
pub async fn start(cx: &Cx, draft: ImportDraft, idempotency_key: Option<String>) -> Result<Import, Error> {
    cx.require(Right::Import)?;
    let content_hash = match &draft.content {
        ImportContent::Text(text) => Sha256::digest(text).to_vec(),
        ImportContent::File(path) => Sha256::digest(path.as_os_str().as_encoded_bytes()).to_vec(),
    };
    let format = draft.format.map(FileFormat::name);
    let body = json!([draft.name, content_hash, format, draft.external_id, draft.missing]);
    let input = check(cx, draft)?;
    let request = Request { key: idempotency_key, operation: "start_import", body, input };
    let import = write(cx, request, |cx, tx, checked| Box::pin(insert(cx, tx, checked))).await?;
    cx.engine.jobs().bell.notify_one();
    Ok(import)
}

fn check(cx: &Cx, draft: ImportDraft) -> Result<Checked, Error> {
    let mut problems = Vec::new();
    let name = check_name(&draft.name, "name", NAME_CHARS_MAX);
    let name = name.map_err(|problem| problems.push(problem)).unwrap_or_default();
    if let ImportContent::Text(text) = &draft.content
        && text.trim().is_empty()
    {
        problems.push(Problem::new(ProblemCode::Invalid, &["content"], "The file is empty."));
    }
    if MISSING_MAX < draft.missing.len() {
        let message = format!("At most {MISSING_MAX} texts may mean missing.");
        problems.push(Problem::new(ProblemCode::TooMany, &["missing"], message));
    }
    if let ExternalIds::Prefix(prefix) = &draft.external_id
        && (PREFIX_BYTES_MAX < prefix.len() || prefix.chars().any(char::is_control))
    {
        let message = format!("A prefix has at most {PREFIX_BYTES_MAX} bytes and no control characters.");
        problems.push(Problem::new(ProblemCode::Invalid, &["externalIdPrefix"], message));
    }
    let Some(format) = draft.format.or_else(|| FileFormat::of_file_name(draft.name.trim())) else {
        let message = "The name does not tell the format; say CSV or NDJSON.";
        problems.push(Problem::new(ProblemCode::Invalid, &["format"], message));
        return Err(Error::Invalid(problems));
    };
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let place = match &draft.content {
        ImportContent::File(path) if cx.engine.store().is_sqlite() => Place::File(path.clone()),
        ImportContent::File(_) | ImportContent::Text(_) => Place::Database,
    };
    let options = Options::new(place, format, draft.external_id, draft.missing);
    Ok(Checked { id: cx.ids.import(), name, content: draft.content, options })
}

async fn insert(cx: &Cx, tx: &Tx, checked: &Checked) -> Result<Import, Error> {
    let import = Import {
        id: checked.id,
        name: checked.name.clone(),
        options: checked.options.to_json(),
        actor: cx.actor(),
        state: ImportState::Queued,
        rows_total: None,
        rows_done: 0,
        rows_rejected: 0,
        created_attributes: Vec::new(),
        created_at: cx.now,
    };
    imports::insert(tx, cx.workspace, &import).await?;
    keep_content(cx, tx, checked).await?;
    let job = Job {
        id: cx.ids.job(),
        workspace: cx.workspace,
        name: JOB.to_owned(),
        payload: json!({ "import": import.id }),
        run_at: cx.now,
        dedup_key: Some(import.id.to_string()),
    };
    jobs::insert(tx, &job).await?;
    Ok(import)
}

async fn keep_content(cx: &Cx, tx: &Tx, checked: &Checked) -> Result<(), Error> {
    match (&checked.content, &checked.options.place) {
        (ImportContent::File(path), Place::File(_)) => {
            // Whether it can be read is better known now than by the job.
            tokio::fs::File::open(path).await.map_err(|error| unreadable(&error))?;
            Ok(())
        }
        (ImportContent::File(path), Place::Database) => {
            let mut file = tokio::fs::File::open(path).await.map_err(|error| unreadable(&error))?;
            let mut number = 0;
            loop {
                let mut part = Vec::with_capacity(PART_BYTES);
                (&mut file).take(PART_BYTES as u64).read_to_end(&mut part).await?;
                if part.is_empty() {
                    return Ok(());
                }
                imports::insert_part(tx, cx.workspace, checked.id, (number, part)).await?;
                number += 1;
            }
        }
        (ImportContent::Text(text), _) => {
            for (part, number) in text.as_bytes().chunks(PART_BYTES).zip(0..) {
                imports::insert_part(tx, cx.workspace, checked.id, (number, part.to_vec())).await?;
            }
            Ok(())
        }
    }
}

fn unreadable(error: &std::io::Error) -> Error {
    Error::problem(ProblemCode::Invalid, &["file"], format!("The file cannot be read: {error}."))
}
