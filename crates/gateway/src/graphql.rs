//! The GraphQL API: its types, resolvers and loaders. HTTP, the guard and sessions are outside.

use async_graphql::{EmptyMutation, EmptySubscription, Object, Request};
use attrium_engine::{Address, Cx, Engine};

/// Who sent a request, and what of it the API wants to know. Made by the HTTP side.
pub(crate) struct Visit {
    /// Who asks; `None` for a visitor who has not signed in.
    pub(crate) cx: Option<Cx>,
    /// The key of the workspace the request names, for the session that a sign-in begins.
    #[expect(dead_code, reason = "read by the resolver of signIn")]
    pub(crate) workspace: Option<String>,
    /// Where the request comes from, for throttling sign-ins.
    #[expect(dead_code, reason = "read by the resolver of signIn")]
    pub(crate) address: Address,
}

/// What can be asked.
pub struct Query;

#[Object]
impl Query {
    /// Null for a visitor who has not signed in.
    async fn viewer(&self) -> Option<bool> {
        None
    }
}

/// The whole API, ready to execute.
pub type Schema = async_graphql::Schema<Query, EmptyMutation, EmptySubscription>;

/// Builds the API over an engine.
pub fn schema(engine: Engine) -> Schema {
    Schema::build(Query, EmptyMutation, EmptySubscription).data(engine).finish()
}

/// The request as its resolvers need it: with who sent it.
pub(crate) fn visited_by(request: Request, visit: Visit) -> Request {
    request.data(visit)
}
