//! What an answer holds where a field failed: null, there or at the nearest place that may be null, as
//! the GraphQL specification asks. The library (from 7.1 on) leaves a failed field out of its object,
//! whatever its type, and clients take it for one they never asked for. Items of our lists are never
//! null, so a list with a failed item is taken for failed.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_graphql::extensions::{Extension, ExtensionContext, ExtensionFactory, NextExecute, NextResolve, ResolveInfo};
use async_graphql::{Response, ServerError, ServerResult, Value, async_trait};

/// Adds the completion of answers to a schema.
pub(super) struct FailedFields;

impl ExtensionFactory for FailedFields {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Completion::default())
    }
}

/// Where in the answer: names of fields, and numbers of items as text.
type Path = Vec<String>;

/// What failed in one request.
#[derive(Default)]
struct Completion {
    failures: Mutex<Failures>,
}

#[derive(Default)]
struct Failures {
    /// Errors of fields that are null now. Every other error is the library's to list.
    errors: Vec<ServerError>,
    /// Objects and lists that lack something that must not be null.
    broken: HashSet<Path>,
}

impl Completion {
    fn failures(&self) -> MutexGuard<'_, Failures> {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Failures {
    fn is_broken(&self, path: impl FnOnce() -> Path) -> bool {
        !self.broken.is_empty() && self.broken.contains(&path())
    }

    fn break_parent_of(&mut self, mut path: Path) {
        path.pop();
        self.broken.insert(path);
    }
}

#[async_trait::async_trait]
impl Extension for Completion {
    async fn resolve(
        &self,
        ctx: &ExtensionContext<'_>,
        info: ResolveInfo<'_>,
        next: NextResolve<'_>,
    ) -> ServerResult<Option<Value>> {
        let may_be_null = !info.return_type.ends_with('!');
        let node = info.path_node;
        let path = || (*node).to_string_vec();
        let resolved = next.run(ctx, info).await;
        let mut failures = self.failures();
        match resolved {
            Err(error) if may_be_null => {
                failures.errors.push(error);
                Ok(Some(Value::Null))
            }
            Err(error) => {
                failures.break_parent_of(path());
                Err(error)
            }
            Ok(_) if failures.is_broken(path) => {
                if !may_be_null {
                    failures.break_parent_of(path());
                }
                Ok(Some(Value::Null))
            }
            Ok(value) => Ok(value),
        }
    }

    async fn execute(
        &self,
        ctx: &ExtensionContext<'_>,
        operation_name: Option<&str>,
        next: NextExecute<'_>,
    ) -> Response {
        let mut response = next.run(ctx, operation_name).await;
        // A subscription executes again and again: what failed belongs to this one time.
        let mut failures = std::mem::take(&mut *self.failures());
        response.errors.append(&mut failures.errors);
        if failures.is_broken(Path::new) {
            response.data = Value::Null;
        }
        response
    }
}

#[cfg(test)]
mod tests;
