//! Message templates: Liquid, checked against the attribute schema and tried on a customer while it is typed.

mod analysis;
mod inputs;

use async_graphql::{Context, ID, Object, SimpleObject};
use attrium_engine::{self as engine, Error, templates};

use self::analysis::{TemplateAnalysis, TemplateAnalysisInput, TemplateContext};
use self::inputs::{CreateTemplateInput, DeleteTemplateInput, UpdateTemplateInput};
use super::error::{ApiError, ApiResult};
use super::ids;
use super::paging::{self, CountedPages};
use super::problems::{self, Problem};
use super::request::ContextExt as _;
use super::scalars::DateTime;

pub(super) struct Template(pub(super) engine::Template);

/// A named text with places for a customer's values.
#[Object]
impl Template {
    /// Its global id: `tmpl_…`.
    pub(super) async fn id(&self) -> ID {
        ids::global(self.0.id)
    }

    /// Its short name for programs, unique in the workspace; never changes.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// What people see.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What it is for; may be empty.
    async fn description(&self) -> &str {
        &self.0.description
    }

    /// Where what is rendered goes, which decides how values are escaped.
    async fn context(&self) -> TemplateContext {
        self.0.context.into()
    }

    /// The Liquid.
    async fn body(&self) -> &str {
        &self.0.body
    }

    /// Counts its edits, from 1. Send it as `expectedRevision` to edit only what you have read.
    async fn revision(&self) -> u32 {
        self.0.revision
    }

    /// When it was created.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When it was last edited.
    async fn updated_at(&self) -> DateTime {
        DateTime(self.0.updated_at)
    }
}

/// What came of creating or editing a template.
#[derive(SimpleObject)]
pub(super) struct TemplatePayload {
    /// The template; null when there are problems.
    template: Option<Template>,
    /// Why nothing was done; empty on success.
    problems: Vec<Problem>,
}

impl TemplatePayload {
    fn from_outcome(outcome: Result<engine::Template, Error>) -> ApiResult<Self> {
        let (template, problems) = problems::split(outcome)?;
        Ok(Self { template: template.map(Template), problems })
    }
}

/// What came of deleting a template.
#[derive(SimpleObject)]
pub(super) struct DeleteTemplatePayload {
    /// The id of the template that is gone; null when there are problems.
    deleted_id: Option<ID>,
    /// Why nothing was done; empty on success.
    problems: Vec<Problem>,
}

#[derive(Default)]
pub(super) struct TemplateQueries;

#[expect(clippy::too_many_arguments, reason = "each argument of a GraphQL field is a parameter")]
#[Object]
impl TemplateQueries {
    /// The template with this id or this key; exactly one of them. Null when there is none.
    async fn template(&self, ctx: &Context<'_>, id: Option<ID>, key: Option<String>) -> ApiResult<Option<Template>> {
        let cx = ctx.cx()?;
        let found = match (id, key) {
            (Some(id), None) => templates::find(cx, ids::read("id", &id)?).await?,
            (None, Some(key)) => templates::find_by_key(cx, &key).await?,
            (None, None) | (Some(_), Some(_)) => return Err(ApiError::invalid("Send either `id` or `key`.")),
        };
        Ok(found.map(Template))
    }

    /// Templates, by key.
    #[graphql(complexity = "paging::cost(first, child_complexity)")]
    async fn templates(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        #[graphql(desc = "Only those whose key or name holds this text, in any case.")] search: Option<String>,
    ) -> ApiResult<CountedPages<Template>> {
        let (cx, search) = (ctx.cx()?, search.as_deref());
        let request = paging::read(first, after.as_deref())?;
        let page = templates::page(cx, search, request).await?;
        let total = if paging::wants_total(ctx) { templates::count(cx, search).await? } else { 0 };
        let key = |template: &engine::Template| template.key.clone();
        Ok(paging::counted_pages(page, (after.is_some(), total), key, Template))
    }

    /// Everything about a template while it is typed. A wrong template is no error: it has diagnostics.
    #[graphql(complexity = "analysis::COST + child_complexity")]
    async fn template_analysis(&self, ctx: &Context<'_>, input: TemplateAnalysisInput) -> ApiResult<TemplateAnalysis> {
        TemplateAnalysis::of(ctx.cx()?, input).await
    }
}

#[derive(Default)]
pub(super) struct TemplateMutations;

#[Object]
impl TemplateMutations {
    /// Saves a template. One that does not fit the attributes is refused.
    async fn create_template(&self, ctx: &Context<'_>, input: CreateTemplateInput) -> ApiResult<TemplatePayload> {
        let (cx, idempotency_key) = (ctx.cx()?, input.idempotency_key.clone());
        TemplatePayload::from_outcome(templates::create(cx, input.into_draft(), idempotency_key).await)
    }

    /// Edits a template. What is absent stays as it is; the key never changes.
    async fn update_template(&self, ctx: &Context<'_>, input: UpdateTemplateInput) -> ApiResult<TemplatePayload> {
        let (cx, idempotency_key) = (ctx.cx()?, input.idempotency_key.clone());
        let outcome = async { templates::update(cx, input.into_edit()?, idempotency_key).await };
        TemplatePayload::from_outcome(outcome.await)
    }

    /// Deletes a template.
    async fn delete_template(&self, ctx: &Context<'_>, input: DeleteTemplateInput) -> ApiResult<DeleteTemplatePayload> {
        let cx = ctx.cx()?;
        let outcome = async { templates::delete(cx, problems::read_id(&input.id)?, input.idempotency_key).await };
        let (deleted, problems) = problems::split(outcome.await)?;
        Ok(DeleteTemplatePayload { deleted_id: deleted.map(ids::global), problems })
    }
}
