//! Who and what stands behind a value or a change, in words and as an id.

use async_graphql::{Context, ID};
use attrium_schema::{Actor, Source};

use super::error::ApiResult;
use super::ids;
use super::request::ContextExt as _;

/// A source in words: `dashboard`, `import bank-full.csv`, `API key crm`.
pub(super) async fn source(ctx: &Context<'_>, source: Source) -> ApiResult<String> {
    let label = ctx.loader()?.load_one(source).await?;
    Ok(label.unwrap_or_else(|| source.to_string()))
}

/// The id of a source that has one.
pub(super) fn source_id(source: Source) -> Option<ID> {
    match source {
        Source::Key(id) => Some(ids::global(id)),
        Source::Import(id) => Some(ids::global(id)),
        Source::Dashboard | Source::Cli | Source::System => None,
    }
}

/// An actor in words: a name, `API key crm`, `operator`.
pub(super) async fn actor(ctx: &Context<'_>, actor: Actor) -> ApiResult<String> {
    let label = ctx.loader()?.load_one(actor).await?;
    Ok(label.unwrap_or_else(|| actor.to_string()))
}

/// The id of an actor that has one.
pub(super) fn actor_id(actor: Actor) -> Option<ID> {
    match actor {
        Actor::User(id) => Some(ids::global(id)),
        Actor::Key(id) => Some(ids::global(id)),
        Actor::Operator | Actor::System => None,
    }
}
