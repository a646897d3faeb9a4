//! Starting an import: the file is taken, and the job that works it off is owed in the same transaction. A
//! file that must be copied into the database comes after it, and its job waits for that.

use std::path::PathBuf;

use attrium_integrations::FileFormat;
use attrium_schema::{ImportId, JobId};
use attrium_storage::{Job, Tx, imports, jobs};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::copy::{Copying, PART_BYTES, STILL_MICROS_MAX, check_file, check_size, copy};
use super::options::{ExternalIds, Options, Place};
use super::run::JOB;
use crate::cx::Cx;
use crate::error::{Error, Problem, ProblemCode};
use crate::idempotency::{Request, write};
use crate::names::check_name;
use crate::nouns::{Import, ImportState};
use crate::problems::Problems;
use crate::rights::Right;

const NAME_CHARS_MAX: usize = 200;
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

/// A checked draft, with its ids.
struct Checked {
    id: ImportId,
    job: JobId,
    name: String,
    content: ImportContent,
    options: Options,
}

/// Takes the file and queues the import.
///
/// # Errors
/// [`Error::Denied`], or [`Error::Invalid`] with every problem found. When a file that must be copied
/// breaks off on the way, the import fails.
pub async fn start(cx: &Cx, draft: ImportDraft, idempotency_key: Option<String>) -> Result<Import, Error> {
    cx.require(Right::Import)?;
    let content_hash = match &draft.content {
        ImportContent::Text(text) => Sha256::digest(text).to_vec(),
        ImportContent::File(path) => Sha256::digest(path.as_os_str().as_encoded_bytes()).to_vec(),
    };
    let format = draft.format.map(FileFormat::name);
    let body = json!([draft.name, content_hash, format, draft.external_id, draft.missing]);
    let input = check(cx, draft)?;
    let (id, job, path) = (input.id, input.job, input.to_copy());
    let request = Request { key: idempotency_key, operation: "start_import", body, input };
    let import = write(cx, request, |cx, tx, checked| Box::pin(insert(cx, tx, checked))).await?;
    // One that its key had started before was copied then.
    if let Some(path) = path.filter(|_| import.id == id) {
        let (cx, copying) = (cx.clone(), Copying { import: import.clone(), job, path });
        let tasks = cx.engine.tasks().clone();
        tasks.unit(async move { copy(&cx, &copying).await }).await?;
    }
    cx.engine.jobs().bell.notify_one();
    Ok(import)
}

impl Checked {
    /// The file that must be copied into the database before the import can run.
    fn to_copy(&self) -> Option<PathBuf> {
        match &self.content {
            ImportContent::File(path) if !self.options.is_whole => Some(path.clone()),
            ImportContent::File(_) | ImportContent::Text(_) => None,
        }
    }
}

fn check(cx: &Cx, draft: ImportDraft) -> Result<Checked, Error> {
    let mut problems = Problems::default();
    let name = problems.keep(check_name(&draft.name, NAME_CHARS_MAX));
    if let ImportContent::Text(text) = &draft.content {
        if text.trim().is_empty() {
            problems.push(Problem::new(ProblemCode::Invalid, &["content"], "The file is empty."));
        }
        problems.keep(check_size(text.len() as u64, cx.engine.limits().import_bytes_max as u64));
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
    let format = draft.format.or_else(|| FileFormat::of_file_name(draft.name.trim())).ok_or_else(|| {
        let message = "The name does not tell the format; say CSV or NDJSON.";
        Problem::new(ProblemCode::Invalid, &["format"], message)
    });
    let format = problems.keep(format);
    let (name, format) = problems.or_parts(name.zip(format))?;
    let (place, is_whole) = match &draft.content {
        ImportContent::File(path) if cx.engine.store().is_sqlite() => (Place::File(path.clone()), true),
        ImportContent::File(_) => (Place::Database, false),
        ImportContent::Text(_) => (Place::Database, true),
    };
    let options = Options { is_whole, ..Options::new(place, format, draft.external_id, draft.missing) };
    Ok(Checked { id: cx.ids.import(), job: cx.ids.job(), name, content: draft.content, options })
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
    match &checked.content {
        // Whether it can be read is better known now than by the job.
        ImportContent::File(path) => check_file(cx, path).await?,
        ImportContent::Text(text) => {
            for (part, number) in text.as_bytes().chunks(PART_BYTES).zip(0..) {
                imports::insert_part(tx, cx.workspace, checked.id, (number, part.to_vec())).await?;
            }
        }
    }
    let wait_micros = if checked.options.is_whole { 0 } else { STILL_MICROS_MAX };
    let job = Job {
        id: checked.job,
        workspace: cx.workspace,
        name: JOB.to_owned(),
        payload: json!({ "import": import.id }),
        run_at: cx.now.saturating_add_micros(wait_micros),
        dedup_key: Some(import.id.to_string()),
    };
    jobs::insert(tx, &job).await?;
    Ok(import)
}
