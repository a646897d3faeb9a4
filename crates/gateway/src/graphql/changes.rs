//! Changes: the history of profiles, one committed alteration at a time.

use async_graphql::{Context, Enum, ID, Object};
use attrium_engine::changes;
use attrium_schema as schema;

use super::error::ApiResult;
use super::labels;
use super::paging::{self, Pages};
use super::profiles::Profile;
use super::request::ContextExt as _;
use super::scalars::{DateTime, Int64, Json};

/// Whether a change made its profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "schema::ChangeKind")]
pub(super) enum ChangeKind {
    /// The profile's first change.
    Created,
    /// A later one.
    Updated,
}

pub(super) struct Change(pub(super) schema::Change);

/// One committed alteration of a profile.
#[Object]
impl Change {
    /// Its number among all changes of the workspace; grows, with gaps.
    async fn sequence(&self) -> Int64 {
        Int64(self.0.sequence)
    }

    /// The version of the profile with it.
    async fn version(&self) -> Int64 {
        Int64(self.0.version)
    }

    /// Whose it is, as they are now.
    async fn profile(&self, ctx: &Context<'_>) -> ApiResult<Profile> {
        Profile::load(ctx, self.0.profile).await
    }

    /// Whether it made the profile.
    async fn kind(&self) -> ChangeKind {
        self.0.kind.into()
    }

    /// Where it came from, for people: `dashboard`, `import bank-full.csv`, `API key crm`.
    async fn source(&self, ctx: &Context<'_>) -> ApiResult<String> {
        labels::source(ctx, self.0.source).await
    }

    /// The API key or import it came from; null for every other source.
    async fn source_id(&self) -> Option<ID> {
        labels::source_id(self.0.source)
    }

    /// Who did it, for people: a name, `API key crm`, `operator` or `Attrium`.
    async fn actor(&self, ctx: &Context<'_>) -> ApiResult<String> {
        labels::actor(ctx, self.0.actor).await
    }

    /// The user or API key who did it; null for the operator and the system.
    async fn actor_id(&self) -> Option<ID> {
        labels::actor_id(self.0.actor)
    }

    /// When it became true.
    async fn occurred_at(&self) -> DateTime {
        DateTime(self.0.occurred_at)
    }

    /// When it was committed.
    async fn recorded_at(&self) -> DateTime {
        DateTime(self.0.recorded_at)
    }

    /// What it did to each attribute it touched.
    #[graphql(complexity = "paging::short_list_cost(child_complexity)")]
    async fn attributes(&self) -> Vec<AttributeChange> {
        self.0.attributes.iter().cloned().map(AttributeChange).collect()
    }
}

pub(super) struct AttributeChange(schema::AttributeChange);

/// What a change did to one attribute.
#[Object]
impl AttributeChange {
    /// The attribute's key.
    async fn key(&self) -> &str {
        self.0.key.as_str()
    }

    /// The value before; null when there was none.
    async fn old(&self) -> Option<Json> {
        self.0.old.as_ref().map(schema::Value::to_json)
    }

    /// The value it was to have; null when it was to have none.
    async fn new(&self) -> Option<Json> {
        self.0.new.as_ref().map(schema::Value::to_json)
    }

    /// The value before, as people read it.
    async fn old_text(&self) -> Option<String> {
        self.0.old.as_ref().map(ToString::to_string)
    }

    /// The value it was to have, as people read it.
    async fn new_text(&self) -> Option<String> {
        self.0.new.as_ref().map(ToString::to_string)
    }

    /// False for a late fact: a value that became true later already stood.
    async fn is_applied(&self) -> bool {
        self.0.is_applied
    }
}

#[derive(Default)]
pub(super) struct ChangeQueries;

#[Object]
impl ChangeQueries {
    /// Every change of every profile of the workspace, newest first.
    #[graphql(complexity = "paging::cost(first, child_complexity)")]
    async fn changes(&self, ctx: &Context<'_>, first: Option<i32>, after: Option<String>) -> ApiResult<Pages<Change>> {
        let page = changes::page(ctx.cx()?, paging::read(first, after.as_deref())?).await?;
        Ok(paging::pages(page, after.is_some(), |change| change.sequence, Change))
    }
}
