//! The job of an import: surveys the file, declares what is new, then writes rows in chunks. A chunk's
//! rows, its rejects and the import's progress are one transaction, so that after a crash the next
//! worker goes on with exactly the next row.

use std::sync::Arc;

use attrium_integrations::{RecordProblem, Row, RowError};
use attrium_schema::{AttributeDefinition, AttributeSchema, ImportId, Timestamp, WorkspaceId};
use attrium_storage::jobs::{self, ClaimedJob};
use attrium_storage::{StorageError, Store, Tx, attributes, imports};
use tokio::runtime::Handle;

use super::copy::{COPY_BROKEN_OFF, PARTS_AT_ONCE};
use super::options::Options;
use super::plan::{Survey, survey};
use super::row::{Reading, Refusal, refusals_of};
use super::source::{FileOfImport, FileRows};
use super::stopped::Stopped;
use crate::cache;
use crate::changes::{Lost, Terms, Unit, commit, made};
use crate::doors::is_taken;
use crate::engine::Engine;
use crate::error::{Error, causes, sentence};
use crate::nouns::{Import, ImportReject, ImportState};

/// What the job is called.
pub(crate) const JOB: &str = "import";
const CHUNK_ROWS: usize = 500;
const ATTEMPTS_MAX: u32 = 10;
/// What clients are told of an import whose job was given up.
const GIVEN_UP: &str = "The import failed again and again, and was given up. The rows done so far stay; the server's log says what is wrong.";

/// Works an import off, from wherever it stands.
///
/// # Errors
/// What interrupted it; it may be taken up again. A file that cannot be imported is no error here: the
/// import then says so itself.
pub(crate) async fn run(engine: &Engine, claimed: &ClaimedJob) -> Result<(), Error> {
    let (workspace, id) = (claimed.job.workspace, import_of(claimed)?);
    let import = imports::find(engine.store().db(), workspace, id).await?;
    let import = import.ok_or(Error::NotFound { noun: "import" })?;
    let options = Arc::new(Options::from_json(&import.options)?);
    let file = FileOfImport { store: engine.store().clone(), workspace, import: id, runtime: Handle::current() };
    let mut worker = Worker { engine, claimed, workspace, import, options, file };
    match worker.work().await {
        Err(Stopped::Unfit(reason)) => worker.finish(|finished_at| ImportState::Failed { finished_at, reason }).await,
        Err(Stopped::Interrupted(error)) => Err(error),
        Ok(()) => worker.finish(|finished_at| ImportState::Done { finished_at }).await,
    }
}

/// Notes that the import of a job failed for good, together with the job itself. What came in stays.
pub(crate) async fn give_up(tx: &Tx, claimed: &ClaimedJob, now: Timestamp) -> Result<(), StorageError> {
    if let Ok(id) = import_of(claimed) {
        let failed = ImportState::Failed { finished_at: now, reason: GIVEN_UP.to_owned() };
        imports::update_state(tx, claimed.job.workspace, id, &failed).await?;
    }
    Ok(())
}

/// Forgets the bytes of files whose import is over, little by little: a long transaction would hold up
/// whoever follows the feed.
pub(crate) async fn forget_files(store: &Store, workspace: WorkspaceId) -> Result<(), StorageError> {
    loop {
        let tx = store.begin().await?;
        let deleted = imports::delete_ended_parts(&tx, workspace, PARTS_AT_ONCE).await?;
        tx.commit().await?;
        if deleted < PARTS_AT_ONCE as u64 {
            return Ok(());
        }
    }
}

fn import_of(claimed: &ClaimedJob) -> Result<ImportId, Error> {
    serde_json::from_value(claimed.job.payload["import"].clone()).map_err(Error::broken)
}

struct Worker<'a> {
    engine: &'a Engine,
    claimed: &'a ClaimedJob,
    workspace: WorkspaceId,
    import: Import,
    options: Arc<Options>,
    file: FileOfImport,
}

/// Rows of one chunk, read but not yet understood.
type Chunk = Vec<Result<Row, RecordProblem>>;

impl Worker<'_> {
    async fn work(&mut self) -> Result<(), Stopped> {
        if !self.options.is_whole {
            return Err(Stopped::Unfit(COPY_BROKEN_OFF.to_owned()));
        }
        let survey = self.survey().await?;
        let schema = self.prepare(&survey).await?;
        let mut rows = self.open_at(self.import.rows_done).await?;
        loop {
            let (rest, chunk) = self.read_chunk(rows).await?;
            if chunk.is_empty() {
                return Ok(());
            }
            rows = rest;
            self.write_chunk(&chunk, &survey, &schema).await?;
        }
    }

    async fn survey(&self) -> Result<Survey, Stopped> {
        let (file, options) = (self.file.clone(), Arc::clone(&self.options));
        blocking(move || {
            let rows = file.open(&options).map_err(Stopped::by_file)?;
            survey(rows, &options)
        })
        .await?
    }

    /// Declares the attributes that are new and notes how many rows there are.
    async fn prepare(&mut self, survey: &Survey) -> Result<AttributeSchema, Stopped> {
        let ids = self.engine.ids();
        for _ in 0..ATTEMPTS_MAX {
            let tx = self.engine.store().begin().await?;
            let schema = attributes::schema(tx.db(), self.workspace).await?;
            let now = self.engine.clock().now();
            let drafts = survey.new_attributes(&schema).map_err(Stopped::Unfit)?;
            let made: Vec<AttributeDefinition> = drafts
                .into_iter()
                .filter_map(|draft| draft.check().ok())
                .map(|draft| AttributeDefinition::new(ids.attribute(), draft, now))
                .collect();
            match attributes::insert_many(&tx, self.workspace, &made).await {
                // Someone declared one of them meanwhile: look again.
                Err(error) if is_taken(&error) => continue,
                outcome => outcome?,
            }
            let mut import = self.import.clone();
            import.state = ImportState::Running;
            import.rows_total = Some(survey.rows);
            import.created_attributes.extend(made.iter().map(|definition| definition.id));
            imports::update(&tx, self.workspace, &import, import.rows_done).await?;
            tx.commit().await?;
            self.import = import;
            return Ok(attributes::schema(self.engine.store().db(), self.workspace).await?);
        }
        Err(Stopped::Interrupted(Error::Busy))
    }

    /// The file with so many rows behind it.
    async fn open_at(&self, rows_done: i64) -> Result<FileRows, Stopped> {
        let (file, options) = (self.file.clone(), Arc::clone(&self.options));
        blocking(move || {
            let mut rows = file.open(&options).map_err(Stopped::by_file)?;
            for _ in 0..rows_done {
                if let Some(Err(RowError::File(error))) = rows.next() {
                    return Err(Stopped::by_file(error));
                }
            }
            Ok(rows)
        })
        .await?
    }

    async fn read_chunk(&self, rows: FileRows) -> Result<(FileRows, Chunk), Stopped> {
        blocking(move || {
            let mut rows = rows;
            let mut chunk = Vec::with_capacity(CHUNK_ROWS);
            while chunk.len() < CHUNK_ROWS {
                match rows.next() {
                    None => break,
                    Some(Ok(row)) => chunk.push(Ok(row)),
                    Some(Err(RowError::Record(problem))) => chunk.push(Err(problem)),
                    Some(Err(RowError::File(error))) => return Err(Stopped::by_file(error)),
                }
            }
            Ok((rows, chunk))
        })
        .await?
    }

    async fn write_chunk(&mut self, chunk: &Chunk, survey: &Survey, schema: &AttributeSchema) -> Result<(), Stopped> {
        let reading = Reading {
            workspace: self.workspace,
            import: &self.import,
            options: &self.options,
            survey,
            schema,
            ids: self.engine.ids(),
        };
        let mut units = Vec::with_capacity(chunk.len());
        let mut lines = Vec::with_capacity(chunk.len());
        let mut refused: Vec<(u64, Vec<Refusal>)> = Vec::new();
        for (row, number) in chunk.iter().zip(self.import.rows_done + 1..) {
            match row {
                Ok(row) => match reading.unit(row, number) {
                    Ok(unit) => {
                        units.push(unit);
                        lines.push(row.line);
                    }
                    Err(refusals) => refused.push((row.line, refusals)),
                },
                Err(problem) => {
                    refused.push((problem.line, vec![(None, sentence(&problem.kind))]));
                }
            }
        }
        for _ in 0..ATTEMPTS_MAX {
            if self.try_write(chunk.len(), (&units, &lines), refused.clone()).await? {
                return Ok(());
            }
        }
        Err(Stopped::Interrupted(Error::Busy))
    }

    /// Writes a chunk; false when it lost a race and may be tried again.
    async fn try_write(
        &mut self,
        rows: usize,
        (units, lines): (&[Unit], &[u64]),
        mut refused: Vec<(u64, Vec<Refusal>)>,
    ) -> Result<bool, Stopped> {
        let tx = self.engine.store().begin().await?;
        let terms = Terms::of(self.engine.clock(), self.engine.limits());
        let outcomes = match commit(&tx, self.workspace, units, terms).await {
            Ok(outcomes) => outcomes,
            Err(Lost::Race) => return Ok(false),
            Err(Lost::Storage(error)) => return Err(error.into()),
        };
        let (changes, versions) = (made(&outcomes), cache::versions_of_units(&outcomes));
        for (outcome, line) in outcomes.into_iter().zip(lines) {
            if let Err(error) = outcome {
                refused.push((*line, refusals_of(error)?));
            }
        }
        refused.sort_by_key(|(line, _)| *line);
        let rows_done_before = self.import.rows_done;
        let mut import = self.import.clone();
        self.keep_rejects(&tx, import.rows_rejected, &refused).await?;
        import.rows_done += count(rows);
        import.rows_rejected += count(refused.len());
        imports::update(&tx, self.workspace, &import, rows_done_before).await?;
        if !jobs::progress(&tx, self.claimed).await? {
            return Err(lost().into());
        }
        tx.commit().await?;
        self.engine.cache().forget_older(self.workspace, &versions).await;
        metrics::counter!("attrium_changes_total").increment(changes);
        metrics::counter!("attrium_import_rows_total").increment(rows as u64);
        self.import = import;
        Ok(true)
    }

    /// Keeps one reject per refused row, as long as there are not too many.
    async fn keep_rejects(&self, tx: &Tx, before: i64, refused: &[(u64, Vec<Refusal>)]) -> Result<(), Error> {
        let rejects_max = count(self.engine.limits().import_rejects_max);
        let rejects: Vec<ImportReject> = refused
            .iter()
            .zip(before + 1..=rejects_max)
            .map(|((line, refusals), number)| {
                let columns: Vec<&str> = refusals.iter().filter_map(|(column, _)| column.as_deref()).collect();
                let reasons: Vec<&str> = refusals.iter().map(|(_, reason)| reason.as_str()).collect();
                ImportReject {
                    number,
                    line: i64::try_from(*line).unwrap_or(i64::MAX),
                    column: (!columns.is_empty()).then(|| columns.join(", ")),
                    reason: reasons.join(" "),
                }
            })
            .collect();
        Ok(imports::insert_rejects(tx, self.workspace, self.import.id, &rejects).await?)
    }

    /// Notes how it ended and takes the job off the list: only whoever still holds the job may. Then
    /// forgets the file's bytes.
    async fn finish(&self, state: impl FnOnce(attrium_schema::Timestamp) -> ImportState) -> Result<(), Error> {
        let mut import = self.import.clone();
        import.state = state(self.engine.clock().now());
        let tx = self.engine.store().begin().await?;
        imports::update(&tx, self.workspace, &import, import.rows_done).await?;
        if !jobs::finish(&tx, self.claimed).await? {
            return Err(lost());
        }
        tx.commit().await?;
        if let Err(error) = forget_files(self.engine.store(), self.workspace).await {
            tracing::warn!(error = causes(&error), "the file of an import is kept a little longer");
        }
        Ok(())
    }
}

fn lost() -> Error {
    Error::broken("the lease of the job was lost")
}

fn count(number: usize) -> i64 {
    i64::try_from(number).expect("no file has 2^63 rows")
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(Error::broken)
}
