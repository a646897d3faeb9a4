//! What one request carries to its resolvers: who asks, and the loader that batches their reads.

use async_graphql::Context;
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

/// A visit as it stands in the request's data.
pub(super) struct Asking {
    visit: Visit,
    loader: Option<RequestLoader>,
}

impl Asking {
    /// Every request gets loaders of its own: a shared one would mix workspaces and rights.
    pub(super) fn new(visit: Visit) -> Self {
        let loader = visit.cx.clone().map(Reads::loader);
        Self { visit, loader }
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

    /// This request's loader.
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
        &self.data_unchecked::<Asking>().visit
    }

    fn cx(&self) -> ApiResult<&Cx> {
        self.visit().cx.as_ref().ok_or_else(ApiError::unauthenticated)
    }

    fn loader(&self) -> ApiResult<&RequestLoader> {
        self.data_unchecked::<Asking>().loader.as_ref().ok_or_else(ApiError::unauthenticated)
    }
}
