//! The limit on what a document may cost, with an error that says by how much it is passed. The library
//! adds the costs up; its own limit would say only that there is one.

use std::sync::Arc;

use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextValidation};
use async_graphql::{ServerError, ValidationResult, async_trait};

use super::error::ApiError;

/// Most a document may cost: a field costs 1, times `first` for everything below a connection.
pub(super) const COST_MAX: usize = 5_000;

/// Adds the limit to a schema.
pub(super) struct CostLimit;

impl ExtensionFactory for CostLimit {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_trait::async_trait]
impl Extension for CostLimit {
    async fn validation(
        &self,
        ctx: &ExtensionContext<'_>,
        next: NextValidation<'_>,
    ) -> Result<ValidationResult, Vec<ServerError>> {
        let result = next.run(ctx).await?;
        if COST_MAX < result.complexity {
            let error = async_graphql::Error::from(ApiError::too_costly(result.complexity, COST_MAX));
            return Err(vec![ServerError { extensions: error.extensions, ..ServerError::new(error.message, None) }]);
        }
        Ok(result)
    }
}
