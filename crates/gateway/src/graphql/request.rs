//! What one request carries to its resolvers: who asks, and the loader that batches their reads. A
//! subscription executes its document once for each event, and each time is a request of its own: it reads
//! anew, at the instant of the event.

use std::sync::Arc;

use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute};
use async_graphql::{Context, Data, Response, async_trait};
use attrium_engine::{Address, Cx, Engine};

use super::error::{ApiError, ApiResult};
use super::loaders::{Reads, RequestLoader};

/// Who sent a request, and what of it the API wants to know. Made by the HTTP side.
pub(crate) struct Visit {
    /// Who asks; `None` for a visitor who has not signed in.
    pub(crate) cx: Option<Cx>,
    /// Where the request comes from, for throttling sign-ins.
    pub(crate) address: Address,
}

/// One execution for someone signed in.
struct Asking {
    cx: Cx,
    loader: RequestLoader,
}

/// Gives every execution an instant and loaders of its own: shared ones would mix workspaces and rights, and
/// show the second event of a subscription what stood at the first.
pub(super) struct FreshReads;

impl ExtensionFactory for FreshReads {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_trait::async_trait]
impl Extension for FreshReads {
    async fn execute(
        &self,
        ctx: &ExtensionContext<'_>,
        operation_name: Option<&str>,
        next: NextExecute<'_>,
    ) -> Response {
        let mut data = Data::default();
        if let Some(cx) = ctx.data_unchecked::<Visit>().cx.as_ref().map(Cx::renewed) {
            data.insert(Asking { loader: Reads::loader(cx.clone()), cx });
        }
        next.run_with_data(ctx, operation_name, data).await
    }
}

/// Reads what the request and the schema carry.
pub(super) trait ContextExt {
    /// The engine behind the schema.
    fn engine(&self) -> &Engine;

    /// Who sent the request, be it nobody known.
    fn visit(&self) -> &Visit;

    /// Who asks.
    ///
    /// # Errors
    /// `UNAUTHENTICATED` when nobody is signed in.
    fn cx(&self) -> ApiResult<&Cx>;

    /// This execution's loader.
    ///
    /// # Errors
    /// `UNAUTHENTICATED` when nobody is signed in.
    fn loader(&self) -> ApiResult<&RequestLoader>;
}

impl ContextExt for Context<'_> {
    fn engine(&self) -> &Engine {
        self.data_unchecked()
    }

    fn visit(&self) -> &Visit {
        self.data_unchecked()
    }

    fn cx(&self) -> ApiResult<&Cx> {
        // Where a subscription begins, nothing is executed yet.
        let asking = self.data_opt::<Asking>().map(|asking| &asking.cx);
        asking.or(self.visit().cx.as_ref()).ok_or_else(ApiError::unauthenticated)
    }

    fn loader(&self) -> ApiResult<&RequestLoader> {
        self.data_opt::<Asking>().map(|asking| &asking.loader).ok_or_else(ApiError::unauthenticated)
    }
}
