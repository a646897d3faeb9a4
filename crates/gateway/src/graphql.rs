//! The GraphQL API: its types, resolvers and loaders. HTTP, the guard and cookies are outside.
//!
//! One file per noun: object, inputs, payloads, queries and mutations. A resolver decodes, calls one use
//! case of the engine, and wraps the answer; rights are checked by the use case. A mutation whose input may
//! not decode reads it in the `async` block that acts: what `?` refuses inside is among the payload's
//! `problems`; outside, the whole request fails. The first file to read is `segments`.

mod error;
mod problems;
mod ids;
mod scalars;
mod paging;
mod request;
mod loaders;
mod labels;
mod cost_limit;
mod failed_fields;

mod viewer;
mod session;
mod node;
mod formats;
mod attributes;
mod changes;
mod profiles;
mod memberships;
mod rule_input;
mod rule_analysis;
mod segments;
mod templates;
mod imports;
mod webhooks;
mod search;
mod live;
mod turn;

#[cfg(test)]
mod tests;

use async_graphql::{MergedObject, Request, SDLExportOptions, SchemaBuilder};
use attrium_engine::Engine;

use self::cost_limit::CostLimit;
use self::failed_fields::FailedFields;
use self::request::FreshReads;
use crate::config::Profile;
use crate::guard;

pub use self::live::Subscription;
pub(crate) use self::request::Visit;
pub(crate) use self::turn::Turn;

/// What can be asked. All of it but `viewer` needs a sign-in or an API key.
#[derive(Default, MergedObject)]
pub struct Query(
    viewer::ViewerQueries,
    node::NodeQueries,
    attributes::AttributeQueries,
    profiles::ProfileQueries,
    changes::ChangeQueries,
    segments::SegmentQueries,
    templates::TemplateQueries,
    rule_analysis::RuleQueries,
    imports::ImportQueries,
    webhooks::WebhookQueries,
    search::SearchQueries,
);

/// What can be done. Each mutation takes one input and answers the noun, or the problems that kept it
/// from being done.
#[derive(Default, MergedObject)]
pub struct Mutation(
    session::SessionMutations,
    attributes::AttributeMutations,
    profiles::ProfileMutations,
    segments::SegmentMutations,
    templates::TemplateMutations,
    imports::ImportMutations,
    webhooks::WebhookMutations,
);

/// The whole API, ready to execute.
pub type Schema = async_graphql::Schema<Query, Mutation, Subscription>;

/// Builds the API over an engine. In production, errors suggest no names of fields.
pub fn schema(engine: Engine, profile: Profile) -> Schema {
    let builder = builder().data(engine);
    match profile {
        Profile::Development => builder.finish(),
        Profile::Production => builder.disable_suggestions().finish(),
    }
}

/// The SDL, in an order that does not depend on the code's.
pub fn sdl() -> String {
    let options = SDLExportOptions::new().sorted_fields().sorted_arguments().sorted_enum_items();
    builder().finish().sdl_with_options(options)
}

/// The guard has refused what is too deep long before; these limits are the library's own second look.
fn builder() -> SchemaBuilder<Query, Mutation, Subscription> {
    let depth_max = usize::try_from(guard::INTROSPECTION_DEPTH_MAX).expect("a depth fits in memory");
    Schema::build(Query::default(), Mutation::default(), Subscription)
        .limit_depth(depth_max)
        .extension(CostLimit)
        .extension(FailedFields)
        .extension(FreshReads)
}

/// The request as its resolvers need it: with who sent it.
pub(crate) fn visited_by(request: Request, visit: Visit) -> Request {
    request.data(visit)
}
