//! The GraphQL API: its types, resolvers and loaders. HTTP, the guard and sessions are outside.

use async_graphql::{EmptyMutation, EmptySubscription, Object};

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

/// Builds the API.
pub fn schema() -> Schema {
    Schema::build(Query, EmptyMutation, EmptySubscription).finish()
}
