//! Imports: files of customers, read row by row.

mod inputs;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use attrium_engine::{self as engine, Error, imports};

use self::inputs::StartImportInput;
use super::attributes::Attribute;
use super::error::ApiResult;
use super::ids;
use super::paging::{self, CountedPages, Pages};
use super::problems::{self, Problem};
use super::request::ContextExt as _;
use super::scalars::{DateTime, Int64};

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(super) enum ImportState {
    /// It waits for its turn.
    Queued,
    /// It is being read.
    Running,
    /// Every row has been read; some may have been rejected.
    Done,
    /// It stopped before the end; `failure` says why. What was read before stays.
    Failed,
}

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "engine::FileFormat")]
pub(super) enum ImportFormat {
    /// Values separated by commas, semicolons, tabs or pipes; the first line names the columns.
    Csv,
    /// One JSON object per line.
    Ndjson,
}

pub(super) struct Import(pub(super) engine::Import);

/// The reading of one file.
#[Object]
impl Import {
    /// Its global id: `imp_…`.
    pub(super) async fn id(&self) -> ID {
        ids::global(self.0.id)
    }

    /// The file's name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// How far it is.
    async fn state(&self) -> ImportState {
        match self.0.state {
            engine::ImportState::Queued => ImportState::Queued,
            engine::ImportState::Running => ImportState::Running,
            engine::ImportState::Done { .. } => ImportState::Done,
            engine::ImportState::Failed { .. } => ImportState::Failed,
        }
    }

    /// How many rows the file has; null until they are counted.
    async fn rows_total(&self) -> Option<Int64> {
        self.0.rows_total.map(Int64)
    }

    /// How many rows are worked off, rejected ones included.
    async fn rows_done(&self) -> Int64 {
        Int64(self.0.rows_done)
    }

    /// How many rows were rejected.
    async fn rows_rejected(&self) -> Int64 {
        Int64(self.0.rows_rejected)
    }

    /// Rejected rows in the order of the file, each with the reason. The first 1,000 are kept.
    #[graphql(complexity = "paging::cost(first, child_complexity)")]
    async fn rejects(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
    ) -> ApiResult<Pages<ImportReject>> {
        let request = paging::read(first, after.as_deref())?;
        let page = imports::rejects(ctx.cx()?, self.0.id, request).await?;
        Ok(paging::pages(page, after.is_some(), |reject| reject.number, ImportReject))
    }

    /// The attributes that were declared from the columns of this file.
    #[graphql(complexity = "paging::short_list_cost(child_complexity)")]
    async fn created_attributes(&self, ctx: &Context<'_>) -> ApiResult<Vec<Attribute>> {
        let created = &self.0.created_attributes;
        let mut found = ctx.loader()?.load_many(created.iter().copied()).await?;
        Ok(created.iter().filter_map(|id| found.remove(id)).map(Attribute).collect())
    }

    /// Why it failed; null unless it did.
    async fn failure(&self) -> Option<&str> {
        match &self.0.state {
            engine::ImportState::Failed { reason, .. } => Some(reason),
            engine::ImportState::Queued | engine::ImportState::Running | engine::ImportState::Done { .. } => None,
        }
    }

    /// When it was asked for.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When it was done, or failed; null while it is neither.
    async fn finished_at(&self) -> Option<DateTime> {
        match self.0.state {
            engine::ImportState::Done { finished_at } | engine::ImportState::Failed { finished_at, .. } => {
                Some(DateTime(finished_at))
            }
            engine::ImportState::Queued | engine::ImportState::Running => None,
        }
    }
}

pub(super) struct ImportReject(engine::ImportReject);

/// A row that was not taken, and why.
#[Object]
impl ImportReject {
    /// The line of the file, from 1; a CSV's header is line 1.
    async fn line(&self) -> Int64 {
        Int64(self.0.line)
    }

    /// The column that is wrong; null when the row as a whole is.
    async fn column(&self) -> Option<&str> {
        self.0.column.as_deref()
    }

    /// What is wrong.
    async fn reason(&self) -> &str {
        &self.0.reason
    }
}

/// What came of starting an import.
#[derive(SimpleObject)]
pub(super) struct ImportPayload {
    /// The import; null when there are problems.
    import: Option<Import>,
    /// Why nothing was done; empty on success.
    problems: Vec<Problem>,
}

impl ImportPayload {
    fn from_outcome(outcome: Result<engine::Import, Error>) -> ApiResult<Self> {
        let (import, problems) = problems::split(outcome)?;
        Ok(Self { import: import.map(Import), problems })
    }
}

#[derive(Default)]
pub(super) struct ImportQueries;

#[Object]
impl ImportQueries {
    /// The import with this id; null when there is none.
    async fn import(&self, ctx: &Context<'_>, id: ID) -> ApiResult<Option<Import>> {
        Ok(imports::find(ctx.cx()?, ids::read("id", &id)?).await?.map(Import))
    }

    /// Imports, newest first.
    #[graphql(complexity = "paging::cost(first, child_complexity)")]
    async fn imports(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
    ) -> ApiResult<CountedPages<Import>> {
        let (cx, request) = (ctx.cx()?, paging::read(first, after.as_deref())?);
        let page = imports::page(cx, request).await?;
        let total = if paging::wants_total(ctx) { imports::count(cx).await? } else { 0 };
        Ok(paging::counted_pages(page, (after.is_some(), total), |import| import.id, Import))
    }
}

#[derive(Default)]
pub(super) struct ImportMutations;

#[Object]
impl ImportMutations {
    /// Takes a file and reads it in the background. Columns that are no attributes yet are declared
    /// from what they hold. Ask `import(id:)` how far it is.
    async fn start_import(&self, ctx: &Context<'_>, input: StartImportInput) -> ApiResult<ImportPayload> {
        let (cx, idempotency_key) = (ctx.cx()?, input.idempotency_key.clone());
        let outcome = async { imports::start(cx, input.into_draft()?, idempotency_key).await };
        ImportPayload::from_outcome(outcome.await)
    }
}
