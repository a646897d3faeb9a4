//! Copying a file into the database, where any node can work it off: in transactions of a few megabytes,
//! because a long one would hold up whoever follows the feed. The import's job waits meanwhile, put off
//! by each of them; when the copy breaks off, it comes due, finds that, and ends the import.

use std::path::PathBuf;

use attrium_schema::JobId;
use attrium_storage::{Tx, imports, jobs};
use tokio::fs::File;
use tokio::io::AsyncReadExt;

use super::options::Options;
use crate::cx::Cx;
use crate::error::{Error, Problem, ProblemCode, causes};
use crate::nouns::Import;

/// Bytes of one part.
pub(super) const PART_BYTES: usize = 256 * 1024;
/// Parts that one transaction writes or forgets.
pub(super) const PARTS_AT_ONCE: usize = 16;
/// A copy that stands still for so long has broken off.
pub(super) const STILL_MICROS_MAX: i64 = 10 * 60 * 1_000_000;
/// What clients are told of an import whose copy broke off.
pub(super) const COPY_BROKEN_OFF: &str = "The file was not copied whole into the database. Start the import again.";

/// A file on its way into the database.
pub(super) struct Copying {
    pub(super) import: Import,
    pub(super) job: JobId,
    pub(super) path: PathBuf,
}

/// Copies the file and lets the import run.
///
/// # Errors
/// [`Error::Invalid`] when the file cannot be read or is too large, and the database's. The import then fails.
pub(super) async fn copy(cx: &Cx, copying: &Copying) -> Result<(), Error> {
    let copied = copy_parts(cx, copying).await;
    if copied.is_err()
        && let Err(error) = end_waiting(cx, copying.job).await
    {
        tracing::warn!(import.id = %copying.import.id, error = causes(&error), "an import that broke off is ended later");
    }
    copied
}

async fn copy_parts(cx: &Cx, copying: &Copying) -> Result<(), Error> {
    let bytes_max = cx.engine.limits().import_bytes_max as u64;
    let mut file = File::open(&copying.path).await.map_err(|error| unreadable(&error))?;
    let mut size_bytes = 0;
    for first in (0..).step_by(PARTS_AT_ONCE) {
        let parts = read_parts(&mut file).await.map_err(|error| unreadable(&error))?;
        let is_last = parts.len() < PARTS_AT_ONCE;
        size_bytes += parts.iter().map(|part| part.len() as u64).sum::<u64>();
        // It may have grown since it was looked at.
        check_size(size_bytes, bytes_max).map_err(|problem| Error::Invalid(vec![problem]))?;
        let tx = cx.engine.store().begin().await?;
        for (part, number) in parts.into_iter().zip(first..) {
            imports::insert_part(&tx, cx.workspace, copying.import.id, (number, part)).await?;
        }
        put_off(cx, &tx, copying, is_last).await?;
        tx.commit().await?;
        if is_last {
            break;
        }
        if cx.engine.tasks().is_stopping() {
            return Err(Error::Closing);
        }
    }
    Ok(())
}

/// As many parts as one transaction takes; fewer only at the end of the file.
async fn read_parts(file: &mut File) -> std::io::Result<Vec<Vec<u8>>> {
    let mut parts = Vec::with_capacity(PARTS_AT_ONCE);
    while parts.len() < PARTS_AT_ONCE {
        let mut part = Vec::with_capacity(PART_BYTES);
        (&mut *file).take(PART_BYTES as u64).read_to_end(&mut part).await?;
        if part.is_empty() {
            break;
        }
        parts.push(part);
    }
    Ok(parts)
}

/// Gives the copy more time or, with the last part, lets the import run.
async fn put_off(cx: &Cx, tx: &Tx, copying: &Copying, is_last: bool) -> Result<(), Error> {
    let now = cx.engine.clock().now();
    let run_at = if is_last { now } else { now.saturating_add_micros(STILL_MICROS_MAX) };
    if !jobs::update_run_at(tx, cx.workspace, copying.job, run_at).await? {
        return Err(Error::problem(ProblemCode::Invalid, &["file"], COPY_BROKEN_OFF));
    }
    if is_last {
        let options = Options { is_whole: true, ..Options::from_json(&copying.import.options)? };
        let import = Import { options: options.to_json(), ..copying.import.clone() };
        imports::update(tx, cx.workspace, &import, import.rows_done).await?;
    }
    Ok(())
}

/// Lets the job find at once that the copy broke off.
async fn end_waiting(cx: &Cx, job: JobId) -> Result<(), Error> {
    let tx = cx.engine.store().begin().await?;
    jobs::update_run_at(&tx, cx.workspace, job, cx.engine.clock().now()).await?;
    Ok(tx.commit().await?)
}

/// Whether a file can be read, and is not too large.
///
/// # Errors
/// [`Error::Invalid`] when it cannot, or is.
pub(super) async fn check_file(cx: &Cx, path: &PathBuf) -> Result<(), Error> {
    let file = File::open(path).await.map_err(|error| unreadable(&error))?;
    let size_bytes = file.metadata().await.map_err(|error| unreadable(&error))?.len();
    let bytes_max = cx.engine.limits().import_bytes_max as u64;
    check_size(size_bytes, bytes_max).map_err(|problem| Error::Invalid(vec![problem]))
}

/// Whether a file is not too large.
pub(super) fn check_size(size_bytes: u64, bytes_max: u64) -> Result<(), Problem> {
    if size_bytes <= bytes_max {
        return Ok(());
    }
    let message = format!(
        "The file has {size_bytes} bytes; an import takes at most {bytes_max}. Split it into smaller files, each with \
         the header, and import one after the other."
    );
    Err(Problem::new(ProblemCode::TooMany, &["file"], message))
}

fn unreadable(error: &std::io::Error) -> Error {
    Error::problem(ProblemCode::Invalid, &["file"], format!("The file cannot be read: {error}."))
}
