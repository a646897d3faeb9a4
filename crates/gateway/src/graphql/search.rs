//! Search: one text, and everything of the workspace it may mean.

use async_graphql::{Context, Enum, Object, SimpleObject, Union};
use attrium_engine::search::{self, Found, Hit};

use super::attributes::Attribute;
use super::error::ApiResult;
use super::paging;
use super::profiles::Profile;
use super::request::ContextExt as _;
use super::segments::Segment;
use super::templates::Template;
use super::webhooks::WebhookEndpoint;

/// How well a text fits what it was found in, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "search::Fit", name = "SearchFit")]
pub(super) enum Fit {
    /// The text is its id, its key, its name, or its external id.
    Exact,
    /// Its key or its name begins with the text.
    Prefix,
    /// A word of its key or its name begins with the text.
    Word,
    /// Its key or its name holds the text.
    Part,
    /// A profile's external id begins with the text. Of those there may be millions, so they come last.
    Beginning,
}

/// What can be found.
#[derive(Union)]
#[graphql(name = "SearchNode")]
pub(super) enum Node {
    Attribute(Attribute),
    Profile(Profile),
    Segment(Segment),
    Template(Template),
    WebhookEndpoint(WebhookEndpoint),
}

impl From<Found> for Node {
    fn from(found: Found) -> Self {
        match found {
            Found::Attribute(attribute) => Self::Attribute(attribute.into()),
            Found::Segment(segment) => Self::Segment(segment.into()),
            Found::Template(template) => Self::Template(Template(template)),
            Found::Endpoint(endpoint) => Self::WebhookEndpoint(WebhookEndpoint(endpoint)),
            Found::Profile(profile) => Self::Profile(profile.into()),
        }
    }
}

/// Something a text was found in.
#[derive(SimpleObject)]
pub(super) struct SearchHit {
    /// What was found.
    node: Node,
    /// How well the text fits it.
    fit: Fit,
}

impl From<Hit> for SearchHit {
    fn from(hit: Hit) -> Self {
        Self { node: hit.found.into(), fit: hit.fit.into() }
    }
}

#[derive(Default)]
pub(super) struct SearchQueries;

#[Object]
impl SearchQueries {
    /// What fits a text, best first, of all the viewer may see: attributes, segments and templates by key and name,
    /// webhook endpoints by name, profiles by external id, and any of them by its global id. Names are compared in
    /// any case, external ids exactly.
    #[graphql(complexity = "paging::cost(first, child_complexity)")]
    async fn search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "At most 256 bytes; blanks around it do not count. Blanks alone find nothing.")] text: String,
        #[graphql(desc = "At most so many hits: 1 to 100; 25 when absent.")] first: Option<i32>,
    ) -> ApiResult<Vec<SearchHit>> {
        let hits = search::search(ctx.cx()?, &text, paging::first(first)?).await?;
        Ok(hits.into_iter().map(SearchHit::from).collect())
    }
}
